"""The appeal before the administration itself (recours gracieux), and the court."""

from datetime import date, timedelta

from .appeal import APPEAL_MONTHS
from .periods import add_months
from .working_days import roll_forward

ONE_DAY = timedelta(days=1)
URBAN_APPEAL_MONTHS = 1
# Loi n° 2025-1129 of 26 November 2025.
URBAN_RULE_SINCE = date(2025, 11, 28)


def express_appeal_last_day(notified_on: date, territory: str) -> date:
    """Return the last day to contest an express decision, without distance.

    The period is franc: (notification + 2 months) + 1 day, then the next working day.
    The months of distance are left out: they lengthen the way to the court, not the
    way to the administration. For internal use: never print it to the public.

    :param notified_on: local civil day of the notification
    :param territory: code of the working-day territory
    :return: local civil day

    Source: CJA art. R421-1; CE Sect. 5 January 2000 n° 170954; docs/legal.md F8
    """
    return roll_forward(add_months(notified_on, APPEAL_MONTHS) + ONE_DAY, territory)


def follows_urban_rule(is_urban: bool, decided_on: date) -> bool:
    """Tell whether an appeal leaves the court's period running (urbanisme).

    :param is_urban: True for a decision of urbanisme
    :param decided_on: local civil day of the decision contested: decisions of
        28 November 2025 or later only

    Source: C. urb. art. L600-12-2; loi 2025-1129
    """
    return is_urban and decided_on >= URBAN_RULE_SINCE


def urban_appeal_last_day(told_on: date, territory: str) -> date:
    """Return the last day of an appeal before the administration, in urbanisme.

    :param told_on: local civil day on which the decision was told, or J
    :param territory: code of the working-day territory
    :return: local civil day, a month later; franc, the reading that closes last

    Source: C. urb. art. L600-12-2
    """
    return roll_forward(add_months(told_on, URBAN_APPEAL_MONTHS) + ONE_DAY, territory)


def appeal_interrupts(is_urban: bool, appealed_on: date, last_day: date | None) -> bool:
    """Tell whether an appeal before the administration interrupts the court's period.

    It does when it comes within the period, last day included; never in urbanisme,
    where the person must go to the court without waiting for the answer.

    :param is_urban: what ``follows_urban_rule`` tells
    :param appealed_on: local civil day of the reception of the appeal
    :param last_day: last day of the court's period, without distance; None when it
        never began to run (decision not notified)

    Source: CRPA art. L411-2; C. urb. art. L600-12-2
    """
    if is_urban:
        return False
    return last_day is None or appealed_on <= last_day
