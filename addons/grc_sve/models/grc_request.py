from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import ELECTRONIC_CHANNELS, EVENT_KINDS, REGIMES, START_BASES
from ..rules import clock
from ..rules.working_days import previous_working_day

_OPEN = ("received", "instruction", "incomplete")


class GrcRequest(models.Model):
    _inherit = "grc.request"

    # Snapshot of the prestation: changing the prestation changes no open request.
    silence_regime = fields.Selection(REGIMES, readonly=True, default="none")
    silence_months = fields.Integer(string="Months of silence", readonly=True)
    start_basis = fields.Selection(START_BASES, readonly=True, default="default")
    mandatory_prior_appeal = fields.Boolean(readonly=True)
    regime_source = fields.Char(string="Source of the regime", readonly=True)

    # Cache of the events: the same events always give the same days.
    received_on = fields.Date(
        string="Day of reception", compute="_compute_clock", store=True
    )
    aee_latest = fields.Date(
        string="Registration to acknowledge by", compute="_compute_clock", store=True
    )
    are_latest = fields.Date(
        string="Reception to acknowledge by", compute="_compute_clock", store=True
    )
    implicit_on = fields.Date(
        string="Implicit decision on", compute="_compute_clock", store=True
    )
    implicit_effective_from = fields.Date(
        string="Implicit decision from", compute="_compute_clock", store=True
    )
    appeal_last_day = fields.Date(
        string="Last day to seize the court (internal)",
        compute="_compute_clock",
        store=True,
        groups="base.group_user",
    )
    legal_explanation = fields.Html(
        compute="_compute_legal_explanation", groups="base.group_user"
    )

    acknowledgement_ids = fields.One2many(
        "grc.acknowledgement", "request_id", string="Acknowledgements"
    )
    ack_state = fields.Selection(
        [
            ("not_due", "Not due"),
            ("waiting", "To be sent"),
            ("aee_sent", "Registration acknowledged"),
            ("are_sent", "Reception acknowledged"),
        ],
        string="Acknowledgement",
        compute="_compute_ack_state",
        store=True,
    )
    next_due_on = fields.Date(
        string="Next deadline", compute="_compute_next_due", store=True, index=True
    )
    next_due_kind = fields.Selection(
        [
            ("aee", "Acknowledge at once"),
            ("are", "Acknowledge reception"),
            ("decision", "Decide"),
        ],
        string="What is due",
        compute="_compute_next_due",
        store=True,
    )
    is_late = fields.Boolean(
        string="Past its deadline", compute="_compute_is_late", search="_search_is_late"
    )
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge")

    _ack_waiting_idx = models.Index("(service_id) WHERE ack_state = 'waiting'")

    @api.model
    def _protected_fields(self):
        # The days come from the events and from the regime of the day of the
        # filing, which no later will changes.
        return super()._protected_fields() | {
            "silence_regime",
            "silence_months",
            "start_basis",
            "mandatory_prior_appeal",
            "regime_source",
            *clock.CLOCK_DAYS,
            "ack_state",
            "next_due_on",
            "next_due_kind",
        }

    # === COMPUTE METHODS === #

    @api.depends(
        "received_at",
        "channel",
        "nature",
        "silence_regime",
        "silence_months",
        "start_basis",
        "mandatory_prior_appeal",
        "clock_conventions",
        "event_ids.kind",
    )
    def _compute_clock(self):
        for request in self:
            days = clock.evaluate(
                request._clock_facts(), request._conventions(), with_steps=False
            )
            for name, day in self._clock_days(days, request.channel).items():
                request[name] = day

    @api.depends("acknowledgement_ids.delivery_id.state", "channel")
    def _compute_ack_state(self):
        for request in self:
            sent = request.acknowledgement_ids.filtered(
                lambda ack: ack.delivery_id.state in ("sent", "printed")
            ).mapped("kind")
            if "are" in sent:
                request.ack_state = "are_sent"
            elif "aee" in sent:
                request.ack_state = "aee_sent"
            elif request._is_electronic() or request.acknowledgement_ids:
                request.ack_state = "waiting"
            else:
                request.ack_state = "not_due"

    @api.depends("ack_state", "aee_latest", "are_latest", "implicit_on", "state")
    def _compute_next_due(self):
        for request in self:
            request.next_due_on, request.next_due_kind = min(
                request._due_days(), default=(False, False)
            )

    def _due_days(self):
        """Return what the service owes and by when: ``[(day, kind)]``."""
        due = []
        if self.ack_state == "waiting" and self.aee_latest:
            due.append((self.aee_latest, "aee"))
        if self.ack_state != "are_sent" and self.are_latest:
            due.append((self.are_latest, "are"))
        if self.state in _OPEN and self.implicit_on:
            # The last working day before J: on J it may be a Sunday.
            last_day = previous_working_day(
                self.implicit_on, self.company_id.grc_territory
            )
            due.append((last_day, "decision"))
        return due

    @api.depends("next_due_on")
    def _compute_is_late(self):
        for request in self:
            request.is_late = bool(
                request.next_due_on and request.next_due_on < request._local_day()
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Never a stored field: what is late changes with the clock alone.
        today = fields.Date.context_today(
            self.with_context(tz=self.env.company.grc_timezone)
        )
        return Domain("next_due_on", "<", today)

    @api.depends("ack_state", "acknowledgement_ids")
    def _compute_can_acknowledge(self):
        for request in self:
            request.can_acknowledge = "are" not in request.acknowledgement_ids.mapped(
                "kind"
            )

    @api.depends("event_ids.kind", "silence_regime", "nature", "clock_conventions")
    def _compute_legal_explanation(self):
        for request in self:
            request.legal_explanation = self.env["ir.qweb"]._render(
                "grc_sve.legal_explanation",
                {"steps": request._legal_explanation() + request._court_explanation()},
            )

    # === CLOCK === #

    def _is_electronic(self):
        self.ensure_one()
        return self.channel in ELECTRONIC_CHANNELS

    def _implicit_day_to_print(self):
        """Return the implicit day, as it is if the acknowledgement leaves today."""
        self.ensure_one()
        today = clock.Event("ack_sent", self._local_day())
        facts = self._clock_facts(also=(today,))
        days = clock.evaluate(facts, self._conventions(), with_steps=False)
        return days.implicit_on

    def _appeal_ways(self, express=False):
        """Return how and where a refusal is contested, empty when it is not known.

        No day is ever printed: two months, and the court (CJA art. R421-5). Who has
        already asked the authority to reconsider is not told to do so again: a second
        time interrupts nothing (CRPA art. L411-2).

        :param bool express: of a decision that is notified, not of silence to come
        :rtype: str
        """
        self.ensure_one()
        company = self.company_id
        # sudo: the wording is printed for people who do not read the settings
        appeal_text = self.prestation_id.sudo().appeal_text
        if appeal_text:
            return appeal_text
        if not (company.grc_court_name and company.grc_court_address):
            return ""
        values = {
            "court": company.grc_court_name,
            "address": company.grc_court_address,
            "url": company.grc_court_url or "www.telerecours.fr",
            "authority": company.name,
        }
        may_reconsider = self.nature != "appeal"
        if express and may_reconsider:
            return self.env._(
                "You have two months from the notification of this decision to bring "
                "an appeal before the %(court)s (%(address)s – %(url)s), or to ask "
                "%(authority)s to reconsider within the same period.",
                **values,
            )
        if express:
            return self.env._(
                "You have two months from the notification of this decision to bring "
                "an appeal before the %(court)s (%(address)s – %(url)s).",
                **values,
            )
        if may_reconsider:
            return self.env._(
                "You will then have a period of two months to bring an appeal before "
                "the %(court)s (%(address)s – %(url)s), or to ask %(authority)s to "
                "reconsider within the same period.",
                **values,
            )
        return self.env._(
            "You will then have a period of two months to bring an appeal before the "
            "%(court)s (%(address)s – %(url)s).",
            **values,
        )

    def _appeal_ways_to_print(self):
        ways = super()._appeal_ways_to_print()
        if self.outcome in ("refused", "partial") and self.silence_regime != "none":
            return self._appeal_ways(express=True)
        return ways

    def _regime_printed(self):
        """Return the regime that an acknowledgement may print.

        :raise UserError: when it is unknown: nothing wrong is ever promised
        """
        self.ensure_one()
        if self.silence_regime == "unknown":
            raise UserError(
                self.env._(
                    "The regime of silence is unknown: say what is asked for, with "
                    "the button “Direct”, then the acknowledgement leaves."
                )
            )
        return self.silence_regime or "none"

    @api.model
    def _citizen_event_kinds(self):
        kinds = tuple(kind for kind, _label in EVENT_KINDS)
        return super()._citizen_event_kinds() + kinds
