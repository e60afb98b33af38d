from odoo import fields, models

from ..const import OUTCOMES


class GrcRequestDecision(models.TransientModel):
    _name = "grc.request.decision"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Decision on a request"

    answer_email = fields.Char(related="request_id.answer_email")
    outcome = fields.Selection(OUTCOMES, required=True)
    reason = fields.Text(
        string="Reasons",
        required=True,
        help="The facts and the rule, in words that the citizen understands.",
    )
    message = fields.Text(
        string="Message to the citizen",
        required=True,
        help="The outcome and its reasons are added under it.",
    )
    close = fields.Boolean(string="Close the request", default=True)

    def action_decide(self):
        self.ensure_one()
        self.request_id._decide(self.outcome, self.reason, self.message)
        if self.close:
            self.request_id.action_close()
        return {"type": "ir.actions.act_window_close"}
