from odoo import fields, models
from odoo.exceptions import UserError


class GrcDeliveryElsewhere(models.TransientModel):
    _name = "grc.delivery.elsewhere"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Sending a message to another address"

    delivery_id = fields.Many2one("grc.delivery", string="Message", required=True)
    first_address = fields.Char(string="Did not reach", related="delivery_id.email_to")
    email = fields.Char(string="Send to")
    is_kept = fields.Boolean(
        string="Write to this address from now on",
        default=True,
        help="The next messages about this request go there too.",
    )

    def action_send(self):
        self.ensure_one()
        if self.delivery_id.request_id != self.request_id:
            raise UserError(self.env._("This message belongs to another request."))
        again = self.delivery_id._send_elsewhere(self.email)
        if self.is_kept:
            self.request_id.reply_email = again.sudo().email_to  # sudo: just written
        return {"type": "ir.actions.act_window_close"}
