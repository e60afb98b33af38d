from odoo import api, fields, models


class GrcRegisterSettlement(models.TransientModel):
    _name = "grc.register.settlement"
    _description = "Settling discrepancies of the register"

    finding_ids = fields.Many2many(
        "grc.register.finding", string="Discrepancies", required=True
    )
    reason = fields.Text(string="How it was settled")

    @api.constrains("finding_ids")
    def _check_finding_ids(self):
        # sudo: core runs constraints in sudo; this one is about the user's own rights
        self.finding_ids.sudo(False)._check_settler()

    def action_settle(self):
        self.ensure_one()
        self.finding_ids._settle(self.reason)
        return {"type": "ir.actions.act_window_close"}
