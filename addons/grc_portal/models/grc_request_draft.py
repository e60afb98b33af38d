import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..const import (
    ADDRESS_FIELDS,
    CONTACT_FIELDS,
    DRAFT_DAYS,
    IDENTITY_FIELDS,
    MAX_ID,
    REQUEST_FIELDS,
)


class GrcRequestDraft(models.Model):
    """What a citizen is typing, until it is sent.

    Nobody has any right on it: the controllers of the portal open it for the
    browser session that made it, and for no other.
    """

    _name = "grc.request.draft"
    _description = "Filing in preparation on the portal"

    token = fields.Char(required=True, readonly=True)
    session_hash = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", index=True, ondelete="cascade")
    prestation_id = fields.Many2one("grc.prestation", index=True, ondelete="cascade")
    answered_request_id = fields.Many2one(
        "grc.request",
        string="Request that it completes",
        index=True,
        ondelete="cascade",
    )
    values = fields.Json(default=dict)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    request_id = fields.Many2one(
        "grc.request", string="Request filed", index=True, ondelete="cascade"
    )
    sent_at = fields.Datetime()

    _token_uniq = models.Constraint("unique(token)", "This token is already used.")

    # === OPENING === #

    @api.model
    def _open(self, token, session_hash, partner, **criteria):
        """Return the draft of this session that ``token`` names, empty if none.

        :param str token: as received: forged perhaps
        :param str session_hash: fingerprint of the secret of the browser session
        :param res.partner partner: the citizen signed in, empty for a visitor
        :param criteria: values that the draft must have
        :rtype: grc.request.draft
        """
        if not token or not session_hash:
            return self.browse()
        draft = self.search_fetch(
            [("token", "=", token), ("session_hash", "=", session_hash)],
            [name for name, field in self._fields.items() if field.prefetch],
            limit=1,
        )
        if draft.partner_id and draft.partner_id != partner:
            return self.browse()
        if any(draft[name] != value for name, value in criteria.items()):
            return self.browse()
        return draft

    @api.model
    def _start(self, vals):
        """Create a draft; two forms sent at once with one token make one draft.

        :raise ConcurrencyError: for the second, which Odoo then tries again
        """
        try:
            return self.create(vals)
        except UniqueViolation as error:
            raise ConcurrencyError("the draft has just been created") from error

    @api.autovacuum
    def _gc_old_drafts(self):
        limit = 1000
        oldest = fields.Datetime.subtract(fields.Datetime.now(), days=DRAFT_DAYS)
        old = self.search(self._gc_domain(oldest), limit=limit)
        old.unlink()
        return len(old), len(old) == limit

    @api.model
    def _gc_domain(self, oldest):
        """Return which drafts are forgotten: those begun before ``oldest``."""
        return Domain("create_date", "<", oldest)

    # === FILES === #

    def _keep_files(self, files):
        """Keep the files that can be, say why for the others.

        :param files: ``(file name, bytes)`` of each file
        :return: one message for each file refused
        :rtype: list[str]
        """
        self.ensure_one()
        refused = []
        known = {self._fingerprint(a.name, a.raw) for a in self.attachment_ids}
        for name, content in files:
            if self._fingerprint(name, content) in known:
                continue
            message = self.env["grc.request.document"]._file_error(
                name, content, len(self.attachment_ids) + 1, self.company_id
            )
            if message:
                refused.append(message)
                continue
            known.add(self._fingerprint(name, content))
            self.attachment_ids |= self.env["ir.attachment"].create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        return refused

    def _drop_file(self, attachment_id):
        """Forget a file of this draft; an identifier that is not its own does nothing.

        :return: the name of the file, empty when there is none
        :rtype: str
        """
        self.ensure_one()
        if not str(attachment_id).isdigit() or int(attachment_id) > MAX_ID:
            return ""
        attachment = self.attachment_ids.filtered(lambda a: a.id == int(attachment_id))
        name = attachment.name or ""
        self.attachment_ids -= attachment
        attachment.unlink()
        return name

    def _files(self):
        self.ensure_one()
        return [(kept.name, kept.raw) for kept in self._kept_files()]

    def _kept_files(self):
        self.ensure_one()
        return self.attachment_ids.sorted("id")

    @api.model
    def _fingerprint(self, name, content):
        return name, hashlib.sha256(content or b"").hexdigest()

    # === SENDING === #

    def _channel(self):
        """Return the channel by which it is filed."""
        return "portal"

    def _citizen(self):
        """Return the citizen who asks, empty when she has no account."""
        return self.partner_id

    def _idempotency_key(self):
        """Return what makes two sendings one request."""
        return self.token

    def _intake_vals(self):
        """Return what the sender declares, for the intake of requests."""
        self.ensure_one()
        values = self.values or {}
        kind = values.get("requester_kind") or "person"
        names = (
            *IDENTITY_FIELDS[kind],
            *ADDRESS_FIELDS,
            *CONTACT_FIELDS,
            *REQUEST_FIELDS,
        )
        return {name: values.get(name) or "" for name in names} | {
            "requester_kind": kind,
            "prestation_id": self.prestation_id.id,
            "partner_id": self._citizen().id,
            "language": self.env["res.company"]._grc_lang(),
        }

    def _errors(self):
        """Return ``{field: message}`` of what forbids the sending."""
        self.ensure_one()
        return self.env["grc.request"]._intake_errors(
            self._intake_vals(), self._channel()
        )

    def _send(self):
        """File the request, once: a second call gives the same request.

        :raise ValidationError: when something is missing
        :rtype: grc.request
        """
        self.ensure_one()
        if not self.request_id:
            self._claim()
            request = self.env["grc.request"]._intake(
                self._intake_vals(),
                self._channel(),
                files=self._files(),
                idempotency_key=self._idempotency_key(),
            )
            if self._citizen():
                self._citizen().is_grc_citizen = True
            self.request_id = request.sudo()  # sudo: the draft is ours alone
            self._forget()
        return self.request_id

    def _send_answer(self):
        """Add what was typed to the request it completes, once.

        :raise ValidationError: when there is nothing to add
        """
        self.ensure_one()
        if not self.sent_at:
            self._claim()
            self.answered_request_id._citizen_reply(
                (self.values or {}).get("message") or "",
                files=self._files(),
                key=f"portal/{self.token}",
            )
            self._forget()

    def _claim(self):
        # Two clicks at once: the second waits on this row, fails to serialize, is
        # tried again by Odoo and then sees what the first did.
        self.sent_at = fields.Datetime.now()
        self.flush_recordset(["sent_at"])

    def _forget(self):
        """Keep nothing twice: what was sent is in the request."""
        attachments = self.attachment_ids
        self.write({"values": {}, "attachment_ids": [(5, 0, 0)]})
        attachments.unlink()
