"""The reasons of an implicit rejection and the court: CRPA L232-4."""

from datetime import date

from grc_rules.grc_sve.appeal import (
    direct_last_day,
    reasons_asked_on,
    reasons_told_on,
)
from grc_rules.grc_sve.clock import evaluate
from sve_cases import event, make_facts

J = date(2026, 11, 15)
DIRECT = date(2027, 1, 18)  # 16 January 2027 is a Saturday


def asked(day):
    return event("reasons_requested", day)


def given(day):
    return event("reasons_given", day)


def last_day(*events, **values):
    clock = evaluate(make_facts(*events, **values))
    assert clock.implicit_on == J
    return clock.appeal_last_day


def test_two_months_from_the_reasons():
    # 20 January + 2 months, franc: 21 March 2027 is a Sunday
    assert last_day(asked("2027-01-10"), given("2027-01-20")) == date(2027, 3, 22)


def test_until_they_are_given_the_period_stays_open():
    assert last_day(asked("2026-12-01")) is None


def test_only_when_they_are_asked_for_in_time():
    assert last_day(asked("2027-01-18"), given("2027-02-01")) == date(2027, 4, 2)
    assert last_day(asked("2027-01-19"), given("2027-02-01")) == DIRECT
    # before J there is nothing to give the reasons of
    assert last_day(asked("2026-11-15"), given("2026-12-15")) == DIRECT
    assert last_day(given("2026-12-15")) == DIRECT


def test_with_the_months_of_distance():
    events = asked("2027-01-10"), given("2027-01-20")
    assert last_day(*events, distance_months=1) == date(2027, 4, 21)


def test_no_reasons_without_a_way_to_the_court():
    facts = make_facts(asked("2026-12-01"), mandatory_prior_appeal=True)
    assert direct_last_day(J, facts) is None
    assert reasons_asked_on(J, None, facts) is None
    assert reasons_told_on(None, facts) is None
    assert evaluate(facts).appeal_last_day is None
