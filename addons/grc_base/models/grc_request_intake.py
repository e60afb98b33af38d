import hashlib

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.tools import plaintext2html

from ..const import ASSISTED_CHANNELS
from ..rules import identifiers

# What a sender declares; anything else in the values of an intake is refused.
_DECLARED_FIELDS = frozenset(
    (
        "prestation_id",
        "service_id",
        "subject",
        "description",
        "nature",
        "partner_id",
        "requester_kind",
        "requester_lastname",
        "requester_firstname",
        "requester_organization",
        "requester_siret",
        "requester_rna",
        "email_used",
        "reply_email",
        "phone",
        "street",
        "street2",
        "zip",
        "city",
        "language",
        "source_message_id",
        "is_suspect",
        "received_at",
    )
)
_TEXT_FIELDS = ("subject", "description")


class GrcRequestIntakeMixin(models.AbstractModel):
    """The one door: every contact enters here, whatever its channel."""

    _name = "grc.request.intake.mixin"
    _description = "Intake of a request"

    @api.model
    def _intake(self, vals, channel, files=(), idempotency_key=None):
        """Record one contact as exactly one request.

        The same key again gives the same request and does nothing else: a double
        click, a mail sent twice or a call tried again are harmless.

        :param dict vals: what the sender declares (see ``_DECLARED_FIELDS``)
        :param str channel: a code of ``const.CHANNELS``
        :param files: ``(file name, bytes)`` of each file joined
        :param str idempotency_key: identifies the sending, when the door knows it
        :raise ValidationError: when something is missing (never for a mail)
        :rtype: grc.request
        """
        unknown = set(vals) - _DECLARED_FIELDS
        if unknown:
            raise ValueError(f"unknown facts at intake: {sorted(unknown)}")
        # sudo: nobody may create a request; the doors check who calls them
        requests_sudo = self.env["grc.request"].sudo()
        company = self._intake_company(vals)
        if idempotency_key:
            self._lock_idempotency_key(company, idempotency_key)
            known = requests_sudo.search(
                [
                    ("company_id", "=", company.id),
                    ("idempotency_key", "=", idempotency_key),
                ],
                limit=1,
            )
            if known:
                return known.with_env(self.env)
        errors = self._intake_errors(vals, channel)
        accepted, refused = self._sort_files(files, company)
        if channel != "mail":
            errors |= {f"file {name}": message for name, message in refused.items()}
            if errors:
                raise ValidationError("\n".join(errors.values()))
        request_sudo = requests_sudo.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )._create_once(
            self._prepare_intake_vals(vals, channel, company, idempotency_key)
        )
        request_sudo = request_sudo.with_context(tracking_disable=False)
        documents = self.env["grc.request.document"]._store(
            request_sudo, accepted, origin="citizen", kind="piece"
        )
        request_sudo._log_event(
            "received",
            on=request_sudo._local_day(request_sudo.received_at),
            channel=channel,
            subject=request_sudo.subject,
            description_sha256=_sha256(request_sudo.description),
            prestation=request_sudo.prestation_id.code or None,
            service=request_sudo.service_id.name,
            documents=[[doc.name, doc.sha256] for doc in documents],
        )
        request_sudo._note_refused_files(refused)
        request_sudo._after_intake()
        return request_sudo.with_env(self.env)

    def _after_intake(self):
        """Hook: what the law or the service owes as soon as a request is there."""

    @api.model
    def _intake_company(self, vals):
        prestation = (
            self.env["grc.prestation"]
            .sudo()
            .browse(  # sudo: public door
                vals.get("prestation_id") or []
            )
        )
        service = (
            self.env["grc.service"]
            .sudo()
            .browse(  # sudo: public door
                vals.get("service_id") or []
            )
        )
        return prestation.company_id or service.company_id or self.env.company

    @api.model
    def _lock_idempotency_key(self, company, key):
        # Two copies of one sending that arrive together: the second waits here, so
        # that ``_create_once`` is the only place where it can lose.
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            (f"grc.request/{company.id}/{key}",),
        )

    @api.model
    def _create_once(self, vals):
        """Create the request, or ask for another try when a twin came first.

        The snapshot of this transaction is older than the request of the twin: only
        a new transaction can see it.

        :raise ConcurrencyError: core's doors then run the whole call again
        """
        try:
            request = self.create(vals)
            request.flush_recordset()
        except psycopg2.errors.UniqueViolation as error:
            if "idempotency_key" in (error.diag.constraint_name or ""):
                raise ConcurrencyError("this sending is being recorded") from error
            raise
        return request

    @api.model
    def _intake_errors(self, vals, channel):
        """Say what is wrong in what the sender declares, field by field.

        A mail is never refused: whoever wrote it seized the administration
        (CRPA art. L112-8, R112-9-2).

        :return: ``{field name: message for the person who types}``
        :rtype: dict[str, str]
        """
        if channel == "mail":
            return {}
        errors = {}
        errors |= self._intake_prestation_errors(vals, channel)
        errors |= self._intake_identity_errors(vals, channel)
        if not (vals.get("subject") or "").strip():
            errors["subject"] = self.env._("Say in a few words what it is about.")
        if not (vals.get("description") or "").strip():
            errors["description"] = self.env._("Write your request.")
        received_at = vals.get("received_at")
        if (
            received_at
            and fields.Datetime.to_datetime(received_at) > fields.Datetime.now()
        ):
            errors["received_at"] = self.env._(
                "The day of reception cannot be in the future."
            )
        return errors

    @api.model
    def _intake_prestation_errors(self, vals, channel):
        prestation = (
            self.env["grc.prestation"]
            .sudo()
            .browse(  # sudo: public door
                vals.get("prestation_id") or []
            )
        )
        if prestation and not prestation._is_open(channel):
            return {
                "prestation_id": self.env._(
                    "“%(name)s” cannot be filed this way.", name=prestation.name
                )
            }
        if not prestation and channel == "portal":
            return {"prestation_id": self.env._("Choose what you ask for.")}
        return {}

    @api.model
    def _intake_identity_errors(self, vals, channel):
        """Check who the sender is (CRPA art. R112-9-1)."""
        errors = {}
        kind = vals.get("requester_kind") or "person"
        by_web = channel == "portal"
        if kind == "person":
            errors |= self._intake_missing(
                vals,
                {
                    "requester_lastname": self.env._("Write your last name."),
                    "requester_firstname": self.env._("Write your first name."),
                }
                if by_web
                else {"requester_lastname": self.env._("Write the last name.")},
            )
        else:
            errors |= self._intake_missing(
                vals,
                {"requester_organization": self.env._("Write the full name.")},
            )
        if by_web:
            errors |= self._intake_missing(
                vals,
                {
                    "street": self.env._("Write your postal address."),
                    "zip": self.env._("Write your postcode."),
                    "city": self.env._("Write your town."),
                    "email_used": self.env._("Write your e-mail address."),
                },
            )
        if kind == "company" and not identifiers.is_siret(vals.get("requester_siret")):
            errors["requester_siret"] = self.env._(
                "Write the SIRET number: 14 digits, for instance 732 829 320 00074."
            )
        if kind == "association" and not identifiers.is_rna(vals.get("requester_rna")):
            errors["requester_rna"] = self.env._(
                "Write the RNA number: the letter W followed by 9 characters, for "
                "instance W751234567."
            )
        for name in ("email_used", "reply_email"):
            if vals.get(name) and not identifiers.is_email(vals[name].strip()):
                errors[name] = self.env._(
                    "This e-mail address is not complete: write it as name@example.com."
                )
        return errors

    @api.model
    def _intake_missing(self, vals, messages):
        return {
            name: message
            for name, message in messages.items()
            if not (vals.get(name) or "").strip()
        }

    @api.model
    def _sort_files(self, files, company):
        """Part the files that may be kept from those that cannot.

        :param files: ``(file name, bytes)`` of each file
        :return: the files kept, and ``{file name: why}`` of the others
        :rtype: tuple[list, dict]
        """
        documents = self.env["grc.request.document"]
        accepted, refused = [], {}
        for count, (raw_name, content) in enumerate(files, start=1):
            name = identifiers.mask_nir(raw_name)
            message = documents._file_error(name, content, count, company)
            if message:
                refused[name] = message
            else:
                accepted.append((name, content))
        return accepted, refused

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        values = {name: value for name, value in vals.items() if value}
        now = fields.Datetime.now()
        if channel not in ASSISTED_CHANNELS:
            # The instant of the server alone counts for what came electronically.
            values["received_at"] = now
        values.setdefault("received_at", now)
        for name in _TEXT_FIELDS:
            values[name] = identifiers.mask_nir(values.get(name, "")).strip()
        # A mail may fold or break its subject over several lines.
        values["subject"] = " ".join(values["subject"].split()) or self.env._(
            "(no subject)"
        )
        for name in ("email_used", "reply_email"):
            if values.get(name):
                values[name] = values[name].strip()
        if values.get("requester_siret"):
            values["requester_siret"] = identifiers.clean_siret(
                values["requester_siret"]
            )
        if values.get("requester_rna"):
            values["requester_rna"] = identifiers.clean_rna(values["requester_rna"])
        prestation = (
            self.env["grc.prestation"]
            .sudo()
            .browse(  # sudo: public door
                values.get("prestation_id") or []
            )
        )
        if not values.get("service_id"):
            service = prestation.service_id or (
                self.env["grc.service"].sudo()._front_desk(company)  # sudo: public door
            )
            if not service:
                raise UserError(
                    self.env._(
                        "No service is configured for %(company)s.",
                        company=company.name,
                    )
                )
            values["service_id"] = service.id
        circuit = prestation.circuit_id or (
            self.env["grc.circuit"]
            .sudo()
            ._default_circuit(company)  # sudo: public door
        )
        step = circuit._first_step() if circuit else circuit.step_ids
        if not step:
            raise UserError(self.env._("No circuit is configured for requests."))
        values.setdefault("nature", prestation.nature or "question")
        values["language"] = self._intake_language(values.get("language"), company)
        return values | {
            "name": self._next_number(company),
            "company_id": company.id,
            "channel": channel,
            "circuit_id": circuit.id,
            "stage_id": step.id,
            "state": step.state,
            "filed_by_id": self.env.uid,
            "idempotency_key": idempotency_key or False,
        }

    @api.model
    def _next_number(self, company):
        # sudo: the sequence is not readable by those who file
        sequences_sudo = self.env["ir.sequence"].sudo().with_company(company)
        # The year of the number is that of the town's clocks.
        today = fields.Date.context_today(self.with_context(tz=company.grc_timezone))
        return sequences_sudo.with_context(
            tz=company.grc_timezone, ir_sequence_date=fields.Date.to_string(today)
        ).next_by_code("grc.request")

    @api.model
    def _intake_language(self, declared, company):
        """Return the language to write in: one that is installed.

        :param str declared: code of the language of the sender, if known
        :rtype: str
        """
        installed = self.env["res.lang"]._get_data
        for code in (declared, company.partner_id.lang, "fr_FR"):
            if code and installed(code=code):
                return code
        return "en_US"

    def _note_refused_files(self, refused):
        """Keep the names of files refused in a mail: the raw mail keeps the files."""
        self.ensure_one()
        if not refused:
            return
        self._log_event("document_refused", files=sorted(refused))
        self._message_log(body=plaintext2html("\n".join(refused.values())))

    def _citizen_reply(
        self, body, files=(), channel="portal", email_from=None, message_uid=None
    ):
        """Add to the request what the citizen wrote afterwards.

        :param str body: plain text
        :param files: ``(file name, bytes)`` of each file joined
        :param str email_from: address of the sender, when it came by mail
        :param str message_uid: Message-ID, when it came by mail
        :raise ValidationError: when it is empty, or a file cannot be kept
        :rtype: mail.message
        """
        self.ensure_one()
        # sudo: citizens write nothing themselves; the caller checked that the
        # request is theirs
        request_sudo = self.sudo()
        accepted, refused = self._sort_files(files, request_sudo.company_id)
        if channel != "mail":
            if refused:
                raise ValidationError("\n".join(refused.values()))
            if not (body or "").strip():
                raise ValidationError(self.env._("Write your message."))
        documents = self.env["grc.request.document"]._store(
            request_sudo, accepted, origin="citizen", kind="piece"
        )
        text = identifiers.mask_nir(body or "").strip()
        message_sudo = request_sudo.message_post(
            body=plaintext2html(text),
            message_type="comment" if channel == "portal" else "email",
            subtype_xmlid="grc_base.mt_citizen_message",
            author_id=request_sudo.partner_id.id or False,
            email_from=email_from or request_sudo.email_used or False,
            **({"message_id": message_uid} if message_uid else {}),
        )
        request_sudo._log_event(
            "citizen_message",
            channel=channel,
            text_sha256=_sha256(text),
            documents=[[doc.name, doc.sha256] for doc in documents],
        )
        request_sudo._note_refused_files(refused)
        request_sudo._write_facts({"has_citizen_news": True})
        request_sudo._call_agent(
            self.env._("The citizen wrote about %(number)s", number=request_sudo.name)
        )
        return message_sudo

    def _call_agent(self, summary, note=None):
        """Plan an activity for whoever is in charge, once while it is open.

        :param str summary: what to do, one line
        :param str note: more, if useful
        """
        self.ensure_one()
        user = (
            self.agent_id or self.service_id.head_id or self.service_id.member_ids[:1]
        )
        if not user or self.activity_ids.filtered(lambda a: a.summary == summary):
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=note and plaintext2html(note),
            user_id=user.id,
        )


def _sha256(text):
    return hashlib.sha256((text or "").encode()).hexdigest()
