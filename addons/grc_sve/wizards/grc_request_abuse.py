from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import ABUSE_GROUNDS


class GrcRequestAbuse(models.TransientModel):
    _name = "grc.request.abuse"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Judgment that a sending is abusive"

    answer_email = fields.Char(related="request_id.answer_email")
    ground = fields.Selection(ABUSE_GROUNDS, string="Why abusive", required=True)
    reason = fields.Text(
        string="Facts",
        required=True,
        help="What was sent, how often, since when. Kept in the history.",
    )
    is_impossible = fields.Boolean(string="The sender cannot be told")
    cannot_tell = fields.Char(string="Why it is impossible")
    message = fields.Text(
        string="Message to the sender",
        compute="_compute_message",
        store=True,
        readonly=False,
    )
    is_blocked = fields.Boolean(
        string="Block the sender",
        help="Its next e-mails are recorded without an acknowledgement. Nothing is "
        "dropped.",
    )
    review_on = fields.Date(string="To be reviewed on")
    until_on = fields.Date(string="Blocked until")

    @api.depends("request_id")
    def _compute_message(self):
        for wizard in self:
            localized = wizard.with_context(lang=wizard.request_id.language)
            wizard.message = localized.env._(
                "Your sending %(number)s is considered abusive (code of relations "
                "between the public and the administration, art. L. 112-11): no "
                "acknowledgement of reception will be sent to you. You may write to "
                "us if you disagree.",
                number=wizard.request_id.name or "",
            )

    def action_qualify(self):
        self.ensure_one()
        if self.is_blocked and not (self.review_on and self.until_on):
            raise UserError(
                self.env._("A blocking has an end, and a day on which it is reviewed.")
            )
        request = self.request_id
        request._qualify_abusive(
            self.ground,
            self.reason,
            message=not self.is_impossible and self.message,
            cannot_tell=self.is_impossible and self.cannot_tell,
        )
        if self.is_blocked:
            request._block_sender(self.until_on, self.review_on)
        return {"type": "ir.actions.act_window_close"}
