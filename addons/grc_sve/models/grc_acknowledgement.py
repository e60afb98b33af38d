from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from odoo.addons.grc_base.days import day_in_full

from ..rules.appeal import APPEAL_MONTHS
from ..rules.mentions import missing_mentions


class GrcAcknowledgement(models.Model):
    """An AEE or an ARE: what was said, to which address, and when it left."""

    _name = "grc.acknowledgement"
    _description = "Acknowledgement of a request"
    _order = "id desc"
    _rec_name = "kind"

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("aee", "Acknowledgement of registration"),
            ("are", "Acknowledgement of reception"),
        ],
        required=True,
        readonly=True,
    )
    issued_at = fields.Datetime(string="Written on", required=True, readonly=True)
    is_instant = fields.Boolean(
        readonly=True, help="Written in the very sending it acknowledges."
    )
    mentions = fields.Json(
        required=True, readonly=True, help="What it says, frozen on the day."
    )
    delivery_id = fields.Many2one(
        "grc.delivery", readonly=True, index=True, ondelete="restrict"
    )
    document_id = fields.Many2one(
        "grc.request.document", string="PDF", readonly=True, ondelete="restrict"
    )
    sha256 = fields.Char(string="Fingerprint (SHA-256)", readonly=True)
    state = fields.Selection(related="delivery_id.state")
    email_to = fields.Char(related="delivery_id.email_to")
    sent_at = fields.Datetime(related="delivery_id.sent_at")

    _once_of_each = models.UniqueIndex(
        "(request_id, kind) WHERE kind IN ('aee', 'are')",
        "This acknowledgement was already sent.",
    )

    @api.model
    def _issue(self, request, kind, instant=False, asked=None):
        """Write the acknowledgement of ``request`` and queue it, once.

        :param grc.request request: what is acknowledged
        :param str kind: ``aee`` or ``are``
        :param bool instant: written in the sending that it acknowledges
        :param asked: the request for missing documents that it carries, with its
            forecast (CRPA, art. R112-11-4): ``(grc.missing.request, Forecast)``
        :raise UserError: when a mention that the law wants is missing
        :rtype: grc.acknowledgement
        """
        # sudo: nobody writes an acknowledgement by hand; the callers checked
        acknowledgements_sudo = self.sudo().with_context(lang=request.language)
        # sudo: a visitor does not read the request that he has just filed
        request_sudo = request.sudo().with_context(lang=request.language)
        request_sudo.lock_for_update()
        known = acknowledgements_sudo.search(
            [("request_id", "=", request.id), ("kind", "=", kind)], limit=1
        )
        if known:
            return known
        mentions = acknowledgements_sudo._prepare_mentions(request_sudo, kind)
        if asked:
            mentions |= acknowledgements_sudo._prepare_asked_mentions(*asked)
        return acknowledgements_sudo._write_out(
            request_sudo,
            kind,
            mentions,
            is_instant=instant,
            missing_request_id=asked and asked[0].id,
        )

    @api.model
    def _write_out(self, request, kind, mentions, **vals):
        """Write what ``mentions`` say, and queue it.

        :raise UserError: when a mention that the law wants is missing
        :rtype: grc.acknowledgement
        """
        missing = missing_mentions(
            "aee" if kind == "aee" else "are", mentions["regime"], mentions
        )
        if missing:
            raise UserError(
                self.env._(
                    "The acknowledgement cannot leave without: %(mentions)s "
                    "(CRPA, art. R112-11-1).",
                    mentions=", ".join(
                        self._mention_labels().get(name, name) for name in missing
                    ),
                )
            )
        acknowledgement = self.create(
            vals
            | {
                "request_id": request.id,
                "kind": kind,
                "issued_at": fields.Datetime.now(),
                "mentions": mentions,
                "content": self._render_content(request, kind, mentions),
            }
        )
        acknowledgement._send()
        return acknowledgement

    def _send(self):
        self.ensure_one()
        request = self.request_id
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_acknowledgement", self.id
        )
        document = self.env["grc.request.document"]._store(
            request,
            [(f"{self._file_stem()}.pdf", pdf)],
            origin="system",
            kind="receipt",
        )
        body = self.env["ir.qweb"]._render(
            "grc_sve.acknowledgement_mail", {"content": self._mail_content()}
        )
        self.document_id = document
        self.sha256 = document.sha256
        self.env["grc.delivery"]._queue(
            request,
            self.kind,
            f"{self._title()} – {request.name}",
            Markup(body),
            documents=document,
            automatic=True,
            extra=self._prepare_delivery_links(),
        )

    def _prepare_delivery_links(self):
        """Return what the message carries, there before it leaves."""
        return {"acknowledgement_ids": [Command.link(self.id)]}

    def _title(self):
        """Return the title of the acknowledgement, in the language of the citizen."""
        self.ensure_one()
        return self._title_of(self.kind, self.request_id._is_electronic())

    @api.model
    def _title_of(self, kind, is_electronic):
        if not is_electronic:
            return self.env._("Acknowledgement of your request")
        if kind == "aee":
            return self.env._("Acknowledgement of electronic registration")
        return self.env._("Acknowledgement of electronic reception")

    def _file_stem(self):
        name = "accuse-enregistrement" if self.kind == "aee" else "accuse-reception"
        return f"{name}-{self.request_id.name}"

    @api.model
    def _prepare_mentions(self, request, kind):
        """Return what the acknowledgement says, as text that will never change.

        :rtype: dict[str, str]
        """
        service, company = request.service_id, request.company_id
        mentions = {
            "number": request.name,
            "subject": request.subject,
            "sender": request.requester_name or "",
            "prestation": request.prestation_id.name or "",
            "received_on": self._day(request.received_on),
            "received_at": format_datetime(
                self.env,
                request.received_at,
                tz=company.grc_timezone,
                # Pattern of a time of day; translated, since each language has its own.
                dt_format=self.env._("HH:mm"),
            ),
            "is_electronic": request._is_electronic(),
            "service": service.name,
            "address": " – ".join(
                filter(None, (service._postal_address(), service._sending_address()))
            ),
            "postal_address": service._postal_address(),
            "email": service._sending_address(),
            "phone": service.phone or "",
            "opening_hours": service.opening_hours or "",
            "regime": request._regime_printed() if kind == "are" else "none",
        }
        if kind == "are":
            mentions |= self._prepare_silence_mentions(request)
        return mentions

    @api.model
    def _prepare_silence_mentions(self, request):
        regime = request._regime_printed()
        if regime == "none":
            return {}
        mentions = {"implicit_on": self._day(request._implicit_day_to_print())}
        if regime == "sva":
            mentions["attestation"] = self._attestation()
            return mentions
        mentions["appeal_period"] = self._period(APPEAL_MONTHS, "month")
        mentions["appeal_ways"] = request._appeal_ways()
        return mentions

    @api.model
    def _attestation(self):
        return self.env._(
            "You may then ask for the certificate provided for in article "
            "L. 232-3 of the code of relations between the public and the "
            "administration."
        )

    @api.model
    def _mention_labels(self):
        return {
            "received_on": self.env._("the day of reception"),
            "service": self.env._("the service in charge"),
            "address": self.env._("the address of the service"),
            "phone": self.env._("the telephone number of the service"),
            "implicit_on": self.env._("the day of the implicit decision"),
            "attestation": self.env._("the certificate of acceptance"),
            "appeal_period": self.env._("the period of appeal"),
            "appeal_ways": self.env._("the ways of appeal and the court"),
            "missing_documents": self.env._("the place of the missing documents"),
        }

    @api.model
    def _day(self, day):
        """Return a day in full: « mardi 15 septembre 2026 »."""
        return day_in_full(self.env, day)

    def _after_sent(self):
        """Record in the history that the acknowledgement left."""
        self.ensure_one()
        self.request_id._log_event(
            f"{self.kind}_sent",
            address=self.email_to or None,
            instant=self.is_instant or None,
            sha256=self.sha256,
        )
