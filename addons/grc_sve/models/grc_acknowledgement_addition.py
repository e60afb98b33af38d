from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.tools import format_datetime

from ..rules.mentions import missing_mentions


class GrcAcknowledgement(models.Model):
    """What a citizen adds to a request is a sending too, and owed its own
    acknowledgement (CRPA, art. L112-11, first paragraph)."""

    _inherit = "grc.acknowledgement"

    kind = fields.Selection(
        selection_add=[("addition", "Acknowledgement of an addition")],
        ondelete={"addition": "cascade"},
    )
    addition_key = fields.Char(
        readonly=True, copy=False, help="Names the sending that it acknowledges."
    )
    addition_received_at = fields.Datetime(string="Addition received on", readonly=True)

    _addition_once = models.UniqueIndex(
        "(request_id, addition_key) WHERE addition_key IS NOT NULL",
        "This sending was already acknowledged.",
    )

    @api.model
    def _issue_addition(
        self, request, key, documents, received_at, effect="", message_uid=None
    ):
        """Write the acknowledgement of what was added to ``request``, once.

        A mention that is missing does not keep it: the day of the reception, owed at
        once, is always there.

        :param grc.request request: what was completed
        :param str key: names this sending among those of the request
        :param grc.request.document documents: the files received with it
        :param datetime received_at: instant of its reception, UTC
        :param str effect: what it changes for the request, one or two sentences
        :param str message_uid: Message-ID that the mail answers, if any
        :return: the acknowledgement, the one already written when it is known
        :rtype: grc.acknowledgement
        """
        # sudo: nobody writes an acknowledgement by hand; the callers checked
        acknowledgements_sudo = self.sudo().with_context(lang=request.language)
        # sudo: a citizen does not read the request that she completes
        request_sudo = request.sudo().with_context(lang=request.language)
        request_sudo.lock_for_update()
        known = acknowledgements_sudo.search(
            [("request_id", "=", request.id), ("addition_key", "=", key)], limit=1
        )
        if known:
            return known
        mentions = acknowledgements_sudo._prepare_addition_mentions(
            request_sudo,
            documents.sudo(),
            received_at,
            effect,  # sudo: names only
        )
        acknowledgement = acknowledgements_sudo.create(
            {
                "request_id": request.id,
                "kind": "addition",
                "addition_key": key,
                "addition_received_at": received_at,
                "issued_at": fields.Datetime.now(),
                "is_instant": True,
                "mentions": mentions,
                "content": acknowledgements_sudo._render_addition(mentions),
            }
        )
        acknowledgement._send_addition(message_uid)
        return acknowledgement

    @api.model
    def _prepare_addition_mentions(self, request, documents, received_at, effect):
        mentions = self._prepare_mentions(request, "addition") | {
            "received_on": self._day(request._local_day(received_at)),
            "received_at": format_datetime(
                self.env,
                received_at,
                tz=request.company_id.grc_timezone,
                # Pattern of a time of day; translated, since each language has its own.
                dt_format=self.env._("HH:mm"),
            ),
            "is_electronic": True,
            "files": [[document.name, document.sha256] for document in documents],
            "effect": effect,
        }
        missing = missing_mentions("addition", "none", mentions)
        if missing:
            labels = self._mention_labels()
            request._call_agent(
                self.env._("Complete the sheet of the service"),
                self.env._(
                    "An acknowledgement left without: %(mentions)s (CRPA, art. "
                    "R112-11-1).",
                    mentions=", ".join(labels.get(name, name) for name in missing),
                ),
            )
        return mentions

    def _send_addition(self, message_uid):
        self.ensure_one()
        request = self.request_id
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_addition", self.id
        )
        document = self.env["grc.request.document"]._store(
            request,
            [(f"{self._file_stem()}.pdf", pdf)],
            origin="system",
            kind="receipt",
        )
        body = self._render_addition(self.mentions, in_mail=True)
        self.document_id = document
        self.sha256 = document.sha256
        extra = {"acknowledgement_ids": [Command.link(self.id)]}
        if message_uid:
            extra["references"] = message_uid
        self.env["grc.delivery"]._queue(
            request,
            "addition",
            f"{self._title()} – {request.name}",
            body,
            documents=document,
            automatic=True,
            extra=extra,
        )

    @api.model
    def _render_addition(self, mentions, in_mail=False):
        return Markup(
            self.env["ir.qweb"]._render(
                "grc_sve.addition_content", {"mentions": mentions, "in_mail": in_mail}
            )
        )

    def _title(self):
        if self.kind == "addition":
            return self.env._("Acknowledgement of what you added")
        return super()._title()

    def _file_stem(self):
        if self.kind != "addition":
            return super()._file_stem()
        rank = self.search_count(
            [
                ("request_id", "=", self.request_id.id),
                ("kind", "=", "addition"),
                ("id", "<=", self.id),
            ]
        )
        return f"accuse-complement-{self.request_id.name}-{rank}"
