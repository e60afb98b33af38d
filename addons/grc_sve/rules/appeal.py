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


def appeal_last_day(
    implicit_day: date | None, facts: Facts, conventions: Conventions = DEFAULTS
) -> date | None:
    """Return the last day to seize the court against an implicit rejection.

    The period is franc: (J + 2 months) + 1 day, then the next working day. The weekend
    is always off at court, whatever the service works. For internal use: never print
    it to the public. A late express rejection, which restarts the period, is the
    clock of that decision and not of this one.

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
    local = conventions.local_holidays_at_court
    return roll_forward(term, facts.territory if local else "FR-MET")
