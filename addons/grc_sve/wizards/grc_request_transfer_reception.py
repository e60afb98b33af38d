from odoo import fields, models


class GrcRequestTransferReception(models.TransientModel):
    _name = "grc.request.transfer.reception"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Reception by the competent administration"

    received_on = fields.Date(
        string="Received by the administration on",
        required=True,
        help="The day that its acknowledgement gives.",
    )

    def action_record(self):
        self.ensure_one()
        self.request_id._record_competent_reception(self.received_on)
        return {"type": "ir.actions.act_window_close"}
