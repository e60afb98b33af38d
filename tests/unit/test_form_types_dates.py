"""Days, instants and ranges of hours of the forms."""

from datetime import date

import pytest
from form_types_cases import CONTEXT, TYPES, fault, inputs, question, read, text, types


def parts(day="", month="", year=""):
    return {"day": day, "month": month, "year": year}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (parts(), None),
        (parts(" ", "\u00a0"), None),
        (parts("1", "2", "2026"), "2026-02-01"),
        (parts("01", "02", "2026"), "2026-02-01"),
        (parts("٣", "２", "2026"), "2026-02-03"),
        (parts("29", "2", "2024"), "2024-02-29"),
        (parts("1er", "mars", "2026"), "2026-03-01"),
        (parts("3", "Févr.", "2026"), "2026-02-03"),
        (parts("3", "AOÛT", "26"), "2026-08-03"),
        (parts("3", "8", "85"), "1985-08-03"),
        ("2026-02-03", "2026-02-03"),
        ("03/02/2026", "2026-02-03"),
        ("3.2.26", "2026-02-03"),
        ("3 - 2 - 2026", "2026-02-03"),
        ("3 février 2026", "2026-02-03"),
        ("mardi 3 février 2026", "2026-02-03"),
        ("1er\u00a0juin 2026", "2026-06-01"),
        ("03022026", "2026-02-03"),
    ],
)
def test_day_is_read(raw, value):
    assert read("date", raw) == value
    assert fault("date", raw) == ()


@pytest.mark.parametrize(
    ("raw", "code", "part"),
    [
        (parts("", "2", "2026"), "day_missing", "day"),
        (parts("1", "", "2026"), "month_missing", "month"),
        (parts("1", "2", ""), "year_missing", "year"),
        (parts("32", "1", "2026"), "not_date", "day"),
        (parts("0", "1", "2026"), "not_date", "day"),
        (parts("1", "13", "2026"), "month_not_real", "month"),
        (parts("1", "ju", "2026"), "month_not_real", "month"),
        (parts("1", "brumaire", "2026"), "month_not_real", "month"),
        (parts("31", "4", "2026"), "day_not_in_month", "day"),
        (parts("29", "2", "2026"), "day_not_in_month", "day"),
        (parts("1", "1", "202"), "year_not_real", "year"),
        (parts("1", "1", "0026"), "year_not_real", "year"),
        (parts("1", "1", "20266"), "year_not_real", "year"),
        (parts("1", "1", "²026"), "year_not_real", "year"),
        (parts("x" * 100_000, "1", "2026"), "too_long", "day"),
        ("demain", "not_date", ""),
        ("2026-02-30", "day_not_in_month", ""),
        ("2026/02", "not_date", ""),
    ],
)
def test_day_is_refused(raw, code, part):
    assert fault("date", raw) == (code, part)


@pytest.mark.parametrize(
    ("raw", "attributes", "code"),
    [
        ("2026-03-14", {"min": {"today": {}}}, "date_too_early"),
        ("2026-03-15", {"min": {"today": {}}}, None),
        ("2026-03-16", {"max": {"today": {}}}, "date_too_late"),
        ("2026-04-01", {"min": {"today": {"days": 15}}}, None),
        ("2008-03-16", {"max": {"today": {"years": -18}}}, "date_too_late"),
        ("2008-03-15", {"max": {"today": {"years": -18}}}, None),
        ("2026-04-15", {"min": {"today": {"months": 1}}}, None),
        ("2025-12-31", {"min": "2026-01-01"}, "date_too_early"),
    ],
)
def test_day_limits(raw, attributes, code):
    assert fault("date", raw, **attributes) == ((code, "") if code else ())


def test_bound_day():
    last = date(2024, 2, 29)
    assert types.bound_day({"today": {"years": 1}}, last) == date(2025, 2, 28)
    shift = {"today": {"months": 12, "days": 1}}
    assert types.bound_day(shift, last) == date(2025, 3, 1)
    assert types.bound_day({"today": {"years": -9000}}, last) == date.min
    assert types.bound_day({"today": {"days": 99_999}}, last) > last
    assert types.bound_day({"today": {"years": 9000}}, last) == date.max


@pytest.mark.parametrize(
    ("bounds", "faults"),
    [
        ({"min": "2026-01-01", "max": "2026-12-31"}, []),
        ({"min": "2026-01-01", "max": "2025-12-31"}, [("max", "bounds_crossed")]),
        ({"min": "2026-02-30"}, [("min", "attribute_invalid")]),
        ({"min": {"today": {"weeks": 1}}}, [("min", "attribute_invalid")]),
        ({"min": {"today": {"days": True}}}, [("min", "attribute_invalid")]),
        (
            {"min": {"today": {"days": 1}}, "max": {"today": {}}},
            [("max", "bounds_crossed")],
        ),
    ],
)
def test_attributes_of_days(bounds, faults):
    assert TYPES["date"].attribute_faults(question("date", **bounds)) == faults


def test_day_inputs():
    day = inputs("date")
    assert list(day) == ["day", "month", "year"]
    assert all(item["inputmode"] == "numeric" for item in day.values())
    assert all(item["type"] == "text" for item in day.values())
    assert not any("autocomplete" in item for item in day.values())
    birth = inputs("date", autocomplete="bday")
    tokens = [item["autocomplete"] for item in birth.values()]
    assert tokens == ["bday-day", "bday-month", "bday-year"]


def test_day_is_written():
    assert TYPES["date"].write(question("date"), "2026-02-03") == parts(
        "3", "2", "2026"
    )
    assert text("date", "2026-03-01") == "1er mars 2026"
    assert text("date", "1999-12-31") == "31 décembre 1999"
    assert text("date", None) == ""
    assert TYPES["date"].property(question("date"))["type"] == "date"


@pytest.mark.parametrize(
    ("hour", "value"),
    [
        ("08:30", "08:30"),
        ("8h", "08:00"),
        ("8 h 30", "08:30"),
        ("8h30", "08:30"),
        ("20\u00a0h\u00a005", "20:05"),
        ("0830", "08:30"),
        ("830", "08:30"),
        ("9", "09:00"),
        ("8 heures", "08:00"),
        ("midi", "12:00"),
        ("8:30:00", None),
        ("08:30:15", "08:30"),
        ("24:00", None),
        ("12:60", None),
        ("8h5", None),
        ("tôt", None),
    ],
)
def test_hours(hour, value):
    raw = parts("1", "2", "2026") | {"time": hour}
    if value is None:
        assert fault("datetime", raw) == ("not_hour", "time")
    else:
        assert read("datetime", raw) == f"2026-02-01T{value}"


def test_instant():
    assert read("datetime", "2026-02-01T08:30") == "2026-02-01T08:30"
    assert read("datetime", "01/02/2026 8h30") == "2026-02-01T08:30"
    assert read("datetime", {}) is None
    assert fault("datetime", {"time": "8h"}) == ("day_missing", "day")
    assert fault("datetime", parts("1", "2", "2026")) == ("hour_missing", "time")
    bounds = {"min": "2026-02-01T09:00", "max": {"today": {}}}
    early = parts("1", "2", "2026") | {"time": "8h"}
    assert fault("datetime", early, **bounds) == ("date_too_early", "")
    late = parts("16", "3", "2026") | {"time": "8h"}
    assert fault("datetime", late, **bounds) == ("date_too_late", "")
    assert text("datetime", "2026-02-01T08:00") == "1er février 2026 à 8 h"
    asked = question("datetime")
    projected = TYPES["datetime"].project(asked, "2026-07-01T08:30", CONTEXT)
    assert projected == "2026-07-01 06:30:00"
    overseas = types.Context(CONTEXT.today, timezone="Indian/Reunion")
    assert TYPES["datetime"].project(asked, "2026-07-01T08:30", overseas) == (
        "2026-07-01 04:30:00"
    )


def test_time_range():
    raw = {"start": "8h", "end": "10 h 30"}
    assert read("time_range", raw) == {"start": "08:00", "end": "10:30"}
    assert read("time_range", {}) is None
    assert fault("time_range", {"start": "8h"}) == ("end_missing", "end")
    assert fault("time_range", {"end": "8h"}) == ("start_missing", "start")
    turned = {"start": "9h", "end": "9h"}
    assert fault("time_range", turned) == ("end_before_start", "end")
    assert fault("time_range", raw, min="09:00") == ("too_small", "start")
    assert fault("time_range", raw, max="10:00") == ("too_large", "end")
    assert text("time_range", read("time_range", raw)) == "8 h – 10 h 30"
    assert inputs("time_range")["start"]["type"] == "time"
