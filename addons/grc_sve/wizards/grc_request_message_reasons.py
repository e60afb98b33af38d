from odoo import fields, models


class GrcRequestMessage(models.TransientModel):
    """A message may be the one that gives the reasons asked for."""

    _inherit = "grc.request.message"

    reasons_due_on = fields.Date(related="request_id.reasons_due_on")
    reasons_given_on = fields.Date(related="request_id.reasons_given_on")
    gives_reasons = fields.Boolean(
        string="This message gives the reasons of the rejection",
        help="The citizen asked for them (CRPA, art. L232-4).",
    )

    def action_send(self):
        result = super().action_send()
        if self.gives_reasons:
            self.request_id._give_reasons()
        return result
