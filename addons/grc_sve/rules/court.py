"""The period to seize the court, once somebody appealed to the administration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .administrative_appeal import appeal_interrupts
from .appeal import APPEAL_MONTHS
from .facts import Step
from .periods import add_months
from .working_days import roll_forward

ONE_DAY = timedelta(days=1)
COURT_STEP_CODES = (
    "collegial_never_late",
    "refusal_opens",
    "refusal_restarts",
    "collegial_restarts",
    "refusal_confirms",
    "court_not_interrupted",
    "appeal_too_late",
    "court_interrupted",
    "prior_appeal_made",
    "appeal_granted",
    "appeal_waits",
    "court_restarts",
)


@dataclass(frozen=True)
class Appeal:
    """Hold one appeal before the administration.

    :param received_on: local civil day of its reception
    :param implicit_on: J of the appeal itself, at the end of which silence rejects
        it; None when silence decides nothing on it
    :param told_on: local civil day on which its express rejection was told, or None
    :param is_granted: True when the appeal was granted: nothing is left to contest

    Source: CRPA art. L231-4 2°, L411-2, L411-7
    """

    received_on: date
    implicit_on: date | None = None
    told_on: date | None = None
    is_granted: bool = False

    def rejected_on(self) -> date | None:
        """Return the day of the rejection that counts: express or by silence.

        An express rejection told before the end of the period that silence opened
        opens it again; told later, it finds it closed.

        :return: local civil day, in the future while silence still runs; None when
            it is granted, or nothing says when it will be rejected

        Source: CRPA art. L231-4 2°, L411-2; CJA art. R421-2
        """
        if self.is_granted:
            return None
        if self.told_on is None or self.implicit_on is None:
            return self.told_on or self.implicit_on
        open_until = add_months(self.implicit_on, APPEAL_MONTHS) + ONE_DAY
        return self.told_on if self.told_on <= open_until else self.implicit_on


@dataclass(frozen=True)
class Contested:
    """Hold what is contested, and before which court.

    :param territory: code of the working-day territory
    :param last_day: last day of the court's period, without distance, as if nobody
        had appealed; None when it never began to run
    :param distance_months: months added on the way to the court: 0, 1 or 2
    :param is_urban: what ``administrative_appeal.follows_urban_rule`` tells
    :param is_prior: True when the court may only be seized after such an appeal

    Source: CRPA art. L411-2, L412-1; CJA art. R421-7; C. urb. art. L600-12-2
    """

    territory: str
    last_day: date | None
    distance_months: int = 0
    is_urban: bool = False
    is_prior: bool = False


def restarted_last_day(
    rejected_on: date, territory: str, distance_months: int = 0
) -> date:
    """Return the last day to seize the court, from the rejection of an appeal.

    Franc, then the next working day. For internal use: never printed to the public.

    :param rejected_on: local civil day of the rejection: told, or J of the appeal
    :param territory: code of the working-day territory
    :param distance_months: 0, 1 or 2
    :return: local civil day

    Source: CRPA art. L411-2; CJA art. R421-2, R421-7; docs/legal.md F8
    """
    months = APPEAL_MONTHS + distance_months
    return roll_forward(add_months(rejected_on, months) + ONE_DAY, territory)


def refusal_step(
    silent_last_day: date | None,
    told_on: date | None,
    territory: str,
    distance_months: int = 0,
    is_collegial: bool = False,
) -> Step | None:
    """Return what an express refusal does to the period to seize the court.

    Alone, it opens the period. After silence has rejected, it opens it again when it
    is told within the period that silence had opened; told later it only confirms,
    unless the decision belongs to a collegial body: then nobody is late before two
    months after an express rejection.

    :param silent_last_day: last day against the rejection by silence, distance
        included; None when silence rejected nothing
    :param told_on: local civil day on which the refusal was told; None without one
    :param territory: code of the working-day territory
    :param distance_months: 0, 1 or 2
    :param is_collegial: True when a local assembly or a collegial body decides
    :return: the step, with the last day when the refusal gives one; None when there
        is nothing to say. For internal use: the day is never printed to the public

    Source: CJA art. R421-1, R421-2, R421-3 1°, R421-7
    """
    if told_on is None:
        if is_collegial and silent_last_day is not None:
            return Step("collegial_never_late", None, "CJA R421-3")
        return None
    params = {"told_on": told_on}
    restarted = restarted_last_day(told_on, territory, distance_months)
    if silent_last_day is None:
        return Step("refusal_opens", restarted, "CJA R421-1", params)
    if told_on <= silent_last_day:
        return Step("refusal_restarts", restarted, "CJA R421-2", params)
    if is_collegial:
        return Step("collegial_restarts", restarted, "CJA R421-3", params)
    return Step("refusal_confirms", silent_last_day, "CJA R421-2", params)


def court_steps(
    contested: Contested, appeals: Iterable[Appeal], today: date
) -> tuple[Step, ...]:
    """Return what appeals before the administration do to the court's period.

    The last step that has a day gives the last day to seize the court. With several
    appeals the period restarts when all are rejected.

    :param contested: the decision
    :param appeals: those made against it, in any order
    :param today: local civil day on which this is read
    :return: the reasoning; empty without an appeal

    Source: CRPA art. L411-2, L412-1, L412-7; C. urb. art. L600-12-2
    """
    steps, counted = [], []
    for appeal in sorted(appeals, key=lambda one: one.received_on):
        step = _reception_step(contested, appeal)
        steps.append(step)
        if step.code in ("court_interrupted", "prior_appeal_made"):
            counted.append(appeal)
    if counted:
        steps.append(_restart_step(contested, counted, today))
    return tuple(steps)


def _reception_step(contested: Contested, appeal: Appeal) -> Step:
    params = {"received_on": appeal.received_on}
    if contested.is_prior:
        return Step("prior_appeal_made", None, "CRPA L412-1", params)
    if contested.is_urban:
        return Step("court_not_interrupted", None, "C. urb. L600-12-2", params)
    if appeal_interrupts(False, appeal.received_on, contested.last_day):
        return Step("court_interrupted", None, "CRPA L411-2", params)
    return Step("appeal_too_late", None, "CRPA L411-2", params)


def _restart_step(contested: Contested, counted: list[Appeal], today: date) -> Step:
    if any(appeal.is_granted for appeal in counted):
        return Step("appeal_granted", None, "CRPA L411-2")
    days = [appeal.rejected_on() for appeal in counted]
    if None in days:
        return Step("appeal_waits", None, "CRPA L411-2")
    rejected_on = max(days)
    article = "CRPA L412-7" if contested.is_prior else "CRPA L411-2"
    last_day = restarted_last_day(
        rejected_on, contested.territory, contested.distance_months
    )
    params = {"rejected_on": rejected_on, "is_over": rejected_on < today}
    return Step("court_restarts", last_day, article, params)
