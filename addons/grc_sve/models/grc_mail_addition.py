from odoo import models

from ..rules import mail_kind


class GrcMailFilingMixin(models.AbstractModel):
    """Which mails that complete a request are acknowledged by themselves."""

    _inherit = "grc.mail.filing.mixin"

    def _can_acknowledge_addition(self, mail):
        """Tell whether an acknowledgement of this addition may leave by itself.

        The same doubts as for a new request: bulk mails, odd senders, our own
        addresses, blocked senders, floods. Two machines that answer each other
        without saying so stop at the limit of the flood.

        :param mail: the mail, parsed
        :rtype: bool
        """
        self.ensure_one()
        if not mail_kind.classify(mail, self._own_addresses()).can_acknowledge:
            return False
        if self.env["grc.blocked.sender"]._blocks(self.company_id, mail.sender):
            return False
        threshold, since = self._flood_limits()
        recent = self.search_count(
            [
                ("email_from", "=", mail.sender),
                ("state", "in", ("request", "addition")),
                ("received_at", ">=", since),
            ],
            limit=threshold,
        )
        return recent < threshold
