from odoo import fields, models


class GrcRequestPublication(models.TransientModel):
    _name = "grc.request.publication"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Publication of a request for third parties"

    implicit_on = fields.Date(
        string="To publish with", related="request_id.implicit_on"
    )
    published_on = fields.Date(
        string="Published on",
        required=True,
        default=lambda self: fields.Date.context_today(
            self.with_context(tz=self.env.company.grc_timezone)
        ),
    )
    where = fields.Char(
        required=True,
        help="The website, the board of the town hall…",
    )

    def action_record(self):
        self.ensure_one()
        self.request_id._record_publication(self.published_on, self.where)
        return {"type": "ir.actions.act_window_close"}
