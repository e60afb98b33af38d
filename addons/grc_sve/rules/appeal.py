"""Last day to seize the administrative court against an implicit rejection."""

from datetime import date, timedelta

from .facts import DEFAULTS, Conventions, Facts
from .periods import add_months
from .working_days import roll_forward

ONE_DAY = timedelta(days=1)
APPEAL_MONTHS = 2


def can_seize_court(facts: Facts) -> bool:
    """Tell whether the person may bring silence itself before the court.

    Not against an implicit acceptance, nor before a mandatory prior appeal.

    :param facts: facts of the request

    Source: CRPA art. R311-15; CJA art. R421-2
    """
    return facts.regime == "svr" and not facts.mandatory_prior_appeal


def appeal_months(facts: Facts) -> int:
    """Return the length of the appeal period, distance included.

    :param facts: facts of the request
    :return: calendar months, 2 to 4

    Source: CJA art. R421-2, R421-7
    """
    return APPEAL_MONTHS + facts.distance_months


def direct_last_day(
    implicit_day: date | None, facts: Facts, conventions: Conventions = DEFAULTS
) -> date | None:
    """Return the last day to seize the court, if nobody asks for the reasons.

    The period is franc: (J + 2 months) + 1 day, then the next working day. The weekend
    is always off at court, whatever the service works.

    :param implicit_day: J, or None
    :param facts: facts of the request
    :param conventions: choices on the disputed points (G3, G8)
    :return: local civil day, or None when there is nothing to bring to the court

    Source: CJA art. R421-2, R421-7; CE 5 June 2009 n° 312682; docs/legal.md F8, F9
    """
    if implicit_day is None or not can_seize_court(facts):
        return None
    if conventions.appeal_from_effect:
        term = add_months(implicit_day + ONE_DAY, appeal_months(facts))
    else:
        term = add_months(implicit_day, appeal_months(facts)) + ONE_DAY
    return _at_court(term, facts, conventions)


def _at_court(term: date, facts: Facts, conventions: Conventions) -> date:
    local = conventions.local_holidays_at_court
    return roll_forward(term, facts.territory if local else "FR-MET")


def reasons_asked_on(
    implicit_day: date | None, last_day: date | None, facts: Facts
) -> date | None:
    """Return the day on which the reasons of an implicit rejection were asked for.

    Only what is asked for after J, and within the period to seize the court, counts.

    :param implicit_day: J, or None
    :param last_day: last day to seize the court, as ``direct_last_day`` gives it
    :param facts: facts of the request
    :return: local civil day, or None when they were not asked for in time

    Source: CRPA art. L232-4
    """
    if implicit_day is None or last_day is None:
        return None
    asked = facts.days("reasons_requested")
    return next((day for day in asked if implicit_day < day <= last_day), None)


def reasons_told_on(asked_on: date | None, facts: Facts) -> date | None:
    """Return the day on which the reasons asked for were communicated.

    :param asked_on: day on which they were asked for in time, or None
    :param facts: facts of the request
    :return: local civil day, or None while they are awaited, or were not asked for

    Source: CRPA art. L232-4
    """
    if asked_on is None:
        return None
    told = facts.days("reasons_given")
    return next((day for day in told if day >= asked_on), None)


def appeal_last_day(
    implicit_day: date | None, facts: Facts, conventions: Conventions = DEFAULTS
) -> date | None:
    """Return the last day to seize the court against an implicit rejection.

    Reasons asked for in time keep the period open until they are communicated, and
    two months more (those of distance are added, the reading that closes last). For
    internal use: never print it to the public. A late express rejection, which
    restarts the period, is the clock of that decision and not of this one.

    :param implicit_day: J, or None
    :param facts: facts of the request
    :param conventions: choices on the disputed points (G3, G8)
    :return: local civil day; None when there is nothing to bring to the court, or
        while reasons asked for in time are awaited

    Source: CJA art. R421-2, R421-7; CRPA art. L232-4; docs/legal.md F8, F9
    """
    direct = direct_last_day(implicit_day, facts, conventions)
    asked = reasons_asked_on(implicit_day, direct, facts)
    if direct is None or asked is None:
        return direct
    told = reasons_told_on(asked, facts)
    if told is None:
        return None
    term = add_months(told, appeal_months(facts)) + ONE_DAY
    return max(direct, _at_court(term, facts, conventions))
