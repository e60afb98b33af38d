from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import distance

_MONTHS = (0, 1, 2)


class GrcRequest(models.Model):
    """Where the citizen lives, seen from the court (CJA, art. R421-7)."""

    _inherit = "grc.request"

    distance_months = fields.Integer(
        string="Months of distance",
        readonly=True,
        help="Added to the two months to seize the court: one for whoever lives "
        "overseas, or outside the overseas collectivity of the court; two abroad.",
    )
    distance_reason = fields.Char(
        string="Why this distance",
        readonly=True,
        groups="base.group_user",
        help="Written by the agent who corrected what the address suggests.",
    )
    distance_suggested = fields.Integer(
        string="Distance by the address",
        compute="_compute_distance_suggested",
        groups="base.group_user",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"distance_months", "distance_reason"}

    # === CLOCK === #

    @api.model
    def _clock_columns(self):
        return (*super()._clock_columns(), "distance_months")

    @api.model
    def _build_clock_facts(self, *, distance_months, **values):
        facts = super()._build_clock_facts(**values)
        # Requests older than the fact have none.
        return replace(facts, distance_months=distance_months or 0)

    @api.depends("distance_months")
    def _compute_clock(self):
        return super()._compute_clock()

    @api.depends("distance_months")
    def _compute_legal_explanation(self):
        return super()._compute_legal_explanation()

    # === WHAT THE ADDRESS SUGGESTS === #

    @api.depends("zip", "country_code", "company_id")
    def _compute_distance_suggested(self):
        for request in self:
            request.distance_suggested = request._suggest_distance(
                request.company_id, request.country_code, request.zip
            )

    @api.model
    def _suggest_distance(self, company, country_code, postcode):
        """Return the months of distance that a postal address suggests.

        :param res.company company: the local authority, for its territory
        :return: 0, 1 or 2
        :rtype: int
        """
        # sudo: a visitor files without reading the settings of the town
        territory = company.sudo().grc_territory
        lives_in = distance.residence(country_code or None, postcode or None)
        return distance.distance_months(territory, lives_in)

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        values = super()._prepare_intake_vals(vals, channel, company, idempotency_key)
        months = self._suggest_distance(
            company, values.get("country_code"), values.get("zip")
        )
        return values | {"distance_months": months}

    # === CORRECTION === #

    def _set_distance(self, months, reason):
        """Correct the months of distance, on what the agent knows of the citizen.

        :param int months: 0, 1 or 2
        :param str reason: how the agent knows where the citizen lives
        :raise UserError: without a reason, or for another number of months
        """
        self.ensure_one()
        self._check_writer()
        if months not in _MONTHS:
            raise UserError(
                self.env._("The distance adds one month, two months, or nothing.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say how you know where the citizen lives."))
        self.lock_for_update()
        self._write_facts(
            {"distance_months": months, "distance_reason": reason.strip()}
        )
        self._log_event("distance_set", months=months, reason=reason.strip())

    # === WORDS === #

    def _distance_sentence(self):
        """Return what an acknowledgement adds on the distance, empty without one.

        Months in words only: no day is ever printed.

        :rtype: str
        """
        self.ensure_one()
        if self.distance_months == 1:
            return self.env._(
                "As you live far from this court, one month is added to the period to "
                "bring an appeal before it (article R. 421-7 of the code of "
                "administrative justice)."
            )
        if self.distance_months == 2:
            return self.env._(
                "As you live abroad, two months are added to the period to bring an "
                "appeal before the court (article R. 421-7 of the code of "
                "administrative justice)."
            )
        return ""

    def _appeal_ways(self, express=False):
        ways = super()._appeal_ways(express)
        sentence = self._distance_sentence()
        # Before a prior appeal, the period of the court is not the one printed.
        if not ways or not sentence or self.mandatory_prior_appeal:
            return ways
        return f"{ways} {sentence}"
