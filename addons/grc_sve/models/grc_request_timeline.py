from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.grc_base.const import OPEN_STATES

from ..rules import clock
from ..rules.reasons import reasons

AUDIENCES = ("agent", "citizen")
# Read by agents besides what the citizen reads: the rest of the history is moves
# between steps and messages, which have their own tabs.
_AGENT_EVENTS = (
    "delivery_failed",
    "document_refused",
    "citizen_linked",
    "unverified_message",
    "automatic_message",
    "implicit_rejected",
    "regularisation_asked",
    "abusive_qualified",
    "abusive_lifted",
)
# Fact of the history -> legal day whose reasons explain it.
_DAY_OF_EVENT = {
    "received": "received_on",
    "aee_sent": "aee_latest",
    "are_sent": "are_latest",
    "implicit_accepted": "implicit_on",
    "implicit_rejected": "implicit_on",
}


class GrcRequest(models.Model):
    """The request as a line of time: what happened, today, the days that come."""

    _inherit = "grc.request"

    legal_timeline = fields.Html(
        compute="_compute_legal_timeline",
        groups="base.group_user",
        # Our own template: the sanitizer would drop what opens and closes.
        sanitize=False,
    )

    def _compute_legal_timeline(self):
        for request in self:
            request.legal_timeline = self.env["ir.qweb"]._render(
                "grc_sve.legal_timeline",
                {
                    "entries": request._legal_timeline("agent"),
                    "steps": request._legal_explanation(),
                },
            )

    def _legal_timeline(self, audience):
        """Return what happened, today, and the legal days that come, in order.

        ``status`` is ``done``, ``today``, ``coming`` or ``late`` (a day that is past
        and was not kept); ``steps`` are the reasons of the day, empty when it has
        none, as ``_day_reasons`` gives them.

        :param str audience: ``agent`` or ``citizen``
        :return: dicts ``code`` (str), ``day`` (date), ``day_text`` (it in full),
            ``label``, ``detail`` (str), ``status``, ``status_text`` (its word) and
            ``steps``
        :rtype: list[dict]
        :raise AccessError: when the reader may not read the request, or asks as a
            citizen for what agents read
        """
        self.ensure_one()
        self.check_access("read")
        if audience not in AUDIENCES:
            raise ValueError(f"unknown audience: {audience!r}")
        if audience == "agent" and self.env.user.share and not self.env.su:
            raise AccessError(self.env._("Only an agent may do this."))
        # sudo: a citizen does not read the facts themselves, only these words
        request_sudo = self.sudo()
        today = self._local_day()
        steps = request_sudo._clock_steps()
        past = request_sudo._timeline_facts(audience, steps)
        now = self._timeline_entry("today", today, self.env._("Today"), "today")
        owed = request_sudo._timeline_days(audience, steps, today)
        # Stable: the facts of today come before « today », its last days after.
        return sorted([*past, now, *owed], key=lambda entry: entry["day"])

    def _timeline_entry(self, code, day, label, status, detail="", steps=()):
        return {
            "code": code,
            "day": day,
            "day_text": self._explain_day(day),
            "label": label,
            "detail": detail,
            "status": status,
            "status_text": self._timeline_status_texts()[status],
            "steps": list(steps),
        }

    def _timeline_status_texts(self):
        return {
            "done": self.env._("Done"),
            "today": self.env._("Today"),
            "coming": self.env._("Coming"),
            "late": self.env._("Day past, still owed"),
        }

    # === FACTS === #

    def _timeline_kinds(self, audience):
        """Return the kinds of facts that a reader finds on the line.

        :rtype: tuple[str, ...]
        """
        kinds = self._citizen_event_kinds()
        return kinds + _AGENT_EVENTS if audience == "agent" else kinds

    def _timeline_facts(self, audience, steps):
        kinds = self._timeline_kinds(audience)
        entries = []
        for event in self.event_ids.sorted("sequence"):
            if event.kind not in kinds:
                continue
            detail = event._citizen_detail()
            if audience == "agent":
                detail = detail or event._agent_detail()
            day = _DAY_OF_EVENT.get(event.kind)
            entries.append(
                self._timeline_entry(
                    event.kind,
                    event.happened_on,
                    event._kind_label(),
                    "done",
                    detail,
                    self._day_reasons(day, audience, steps) if day else (),
                )
            )
        return entries

    # === DAYS THAT COME === #

    def _timeline_days(self, audience, steps, today):
        """Return the days by which something is owed, or silence decides.

        :rtype: list[dict]
        """
        entries = []
        for code, day, label, detail in self._owed_days(audience):
            # What silence decides is owed by nobody: the day comes, then it is past.
            past = "done" if code in ("implicit_on", "appeal_last_day") else "late"
            entries.append(
                self._timeline_entry(
                    code,
                    day,
                    label,
                    past if day < today else "coming",
                    detail,
                    self._day_reasons(code, audience, steps),
                )
            )
        return entries + self._timeline_pieces(audience, today)

    def _owed_days(self, audience):
        """Return ``(code, day, label, detail)`` of each day that is still to come.

        :rtype: list[tuple[str, date, str, str]]
        """
        days = []
        if self.ack_state == "waiting" and self.aee_latest and self._is_electronic():
            label = self.env._("Last day to acknowledge the registration")
            days.append(("aee_latest", self.aee_latest, label, ""))
        if self.ack_state != "are_sent" and self.are_latest:
            label = self.env._("Last day to acknowledge the reception")
            days.append(("are_latest", self.are_latest, label, ""))
        # A decision of silence said never born leaves the day to come.
        decided = self.implicit_decision and not self.implicit_unborn_on
        if self.implicit_on and not self.outcome and not decided:
            days.append(("implicit_on", self.implicit_on, self._silence_words(), ""))
        if self.reasons_due_on and not self.reasons_given_on and not self.outcome:
            label = self.env._("Last day to give the reasons")
            days.append(("reasons_due_on", self.reasons_due_on, label, ""))
        if audience == "agent" and self.appeal_last_day and not self.outcome:
            label = self.env._("Last day to seize the court (internal)")
            days.append(("appeal_last_day", self.appeal_last_day, label, ""))
        return days

    def _silence_words(self):
        if self.silence_regime == "sva":
            return self.env._(
                "Without an answer by the end of this day, the request is deemed "
                "accepted, if it is complete"
            )
        return self.env._(
            "Without an answer by the end of this day, the request is deemed rejected"
        )

    def _timeline_pieces(self, audience, today):
        if self.state not in OPEN_STATES:
            return []
        entries = []
        for missing, pieces in (
            self._awaited_pieces().grouped("missing_request_id").items()
        ):
            entries.append(
                self._timeline_entry(
                    "missing_deadline",
                    missing.deadline,
                    self.env._("Last day to send the documents asked for"),
                    "late" if missing.deadline < today else "coming",
                    ", ".join(pieces.mapped("name")),
                    missing._deadline_reasons(audience),
                )
            )
        return entries

    # === REASONS === #

    def _clock_steps(self):
        return clock.evaluate(self._clock_facts(), self._conventions()).steps

    def _day_reasons(self, day, audience, steps=None):
        """Return why a legal day is this one, one dict a step, in order.

        :param str day: name of a day of the clock, or ``reasons_due_on``
        :param str audience: ``agent`` or ``citizen``
        :param steps: those of the clock, when they are computed already
        :return: dicts ``day``, ``fact``, ``rule``, ``article``, ``effect`` (str)
        :rtype: list[dict]
        """
        self.ensure_one()
        if day == "reasons_due_on":
            return [self._reasons_due_step()]
        chosen = reasons(
            self._clock_steps() if steps is None else steps,
            day,
            for_citizen=audience == "citizen",
            is_electronic=self._is_electronic(),
        )
        word = self._citizen_step if audience == "citizen" else self._agent_step
        return [word(step) for step in chosen]

    def _agent_step(self, step):
        return {
            "day": self._explain_day(step.on),
            "fact": self._explain_step(step),
            "rule": "",
            "article": step.article,
            "effect": "",
        }

    def _reasons_due_step(self):
        return {
            "day": self._explain_day(self.reasons_requested_on),
            "fact": self.env._("The reasons of the implicit rejection were asked for."),
            "rule": self.env._("They are given within one month."),
            "article": "CRPA L232-4",
            "effect": self.env._(
                "They are owed by %(day)s.", day=self._explain_day(self.reasons_due_on)
            ),
        }
