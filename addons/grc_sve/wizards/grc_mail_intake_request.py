from odoo import api, fields, models
from odoo.exceptions import UserError


class GrcMailIntakeRequest(models.TransientModel):
    _name = "grc.mail.intake.request"
    _description = "Request made of an e-mail received"

    intake_id = fields.Many2one(
        "grc.mail.intake", string="E-mail", required=True, readonly=True
    )
    company_id = fields.Many2one(related="intake_id.company_id")
    service_id = fields.Many2one(
        "grc.service",
        required=True,
        compute="_compute_service_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )

    @api.depends("intake_id")
    def _compute_service_id(self):
        for wizard in self:
            wizard.service_id = wizard.intake_id.service_id or self.env[
                "grc.service"
            ]._front_desk(wizard.intake_id.company_id)

    def action_create(self):
        self.ensure_one()
        intake = self.intake_id
        intake._check_operator()
        if self.service_id.company_id != intake.company_id:
            raise UserError(
                self.env._("This service belongs to another local authority.")
            )
        # sudo: agents write neither in the journal nor create requests directly;
        # they read this row, which is what gives the right to handle it
        intake_sudo = intake.sudo()
        intake_sudo.lock_for_update()
        if intake_sudo.state in ("request", "addition", "elsewhere"):
            raise UserError(self.env._("This e-mail already has its request."))
        # sudo: given back, the agent may not be one of the service
        request = intake_sudo._file_by_agent(self.service_id).sudo(False)
        if not request.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "grc.request",
            "res_id": request.id,
            "view_mode": "form",
        }
