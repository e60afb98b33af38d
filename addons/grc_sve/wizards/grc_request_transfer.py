from odoo import fields, models


class GrcRequestTransfer(models.TransientModel):
    _name = "grc.request.transfer"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Transfer of a request to the competent administration"

    company_id = fields.Many2one(related="request_id.company_id")
    answer_email = fields.Char(related="request_id.answer_email")
    administration_id = fields.Many2one(
        "grc.administration",
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    administration_email = fields.Char(related="administration_id.email")
    reason = fields.Text(
        string="Why it is competent",
        required=True,
        help="The citizen and the administration read it.",
    )
    comment = fields.Text(
        string="Note to the administration", help="The citizen does not receive it."
    )

    def action_transfer(self):
        self.ensure_one()
        self.request_id._transfer(self.administration_id, self.reason, self.comment)
        return {"type": "ir.actions.act_window_close"}
