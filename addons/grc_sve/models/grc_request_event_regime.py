from odoo import fields, models

EVENT_KINDS = [
    ("regime_changed", "Regime of silence corrected"),
    ("complement_sent", "Complement to the acknowledgement sent"),
]


class GrcRequestEvent(models.Model):
    """Facts about the regime of silence that an acknowledgement announced."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )

    def _citizen_detail(self):
        payload = self.payload or {}
        if self.kind == "regime_changed":
            labels = dict(
                self.env["grc.request"]
                ._fields["silence_regime"]
                ._description_selection(self.env)
            )
            return labels.get(payload.get("target"), "")
        if self.kind == "complement_sent":
            return payload.get("address") or ""
        return super()._citizen_detail()
