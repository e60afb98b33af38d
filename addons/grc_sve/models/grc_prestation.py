from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import REGIMES, START_BASES
from ..rules.mentions import SILENCE_NATURES, names_a_period


class GrcPrestation(models.Model):
    _inherit = "grc.prestation"

    silence_regime = fields.Selection(
        REGIMES,
        required=True,
        default="unknown",
        tracking=True,
        help="What two months of silence mean, according to the text that rules this "
        "prestation. A prestation whose regime is unknown is not published.",
    )
    silence_months = fields.Integer(
        string="Months of silence", default=2, tracking=True
    )
    start_basis = fields.Selection(
        START_BASES,
        string="The period starts with",
        required=True,
        default="default",
        tracking=True,
    )
    regime_source = fields.Char(
        string="Source of the regime",
        tracking=True,
        help="The text read, with its article.",
    )
    regime_checked_on = fields.Date(string="Regime checked on", tracking=True)
    mandatory_prior_appeal = fields.Boolean(
        help="The court cannot be seized before another authority was.",
    )
    is_collegial = fields.Boolean(
        string="Decided by a collegial body",
        tracking=True,
        help="The municipal council or a commission decides: the period to seize the "
        "court only runs from an express rejection (CJA, art. R421-3).",
    )
    appeal_text = fields.Text(
        string="Ways of appeal",
        translate=True,
        help="Printed in the acknowledgement instead of the ordinary wording. "
        "Required when an appeal must come before the court.",
    )

    @api.constrains("silence_regime", "silence_months")
    def _check_silence_months(self):
        for prestation in self:
            if prestation._has_silence() and prestation.silence_months < 1:
                raise ValidationError(
                    self.env._("The period of silence is at least one month.")
                )

    def _has_silence(self):
        self.ensure_one()
        return self.silence_regime in ("sva", "svr")

    def _publication_problems(self):
        problems = super()._publication_problems()
        if self.silence_regime == "unknown":
            problems.append(
                self.env._(
                    "The regime of silence is unknown: an acknowledgement would "
                    "promise something wrong. Have it validated "
                    "(CRPA, art. L231-1 to L231-6)."
                )
            )
        if self.silence_regime == "none" and self.nature in SILENCE_NATURES:
            problems.append(
                self.env._(
                    "A request, a complaint or an appeal has a regime of silence "
                    "(CRPA, art. L231-1 and L231-4)."
                )
            )
        if self._has_silence() and not self.regime_source:
            problems.append(self.env._("Say which text gives the regime of silence."))
        if self.silence_regime == "svr":
            problems += self._appeal_problems()
        return problems

    def _appeal_problems(self):
        company = self.company_id
        if self.mandatory_prior_appeal and not self.appeal_text:
            return [
                self.env._(
                    "Say which authority must be seized before the court "
                    "(CRPA, art. R112-11-1)."
                )
            ]
        if self.appeal_text and not names_a_period(self.appeal_text):
            return [
                self.env._(
                    "The ways of appeal must say how long the citizen has "
                    "(CRPA, art. R112-11-1)."
                )
            ]
        if not self.appeal_text and not (
            company.grc_court_name and company.grc_court_address
        ):
            return [
                self.env._(
                    "The name and address of the administrative court are missing "
                    "in the settings of %(company)s (CRPA, art. R112-11-1).",
                    company=company.name,
                )
            ]
        return []
