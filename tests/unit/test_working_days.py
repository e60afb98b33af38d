"""Working days of the territories: CRPA R112-11-2, C. trav. L3133-1."""

from datetime import date

import pytest
from grc_rules.grc_sve.working_days import (
    TERRITORIES,
    add_working_days,
    easter,
    holidays,
    is_working_day,
    next_working_day,
    previous_working_day,
    roll_forward,
    territory_holidays,
)

MET = "FR-MET"
EXTRA_DAYS = {  # C. trav. L3134-13 and L3422-2, in 2026 (Easter on 5 April)
    "FR-MET": set(),
    "FR-AM": {date(2026, 12, 26)},
    "FR-AM-GF": {date(2026, 4, 3), date(2026, 12, 26)},
    "FR-971": {date(2026, 5, 27)},
    "FR-972": {date(2026, 5, 22)},
    "FR-973": {date(2026, 6, 10)},
    "FR-974": {date(2026, 12, 20)},
    "FR-976": {date(2026, 4, 27)},
    "FR-977": {date(2026, 10, 9)},
    "FR-978": {date(2026, 5, 27)},
}


@pytest.mark.parametrize(
    "sunday",
    [
        date(1818, 3, 22),  # the earliest possible
        date(1943, 4, 25),  # the latest possible
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
    ids=str,
)
def test_easter_falls_on_the_known_sunday(sunday):
    assert easter(sunday.year) == sunday


def test_there_is_no_gregorian_easter_before_1583():
    with pytest.raises(ValueError, match="1582"):
        easter(1582)


def test_metropolitan_france_has_the_eleven_statutory_holidays():
    assert holidays(2026, MET) == {
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    }


@pytest.mark.parametrize("territory", TERRITORIES)
def test_each_territory_adds_its_own_holidays(territory):
    added = holidays(2026, territory) - holidays(2026, MET)
    assert added == EXTRA_DAYS[territory]


def test_schoelcher_day_is_a_usage_and_stays_worked_in_martinique():
    assert is_working_day(date(2026, 7, 21), "FR-972")


@pytest.mark.parametrize("call", [territory_holidays, lambda t: holidays(2026, t)])
def test_unknown_territory_is_refused(call):
    with pytest.raises(ValueError, match="unknown territory"):
        call("FR-75")


def test_unknown_territory_is_refused_even_when_no_day_is_added():
    with pytest.raises(ValueError, match="unknown territory"):
        add_working_days(date(2026, 9, 15), 0, "FR-75")


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 18), True),  # Friday
        (date(2026, 9, 19), False),  # Saturday
        (date(2026, 9, 20), False),  # Sunday
        (date(2026, 7, 14), False),  # Tuesday, holiday
        (date(2026, 5, 25), False),  # Pentecost Monday, journée de solidarité or not
    ],
)
def test_working_days_are_monday_to_friday_minus_holidays(day, worked):
    assert is_working_day(day, MET) is worked


def test_service_that_works_on_saturday_counts_it_but_never_a_holiday():
    assert is_working_day(date(2026, 9, 19), MET, extra_weekdays={5})
    assert not is_working_day(date(2026, 8, 15), MET, extra_weekdays={5})


def test_next_working_day_is_strictly_after():
    assert next_working_day(date(2026, 9, 15), MET) == date(2026, 9, 16)
    assert next_working_day(date(2026, 9, 18), MET) == date(2026, 9, 21)


def test_next_working_day_crosses_the_year():
    assert next_working_day(date(2026, 12, 31), MET) == date(2027, 1, 4)


def test_next_working_day_can_be_a_worked_saturday():
    friday = date(2026, 9, 18)
    assert next_working_day(friday, MET, extra_weekdays={5}) == date(2026, 9, 19)


def test_previous_working_day_is_strictly_before():
    assert previous_working_day(date(2026, 11, 16), MET) == date(2026, 11, 13)
    assert previous_working_day(date(2026, 11, 15), MET) == date(2026, 11, 13)
    assert previous_working_day(date(2027, 1, 1), MET) == date(2026, 12, 31)


def test_previous_working_day_can_be_a_worked_saturday():
    sunday = date(2026, 11, 15)
    assert previous_working_day(sunday, MET, extra_weekdays={5}) == date(2026, 11, 14)


def test_roll_forward_keeps_a_working_day_and_moves_a_saturday():
    assert roll_forward(date(2026, 11, 16), MET) == date(2026, 11, 16)
    assert roll_forward(date(2026, 11, 14), MET) == date(2026, 11, 16)


def test_ten_working_days_after_a_tuesday_are_two_weeks():
    assert add_working_days(date(2026, 9, 15), 10, MET) == date(2026, 9, 29)


def test_ten_working_days_jump_over_good_friday_where_it_is_off():
    received = date(2026, 4, 2)
    assert add_working_days(received, 10, "FR-AM") == date(2026, 4, 17)
    assert add_working_days(received, 10, "FR-AM-GF") == date(2026, 4, 20)


def test_no_working_day_added_gives_the_day_back():
    assert add_working_days(date(2026, 9, 19), 0, MET) == date(2026, 9, 19)


def test_negative_number_of_working_days_is_refused():
    with pytest.raises(ValueError, match="-1 working days"):
        add_working_days(date(2026, 9, 15), -1, MET)
