from odoo import fields, models

from ..const import MAIL_UNSETTLED
from ..rules import mail as mail_rules
from ..rules import mail_kind


class GrcMailDeskMixin(models.AbstractModel):
    """What agents do with the e-mails that wait for them."""

    _name = "grc.mail.desk.mixin"
    _description = "Handling of the e-mails received"

    # === ACTION METHODS === #

    def _check_operator(self):
        """Raise unless the user may act on these rows: whoever reads them may."""
        self.check_access("read")

    def action_replay(self):
        """Sort the mail again, after what was wrong is mended."""
        for intake in self:
            intake._check_operator()
            # sudo: agents do not write in the journal, they ask it to try again
            intake_sudo = intake.sudo()
            if (
                intake_sudo.state in MAIL_UNSETTLED
                and intake_sudo.try_lock_for_update()
            ):
                intake_sudo.attempts = 0
                intake_sudo._process()

    def action_create_request(self):
        """Open the window that asks for the service."""
        self.ensure_one()
        self._check_operator()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create a request"),
            "res_model": "grc.mail.intake.request",
            "view_mode": "form",
            "target": "new",
            "context": {"default_intake_id": self.id},
        }

    def action_set_aside(self):
        """Say that nothing is to be done; the row stays."""
        for intake in self:
            intake._check_operator()
            # sudo: agents do not write in the journal, they say what they did
            intake.sudo().write(
                {"handled_at": fields.Datetime.now(), "handled_by_id": self.env.uid}
            )

    def action_open_request(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "grc.request",
            "res_id": self.request_id.id,
            "view_mode": "form",
        }

    def action_download(self):
        self.ensure_one()
        self._check_operator()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.raw_attachment_id.id}?download=true",
            "target": "self",
        }

    # === BUSINESS METHODS === #

    def _file_by_agent(self, service):
        """Make a request of the mail on the decision of an agent.

        :param grc.service service: the service in charge
        :rtype: grc.request
        """
        self.ensure_one()
        mail = mail_rules.parse(self._raw())
        verdict = mail_kind.classify(mail, self._own_addresses())
        answer_to = self._answer_address(mail)
        row = self._in(service.company_id)
        request = row._intake_request(
            mail,
            {
                "subject": mail.subject,
                "description": row._text_and_files(mail)[0],
                "service_id": service.id,
                "reply_email": answer_to if answer_to != mail.sender else False,
                # What looks like a machine's is acknowledged by a click, if ever.
                "is_suspect": not verdict.can_acknowledge,
            },
            f"journal-{self.id}",
        )
        row._settle("request", "by_agent", request_id=request.id, answer_to=answer_to)
        return request
