from odoo import models

# Facts shown at once; older ones are one click away.
_RECENT_FACTS = 6


class GrcRequest(models.Model):
    """What the law says of a request, on the page of its citizen."""

    _inherit = "grc.request"

    def _grc_timeline(self):
        """Return the line of time for the page: older facts apart.

        :return: ``older`` and ``recent``, both entries of ``_legal_timeline``
        :rtype: dict[str, list[dict]]
        """
        self.ensure_one()
        entries = self._legal_timeline("citizen")
        today = next(
            rank for rank, entry in enumerate(entries) if entry["status"] == "today"
        )
        cut = max(0, today - _RECENT_FACTS)
        # One line behind a click would be as long as the click.
        cut = 0 if cut == 1 else cut
        # A day that was not kept is never behind a click.
        hidden = [e for e in entries[:cut] if e["status"] == "done"]
        kept = [e for e in entries[:cut] if e["status"] != "done"]
        return {"older": hidden, "recent": kept + entries[cut:]}

    def _grc_exchanges(self):
        """Return what was written, by whom it was: not the receipts of additions.

        These stand with the acknowledgements.

        :rtype: mail.message
        """
        self.ensure_one()
        receipts = self.delivery_ids.filtered(lambda d: d.kind == "addition")
        known = set(receipts.mapped("message_uid"))
        return self._citizen_messages().filtered(
            lambda message: message.message_id not in known
        )

    def _grc_last_addition(self):
        """Return the acknowledgement of what the citizen added last.

        :rtype: grc.acknowledgement
        """
        self.ensure_one()
        return self.acknowledgement_ids.filtered(
            lambda acknowledgement: acknowledgement.kind == "addition"
        ).sorted("id")[-1:]

    def _grc_awaited_by_request(self):
        """Return what is asked, request by request, the first to come first.

        :return: ``(request for documents, its documents still awaited)``
        :rtype: list[tuple]
        """
        self.ensure_one()
        groups = self._awaited_pieces().grouped("missing_request_id")
        return sorted(groups.items(), key=lambda pair: (pair[0].deadline, pair[0].id))
