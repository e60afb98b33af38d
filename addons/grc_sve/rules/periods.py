"""Civil days: from an instant to a local day, and from a day to a month later."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_day(instant_aware: datetime, timezone: str) -> date:
    """Return the civil day of an instant at the collectivité.

    Office hours do not matter: 23:59 on a Sunday is received on that Sunday.

    :param instant_aware: server receipt instant, with an offset (usually UTC)
    :param timezone: IANA name, such as ``America/Martinique``
    :return: the local civil day
    :raise ValueError: if the instant is naive, its local day is outside the calendar,
        or the time zone is unknown

    Source: CRPA art. L112-13; docs/legal.md F1, F2
    """
    if instant_aware.utcoffset() is None:
        raise ValueError("the instant has no UTC offset")
    try:
        zone = ZoneInfo(timezone)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"unknown time zone: {timezone!r}") from error
    try:
        return instant_aware.astimezone(zone).date()
    except OverflowError as error:
        raise ValueError("the instant is outside the calendar") from error


def zone_at(
    instant_aware: datetime, past_zones: Iterable[tuple[datetime, str]], zone: str
) -> str:
    """Return the time zone in which a collectivité recorded what it did then.

    :param instant_aware: instant of the record, with an offset
    :param past_zones: ``(instant of its end, IANA name)`` of each former setting, the
        oldest first
    :param zone: IANA name of today's setting

    Source: none (technical)
    """
    former = (name for until, name in past_zones if instant_aware < until)
    return next(former, zone)


def fact_day(
    recorded_on: date, recorded_at: datetime, recorded_zone: str, zone: str
) -> date:
    """Return the civil day of a recorded fact once the time zone was put right.

    A day that the software took from the instant of the record follows the zone; one
    that somebody said (a letter received last Monday) stays as it was said.

    :param recorded_on: civil day kept with the fact
    :param recorded_at: instant of the record, with an offset
    :param recorded_zone: IANA name of the collectivité when it was recorded
    :param zone: IANA name of the collectivité today
    :return: local civil day
    :raise ValueError: if the instant is naive or a time zone is unknown

    Source: CRPA art. L112-13; docs/legal.md F1
    """
    if recorded_zone == zone or local_day(recorded_at, recorded_zone) != recorded_on:
        return recorded_on
    return local_day(recorded_at, zone)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month (quantième), a number of months later.

    A month without that day gives its last day: 31 January + 1 month = 28 or 29
    February.

    :param day: local civil day, not counted
    :param months: number of calendar months, 0 or more
    :raise ValueError: if ``months`` is negative or the year goes past 9999

    Source: CPC art. 641 al. 2 (by analogy); docs/legal.md F5
    """
    if months < 0:
        raise ValueError(f"cannot add {months} months")
    years, index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, index + 1
    if year > date.max.year:
        raise ValueError(f"{months} months after {day} is past the year 9999")
    return date(year, month, min(day.day, monthrange(year, month)[1]))
