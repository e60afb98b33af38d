from odoo import fields, models


class GrcRequestAppeal(models.TransientModel):
    _name = "grc.request.appeal"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Appeal against the decision on a request"

    received_on = fields.Date(
        string="Received on",
        required=True,
        default=lambda self: fields.Date.context_today(
            self.with_context(tz=self.env.company.grc_timezone)
        ),
        help="The day of its arrival at the town hall.",
    )
    channel = fields.Selection(
        [("letter", "Letter"), ("desk", "Counter")], required=True, default="letter"
    )
    text = fields.Text(string="What the citizen contests", required=True)

    def action_record(self):
        self.ensure_one()
        appeal = self.request_id._file_appeal(self.text, self.received_on, self.channel)
        if not appeal.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "grc.request",
            "res_id": appeal.id,
            "view_mode": "form",
        }
