from odoo import fields, models

EVENT_KINDS = [
    ("unverified_message", "Message from an address that is not the citizen's"),
    ("automatic_message", "Automatic answer received"),
]


class GrcRequestEvent(models.Model):
    """Facts that mails bring; for agents, not for the citizen."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )
