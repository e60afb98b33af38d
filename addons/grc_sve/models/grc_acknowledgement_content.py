from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules.acknowledgement import ARE_WORKING_DAYS
from ..rules.letters import letters_language, period_in_letters
from ..rules.wording import fill

_FROZEN = {"request_id", "kind", "mentions", "content", "sha256", "document_id"}


class GrcAcknowledgement(models.Model):
    """The text of an acknowledgement: the wording of the town, filled and frozen."""

    _inherit = "grc.acknowledgement"

    kind = fields.Selection(
        selection_add=[("complement", "Complement to the acknowledgement")],
        ondelete={"complement": "cascade"},
    )
    content = fields.Html(
        readonly=True,
        sanitize=False,
        help="The text that was sent, as it was on the day.",
    )
    missing_request_id = fields.Many2one(
        "grc.missing.request",
        string="Documents asked for in it",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    def write(self, vals):
        if _FROZEN.intersection(vals) and any(self.mapped("sha256")):
            raise UserError(self.env._("What was acknowledged is never changed."))
        return super().write(vals)

    # === MENTIONS === #

    @api.model
    def _prepare_mentions(self, request, kind):
        return super()._prepare_mentions(request, kind) | {
            "authority": request.company_id.name,
            "reception_period": self._period(ARE_WORKING_DAYS, "working_day"),
        }

    @api.model
    def _prepare_silence_mentions(self, request):
        mentions = super()._prepare_silence_mentions(request)
        if not mentions:
            return mentions
        mentions["silence_period"] = self._period(request.silence_months, "month")
        return mentions | self._prepare_start_mentions(request)

    @api.model
    def _prepare_start_mentions(self, request):
        """Return the day of the sending that starts the period (C. urb., R474-1).

        :return: ``started_on`` when an acknowledgement left already, ``written_on``
            when this one starts the period, on whatever day it leaves
        :rtype: dict[str, str]
        """
        if request.start_basis != "ack_sent":
            return {}
        started_on = request._acknowledged_on()
        if started_on:
            return {"started_on": self._day(started_on)}
        return {"written_on": self._day(request._local_day())}

    @api.model
    def _prepare_asked_mentions(self, missing, forecast):
        """Return what an acknowledgement says of the documents that it asks for.

        J is the one that results: where silence accepts, if the last document comes
        on the last day given; where it rejects, the latest (CRPA, art. L114-5).

        :param grc.missing.request missing: what is asked for
        :param Forecast forecast: what asking does to the period
        :rtype: dict
        """
        localized = missing.with_env(self.env)
        mentions = {"asked": localized._prepare_letter(forecast)}
        if forecast.kind == "restarts":
            mentions |= {
                "implicit_on": self._day(forecast.complete),
                "effect": "restarts",
                # The period runs from the documents, no longer from a sending.
                "written_on": "",
                "started_on": "",
            }
        elif forecast.kind == "suspends":
            mentions |= {
                "implicit_on": self._day(forecast.without),
                "effect": "suspends",
            }
        return mentions

    @api.model
    def _period(self, count, unit):
        """Return a length of time in letters, in the language of the citizen."""
        return period_in_letters(count, unit, letters_language(self.env.lang))

    # === RENDERING === #

    @api.model
    def _render_content(self, request, kind, mentions):
        """Return the text of an acknowledgement: the wording, filled.

        :rtype: Markup
        """
        if kind == "complement":
            return self.env["ir.qweb"]._render(
                "grc_sve.acknowledgement_complement",
                {"mentions": mentions, "blocks": self._render_blocks(mentions)},
            )
        wording = self.env["grc.acknowledgement.wording"]._find_wording(
            request.company_id,
            kind,
            mentions["regime"],
            "electronic" if mentions["is_electronic"] else "paper",
        )
        return Markup(fill(wording, mentions, self._render_blocks(mentions)))

    @api.model
    def _render_blocks(self, mentions):
        """Return what the law says, in whole paragraphs: name -> HTML.

        :rtype: dict[str, Markup]
        """
        qweb = self.env["ir.qweb"]
        values = {"mentions": mentions}
        blocks = {
            name: Markup("<p>{}</p>").format(mentions[name])
            for name in ("attestation", "appeal_ways")
            if mentions.get(name)
        }
        if mentions["regime"] != "none":
            blocks["silence"] = qweb._render("grc_sve.acknowledgement_silence", values)
        if mentions.get("asked"):
            blocks["missing_documents"] = qweb._render(
                "grc_sve.missing_request_content", mentions["asked"]
            )
        return blocks

    def _mail_content(self):
        """Return the text for mail programs, whose own headings are too big."""
        self.ensure_one()
        heading = Markup('<h2 style="font-size:1.1em">')
        return Markup(self.content).replace(Markup("<h2>"), heading)

    def _prepare_delivery_links(self):
        links = super()._prepare_delivery_links()
        if self.missing_request_id:
            links["missing_request_ids"] = [Command.link(self.missing_request_id.id)]
        return links

    # === COMPLEMENT === #

    @api.model
    def _issue_complement(self, request):
        """Write what corrects the regime of an acknowledgement that left, and queue it.

        :param grc.request request: one whose regime has just changed
        :raise UserError: when a mention that the law wants is missing
        :rtype: grc.acknowledgement
        """
        # sudo: nobody writes an acknowledgement by hand; the callers checked
        own_sudo = self.sudo().with_context(lang=request.language)
        # sudo: the request may have gone to a service that the agent does not see
        request_sudo = request.sudo().with_context(lang=request.language)
        mentions = own_sudo._prepare_mentions(request_sudo, "are")
        if mentions["regime"] == "sva" and not mentions["implicit_on"]:
            # Documents are awaited: no day is known, the rule is told instead.
            mentions["effect"] = "awaited"
            mentions["implicit_on"] = own_sudo.env._(
                "%(period)s after we have received all the documents asked for",
                period=mentions["silence_period"],
            )
        return own_sudo._write_out(request_sudo, "complement", mentions)

    def _title(self):
        if self.kind == "complement":
            return self.env._("Complement to the acknowledgement of your request")
        return super()._title()

    def _file_stem(self):
        if self.kind == "complement":
            return f"complement-accuse-{self.request_id.name}-{self.id}"
        return super()._file_stem()
