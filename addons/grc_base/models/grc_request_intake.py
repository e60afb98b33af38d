import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError

from ..const import ASSISTED_CHANNELS, SENDER_FIELDS
from ..rules import identifiers
from ..rules.chain import text_hash

# What a sender declares; anything else in the values of an intake is refused.
_DECLARED_FIELDS = frozenset(
    (
        "prestation_id",
        "service_id",
        "subject",
        "description",
        "nature",
        "partner_id",
        *SENDER_FIELDS,
        "source_message_id",
        "is_suspect",
        "received_at",
    )
)
_TEXT_FIELDS = ("subject", "description")


class GrcRequestIntakeMixin(models.AbstractModel):
    """The one door: every contact enters here, whatever its channel."""

    _name = "grc.request.intake.mixin"
    _inherit = ["grc.request.intake.check.mixin"]
    _description = "Intake of a request"

    @api.model
    def _intake(self, vals, channel, files=(), idempotency_key=None):
        """Record one contact as exactly one request.

        The same key again gives the same request and does nothing else: a double
        click, a mail sent twice or a call tried again are harmless.

        :param dict vals: what the sender declares (see ``_declared_fields``)
        :param str channel: a code of ``const.CHANNELS``
        :param files: ``(file name, bytes)`` of each file joined
        :param str idempotency_key: identifies the sending, when the door knows it
        :raise ValidationError: when something is missing (never for a mail)
        :rtype: grc.request
        """
        unknown = set(vals) - self._declared_fields()
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
        most = self._most_files(vals, company)
        accepted, refused = self._sort_files(files, company, most)
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
            **request_sudo._received_payload(documents),
        )
        request_sudo._note_refused_files(refused)
        request_sudo._after_intake()
        return request_sudo.with_env(self.env)

    @api.model
    def _declared_fields(self):
        """Return the names of what a sender may declare.

        :rtype: frozenset[str]
        """
        return _DECLARED_FIELDS

    def _received_payload(self, documents):
        """Return what the first event of the request seals.

        :param grc.request.document documents: received with it
        :rtype: dict
        """
        self.ensure_one()
        return {
            "channel": self.channel,
            "subject": self.subject,
            "description_sha256": text_hash(self.description),
            "prestation": self.prestation_id.code or None,
            "service": self.service_id.name,
            "documents": [[doc.name, doc.sha256] for doc in documents],
        }

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
    def _most_files(self, vals, company):
        """Return how many files one sending may hold.

        :rtype: int
        """
        return company.grc_max_files

    @api.model
    def _sort_files(self, files, company, most=None):
        """Part the files that may be kept from those that cannot.

        :param files: ``(file name, bytes)`` of each file
        :param int most: how many may be kept, the limit of ``company`` by default
        :return: the files kept, and ``{file name: why}`` of the others
        :rtype: tuple[list, dict]
        """
        documents = self.env["grc.request.document"]
        accepted, refused = [], {}
        for count, (raw_name, content) in enumerate(files, start=1):
            name = identifiers.mask_nir(raw_name)
            message = documents._file_error(name, content, count, company, most)
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
