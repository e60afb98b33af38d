from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules.mail_kind import request_numbers


class GrcRequest(models.Model):
    """An appeal that came by itself, linked afterwards to what it contests."""

    _inherit = "grc.request"

    def _contestable_domain(self):
        """Return what this appeal may contest, in the eyes of the agent.

        :rtype: Domain
        """
        self.ensure_one()
        return (
            Domain("id", "!=", self.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("received_on", "<=", self.received_on)
            & (
                Domain("state", "in", ("decided", "closed"))
                | Domain("implicit_decision", "=", "rejected")
            )
        )

    def _proposed_contested(self):
        """Return the decision that this appeal most likely contests, or none.

        The one that it names; else the last one of the same sender.

        :rtype: grc.request
        """
        self.ensure_one()
        domain = self._contestable_domain()
        numbers = request_numbers(f"{self.subject or ''} {self.description or ''}")
        named = self.search(domain & Domain("name", "in", numbers), limit=2)
        if len(named) == 1:
            return named
        sender = Domain.OR(
            Domain(name, "=", self[name].id if name == "partner_id" else self[name])
            for name in ("partner_id", "email_used")
            if self[name]
        )
        return self.search(domain & sender, order="id desc", limit=1)

    def _link_appeal(self, contested):
        """Link this appeal to the request whose decision it contests.

        :param grc.request contested: one that the agent may read
        :raise UserError: when it is no appeal, is linked already, or contests nothing
        """
        self.ensure_one()
        self._check_writer()
        contested.check_access("read")
        # In one order, whoever links what: nobody waits for the other for ever.
        # sudo: to wait for a file that the agent may only read
        (self | contested).sudo().sorted("id").lock_for_update()
        self.invalidate_recordset(["appealed_request_id"])
        if self.nature != "appeal" or self.appealed_request_id:
            raise UserError(
                self.env._("Only an appeal that is not linked yet is linked.")
            )
        if contested == self or contested.company_id != self.company_id:
            raise UserError(self.env._("Choose another request of the town."))
        if not contested.can_appeal:
            raise UserError(
                self.env._(
                    "Nothing was decided yet, expressly or by silence: there is "
                    "nothing to contest."
                )
            )
        if contested.received_on > self.received_on:
            raise UserError(
                self.env._("An appeal comes after the request, today at the latest.")
            )
        self._write_facts({"appealed_request_id": contested.id})
        self._log_event("appeal_of", request=contested.name)
        contested._log_event(
            "appeal_received",
            on=self.received_on,
            request=self.name,
            effect=self.appeal_effect,
        )

    def _unlink_appeal(self, reason):
        """Undo a link made by mistake: both histories keep it, and the reason.

        :param str reason: why, for the history
        :raise UserError: without a reason or a link
        """
        self.ensure_one()
        self._check_writer()
        self.lock_for_update()
        # sudo: the contested request may be with another service
        contested_sudo = self.sudo().appealed_request_id
        if not contested_sudo:
            raise UserError(self.env._("This appeal is linked to nothing."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the link was a mistake."))
        self._write_facts({"appealed_request_id": False})
        self._log_event(
            "appeal_unlinked", request=contested_sudo.name, comment=reason.strip()
        )
        contested_sudo._log_event(
            "appeal_unlinked", request=self.name, comment=reason.strip()
        )
