import hashlib
import logging
import smtplib
from datetime import timedelta
from email.utils import formataddr, make_msgid

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models, modules
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import plaintext2html

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..rules.delivery import retry_delay

_logger = logging.getLogger(__name__)

_BATCH = 50
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


class GrcDelivery(models.Model):
    """The outbox: what is written to a citizen, and what became of it.

    A message is written in the transaction that makes it due, leaves after the
    commit, and is tried again until it left or somebody is told.
    """

    _name = "grc.delivery"
    _description = "Message sent to a citizen"
    _order = "id desc"
    _rec_name = "subject"

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [("message", "Message"), ("decision", "Decision")],
        required=True,
        readonly=True,
    )
    subject = fields.Char(required=True, readonly=True)
    body = fields.Html(required=True, readonly=True, sanitize=False)
    email_from = fields.Char(string="From", readonly=True)
    email_to = fields.Char(string="To", readonly=True)
    reply_to = fields.Char(readonly=True)
    references = fields.Char(readonly=True)
    is_automatic = fields.Boolean(readonly=True)
    document_ids = fields.Many2many(
        "grc.request.document", string="Files joined", readonly=True
    )
    sha256 = fields.Char(
        string="Fingerprint (SHA-256)",
        readonly=True,
        help="Seals the addresses, the subject, the text and the files.",
    )
    message_uid = fields.Char(string="Message-ID", readonly=True, index=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting to leave"),
            ("sent", "Sent"),
            ("failed", "Not delivered"),
            ("to_print", "To hand over or to post"),
            ("printed", "Handed over or posted"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
    )
    attempts = fields.Integer(readonly=True)
    next_attempt_at = fields.Datetime(string="Next attempt", readonly=True)
    last_error = fields.Char(readonly=True)
    sent_at = fields.Datetime(string="Sent on", readonly=True)

    _due_idx = models.Index("(next_attempt_at) WHERE state = 'waiting'")

    # === BUSINESS METHODS === #

    @api.model
    def _queue(
        self,
        request,
        kind,
        subject,
        body,
        documents=None,
        automatic=False,
        extra=None,
    ):
        """Write a message to the citizen; it leaves after the commit.

        Without an e-mail address the message waits to be handed over or posted.

        :param grc.request request: what it is about
        :param str kind: a kind of message
        :param body: plain text (``str``) or HTML (``Markup``)
        :param grc.request.document documents: files joined
        :param bool automatic: nobody wrote it; it must not be answered by robots
        :param dict extra: values of another addon, there before the message leaves
        :rtype: grc.delivery
        """
        documents = documents or self.env["grc.request.document"]
        # sudo: nobody writes in the outbox directly; the callers checked the request
        request_sudo = request.sudo().with_context(lang=request.language)
        service = request_sudo.service_id
        address = service._sending_address()
        email_to = request_sudo.answer_email
        content = body if hasattr(body, "__html__") else plaintext2html(body)
        rendered = (
            self.env["ir.qweb"]
            .with_context(lang=request.language)
            ._render(
                "grc_base.delivery_mail",
                {"record": request_sudo, "service": service, "content": content},
            )
        )
        vals = {
            "request_id": request.id,
            "kind": kind,
            "subject": " ".join(subject.split()),  # no line break in a header
            "body": rendered,
            "email_from": address and formataddr((service.name, address)),
            "email_to": email_to,
            "reply_to": service.alias_email or address,
            "references": request_sudo.source_message_id,
            "is_automatic": automatic,
            "document_ids": documents.ids,
            "message_uid": make_msgid(
                f"grc-{request_sudo.name}", (address or "localhost").split("@")[-1]
            ),
            "state": "waiting" if email_to else "to_print",
            "next_attempt_at": fields.Datetime.now(),
        }
        vals["sha256"] = self._seal(vals, documents)
        delivery = self.sudo().create(vals | (extra or {}))  # sudo: see above
        request_sudo.message_post(
            body=content,
            subject=subject,
            message_type="comment",
            subtype_xmlid="grc_base.mt_citizen_message",
            message_id=delivery.message_uid,
            author_id=self.env.user.partner_id.id,
        )
        delivery._send_after_commit()
        return delivery

    @api.model
    def _seal(self, vals, documents):
        parts = [
            vals["email_from"] or "",
            vals["email_to"] or "",
            vals["subject"],
            str(vals["body"]),
            # sudo: fingerprints only
            *(documents.sudo().mapped("sha256")),
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

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
            try:
                with Registry(dbname).cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    env["grc.delivery"].browse(ids)._send()
            except psycopg2.Error:
                # The message stays in the outbox: the job will send it.
                _logger.info("outbox: messages %s wait for the job", ids)

    def _send(self):
        """Send each message that waits, once, whoever else tries meanwhile."""
        if self.pool._init and not modules.module.current_test:
            return  # core drops mails silently while modules are installed
        for delivery in self:
            if not delivery.try_lock_for_update():
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
        self.request_id._call_agent(
            self.env._("A message did not reach the citizen"),
            self.env._(
                "“%(subject)s” did not reach %(address)s: write to another address "
                "or post a letter.",
                subject=self.subject,
                address=self.email_to,
            ),
        )

    # === ACTION METHODS === #

    def action_retry(self):
        """Try now, whatever the waiting time."""
        self.check_access("read")
        for delivery in self:
            delivery.request_id.check_access("write")
            # sudo: agents do not write in the outbox, they ask it to try again
            delivery_sudo = delivery.sudo()
            if delivery_sudo.state in ("failed", "waiting") and delivery_sudo.email_to:
                delivery_sudo.write(
                    {"state": "waiting", "next_attempt_at": fields.Datetime.now()}
                )
                delivery_sudo._send_after_commit()

    def action_mark_printed(self):
        """Record that the message was handed over or posted, and by whom."""
        for delivery in self:
            delivery.request_id.check_access("write")
            # sudo: agents do not write in the outbox, they say what they did
            delivery_sudo = delivery.sudo()
            if delivery_sudo.state in ("to_print", "failed"):
                delivery_sudo.write(
                    {"state": "printed", "sent_at": fields.Datetime.now()}
                )
                delivery.request_id._log_event(
                    "delivery_sent", message=delivery.kind, sha256=delivery_sudo.sha256
                )
                delivery_sudo._after_sent()

    # === CRON === #

    @api.model
    def _cron_send(self):
        """Send what is due. Each message is committed as soon as it left."""
        due = self.search(
            [
                ("state", "=", "waiting"),
                ("next_attempt_at", "<=", fields.Datetime.now()),
            ],
            order="next_attempt_at, id",
            limit=_BATCH,
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for delivery in due:
            delivery._send()
            if not cron._commit_progress(1):
                break

    @api.model
    def _oldest_waiting_delay(self):
        """Return how long the oldest message has waited, for supervision.

        :rtype: timedelta
        """
        oldest = self.search([("state", "=", "waiting")], order="id", limit=1)
        return fields.Datetime.now() - oldest.create_date if oldest else timedelta()


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
