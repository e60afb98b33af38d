import hashlib
import logging
from email.utils import formataddr, make_msgid

from odoo import api, fields, models
from odoo.tools import plaintext2html

_logger = logging.getLogger(__name__)

_BATCH = 50


class GrcDelivery(models.Model):
    """The outbox: what is written to a citizen, and what became of it.

    A message is written in the transaction that makes it due, leaves after the
    commit, and is tried again until it left or somebody is told.
    """

    _name = "grc.delivery"
    _description = "Message sent to a citizen"
    _inherit = ["grc.delivery.sending.mixin", "grc.delivery.letter.mixin"]
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
        email_to=None,
    ):
        """Write a message to the citizen; it leaves after the commit.

        Without an e-mail address the message waits to be handed over or posted.
        A message to somebody else than the citizen is not one of their exchanges:
        only agents see it in the discussion.

        :param grc.request request: what it is about
        :param str kind: a kind of message
        :param body: plain text (``str``) or HTML (``Markup``)
        :param grc.request.document documents: files joined
        :param bool automatic: nobody wrote it; it must not be answered by robots
        :param dict extra: values of another addon, there before the message leaves
        :param str email_to: address of somebody else than the citizen, empty when
            none is known; None for the citizen
        :rtype: grc.delivery
        """
        documents = documents or self.env["grc.request.document"]
        # sudo: nobody writes in the outbox directly; the callers checked the request
        request_sudo = request.sudo().with_context(lang=request.language)
        service = request_sudo.service_id
        address = service._sending_address()
        is_for_citizen = email_to is None
        if is_for_citizen:
            email_to = request_sudo.answer_email
        content = body if hasattr(body, "__html__") else plaintext2html(body)
        rendered = (
            self.env["ir.qweb"]
            .with_context(lang=request.language)
            ._render(
                "grc_base.delivery_mail",
                {
                    "record": request_sudo,
                    "service": service,
                    "content": content,
                    "is_for_citizen": is_for_citizen,
                },
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
            "references": is_for_citizen and request_sudo.source_message_id,
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
            subtype_xmlid="grc_base.mt_citizen_message"
            if is_for_citizen
            else "mail.mt_note",
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
            delivery.sudo()._record_printed()

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
