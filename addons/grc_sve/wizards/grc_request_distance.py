from odoo import api, fields, models


class GrcRequestDistance(models.TransientModel):
    _name = "grc.request.distance"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Correction of the months of distance"

    suggested = fields.Integer(
        string="By the address, in months", related="request_id.distance_suggested"
    )
    months = fields.Selection(
        [
            ("0", "Nothing: near the court"),
            ("1", "One month: overseas, or outside the collectivity of the court"),
            ("2", "Two months: abroad"),
        ],
        string="Added to the period",
        required=True,
        compute="_compute_months",
        store=True,
        readonly=False,
    )
    reason = fields.Char(
        string="How you know",
        required=True,
        help="For the history: what tells where the citizen lives.",
    )

    @api.depends("request_id")
    def _compute_months(self):
        for wizard in self:
            wizard.months = str(wizard.request_id.distance_suggested or 0)

    def action_set(self):
        self.ensure_one()
        self.request_id._set_distance(int(self.months), self.reason)
        return {"type": "ir.actions.act_window_close"}
