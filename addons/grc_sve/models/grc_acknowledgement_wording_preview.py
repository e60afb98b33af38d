from markupsafe import Markup

from odoo import api, fields, models

from ..rules.letters import letters_language, period_in_letters
from ..rules.periods import add_months
from ..rules.wording import (
    allowed_placeholders,
    fill,
    guarded_mentions,
    mention_article,
    mention_carriers,
)


class GrcAcknowledgementWording(models.Model):
    """What can be inserted in a wording, explained, and how the letter will look."""

    _inherit = "grc.acknowledgement.wording"

    insertable = fields.Html(
        string="What can be inserted", compute="_compute_insertable", sanitize=False
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("kind", "regime")
    @api.depends_context("lang")
    def _compute_insertable(self):
        for wording in self:
            wording.insertable = wording.kind and self.env["ir.qweb"]._render(
                "grc_sve.wording_insertable", {"rows": wording._insertable_rows()}
            )

    @api.depends("body")
    def _compute_preview(self):
        for wording in self:
            wording.preview = wording.kind and wording._preview_content()

    @api.model
    def _placeholder_names(self):
        """Return the names of the placeholders on the screen: a translation each.

        The text is stored with the names of the rules: it stays right whoever reads it.

        :rtype: dict[str, str]
        """
        names = {
            "received_on": self.env._("{received_on}"),
            "received_at": self.env._("{received_at}"),
            "number": self.env._("{number}"),
            "subject": self.env._("{subject}"),
            "prestation": self.env._("{prestation}"),
            "sender": self.env._("{sender}"),
            "authority": self.env._("{authority}"),
            "service": self.env._("{service}"),
            "postal_address": self.env._("{postal_address}"),
            "email": self.env._("{email}"),
            "address": self.env._("{address}"),
            "phone": self.env._("{phone}"),
            "opening_hours": self.env._("{opening_hours}"),
            "reception_period": self.env._("{reception_period}"),
            "silence": self.env._("{silence}"),
            "attestation": self.env._("{attestation}"),
            "appeal_ways": self.env._("{appeal_ways}"),
            "missing_documents": self.env._("{missing_documents}"),
        }
        return {name: shown.strip("{}") for name, shown in names.items()}

    @api.model
    def _placeholder_labels(self):
        """Return what each placeholder is replaced by, in the words of the screen."""
        return {
            "received_on": self.env._("Day of the reception, in full"),
            "received_at": self.env._("Time of the reception"),
            "number": self.env._("Number of the request"),
            "subject": self.env._("Subject written by the citizen"),
            "prestation": self.env._("Name of the prestation, when it is known"),
            "sender": self.env._("Name of the citizen"),
            "authority": self.env._("Name of the local authority"),
            "service": self.env._("Service in charge"),
            "postal_address": self.env._("Postal address of the service"),
            "email": self.env._("E-mail address of the service"),
            "address": self.env._(
                "Both addresses of the service, on one line; or insert them one by one"
            ),
            "phone": self.env._("Telephone number of the service"),
            "opening_hours": self.env._("Opening hours of the service"),
            "reception_period": self.env._(
                "Time for the acknowledgement of reception: ten working days"
            ),
            "silence": self.env._(
                "What silence decides, and on which day: written by the law, alone "
                "on its line"
            ),
            "attestation": self.env._(
                "The certificate of acceptance: written by the law, alone on its line"
            ),
            "appeal_ways": self.env._(
                "Period and ways of appeal, with the court: from the settings, alone "
                "on its line"
            ),
            "missing_documents": self.env._(
                "The documents asked for, alone on its line; nothing when none is "
                "missing"
            ),
        }

    def _insertable_rows(self):
        """Return what can be inserted: dicts ``name``, ``label``, ``articles``."""
        self.ensure_one()
        labels, names = self._placeholder_labels(), self._placeholder_names()
        wanted = {}
        for mention in guarded_mentions(self.kind, self.regime):
            article = mention_article(mention, self.kind)
            for name in mention_carriers(mention)[0]:
                articles = wanted.setdefault(name, [])
                if article not in articles:
                    articles.append(article)
        rows = [
            {
                "name": f"{{{names[name]}}}",
                "label": labels[name],
                "articles": ", ".join(wanted.get(name, ())),
            }
            for name in allowed_placeholders(self.kind, self.regime)
        ]
        return sorted(rows, key=lambda row: not row["articles"])

    def _preview_content(self):
        """Return the letter with invented values, as a citizen would read it.

        :rtype: Markup
        """
        self.ensure_one()
        own = self._in_french()
        mentions = own._sample_mentions()
        acknowledgements = own.env["grc.acknowledgement"]
        blocks = acknowledgements._render_blocks(mentions)
        return Markup(fill(self._text(), mentions, blocks))

    def _preview_title(self):
        self.ensure_one()
        own = self._in_french()
        acknowledgements = own.env["grc.acknowledgement"]
        return acknowledgements._title_of(self.kind, self.channel != "paper")

    def _sample_mentions(self):
        self.ensure_one()
        day = self.env["grc.acknowledgement"]._day
        company = self.company_id
        today = fields.Date.context_today(self.with_context(tz=company.grc_timezone))
        lang = letters_language(self.env.lang)
        address = f"{company.street or ''}, {company.zip or ''} {company.city or ''}"
        ways = self.env["grc.request"].new({"company_id": company.id})._appeal_ways()
        return {
            "number": f"{today.year}-000123",
            "subject": self.env._("A tree to cut"),
            "sender": self.env._("Camille Exemple"),
            "prestation": self.env._("Name of the prestation"),
            "received_on": day(today),
            "received_at": self.env._("10:30"),
            "is_electronic": self.channel != "paper",
            "authority": company.name,
            "service": self.env._("Name of the service"),
            "address": address,
            "postal_address": address,
            "email": company.email or "",
            "phone": company.phone or "01 23 45 67 89",
            "opening_hours": "",
            "regime": self.regime,
            "reception_period": period_in_letters(10, "working_day", lang),
            "silence_period": period_in_letters(2, "month", lang),
            "implicit_on": day(add_months(today, 2)),
            "attestation": self.env["grc.acknowledgement"]._attestation(),
            "appeal_ways": ways
            or self.env._("(the court is not filled in: see the local authority)"),
            "written_on": "",
        }
