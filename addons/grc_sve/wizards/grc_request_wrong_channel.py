from odoo import api, fields, models


class GrcRequestWrongChannel(models.TransientModel):
    _name = "grc.request.wrong.channel"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Answer to an e-mail about a reserved online service"

    answer_email = fields.Char(related="request_id.answer_email")
    prestation_id = fields.Many2one(related="request_id.prestation_id")
    message = fields.Text(
        string="Message to the sender",
        required=True,
        compute="_compute_message",
        store=True,
        readonly=False,
        help="The address of the form is added under it.",
    )

    @api.depends("request_id")
    def _compute_message(self):
        for wizard in self:
            localized = wizard.with_context(lang=wizard.request_id.language)
            wizard.message = localized.env._(
                "This is asked for online, with its form only: your message starts no "
                "procedure. Please fill in the form at the address below."
            )

    def action_answer(self):
        self.ensure_one()
        self.request_id._answer_wrong_channel(self.message)
        return {"type": "ir.actions.act_window_close"}
