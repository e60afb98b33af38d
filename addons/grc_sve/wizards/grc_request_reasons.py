from odoo import fields, models


class GrcRequestReasons(models.TransientModel):
    _name = "grc.request.reasons"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Request for the reasons of an implicit rejection"

    asked_on = fields.Date(
        string="Asked on",
        required=True,
        default=fields.Date.context_today,
        help="Day on which the citizen's request for reasons was received.",
    )

    def action_record(self):
        self.ensure_one()
        self.request_id._ask_reasons(self.asked_on)
        return {"type": "ir.actions.act_window_close"}
