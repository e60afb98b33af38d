"""Civil days and months: CRPA L112-13, CPC art. 641."""

from datetime import date, datetime, timezone

import pytest
from grc_rules.grc_sve.clock import add_months, local_day
from grc_rules.grc_sve.periods import fact_day, zone_at


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        (utc(2026, 12, 31, 23, 30), "Europe/Paris", date(2027, 1, 1)),
        (utc(2026, 12, 31, 22, 59, 59), "Europe/Paris", date(2026, 12, 31)),
        (utc(2026, 6, 30, 22, 30), "Europe/Paris", date(2026, 7, 1)),
        (utc(2026, 5, 22, 2, 30), "America/Martinique", date(2026, 5, 21)),
        (utc(2026, 5, 22, 3, 59), "America/Guadeloupe", date(2026, 5, 21)),
        (utc(2026, 5, 22, 2, 59), "America/Cayenne", date(2026, 5, 21)),
        (utc(2026, 12, 31, 22, 0), "Indian/Reunion", date(2027, 1, 1)),
        (utc(2026, 12, 31, 21, 0), "Indian/Mayotte", date(2027, 1, 1)),
        (utc(2026, 3, 29, 0, 59), "Europe/Paris", date(2026, 3, 29)),
        (utc(2026, 10, 25, 22, 59), "Europe/Paris", date(2026, 10, 25)),
        (utc(2026, 10, 25, 23, 0), "Europe/Paris", date(2026, 10, 26)),
    ],
)
def test_day_of_reception_is_the_civil_day_of_the_collectivite(instant, zone, day):
    assert local_day(instant, zone) == day


def test_naive_instant_has_no_civil_day():
    with pytest.raises(ValueError, match="no UTC offset"):
        local_day(datetime(2026, 9, 15, 10), "Europe/Paris")


@pytest.mark.parametrize("zone", ["Europe/Lyon", "", "../etc/passwd", "Europe"])
def test_unknown_time_zone_is_refused(zone):
    with pytest.raises(ValueError, match="unknown time zone"):
        local_day(utc(2026, 9, 15), zone)


def test_instant_at_the_end_of_the_calendar_is_refused():
    with pytest.raises(ValueError, match="outside the calendar"):
        local_day(utc(9999, 12, 31, 23), "Europe/Paris")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 9, 15), 2, date(2026, 11, 15)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), 2, date(2028, 4, 29)),
        (date(2026, 6, 30), 2, date(2026, 8, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 9, 15), 0, date(2026, 9, 15)),
    ],
)
def test_months_go_from_quantieme_to_quantieme(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize("months", [-1, 12 * 8000])
def test_months_outside_the_calendar_are_refused(months):
    with pytest.raises(ValueError, match="months"):
        add_months(date(2026, 9, 15), months)


@pytest.mark.parametrize(
    ("recorded_on", "recorded_at", "expected"),
    [
        # Recorded in Martinique at 20:30 with the clocks of Paris: it was the 15th.
        (date(2026, 11, 16), utc(2026, 11, 16, 0, 30), 15),
        # A letter of the 12th, recorded on the 15th: as it was said.
        (date(2026, 11, 12), utc(2026, 11, 16, 0, 30), 12),
        # The same day in both places.
        (date(2026, 11, 16), utc(2026, 11, 16, 15), 16),
    ],
)
def test_a_day_taken_from_its_instant_follows_the_time_zone(
    recorded_on, recorded_at, expected
):
    got = fact_day(recorded_on, recorded_at, "Europe/Paris", "America/Martinique")
    assert got == date(2026, 11, expected)
    assert fact_day(recorded_on, recorded_at, "Europe/Paris", "Europe/Paris") == (
        recorded_on
    )


def test_the_time_zone_of_a_record_is_the_one_of_its_day():
    past = [(utc(2026, 3, 1), "Europe/Paris"), (utc(2026, 9, 1), "Indian/Reunion")]
    zone = "America/Martinique"
    assert zone_at(utc(2026, 2, 1), past, zone) == "Europe/Paris"
    assert zone_at(utc(2026, 3, 1), past, zone) == "Indian/Reunion"
    assert zone_at(utc(2026, 9, 1), past, zone) == zone
    assert zone_at(utc(2026, 9, 1), [], zone) == zone
