from dataclasses import replace

from odoo import api, fields, models

from ..rules import clock
from ..rules.administrative_appeal import (
    express_appeal_last_day,
    follows_urban_rule,
    urban_appeal_last_day,
)
from ..rules.court import Appeal, Contested, court_steps, refusal_step

_NO_REJECTION = (False, "granted", "redirected")
_REFUSALS = ("refused", "partial")


class GrcRequest(models.Model):
    """The period of the court once the decision is contested before the town."""

    _inherit = "grc.request"

    is_collegial = fields.Boolean(
        string="Decided by a collegial body",
        readonly=True,
        help="The municipal council or a commission decides: nobody is late before "
        "two months after an express rejection (CJA, art. R421-3).",
    )
    court_last_day = fields.Date(
        string="Last day to seize the court, after refusals and appeals (internal)",
        compute="_compute_court_last_day",
        groups="base.group_user",
        help="After an express refusal or an appeal. Computed when it is read; never "
        "told to the public.",
    )

    @api.depends(
        "appeal_ids.received_on",
        "appeal_ids.implicit_on",
        "appeal_ids.outcome",
        "appeal_last_day",
        "delivery_ids.state",
        "distance_months",
        "is_collegial",
        "outcome",
    )
    def _compute_court_last_day(self):
        for request in self:
            days = [step.on for step in request._court_steps() if step.on]
            request.court_last_day = days[-1] if days else False

    @api.depends("appeal_ids.implicit_on", "appeal_ids.outcome")
    def _compute_legal_explanation(self):
        return super()._compute_legal_explanation()

    # === FACTS === #

    @api.model
    def _prepare_regime_vals(self, nature, prestation):
        vals = super()._prepare_regime_vals(nature, prestation)
        # sudo: a visitor files without reading the settings of the prestation
        return vals | {"is_collegial": prestation.sudo().is_collegial}

    def _protected_fields(self):
        return super()._protected_fields() | {"is_collegial"}

    def _told_on(self):
        """Return the day on which the express decision was told, if it was.

        :rtype: date | None
        """
        self.ensure_one()
        told = self.delivery_ids.filtered(
            lambda d: d.kind == "decision" and d.state in ("sent", "printed")
        ).sorted("sent_at")[-1:]
        return self._local_day(told.sent_at) if told else None

    def _contested_on(self):
        """Return the day of the decision that is contested: express, or J.

        :rtype: date | None
        """
        self.ensure_one()
        if self.decided_at:
            return self._local_day(self.decided_at)
        return self.implicit_on or None

    def _follows_urban_rule(self):
        """Tell whether an appeal leaves the period of the court running.

        :rtype: bool
        """
        self.ensure_one()
        return follows_urban_rule(
            self._is_urban(), self._contested_on() or self._local_day()
        )

    def _appealable_until(self):
        """Return the last day to contest before the town: without distance.

        :return: local civil day; None when the period never began: the decision was
            not notified, or no silence made one
        :rtype: date | None
        """
        self.ensure_one()
        territory = self.company_id.grc_territory
        told_on = self._told_on()
        if self._follows_urban_rule():
            since = told_on or self.implicit_on
            return urban_appeal_last_day(since, territory) if since else None
        step = self._refusal_step(distance=False)
        if step:
            return step.on
        if told_on:
            return express_appeal_last_day(told_on, territory)
        return self._silent_last_day(distance=False)

    def _silent_last_day(self, distance=True):
        """Return the last day against the rejection by silence, None without one."""
        facts = self._clock_facts()
        if not distance:
            facts = replace(facts, distance_months=0)
        days = clock.evaluate(facts, self._conventions(), with_steps=False)
        return days.appeal_last_day

    def _refusal_step(self, distance=True):
        """Return what an express refusal does to the period, as the rules say.

        :param bool distance: with the months added on the way to the court
        :rtype: Step | None
        """
        self.ensure_one()
        if self.mandatory_prior_appeal or self.silence_regime == "none":
            return None
        return refusal_step(
            self._silent_last_day(distance),
            self._told_on() if self.outcome in _REFUSALS else None,
            self.company_id.grc_territory,
            self.distance_months if distance else 0,
            self.is_collegial,
        )

    def _as_appeal(self):
        """Return this request as an appeal of the rules."""
        self.ensure_one()
        return Appeal(
            received_on=self.received_on,
            implicit_on=self.implicit_on or None,
            told_on=None if self.outcome in _NO_REJECTION else self._told_on(),
            is_granted=self.outcome == "granted",
        )

    def _court_steps(self):
        """Return what refusals and appeals did to the period of the court.

        :rtype: tuple[Step, ...]
        """
        self.ensure_one()
        refusal = self._refusal_step()
        steps = (refusal,) if refusal else ()
        # sudo: the appeals may be with another service; only their days are read
        appeals_sudo = self.sudo().appeal_ids
        if not appeals_sudo:
            return steps
        contested = Contested(
            territory=self.company_id.grc_territory,
            last_day=self._appealable_until(),
            distance_months=self.distance_months,
            is_urban=self._follows_urban_rule(),
            is_prior=self.mandatory_prior_appeal,
        )
        appeals = [appeal._as_appeal() for appeal in appeals_sudo]
        return steps + court_steps(contested, appeals, self._local_day())

    # === WORDS === #

    def _court_explanation(self):
        """Return the same in words, for agents only.

        :return: dicts ``{"text": str, "article": str, "day": str}``
        :rtype: list[dict]
        """
        self.ensure_one()
        return [
            {
                "text": self._explain_step(step),
                "article": step.article,
                "day": self._explain_day(step.on),
            }
            for step in self._court_steps()
        ]

    def _explanation_texts(self):
        return super()._explanation_texts() | {
            "distance_added": self.env._(
                "The citizen lives far from the court. Months added to the two months "
                "of the appeal: %(months)s."
            ),
            "reasons_awaited": self.env._(
                "The reasons were asked for in time, on %(asked_on)s: the period to "
                "seize the court stays open until they are given."
            ),
            "reasons_extend_appeal": self.env._(
                "The reasons asked for on %(asked_on)s were given on %(told_on)s: the "
                "period to seize the court runs from that day (never told to the "
                "public)."
            ),
            "collegial_never_late": self.env._(
                "A collegial body decides: nobody is late to seize the court before an "
                "express rejection is told."
            ),
            "refusal_opens": self.env._(
                "Refused, and told on %(told_on)s: last day to seize the court (never "
                "told to the public)."
            ),
            "refusal_restarts": self.env._(
                "Refused within the period opened by silence, and told on "
                "%(told_on)s: the period runs again from that day (never told to the "
                "public)."
            ),
            "collegial_restarts": self.env._(
                "Refused by a collegial body, and told on %(told_on)s: the period runs "
                "from that day, silence or not (never told to the public)."
            ),
            "refusal_confirms": self.env._(
                "Refused after the period opened by silence, and told on %(told_on)s: "
                "it only confirms, the last day does not move (never told to the "
                "public)."
            ),
            "court_not_interrupted": self.env._(
                "Appeal received on %(received_on)s: in town planning it does not "
                "interrupt the period to seize the court."
            ),
            "appeal_too_late": self.env._(
                "Appeal received on %(received_on)s, after the period to seize the "
                "court: it interrupts nothing."
            ),
            "court_interrupted": self.env._(
                "Appeal received on %(received_on)s: it interrupts the period to seize "
                "the court."
            ),
            "prior_appeal_made": self.env._(
                "Appeal received on %(received_on)s, which had to come before the "
                "court: the answer to it, or silence, opens the period."
            ),
            "appeal_granted": self.env._(
                "The appeal was granted: nothing is left to bring to the court."
            ),
            "appeal_waits": self.env._(
                "The appeal is not rejected yet, and silence decides nothing on it: "
                "the period to seize the court does not run."
            ),
            "court_restarts": self.env._(
                "Last day to seize the court, counted from the rejection of the "
                "appeal, by an answer or by silence, on %(rejected_on)s (never told to "
                "the public)."
            ),
        }
