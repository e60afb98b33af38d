import hashlib
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.grc_base.rules import identifiers

from ..const import MAIL_CAUSES, MAIL_FACTS, MAIL_STATES, MAIL_UNSETTLED
from ..rules import mail as mail_rules

_logger = logging.getLogger(__name__)

# Another transaction was at work on the same mail: a new one will see its effect.
_TRY_AGAIN = (
    *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
    psycopg2.IntegrityError,
    ConcurrencyError,
)
_MAX_ATTEMPTS = 5
_BATCH = 50


class GrcMailIntake(models.Model):
    """The raw journal of the mailbox: each mail is here before it is understood."""

    _name = "grc.mail.intake"
    _description = "E-mail received"
    _inherit = [
        "grc.mail.addressing.mixin",
        "grc.mail.alert.mixin",
        "grc.mail.desk.mixin",
        "grc.mail.echo.mixin",
        "grc.mail.filing.mixin",
    ]
    _order = "received_at desc, id desc"
    _rec_name = "subject"

    received_at = fields.Datetime(
        string="Received on", required=True, readonly=True, default=fields.Datetime.now
    )
    raw_attachment_id = fields.Many2one(
        "ir.attachment",
        string="Message",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    sha256 = fields.Char(
        string="Fingerprint (SHA-256)",
        required=True,
        readonly=True,
        help="Of the message as it came, byte for byte.",
    )
    size_bytes = fields.Integer(string="Size (bytes)", readonly=True)
    email_from = fields.Char(string="From", readonly=True)
    sender_name = fields.Char(string="Name of the sender", readonly=True)
    email_to = fields.Char(string="To", readonly=True)
    subject = fields.Char(readonly=True)
    date_header = fields.Char(
        string="Date written by the sender",
        readonly=True,
        help="For information: the day of reception is that of our server.",
    )
    message_uid = fields.Char(string="Message-ID", readonly=True)
    message_key = fields.Char(readonly=True)
    content_sha256 = fields.Char(string="Fingerprint of the content", readonly=True)
    preview = fields.Text(string="Text", compute="_compute_preview")

    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    service_id = fields.Many2one(
        "grc.service", string="Sent to", readonly=True, index=True, ondelete="restrict"
    )
    fallback_model = fields.Char(readonly=True)
    answer_to = fields.Char(string="Answer address", readonly=True)
    state = fields.Selection(
        MAIL_STATES, string="Outcome", required=True, readonly=True, default="received"
    )
    cause = fields.Selection(MAIL_CAUSES, readonly=True)
    detail = fields.Char(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    request_id = fields.Many2one(
        "grc.request", readonly=True, index=True, ondelete="restrict"
    )
    delivery_id = fields.Many2one(
        "grc.delivery",
        string="Message that came back",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    duplicate_of_id = fields.Many2one(
        "grc.mail.intake",
        string="First received",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    attempts = fields.Integer(readonly=True)
    handled_at = fields.Datetime(string="Set aside on", readonly=True)
    handled_by_id = fields.Many2one("res.users", string="Set aside by", readonly=True)

    _key_idx = models.Index("(company_id, message_key)")
    _sender_idx = models.Index("(email_from, received_at)")
    _answer_idx = models.Index("(answer_to, received_at)")
    _unsettled_idx = models.Index(
        "(state) WHERE state IN ('received', 'error', 'unroutable', 'dropped')"
    )
    _once = models.UniqueIndex(
        "(company_id, message_key, content_sha256) "
        "WHERE state IN ('request', 'addition') AND cause != 'by_agent'",
        "This message was already received.",
    )

    # === COMPUTE METHODS === #

    @api.depends("cause", "detail")
    def _compute_reason(self):
        causes = dict(self._fields["cause"]._description_selection(self.env))
        for intake in self:
            parts = (causes.get(intake.cause), intake.detail)
            intake.reason = " – ".join(filter(None, parts))

    @api.depends("raw_attachment_id")
    def _compute_preview(self):
        for intake in self:
            # sudo: whoever reads the row reads its message
            mail = mail_rules.parse(intake.sudo()._raw())
            intake.preview = identifiers.mask_nir(mail.text[:5000])

    @api.depends("subject", "email_from")
    def _compute_display_name(self):
        for intake in self:
            intake.display_name = (
                intake.subject or intake.email_from or self.env._("No subject")
            )

    # === CRUD METHODS === #

    def write(self, vals):
        """Refuse to change what was received, whoever asks.

        :raise UserError: when ``vals`` holds a fact
        """
        if MAIL_FACTS.intersection(vals):
            raise UserError(self.env._("What was received is never changed."))
        return super().write(vals)

    def _write_facts(self, vals):
        """Write ``vals``, facts included. For our own methods only."""
        # Past our own ``write``, which refuses these fields.
        # pylint: disable-next=super-method-mismatch
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What was received is never deleted."))

    # === JOURNAL === #

    @api.model
    def _receive(self, raw, model=None, options=None):
        """Journal a raw mail, then sort it. Never raises for what the mail holds.

        :param bytes raw: the message as it came
        :param str model: fallback model of the mail gateway
        :param dict options: the other arguments of ``message_process``
        :return: id of the record that the mail made or completed, False for none
        """
        intake = self._journal(raw, fallback_model=model or False)
        return intake._process(options)

    @api.model
    def _journal(self, raw, **vals):
        intake = self.create(
            {
                "sha256": hashlib.sha256(raw).hexdigest(),
                "size_bytes": len(raw),
                **vals,
            }
        )
        intake._keep_raw(raw)
        return intake

    def _keep_raw(self, raw):
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"message-{self.id}.eml",
                "raw": raw,
                # Neither a text, that would be indexed, nor an image, that would be
                # made smaller: nothing touches the bytes.
                "mimetype": "message/rfc822",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._write_facts({"raw_attachment_id": attachment.id})

    def _raw(self):
        """Return the message as it came.

        :rtype: bytes
        """
        self.ensure_one()
        # The web client asks for the size of a file instead of the file.
        return self.raw_attachment_id.with_context(bin_size=False).raw or b""

    def _note_facts(self, mail):
        """Write what the headers say; once."""
        self.ensure_one()
        self._write_facts(
            {
                "email_from": mail.sender[:250],
                "sender_name": mail.sender_name[:250],
                "email_to": mail.to_text[:1000],
                "subject": identifiers.mask_nir(mail.subject)[:1000],
                "date_header": mail.date[:100],
                "message_uid": mail.message_id[:998],
                "message_key": mail.key,
                "content_sha256": mail.content_sha256,
            }
        )

    def _process(self, options=None):
        """Sort the mail; whatever fails inside, the row stays and says it.

        The mail server believes that we have a mail as soon as it gave it to us:
        core marks it as read even when its processing raised. So nothing is raised
        here, not even what a new transaction would mend: the row waits for the job.

        :param dict options: arguments of ``message_process`` for core
        :return: id of the record that the mail made or completed, False for none
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                return self._sort(options or {})
        except _TRY_AGAIN as error:
            self._postpone(error)
        except Exception as error:
            _logger.exception("mail %s of the journal: processing failed", self.id)
            self._settle("error", "failure", detail=_one_line(error))
        return False

    def _postpone(self, error):
        attempts = self.attempts + 1
        if attempts >= _MAX_ATTEMPTS:
            self._settle("error", "failure", detail=_one_line(error))
        else:
            self.write({"state": "received", "cause": "concurrency"})
            self.env.ref("grc_sve.ir_cron_process_mails")._trigger()
        self.attempts = attempts

    def _settle(self, state, cause, **vals):
        """Say what became of the mail."""
        self.ensure_one()
        values = {"state": state, "cause": cause, "detail": False} | vals
        self.write(values)
        if state in MAIL_UNSETTLED:
            self._alert_front_desk()

    @api.model
    def _cron_process_waiting(self):
        """Take up the mails that two transactions wanted at once."""
        waiting = self.search([("state", "=", "received")], order="id", limit=_BATCH)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for intake in waiting:
            if intake.try_lock_for_update():
                intake._process()
            if not cron._commit_progress(1):
                break


def _one_line(error):
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
