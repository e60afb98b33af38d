"""Requests for pieces put right: CRPA L114-5; CE Sect. 9 December 2022 n° 454521."""

from datetime import date

import pytest
from grc_rules.grc_sve.clock import Event, evaluate
from grc_rules.grc_sve.corrections import (
    apply_corrections,
    correction_effect,
    waiver_completes,
)
from sve_cases import make_facts

J = date(2026, 11, 15)


def _asked(*pieces, day=22, deadline=date(2026, 10, 7)):
    return Event("missing_notified", date(2026, 9, day), deadline, pieces=tuple(pieces))


def _waived(*pieces):
    return Event("missing_waived", date(2026, 9, 30), pieces=pieces)


def _extended(day, deadline, *pieces):
    return Event("missing_extended", day, deadline, pieces=pieces)


def _day(*events, **changes):
    return evaluate(make_facts(*apply_corrections(events), **changes)).implicit_on


@pytest.mark.parametrize("regime", ["sva", "svr"])
def test_a_piece_asked_by_mistake_stops_nothing(regime):
    events = _asked("Plan"), _waived("plan")
    assert apply_corrections(events) == ()
    assert _day(*events, regime=regime) == J


def test_the_other_pieces_are_still_asked_for():
    [left] = apply_corrections([_asked("Plan", "Photo"), _waived("Photo")])
    assert left.pieces == ("Plan",)
    assert _day(_asked("Plan", "Photo"), _waived("Photo"), regime="sva") is None


def test_a_piece_asked_for_again_after_the_waiver_counts():
    again = _asked("Plan", day=30)
    assert apply_corrections([_asked("Plan"), _waived("Plan"), again]) == (again,)


def test_a_request_that_names_no_piece_is_never_waived():
    assert apply_corrections([_asked(), _waived("Plan")]) == (_asked(),)


def test_more_time_suspends_when_it_comes_in_time():
    # 15 days given, then 25: J moves by what is really given.
    assert _day(_asked("Plan")) == date(2026, 11, 30)
    more = _extended(date(2026, 10, 7), date(2026, 10, 17), "Plan")
    assert _day(_asked("Plan"), more) == date(2026, 12, 10)


def test_more_time_given_too_late_suspends_nothing():
    late = _extended(date(2026, 10, 8), date(2026, 10, 17), "Plan")
    assert _day(_asked("Plan"), late) == date(2026, 11, 30)


def test_more_time_is_never_less_time_nor_that_of_other_pieces():
    for other in (
        _extended(date(2026, 10, 1), date(2026, 10, 5), "Plan"),
        _extended(date(2026, 10, 1), date(2026, 10, 17), "Photo"),
    ):
        assert apply_corrections([_asked("Plan"), other]) == (_asked("Plan"),)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((True, True, False), True),
        ((True, True, True), False),
        ((True, False, False), False),
        ((False, True, False), False),
    ],
)
def test_the_file_was_complete_all_along(facts, expected):
    assert waiver_completes(*facts) is expected


@pytest.mark.parametrize(
    ("before", "after", "today", "kind"),
    [
        (J, J, date(2026, 10, 1), "none"),
        (None, None, date(2026, 10, 1), "none"),
        (date(2026, 11, 30), J, date(2026, 10, 1), "moves"),
        (None, J, date(2026, 11, 15), "moves"),
        (None, J, date(2026, 11, 16), "past"),
        (date(2026, 11, 30), J, date(2026, 11, 20), "past"),
        (date(2026, 11, 30), J, date(2026, 12, 20), "moves"),
    ],
)
def test_the_effect_is_told_before(before, after, today, kind):
    assert correction_effect(before, after, today) == kind
