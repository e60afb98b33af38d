from odoo import api, fields, models

from ..rules.implicit import late_record_effect


class GrcRequestDecisionDay(models.TransientModel):
    _name = "grc.request.decision.day"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Day of a decision recorded late"

    implicit_born_on = fields.Date(
        string="Silence decided on", related="request_id.implicit_born_on"
    )
    decided_on = fields.Date(
        string="Day of the decision",
        required=True,
        help="The day on which the decision was signed. In town planning, where "
        "silence accepts: the day on which the citizen was told.",
    )
    effect = fields.Selection(
        [
            ("never_born", "In time: silence decided nothing"),
            ("replaces", "After silence: the decision takes its place"),
            ("withdrawal", "After silence: only a withdrawal undoes it"),
        ],
        compute="_compute_effect",
    )
    reason = fields.Text(
        string="How you know",
        required=True,
        help="The signed paper, the register of orders… The citizen reads it when "
        "silence had accepted.",
    )

    @api.depends("decided_on", "request_id")
    def _compute_effect(self):
        for wizard in self:
            request = wizard.request_id
            kind = request._implicit_stands() if request else False
            wizard.effect = bool(kind and wizard.decided_on) and late_record_effect(
                kind, wizard.decided_on, request.implicit_born_on
            )

    def action_record(self):
        self.ensure_one()
        self.request_id._record_decision_day(self.decided_on, self.reason)
        return {"type": "ir.actions.act_window_close"}
