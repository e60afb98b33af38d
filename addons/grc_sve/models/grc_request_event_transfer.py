from odoo import fields, models

from ..const import TRANSFER_EVENT_KINDS


class GrcRequestEvent(models.Model):
    """Facts of transfers, reserved channels, abusive sendings and appeals."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=TRANSFER_EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in TRANSFER_EVENT_KINDS},
    )

    def _citizen_detail(self):
        payload = self.payload or {}
        if self.kind in ("transferred", "received_by_competent"):
            return payload.get("administration") or ""
        if self.kind in ("appeal_received", "appeal_of", "appeal_unlinked"):
            return payload.get("request") or ""
        if self.kind == "wrong_channel":
            return payload.get("prestation_name") or ""
        return super()._citizen_detail()

    def _agent_detail(self):
        if self.kind == "abusive_qualified":
            grounds = self.env["grc.request"]._fields["abusive_ground"]
            labels = dict(grounds._description_selection(self.env))
            return labels.get((self.payload or {}).get("ground"), "")
        return super()._agent_detail()
