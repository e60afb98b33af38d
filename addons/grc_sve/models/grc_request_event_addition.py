from odoo import fields, models

EVENT_KINDS = [
    ("addition_sent", "Acknowledgement of an addition sent"),
    ("missing_reminded", "Documents awaited: reminder sent"),
]


class GrcRequestEvent(models.Model):
    """Facts of additions: acknowledged, or awaited and reminded."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )

    def _citizen_detail(self):
        if self.kind == "missing_reminded":
            return ", ".join((self.payload or {}).get("pieces") or [])
        return super()._citizen_detail()
