from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.grc_base.days import day_in_full

from ..const import CONSENT_STATES, OUTCOMES, PENDING_MINUTES
from ..rules.exchanges import kept_until


class GrcDataConsent(models.Model):
    """What a citizen let us ask another administration, or would not, and what came.

    Written by our own methods only; kept 36 months for her to see.
    """

    _name = "grc.data.consent"
    _description = "Consent to an exchange of data"
    _order = "id desc"
    _rec_name = "source_name"

    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one("res.users", string="Account", ondelete="set null")
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        ondelete="cascade",
        index=True,
    )
    prestation_id = fields.Many2one("grc.prestation", ondelete="set null")
    prestation_name = fields.Char(string="Used for", required=True)
    draft_id = fields.Many2one(
        "grc.request.draft", index="btree_not_null", ondelete="set null"
    )
    request_id = fields.Many2one(
        "grc.request", index="btree_not_null", ondelete="set null"
    )
    source_id = fields.Many2one("grc.data.source", ondelete="set null")
    source_name = fields.Char(string="Asked of", required=True)
    connector = fields.Char(required=True)
    data = fields.Json(string="Data as shown", required=True)
    data_text = fields.Char(string="Data", compute="_compute_data_text")
    wording = fields.Text(string="As it was shown", required=True)
    given_at = fields.Datetime(string="Answered on", required=True)
    state = fields.Selection(CONSENT_STATES, string="Answer", required=True)
    withdrawn_at = fields.Datetime(string="Withdrawn on")
    called_at = fields.Datetime(string="Asked on")
    outcome = fields.Selection(OUTCOMES, string="What came")
    keep_until = fields.Date(string="Kept until", required=True, index=True)

    @api.depends("data")
    def _compute_data_text(self):
        for consent in self:
            consent.data_text = ", ".join(one["label"] for one in consent.data or ())

    # === WHAT THE CITIZEN ANSWERS === #

    @api.model
    def _answer(self, draft, source, codes, user, state="given"):
        """Keep what the citizen answered, with the words she read.

        :param grc.request.draft draft: the form
        :param grc.data.source source: who would be asked
        :param codes: of the data that she ticked, or was shown when she refused
        :param res.users user: the account of this session
        :param str state: ``given`` or ``refused``
        :rtype: grc.data.consent
        """
        now = fields.Datetime.now()
        day = fields.Datetime.context_timestamp(
            self.with_context(tz=source.company_id.grc_timezone), now
        ).date()
        return self.create(
            {
                "partner_id": user.partner_id.id,
                "user_id": user.id,
                "company_id": source.company_id.id,
                "prestation_id": draft.prestation_id.id,
                "prestation_name": draft.prestation_id.name,
                "draft_id": draft.id,
                "source_id": source.id,
                "source_name": source.name,
                "connector": source.connector,
                "data": [
                    {
                        "code": code,
                        "label": source._datum_text(source.connector, code),
                    }
                    for code in codes
                ],
                "wording": self._wording(draft.prestation_id, source),
                "given_at": now,
                "state": state,
                "keep_until": kept_until(day),
            }
        )

    @api.model
    def _wording(self, prestation, source):
        """Return what a citizen reads before she agrees; kept with her answer.

        Source: RGPD art. 13 and 14; CRPA art. L114-8
        """
        return self.env._(
            "If you agree, %(town)s asks the service “%(service)s” for the data that "
            "you tick, in your place.\n"
            "They serve to handle “%(prestation)s”, and nothing else. Only the agents "
            "who handle your request read them.\n"
            "You sign in once more with FranceConnect, then you see what came: nothing "
            "is sent to us before you say so.\n"
            "The trace of this exchange is kept 36 months, in your space.",
            town=source.company_id.name,
            service=source.name,
            prestation=prestation.name,
        )

    def _check_usable(self, source):
        """Return the codes of the data that may be asked of ``source`` right now.

        :raise AccessError: when nobody agreed to that, just now, for this form
        :rtype: list[str]
        """
        oldest = fields.Datetime.now() - timedelta(minutes=PENDING_MINUTES)
        consent = self.exists()
        draft = consent.draft_id
        if (
            len(consent) != 1
            or consent.state != "given"
            or consent.called_at
            or consent.outcome
            or consent.given_at < oldest
            or consent.source_id != source
            or consent.connector != source.connector
            or draft.company_id != source.company_id
            or draft.request_id
            or draft.partner_id != consent.partner_id
            or not consent.data
        ):
            raise AccessError(self.env._("Nobody agreed to this exchange of data."))
        return [one["code"] for one in consent.data]

    def _ended(self, outcome, is_called=True):
        """Keep what came: one of ``const.OUTCOMES``."""
        self.ensure_one()
        vals = {"outcome": outcome}
        if is_called:
            vals["called_at"] = fields.Datetime.now()
        self.write(vals)

    def _withdraw(self):
        """Keep that the citizen changed her mind before sending."""
        given = self.filtered(lambda consent: consent.state == "given")
        given.write({"state": "withdrawn", "withdrawn_at": fields.Datetime.now()})

    # === WHAT CAME === #

    def _told_lines(self, values):
        """Return what was obtained, in words.

        :param dict values: canonical value by code of datum
        :return: ``(label, text)`` of each, in the order that was shown
        :rtype: list[tuple[str, str]]
        """
        self.ensure_one()
        source = self.source_id
        lines = []
        for one in self.data:
            datum = source._datum(self.connector, one["code"])
            if datum and one["code"] in values:
                text = source._told_text(
                    self.connector, datum, values[one["code"]], self.company_id
                )
                label = source._datum_text(self.connector, one["code"])
                lines.append((label, text))
        return lines

    def _file(self, values):
        """Return the name and the content of the PDF of what was obtained.

        :param dict values: canonical value by code of datum
        :rtype: tuple[str, bytes]
        """
        self.ensure_one()
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.grc_timezone), self.called_at
        )
        facts = {
            "lines": self._told_lines(values),
            "day": day_in_full(self.env, local.date(), weekday=False),
            "hour": local.strftime("%H:%M"),
            "through": "API Particulier" if self.source_id.is_ready else "",
        }
        content = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_franceconnect.action_report_data_obtained", self.id, {"facts": facts}
        )
        name = self.env._("Data obtained – %(service)s", service=self.source_name)
        return f"{name[:100]}.pdf".replace("/", "-"), content

    def _record_proofs(self, request, told):
        """Give ``request`` the proofs of what came, or that nothing did.

        :param dict told: see ``grc.request.draft``, ``data_values``
        """
        self.ensure_one()
        if not self.source_id or self.state != "given":
            return
        values = told.get("values") or {}
        codes = [one["code"] for one in self.data]
        errors = {
            "unavailable": "unavailable",
            "expired": "expired",
            "refused": "misconfigured",
            "other_people": "refused",
        }
        request._record_data(
            self.source_id,
            values,
            self.called_at or self.given_at,
            missing=[code for code in codes if code not in values],
            error=errors.get(self.outcome, "not_found"),
        )

    # === FOR PEOPLE === #

    def _day_text(self, name):
        """Return the civil day of an instant of this trace, in words."""
        self.ensure_one()
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.grc_timezone), self[name]
        )
        return day_in_full(self.env, local.date(), weekday=False)

    def _keep_text(self):
        self.ensure_one()
        return day_in_full(self.env, self.keep_until, weekday=False)

    def _outcome_text(self):
        """Return what happened, for the citizen."""
        self.ensure_one()
        texts = {
            "obtained": self.env._("The data came."),
            "not_found": self.env._("The service has no file of yours."),
            "unavailable": self.env._("The service did not answer."),
            "refused": self.env._("The service did not accept the question."),
            "expired": self.env._("Your sign-in was too old for the service."),
            "other_people": self.env._(
                "The file found does not bear your name: nothing of it was kept."
            ),
            "left": self.env._("You left FranceConnect: nothing was asked."),
        }
        if self.state == "refused":
            return self.env._("You did not agree: nothing was asked.")
        return texts.get(self.outcome) or self.env._("Nothing was asked.")

    # === RETENTION === #

    @api.autovacuum
    def _gc_kept_long_enough(self):
        """Delete the traces whose 36 months are over.

        Source: CRPA art. R114-9-7
        """
        limit = 1000
        over = self.search([("keep_until", "<", fields.Date.today())], limit=limit)
        over.unlink()
        return len(over), len(over) == limit
