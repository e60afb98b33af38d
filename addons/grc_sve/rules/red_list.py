"""Acknowledgements that are near their limit, or past it."""

from datetime import date

from .working_days import add_working_days

NEAR_WORKING_DAYS = 2


def red_list_until(today: date, territory: str) -> date:
    """Return the last limit that puts an acknowledgement on the red list today.

    Two working days ahead: time for somebody to be found before the limit, whose
    passing leaves the period of appeal unopposable.

    :param today: local civil day
    :param territory: code of the working-day territory
    :return: local civil day; a limit on it, or before, is near or past

    Source: CRPA art. R112-11-2, L112-12
    """
    return add_working_days(today, NEAR_WORKING_DAYS, territory)


def red_limit(
    ack_state: str, aee_latest: date | None, are_latest: date | None
) -> date | None:
    """Return the next limit of the acknowledgements that have not left.

    :param ack_state: ``waiting``, ``aee_sent``, ``are_sent`` or ``not_due``
    :param aee_latest: last day for the acknowledgement of registration, or None
    :param are_latest: last day for the acknowledgement of reception, or None
    :return: local civil day, None when nothing is owed

    Source: CRPA art. R112-11-2
    """
    if ack_state not in ("waiting", "aee_sent"):
        return None
    limits = [are_latest]
    if ack_state == "waiting":
        limits.append(aee_latest)
    return min(filter(None, limits), default=None)
