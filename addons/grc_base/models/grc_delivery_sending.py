import logging
import smtplib

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models, modules
from odoo.exceptions import UserError
from odoo.modules.registry import Registry

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..rules.delivery import retry_delay

_logger = logging.getLogger(__name__)

# What core and Python raise when a message cannot be built or does not leave. One
# message must not keep the others from leaving; an error of the database must stop
# everything.
_SENDING_ERRORS = (
    MailDeliveryException,
    UserError,
    OSError,
    AssertionError,
    ValueError,
    LookupError,
)


class GrcDeliverySendingMixin(models.AbstractModel):
    """How a message of the outbox leaves, and what happens when it cannot."""

    _name = "grc.delivery.sending.mixin"
    _description = "Sending of a message to a citizen"

    def _send_after_commit(self):
        """Send once the transaction that wrote the message is safe."""
        waiting = self.filtered(lambda delivery: delivery.state == "waiting")
        if not waiting:
            return
        if modules.module.current_test:
            waiting._send()
            return
        ids, dbname = waiting.ids, self.env.cr.dbname

        @self.env.cr.postcommit.add
        def send():
            for delivery_id in ids:
                # One transaction a message: what left is written down whatever
                # happens to the next one.
                try:
                    with Registry(dbname).cursor() as cr:
                        env = api.Environment(cr, SUPERUSER_ID, {})
                        env["grc.delivery"].browse(delivery_id)._send()
                except psycopg2.Error:
                    # The message stays in the outbox: the job will send it.
                    _logger.info("outbox: message %s waits for the job", delivery_id)

    def _send(self):
        """Send each message that waits, once, whoever else tries meanwhile.

        The request is locked too before anything leaves: its history says that the
        message left, and an agent at work on it would make us forget that it did.
        """
        if self.pool._init and not modules.module.current_test:
            return  # core drops mails silently while modules are installed
        for delivery in self:
            if not delivery.try_lock_for_update():
                continue
            if not delivery.request_id.try_lock_for_update():
                continue
            delivery.invalidate_recordset(["state", "attempts"])
            if delivery.state == "waiting":
                delivery._send_one()

    def _send_one(self):
        self.ensure_one()
        mail_server = self.env["ir.mail_server"]
        try:
            mail_server.send_email(self._build_message())
        except _SENDING_ERRORS as error:
            self._record_failure(error)
        else:
            self._record_success()

    def _build_message(self):
        self.ensure_one()
        headers = {"X-Odoo-Objects": f"grc.request-{self.request_id.id}"}
        if self.is_automatic:
            # RFC 3834: tells other robots not to answer.
            headers |= {
                "Auto-Submitted": "auto-replied",
                "X-Auto-Response-Suppress": "All",
            }
        if self.references:
            headers["In-Reply-To"] = self.references
        return self.env["ir.mail_server"]._build_email__(
            self.email_from,
            [self.email_to],
            self.subject,
            self.body,
            reply_to=self.reply_to,
            message_id=self.message_uid,
            references=self.references,
            subtype="html",
            headers=headers,
            attachments=[
                (document.name, document.attachment_id.raw, document.mimetype)
                for document in self.document_ids
            ],
        )

    def _record_success(self):
        now = fields.Datetime.now()
        self.write(
            {
                "state": "sent",
                "sent_at": now,
                "attempts": self.attempts + 1,
                "last_error": False,
                "next_attempt_at": False,
            }
        )
        self.request_id._log_event(
            "delivery_sent",
            message=self.kind,
            address=self.email_to,
            sha256=self.sha256,
        )
        self._after_sent()

    def _after_sent(self):
        """Hook: the message left."""
        self.ensure_one()

    def _record_failure(self, error):
        attempts = self.attempts + 1
        delay = None if _is_permanent(error) else retry_delay(attempts)
        vals = {"attempts": attempts, "last_error": _one_line(error)}
        if delay is not None:
            vals["next_attempt_at"] = fields.Datetime.now() + delay
            self.write(vals)
            return
        self.write(vals)
        self._give_up(_one_line(error))

    def _give_up(self, reason):
        """Say that the message will not arrive, and call the agent."""
        self.ensure_one()
        self.write({"state": "failed", "next_attempt_at": False, "last_error": reason})
        self.request_id._log_event(
            "delivery_failed", message=self.kind, address=self.email_to, reason=reason
        )
        # Sent by a job, or after the commit: the agent is told in her language.
        request = self.request_id._in_town_language()
        request._call_agent(
            request.env._("A message did not reach the citizen"),
            self.with_env(request.env)._failure_note(),
        )


def _one_line(error):
    return " ".join(str(part) for part in error.args or (error,))[:300].replace(
        "\n", " "
    )


def _is_permanent(error):
    """Tell whether the server refused the address for good (SMTP 5xx)."""
    cause = error.__context__
    if isinstance(cause, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _message in cause.recipients.values())
    return isinstance(cause, smtplib.SMTPResponseException) and cause.smtp_code >= 550
