from datetime import date

from freezegun import freeze_time

from .sve_common import SveCommon

RECEIVED = "2026-09-15 08:00:00"
ASKED = "2026-09-22 08:00:00"
DEADLINE = date(2026, 10, 7)
TEXT = "C. urb., art. R431-35"


class MissingCommon(SveCommon):
    """Requests of 15 September 2026, incomplete, as the cases of law have them."""

    def _incomplete(self, prestation, asked=ASKED, deadline=DEADLINE, **vals):
        """Return a request and what was asked of it, two documents by default."""
        pieces = vals.pop("pieces", None) or self._pieces("Plan", "Photo")
        with freeze_time(RECEIVED):
            request = self._file(prestation, partner_id=self.citizen.partner_id, **vals)
        with freeze_time(asked):
            missing = self._as(request, self.agent)._ask_missing(pieces, deadline)
        return request, missing.sudo()

    def _pieces(self, *names, indispensable=True):
        return [
            {"name": name, "legal_basis": TEXT, "is_indispensable": indispensable}
            for name in names
        ]

    def _receive(self, request, pieces, instant, on=None):
        with freeze_time(instant):
            own = self._as(request, self.agent)
            return own._receive_pieces(self._as(pieces, self.agent), on)

    def _complements(self, request):
        return request.delivery_ids.filtered(
            lambda delivery: delivery.kind == "complement"
        ).sorted("id")
