from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize


class GrcBlockedSender(models.Model):
    """An address whose mails are recorded without an acknowledgement, for a time.

    Nothing is dropped: each mail still becomes a request, that an agent looks at.
    """

    _name = "grc.blocked.sender"
    _description = "Blocked sender"
    _order = "until_on desc, id desc"
    _rec_name = "email"

    request_id = fields.Many2one(
        "grc.request",
        string="Abusive sending",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    email = fields.Char(string="E-mail address", required=True, readonly=True)
    blocked_on = fields.Date(string="Blocked on", required=True, readonly=True)
    blocked_by_id = fields.Many2one(
        "res.users", string="Blocked by", required=True, readonly=True
    )
    review_on = fields.Date(
        string="To be reviewed on",
        required=True,
        readonly=True,
        help="The day on which somebody looks whether the blocking is still needed.",
    )
    until_on = fields.Date(string="Blocked until", required=True, readonly=True)
    lifted_on = fields.Date(string="Lifted on", readonly=True)
    lifted_by_id = fields.Many2one("res.users", string="Lifted by", readonly=True)

    _email_idx = models.Index("(company_id, email) WHERE lifted_on IS NULL")

    @api.constrains("blocked_on", "review_on", "until_on")
    def _check_days(self):
        for sender in self:
            if not sender.blocked_on < sender.review_on <= sender.until_on:
                raise ValidationError(
                    self.env._(
                        "The blocking is reviewed after today, at the latest on the "
                        "day it ends."
                    )
                )

    @api.model
    def _blocks(self, company, address):
        """Tell whether mails from ``address`` are recorded without acknowledgement.

        :param res.company company: the local authority that received the mail
        :param str address: the address of the sender
        :rtype: bool
        """
        normalized = email_normalize(address or "")
        if not normalized:
            return False
        today = fields.Date.context_today(self.with_context(tz=company.grc_timezone))
        domain = Domain("company_id", "=", company.id) & Domain(
            "email", "=", normalized
        )
        domain &= Domain("lifted_on", "=", False) & Domain("until_on", ">=", today)
        # sudo: the mailbox reads the list, whoever feeds it
        return bool(self.sudo().search_count(domain, limit=1))

    def action_open_request(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "grc.request",
            "res_id": self.request_id.id,
            "view_mode": "form",
        }

    def action_lift(self):
        """Lift the blocking: the next mails are acknowledged again."""
        for sender in self:
            request = sender.request_id
            request._check_judge()
            # sudo: nobody writes the list by hand; the request was checked above
            sender.sudo().filtered(lambda s: not s.lifted_on).write(
                {"lifted_on": request._local_day(), "lifted_by_id": self.env.uid}
            )
