from odoo import api, fields, models


class GrcRequestAppealLink(models.TransientModel):
    _name = "grc.request.appeal.link"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Linking an appeal to what it contests"

    contested_id = fields.Many2one(
        "grc.request",
        string="Contested request",
        domain="[('id', '!=', request_id), '|', "
        "('state', 'in', ('decided', 'closed')), "
        "('implicit_decision', '=', 'rejected')]",
        compute="_compute_contested_id",
        store=True,
        readonly=False,
    )
    effect = fields.Char(
        string="Effect on the period of the court", compute="_compute_effect"
    )

    @api.depends("request_id")
    def _compute_contested_id(self):
        for wizard in self:
            # sudo: the rights of the agent, however the window is computed
            request = wizard.request_id.sudo(False)
            wizard.contested_id = request and request._proposed_contested()

    @api.depends("contested_id", "request_id")
    def _compute_effect(self):
        for wizard in self:
            # sudo: days of a request that the agent reads
            contested_sudo = wizard.contested_id.sudo()
            wizard.effect = (
                wizard.request_id._effect_against(contested_sudo)
                if contested_sudo
                else False
            )

    def action_link(self):
        self.ensure_one()
        self.request_id._link_appeal(self.contested_id)
        return {"type": "ir.actions.act_window_close"}


class GrcRequestAppealUnlink(models.TransientModel):
    _name = "grc.request.appeal.unlink"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Undoing the link of an appeal"

    reason = fields.Text()

    def action_unlink(self):
        self.ensure_one()
        self.request_id._unlink_appeal(self.reason)
        return {"type": "ir.actions.act_window_close"}
