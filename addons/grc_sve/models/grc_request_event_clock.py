from odoo import fields, models

EVENT_KINDS = [
    ("distance_set", "Months of distance corrected"),
    ("request_published", "Request published for third parties"),
    ("decision_dated", "Day of the decision corrected"),
    ("implicit_unborn", "Implicit decision said never born"),
    ("clock_recomputed", "Legal days computed again"),
]
CITIZEN_EVENT_KINDS = ("request_published", "decision_dated", "implicit_unborn")


class GrcRequestEvent(models.Model):
    """Facts that correct what the clock reads; none is ever taken back."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )

    def _agent_detail(self):
        payload = self.payload or {}
        if self.kind == "distance_set":
            return payload.get("reason") or ""
        if self.kind == "clock_recomputed":
            return " – ".join(
                filter(None, (payload.get("territory"), payload.get("timezone")))
            )
        return super()._agent_detail()
