from datetime import timedelta

from odoo import api, fields, models


class GrcMissingExtend(models.TransientModel):
    _name = "grc.missing.extend"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "More time for missing documents"

    missing_id = fields.Many2one(
        "grc.missing.request", string="Request for documents", required=True
    )
    first_deadline = fields.Date(
        string="Day given so far", related="missing_id.deadline"
    )
    deadline = fields.Date(
        string="New last day",
        compute="_compute_deadline",
        store=True,
        readonly=False,
    )
    reason = fields.Text(help="The citizen reads it.")
    effect = fields.Text(string="What it changes", compute="_compute_effect")

    @api.depends("missing_id")
    def _compute_deadline(self):
        for wizard in self.filtered("missing_id"):
            start = max(wizard.missing_id.deadline, wizard.request_id._local_day())
            wizard.deadline = start + timedelta(days=15)

    @api.depends("missing_id", "deadline", "request_id")
    def _compute_effect(self):
        for wizard in self:
            ready = wizard.request_id and wizard.missing_id and wizard.deadline
            wizard.effect = wizard._effect_text() if ready else False

    def _effect_text(self):
        request, missing = self.request_id, self.missing_id
        event = request._extension_event(missing, self.deadline)
        text = request._correction_sentence([event])
        if request.silence_regime != "svr" or missing.is_regularisation:
            return text
        if missing.deadline < request._local_day():
            return self.env._(
                "The first time given is over: more time suspends nothing. %(text)s",
                text=text,
            )
        return text

    def action_extend(self):
        self.ensure_one()
        self.request_id._extend_missing(self.missing_id, self.deadline, self.reason)
        return {"type": "ir.actions.act_window_close"}
