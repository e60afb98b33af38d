"""Public holidays and working days (jours ouvrés) of the French territories.

A working day is Monday to Friday, minus the statutory holidays of the territory
(CRPA does not define it: docs/legal.md F4). The holidays are those in force since 2016,
the year the electronic filing reached local authorities; older years are not
history-accurate. Usages and local closures (mardi gras, 21 July in Martinique…) are
not statutory and never move a legal day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

ONE_DAY = timedelta(days=1)
FIRST_GREGORIAN_YEAR = 1583
SATURDAY = 5

NATIONAL_DAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, PENTECOST_MONDAY = -2, 1, 39, 50
NATIONAL_EASTER_OFFSETS = (EASTER_MONDAY, ASCENSION, PENTECOST_MONDAY)


@dataclass(frozen=True)
class Territory:
    """Hold the holidays a territory adds to the eleven national ones.

    :param days: (month, day) pairs of its own fixed holidays
    :param easter_offsets: days from Easter Sunday of its own movable holidays

    Source: C. trav. art. L3134-13, L3422-2
    """

    days: tuple[tuple[int, int], ...] = ()
    easter_offsets: tuple[int, ...] = ()


# Good Friday belongs to the commune ("temple protestant ou église mixte"), hence two
# codes for Alsace-Moselle. FR-978: sources disagree (service-public.fr 27 May, both
# Python libraries 28 May); the official site is followed, see docs/legal.md.
TERRITORIES = MappingProxyType(
    {
        "FR-MET": Territory(),
        "FR-AM": Territory(days=((12, 26),)),
        "FR-AM-GF": Territory(days=((12, 26),), easter_offsets=(GOOD_FRIDAY,)),
        "FR-971": Territory(days=((5, 27),)),
        "FR-972": Territory(days=((5, 22),)),
        "FR-973": Territory(days=((6, 10),)),
        "FR-974": Territory(days=((12, 20),)),
        "FR-976": Territory(days=((4, 27),)),
        "FR-977": Territory(days=((10, 9),)),
        "FR-978": Territory(days=((5, 27),)),
    }
)


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (Meeus, Jones and Butcher).

    :param year: Gregorian year, 1583 to 9999
    :return: the civil day of Easter Sunday
    :raise ValueError: if ``year`` is before the Gregorian calendar or after 9999

    Source: none (technical)
    """
    if year < FIRST_GREGORIAN_YEAR:
        raise ValueError(f"no Gregorian Easter in {year}")
    century, rank = divmod(year, 100)
    golden = year % 19
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - lunar + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rank // 4) - epact - rank % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def territory_holidays(territory: str) -> Territory:
    """Return the holidays that a territory adds to the national ones.

    :param territory: a code of ``TERRITORIES``
    :return: its own holidays
    :raise ValueError: if the territory is unknown

    Source: C. trav. art. L3134-13, L3422-2
    """
    if territory not in TERRITORIES:
        raise ValueError(f"unknown territory: {territory!r}")
    return TERRITORIES[territory]


@lru_cache(maxsize=1024)
def holidays(year: int, territory: str) -> frozenset[date]:
    """Return the statutory holidays (jours fériés) of a territory in a year.

    Pentecost Monday stays one, even worked as the *journée de solidarité*.

    :param year: Gregorian year, 1583 to 9999
    :param territory: a code of ``TERRITORIES``
    :return: the civil days, weekends included
    :raise ValueError: if the territory is unknown or the year is out of range

    Source: C. trav. art. L3133-1, L3134-13, L3422-2
    """
    own = territory_holidays(territory)
    sunday = easter(year)
    offsets = NATIONAL_EASTER_OFFSETS + own.easter_offsets
    fixed = {date(year, month, day) for month, day in NATIONAL_DAYS + own.days}
    return frozenset(fixed | {sunday + offset * ONE_DAY for offset in offsets})


def is_working_day(
    day: date, territory: str, *, extra_weekdays: Iterable[int] = ()
) -> bool:
    """Tell whether a day is a working day (jour ouvré).

    :param day: local civil day
    :param territory: a code of ``TERRITORIES``
    :param extra_weekdays: weekend days that the service works (5 Saturday, 6 Sunday);
        they can only bring a deadline forward. A holiday is never worked.
    :raise ValueError: if the territory is unknown

    Source: CRPA art. R112-11-2; C. trav. art. L3133-1; docs/legal.md F4, G10
    """
    weekday = day.weekday()
    worked = weekday < SATURDAY or weekday in extra_weekdays
    return day not in holidays(day.year, territory) and worked


def roll_forward(
    day: date, territory: str, *, extra_weekdays: Iterable[int] = ()
) -> date:
    """Return the day itself if it is worked, else the first working day after it.

    :param day: local civil day
    :param territory: a code of ``TERRITORIES``
    :param extra_weekdays: weekend days that the service works
    :raise ValueError: if the territory is unknown

    Source: CE 5 June 2009 n° 312682; docs/legal.md F8
    """
    while not is_working_day(day, territory, extra_weekdays=extra_weekdays):
        day += ONE_DAY
    return day


def next_working_day(
    day: date, territory: str, *, extra_weekdays: Iterable[int] = ()
) -> date:
    """Return the first working day strictly after a day (*dies a quo* not counted).

    :param day: local civil day, worked or not
    :param territory: a code of ``TERRITORIES``
    :param extra_weekdays: weekend days that the service works
    :raise ValueError: if the territory is unknown

    Source: CRPA art. R112-11-2; docs/legal.md F3
    """
    return roll_forward(day + ONE_DAY, territory, extra_weekdays=extra_weekdays)


def previous_working_day(
    day: date, territory: str, *, extra_weekdays: Iterable[int] = ()
) -> date:
    """Return the last working day strictly before a day.

    It is the agents' own deadline when the silence period ends on ``day``.

    :param day: local civil day, worked or not
    :param territory: a code of ``TERRITORIES``
    :param extra_weekdays: weekend days that the service works
    :raise ValueError: if the territory is unknown

    Source: none (technical); docs/legal.md F7
    """
    day -= ONE_DAY
    while not is_working_day(day, territory, extra_weekdays=extra_weekdays):
        day -= ONE_DAY
    return day


def add_working_days(
    day: date, count: int, territory: str, *, extra_weekdays: Iterable[int] = ()
) -> date:
    """Return the day that comes a number of working days after a day.

    :param day: local civil day, worked or not; it is not counted
    :param count: number of working days, 0 or more (0 gives ``day`` back)
    :param territory: a code of ``TERRITORIES``
    :param extra_weekdays: weekend days that the service works
    :raise ValueError: if ``count`` is negative or the territory is unknown

    Source: CRPA art. R112-11-2; docs/legal.md F3
    """
    if count < 0:
        raise ValueError(f"cannot add {count} working days")
    territory_holidays(territory)
    for _ in range(count):
        day = next_working_day(day, territory, extra_weekdays=extra_weekdays)
    return day
