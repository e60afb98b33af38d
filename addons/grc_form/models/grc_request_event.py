from odoo import fields, models

EVENT_KINDS = [
    ("data_obtained", "Data obtained from another administration"),
    ("answer_corrected", "Typing error corrected in the form"),
]


class GrcRequestEvent(models.Model):
    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )

    def _agent_detail(self):
        """Say which data came, and from whom; not what they say."""
        if self.kind == "data_obtained":
            payload = self.payload or {}
            return self.env._(
                "%(service)s: %(data)s",
                service=payload.get("source", ""),
                data=", ".join(payload.get("data", ())),
            )
        if self.kind == "answer_corrected":
            return ", ".join((self.payload or {}).get("questions", ()))
        return super()._agent_detail()
