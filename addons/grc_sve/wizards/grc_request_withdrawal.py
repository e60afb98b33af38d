from odoo import api, fields, models


class GrcRequestWithdrawal(models.TransientModel):
    _name = "grc.request.withdrawal"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Withdrawal of an implicit acceptance"

    answer_email = fields.Char(related="request_id.answer_email")
    last_day = fields.Date(
        string="Last day",
        compute="_compute_last_day",
        help="Four months after the decision (CRPA, art. L242-1); three months in town "
        "planning (C. urb., art. L424-5).",
    )
    reason = fields.Text(
        string="Reasons",
        required=True,
        help="Why the acceptance is unlawful: the facts and the rule, in words that "
        "the citizen understands.",
    )
    is_fraud = fields.Boolean(
        string="Obtained by fraud",
        help="Then it may be withdrawn at any time (CRPA, art. L241-2).",
    )

    @api.depends("request_id")
    def _compute_last_day(self):
        for wizard in self:
            wizard.last_day = wizard.request_id._withdrawal_last_day()

    def action_withdraw(self):
        self.ensure_one()
        self.request_id._withdraw_acceptance(self.reason, self.is_fraud)
        return {"type": "ir.actions.act_window_close"}
