"""Asking for pieces, told before it is sent: CRPA L114-5, L114-5-1, R112-11-4."""

from datetime import date

import pytest
from grc_rules.grc_sve.clock import Conventions, evaluate
from grc_rules.grc_sve.missing import drop_contradicted, forecast, production_kind
from sve_cases import asked, event, make_facts

J = date(2026, 11, 15)
ASKED = asked("2026-09-22", "2026-10-07")
OPTIONAL = asked("2026-09-22", "2026-10-07", indispensable=False)
COMPLETE = event("all_produced", "2026-09-30")


def told(request=ASKED, *events, conventions=None, **changes):
    found = forecast(
        make_facts(*events, **changes), request, conventions or Conventions()
    )
    return found.kind, found.before, found.without, found.complete


def test_a_suspension_is_told_at_its_longest():
    assert told() == ("suspends", J, date(2026, 11, 30), date(2026, 11, 30))


def test_an_acceptance_restarts_or_never_comes():
    assert told(regime="sva") == ("restarts", J, None, date(2026, 12, 7))


def test_a_second_request_is_told_on_top_of_the_first():
    second = asked("2026-09-24", "2026-10-07")
    kind, before, without, _complete = told(second, ASKED)
    assert (kind, before) == ("suspends", date(2026, 11, 30))
    assert without == evaluate(make_facts(ASKED, second)).implicit_on


@pytest.mark.parametrize("regime", ["sva", "svr"])
def test_what_is_not_indispensable_delays_nothing(regime):
    assert told(OPTIONAL, regime=regime) == ("harmless", J, J, J)
    conventions = Conventions(non_indispensable_suspends=True)
    assert told(OPTIONAL, regime=regime, conventions=conventions)[0] != "harmless"


@pytest.mark.parametrize(
    ("day", "kind"), [("2026-11-15", "suspends"), ("2026-11-16", "too_late")]
)
def test_after_the_day_of_the_decision_it_is_too_late(day, kind):
    assert told(asked(day, "2026-12-05"))[0] == kind


def test_without_silence_there_is_nothing_to_tell():
    assert told(regime="none", period_months=None) == ("none", None, None, None)
    decided = event("express_decision", "2026-09-20")
    assert told(ASKED, decided) == ("none", None, None, None)


@pytest.mark.parametrize(
    ("blocking_received", "blocking_left", "left", "expected"),
    [
        (True, 0, 0, "all_produced"),
        (True, 0, 2, "all_produced"),  # the others are not indispensable
        (True, 1, 1, "partial_produced"),
        (False, 1, 1, "partial_produced"),
        (False, 0, 1, "partial_produced"),
        (False, 0, 0, "all_produced"),
    ],
)
def test_complete_is_when_nothing_stops_the_study(
    blocking_received, blocking_left, left, expected
):
    assert production_kind(blocking_received, blocking_left, left) == expected


def test_complete_in_the_morning_and_incomplete_in_the_afternoon():
    again = asked("2026-09-30", "2026-10-15")
    assert drop_contradicted((ASKED, COMPLETE, again)) == (ASKED, again)
    assert drop_contradicted((ASKED, again, COMPLETE)) == (ASKED, again, COMPLETE)
    other = asked("2026-09-30", "2026-10-15", indispensable=False)
    assert drop_contradicted((ASKED, COMPLETE, other)) == (ASKED, COMPLETE, other)
    assert drop_contradicted(()) == ()
