from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.grc_base.rules.chain import text_hash

from ..rules import clock, implicit
from .grc_request_event_silence import CITIZEN_EVENT_KINDS

_FACTS = (
    "implicit_decision",
    "implicit_born_on",
    "implicit_withdrawn_on",
    "implicit_certificate_id",
    "reasons_requested_on",
    "reasons_due_on",
    "reasons_given_on",
    "agent_warned_for",
    "head_warned_for",
)
_AGAINST = ("partial", "refused")


class GrcRequest(models.Model):
    """What silence decided: a fact once born, whatever happens to the clock."""

    _inherit = "grc.request"

    implicit_decision = fields.Selection(
        [("accepted", "Accepted by silence"), ("rejected", "Rejected by silence")],
        readonly=True,
        copy=False,
        help="Born at the end of the period of silence, without an express decision.",
    )
    implicit_born_on = fields.Date(
        string="Born on",
        readonly=True,
        copy=False,
        help="First day of effect: the day after the end of the period of silence.",
    )
    implicit_withdrawn_on = fields.Date(
        string="Acceptance withdrawn on", readonly=True, copy=False
    )
    implicit_certificate_id = fields.Many2one(
        "grc.request.document",
        string="Certificate of acceptance",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    reasons_requested_on = fields.Date(
        string="Reasons asked for on", readonly=True, copy=False
    )
    reasons_due_on = fields.Date(
        string="Reasons to be given by", readonly=True, copy=False
    )
    reasons_given_on = fields.Date(string="Reasons given on", readonly=True, copy=False)
    # The implicit day that each was warned of: when it moves, they are told again.
    agent_warned_for = fields.Date(readonly=True, copy=False, groups="base.group_user")
    head_warned_for = fields.Date(readonly=True, copy=False, groups="base.group_user")
    next_due_kind = fields.Selection(selection_add=[("reasons", "Give the reasons")])

    _implicit_due_idx = models.Index(
        "(implicit_on, company_id) "
        "WHERE implicit_decision IS NULL AND implicit_on IS NOT NULL"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | frozenset(_FACTS)

    @api.model
    def _citizen_event_kinds(self):
        return super()._citizen_event_kinds() + CITIZEN_EVENT_KINDS

    def _write_facts(self, vals):
        if "implicit_decision" in vals and any(self.mapped("implicit_decision")):
            raise UserError(
                self.env._("An implicit decision that is born is never deleted.")
            )
        return super()._write_facts(vals)

    # === DEADLINES === #

    @api.depends("implicit_decision", "reasons_due_on", "reasons_given_on", "outcome")
    def _compute_next_due(self):
        return super()._compute_next_due()

    def _due_days(self):
        due = super()._due_days()
        if self.implicit_decision:
            # Silence decided: the day is past, and no longer one to keep.
            due = [(day, kind) for day, kind in due if kind != "decision"]
        if self.reasons_due_on and not self.reasons_given_on and not self.outcome:
            due.append((self.reasons_due_on, "reasons"))
        return due

    # === BIRTH === #

    def _note_implicit_decision(self, day):
        """Write down what silence decided, when it did. The row is locked.

        The clock is read again: a fact recorded since may have moved the day, or
        an express decision may leave nothing to silence.

        :param date day: last day that is over for the local authority
        :return: whether a decision was born
        :rtype: bool
        """
        self.ensure_one()
        for name in clock.CLOCK_DAYS:
            self.env.add_to_compute(self._fields[name], self)
        kind = implicit.implicit_kind(self.silence_regime)
        if (
            self.implicit_decision
            or not kind
            or not self.implicit_on
            or self.implicit_on > day
        ):
            return False
        born_on = self.implicit_effective_from
        completed_on = implicit.completed_on(self._clock_facts(), self._conventions())
        self._write_facts({"implicit_decision": kind, "implicit_born_on": born_on})
        self._log_event(
            f"implicit_{kind}",
            on=born_on,
            implicit_on=fields.Date.to_string(self.implicit_on),
            completed_on=completed_on and fields.Date.to_string(completed_on) or None,
        )
        self._call_about_birth()
        return True

    def _call_about_birth(self):
        if self.implicit_decision == "accepted":
            summary = self.env._(
                "%(number)s: silence has accepted this request", number=self.name
            )
            note = self.env._(
                "The citizen may ask for the certificate of acceptance. If it is "
                "unlawful, the acceptance may be withdrawn until %(day)s.",
                day=self._explain_day(self._withdrawal_last_day()),
            )
        else:
            summary = self.env._(
                "%(number)s: silence has rejected this request", number=self.name
            )
            note = self.env._(
                "You may still decide: an answer, even late, takes its place. The "
                "citizen may ask for the reasons."
            )
        for user in self._agent_in_charge() | self.service_id.head_id:
            self._plan(user, summary, note)

    def _agent_in_charge(self):
        """Return who is called about the request: never nobody."""
        return self._people_called()

    def _plan(self, user, summary, note, deadline=None):
        self._plan_for(user, summary, note, deadline)

    # === WHAT FOLLOWS === #

    def _record_outcome(self, outcome, reason):
        if outcome in _AGAINST and self._implicit_stands() == "accepted":
            raise UserError(
                self.env._(
                    "Silence accepted this request: withdraw the acceptance before "
                    "you refuse (CRPA, art. L242-1)."
                )
            )
        return super()._record_outcome(outcome, reason)

    def _ask_reasons(self, asked_on):
        """Record that the citizen asks why silence rejected the request.

        :param date asked_on: local civil day on which this was received
        :raise UserError: without an implicit rejection, or when the day is not one
        """
        self.ensure_one()
        self._check_writer()
        self.lock_for_update()
        if self._implicit_stands() != "rejected" or self.reasons_requested_on:
            raise UserError(
                self.env._("There is no implicit rejection to give the reasons of.")
            )
        if not self.implicit_born_on <= asked_on <= self._local_day():
            raise UserError(
                self.env._(
                    "Reasons are asked for after the implicit rejection, and not in "
                    "the future."
                )
            )
        due_on = implicit.reasons_due_on(asked_on)
        self._write_facts({"reasons_requested_on": asked_on, "reasons_due_on": due_on})
        self._log_event(
            "reasons_requested",
            on=asked_on,
            due_on=fields.Date.to_string(due_on),
            in_time=implicit.reasons_asked_in_time(asked_on, self.appeal_last_day),
        )
        self._plan(
            self._agent_in_charge() or self.env.user,
            self.env._("%(number)s: give the reasons", number=self.name),
            self.env._(
                "The citizen asks why the request was rejected: answer within a month "
                "with “Write to the citizen” (CRPA, art. L232-4)."
            ),
            deadline=due_on,
        )

    def _give_reasons(self):
        """Record that the message that leaves gives the reasons asked for."""
        self.ensure_one()
        if self.reasons_due_on and not self.reasons_given_on:
            self._write_facts({"reasons_given_on": self._local_day()})
            self._log_event("reasons_given")

    def _withdraw_acceptance(self, reason, is_fraud=False):
        """Withdraw an unlawful implicit acceptance, and tell the citizen.

        :param str reason: why it is unlawful, in words that the citizen reads
        :param bool is_fraud: it was obtained by fraud: no period applies
        :raise UserError: when there is none, it is too late, or no reason is given
        """
        self.ensure_one()
        self._check_writer()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the acceptance is unlawful."))
        self.lock_for_update()
        if self._implicit_stands() != "accepted":
            raise UserError(self.env._("There is no implicit acceptance to withdraw."))
        today = self._local_day()
        is_urban = self._is_urban()
        if not implicit.can_withdraw(today, self.implicit_born_on, is_fraud, is_urban):
            raise UserError(
                self.env._(
                    "It is too late: in town planning an acceptance is withdrawn "
                    "within three months (C. urb., art. L424-5)."
                )
                if is_urban
                else self.env._(
                    "It is too late: an acceptance is withdrawn within four months "
                    "(CRPA, art. L242-1)."
                )
            )
        self._write_facts({"implicit_withdrawn_on": today})
        self._log_event(
            "implicit_withdrawn",
            reason_sha256=text_hash(reason),
            fraud=is_fraud or None,
        )
        localized = self.with_context(lang=self.language)
        localized._message_citizen(
            localized.env._(
                "Withdrawal of the acceptance of your request %(number)s",
                number=self.name,
            ),
            localized.env["ir.qweb"]._render(
                "grc_sve.implicit_withdrawal_content",
                {
                    "born_on": localized._explain_day(self.implicit_born_on),
                    "reason": plaintext2html(reason),
                    "appeal_ways": localized._withdrawal_appeal_ways(),
                    "is_urban": is_urban,
                },
            ),
            kind="decision",
        )

    def _withdrawal_appeal_ways(self):
        company = self.company_id
        if not (company.grc_court_name and company.grc_court_address):
            return ""
        ways = self.env._(
            "You have two months to bring an appeal against this withdrawal before "
            "the %(court)s (%(address)s – %(url)s).",
            court=company.grc_court_name,
            address=company.grc_court_address,
            url=company.grc_court_url or "www.telerecours.fr",
        )
        return " ".join(filter(None, (ways, self._distance_sentence())))

    def _state_label(self):
        if self._implicit_stands() == "accepted" and not self.outcome:
            return self.env._("Your request is deemed accepted")
        return super()._state_label()
