from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.letters import letters_language
from ..rules.wording import (
    lost_mentions,
    mention_article,
    mention_carriers,
    rename_placeholders,
    tidy,
    wording_faults,
)

_PLACE = {"company_id", "kind", "regime", "channel"}


class GrcAcknowledgementWording(models.Model):
    """What an acknowledgement says around the mentions that the law wants.

    A town has one wording for each acknowledgement that it may send. As long as it
    wrote none, the shipped text is used, in the language of the citizen; its own is
    used for those who read French.
    """

    _name = "grc.acknowledgement.wording"
    _description = "Wording of an acknowledgement"
    _inherit = ["mail.thread"]
    _order = "company_id, kind, channel, regime, id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("aee", "Acknowledgement of registration"),
            ("are", "Acknowledgement of reception"),
        ],
        string="Acknowledgement",
        required=True,
        readonly=True,
    )
    regime = fields.Selection(
        [
            ("sva", "Silence accepts"),
            ("svr", "Silence rejects"),
            ("none", "No silence"),
        ],
        string="Silence",
        required=True,
        readonly=True,
    )
    channel = fields.Selection(
        [("electronic", "Received electronically"), ("paper", "Letter or visit")],
        string="How it came",
        required=True,
        readonly=True,
    )
    own_body = fields.Html(
        string="Text of the town", readonly=True, help="Empty: the shipped text."
    )
    is_own = fields.Boolean(
        string="Written by the town", compute="_compute_is_own", store=True
    )
    body = fields.Html(
        string="Text",
        compute="_compute_body",
        inverse="_inverse_body",
        help="Headings, paragraphs, lists and emphasis are kept, nothing else.",
    )
    _one_of_each = models.Constraint(
        "UNIQUE(company_id, kind, regime, channel)",
        "A local authority has one wording of each acknowledgement.",
    )

    # === COMPUTE METHODS === #

    @api.depends("kind", "regime", "channel")
    def _compute_display_name(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("kind", "regime", "channel")
        }
        for wording in self:
            names = ["kind"] if wording.kind == "aee" else ["kind", "regime", "channel"]
            wording.display_name = " – ".join(
                labels[name].get(wording[name], "") for name in names
            )

    @api.depends("own_body")
    def _compute_is_own(self):
        for wording in self:
            wording.is_own = bool(wording.own_body)

    @api.depends("own_body", "kind", "regime", "channel")
    @api.depends_context("lang")
    def _compute_body(self):
        names = self._placeholder_names()
        for wording in self:
            text = wording.own_body or wording._town_default()
            wording.body = Markup(rename_placeholders(text, names))

    def _text(self):
        """Return the text on the screen, as it is stored.

        :rtype: str
        """
        self.ensure_one()
        names = self._placeholder_names()
        known = {shown: name for name, shown in names.items()}
        return rename_placeholders(tidy(self.body), known)

    def _inverse_body(self):
        for wording in self:
            text = wording._text()
            shipped = text == wording._town_default()
            wording._change_text(False if shipped else text)

    # === CONSTRAINTS AND CRUD === #

    @api.constrains("own_body", "kind", "regime")
    def _check_own_body(self):
        for wording in self:
            problems = wording.own_body and wording._problems(tidy(wording.own_body))
            if problems:
                raise UserError("\n".join(problems))

    def write(self, vals):
        if _PLACE.intersection(vals):
            raise UserError(
                self.env._(
                    "A wording stays that of its acknowledgement: change its text."
                )
            )
        if vals.get("own_body"):
            vals = vals | {"own_body": tidy(vals["own_body"])}
        result = super().write(vals)
        if "body" in vals:
            # What was kept of it, not what the editor gave.
            self.invalidate_recordset(["body", "preview"])
        return result

    # === ACTION METHODS === #

    def action_restore_default(self):
        """Use the shipped text again; the town's stays in the history."""
        for wording in self:
            wording._change_text(False)

    # === BUSINESS METHODS === #

    def _change_text(self, text):
        """Write the text of the town, and keep the former in the history."""
        self.ensure_one()
        own = tidy(self.own_body)
        if (text or "") == own:
            return
        before = rename_placeholders(
            own or self._town_default(), self._placeholder_names()
        )
        self.own_body = text
        self.message_post(
            body=self.env["ir.qweb"]._render(
                "grc_sve.wording_change",
                {"is_restored": not text, "before": Markup(before)},
            )
        )

    def _problems(self, text):
        """Say why a text cannot be used: one sentence each.

        :param str text: as ``tidy`` gives it
        :rtype: list[str]
        """
        self.ensure_one()
        labels = self.env["grc.acknowledgement"]._mention_labels()
        shown = self._placeholder_names()
        problems = [
            self.env._(
                "The text must say %(mention)s (%(article)s): insert %(placeholder)s.",
                mention=labels.get(mention, mention),
                article=mention_article(mention, self.kind),
                placeholder=" ".join(
                    f"{{{shown[name]}}}" for name in mention_carriers(mention)[0]
                ),
            )
            for mention in lost_mentions(self.kind, self.regime, text)
        ]
        unknown, crowded, is_broken = wording_faults(self.kind, self.regime, text)
        if unknown:
            problems.append(
                self.env._(
                    "Nothing can be inserted here under the name %(names)s: choose "
                    "in the list.",
                    names=", ".join(f"{{{name}}}" for name in unknown),
                )
            )
        if crowded:
            problems.append(
                self.env._(
                    "What the law says stands once, alone on its line, without "
                    "emphasis: %(names)s.",
                    names=", ".join(f"{{{shown[name]}}}" for name in crowded),
                )
            )
        if is_broken:
            problems.append(
                self.env._("A brace is left that inserts nothing: remove it.")
            )
        return problems

    @api.model
    def _find_wording(self, company, kind, regime, channel):
        """Return the text of an acknowledgement, in the language of the context.

        A text that lost what the law wants since it was written is not used.

        :rtype: str
        """
        if letters_language(self.env.lang) == "fr":
            # sudo: agents and visitors do not read the settings
            own_sudo = self.sudo().search(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", kind),
                    ("regime", "=", regime),
                    ("channel", "=", channel),
                    ("is_own", "=", True),
                ],
                limit=1,
            )
            text = tidy(own_sudo.own_body)
            if text and not own_sudo._problems(text):
                return text
        return self._shipped(kind, regime, channel)

    @api.model
    def _shipped(self, kind, regime, channel):
        """Return the shipped text, in the language of the context."""
        return tidy(
            self.env["ir.qweb"]._render(
                "grc_sve.acknowledgement_wording",
                {"kind": kind, "regime": regime, "is_electronic": channel != "paper"},
            )
        )

    def _town_default(self):
        """Return the shipped text as the town reads it: in French when it is there."""
        self.ensure_one()
        if not self.kind:
            return ""
        return self._in_french()._shipped(self.kind, self.regime, self.channel)

    def _in_french(self):
        """Return the wording in the language in which it is written."""
        french = self.env["res.lang"]._get_data(code="fr_FR")
        return self.with_context(lang="fr_FR") if french else self

    @api.model
    def _create_missing(self, companies=None):
        """Give each local authority the wordings that it has not yet. Idempotent.

        :param res.company companies: all when not given
        """
        if companies is None:
            # Every commune of the database: tens, thousands at most.
            companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        known = {
            (wording.company_id, wording.kind, wording.regime, wording.channel)
            for wording in self.search([("company_id", "in", companies.ids)])
        }
        places = [("aee", "none", "electronic")] + [
            ("are", regime, channel)
            for channel in ("electronic", "paper")
            for regime in ("sva", "svr", "none")
        ]
        self.with_context(mail_create_nolog=True).create(
            [
                dict(
                    zip(("kind", "regime", "channel"), place, strict=True),
                    company_id=company.id,
                )
                for company in companies
                for place in places
                if (company, *place) not in known
            ]
        )
