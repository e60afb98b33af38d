"""The life of an implicit decision: CRPA L231-1, L231-4, L232-3, L232-4, L242-1."""

from datetime import UTC, date, datetime

import pytest
from grc_rules.grc_sve import implicit
from grc_rules.grc_sve.facts import Event, Facts
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(2016, 1, 1), date(2090, 1, 1))


def facts(*events, regime="sva", **values):
    values = {"territory": "FR-MET", "received_on": date(2026, 9, 15)} | values
    return Facts(**values, regime=regime, period_months=2, events=events)


def test_what_silence_decides():
    # CRPA L231-1, L231-4
    assert implicit.implicit_kind("sva") == "accepted"
    assert implicit.implicit_kind("svr") == "rejected"
    assert implicit.implicit_kind("none") is None
    assert implicit.implicit_kind("unknown") is None


@pytest.mark.parametrize(
    ("instant", "timezone", "day"),
    [
        # J is 15 November: 0:04, then 0:05, on the 16th at the collectivité
        ((2026, 11, 15, 23, 4), "Europe/Paris", date(2026, 11, 14)),
        ((2026, 11, 15, 23, 5), "Europe/Paris", date(2026, 11, 15)),
        ((2026, 11, 16, 4, 4), "America/Martinique", date(2026, 11, 14)),
        ((2026, 11, 16, 4, 5), "America/Martinique", date(2026, 11, 15)),
        ((2026, 11, 15, 20, 4), "Indian/Reunion", date(2026, 11, 14)),
        ((2026, 11, 15, 20, 5), "Indian/Reunion", date(2026, 11, 15)),
        # the clocks change: 29 March and 25 October 2026
        ((2026, 3, 28, 23, 4), "Europe/Paris", date(2026, 3, 27)),
        ((2026, 3, 28, 23, 5), "Europe/Paris", date(2026, 3, 28)),
        ((2026, 3, 29, 22, 5), "Europe/Paris", date(2026, 3, 29)),
        ((2026, 10, 24, 22, 5), "Europe/Paris", date(2026, 10, 24)),
        ((2026, 10, 25, 23, 4), "Europe/Paris", date(2026, 10, 24)),
        ((2026, 10, 25, 23, 5), "Europe/Paris", date(2026, 10, 25)),
    ],
)
def test_a_day_is_over_five_minutes_after_midnight(instant, timezone, day):
    now = datetime(*instant, tzinfo=UTC)
    assert implicit.last_elapsed_day(now, timezone) == day


def test_an_instant_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        implicit.last_elapsed_day(datetime(2026, 11, 16), "Europe/Paris")


def test_a_file_is_complete_from_its_reception_when_nothing_was_asked():
    assert implicit.completed_on(facts()) == date(2026, 9, 15)
    assert implicit.completed_on(facts(regime="svr")) == date(2026, 9, 15)


def test_a_file_is_complete_with_its_last_piece():
    # CRPA L114-5 al. 2
    asked = Event("missing_notified", date(2026, 9, 22), date(2026, 10, 7))
    produced = Event("all_produced", date(2026, 9, 30))
    assert implicit.completed_on(facts(asked)) is None
    assert implicit.completed_on(facts(asked, produced)) == date(2026, 9, 30)


def test_a_file_without_silence_is_not_said_complete():
    none = Facts(territory="FR-MET", received_on=date(2026, 9, 15))
    assert implicit.completed_on(none) is None
    sent = Event("transferred", date(2026, 9, 16))
    assert implicit.completed_on(facts(sent)) is None


def test_the_agent_is_warned_on_the_last_working_day_before_j():
    # 15 November 2026 is a Sunday: Friday; 11 November is a holiday
    assert implicit.agent_warning_on(date(2026, 11, 15), "FR-MET") == date(2026, 11, 13)
    assert implicit.agent_warning_on(date(2026, 11, 12), "FR-MET") == date(2026, 11, 10)


def test_the_head_is_warned_a_week_before_j():
    assert implicit.head_warning_on(date(2026, 11, 15)) == date(2026, 11, 8)


def test_reasons_are_due_within_a_month():
    # CRPA L232-4
    assert implicit.reasons_due_on(date(2026, 11, 20)) == date(2026, 12, 20)
    assert implicit.reasons_due_on(date(2027, 1, 31)) == date(2027, 2, 28)


def test_reasons_are_asked_for_within_the_period_of_appeal():
    # CRPA L232-4
    last_day = date(2027, 1, 18)
    assert implicit.reasons_asked_in_time(last_day, last_day)
    assert not implicit.reasons_asked_in_time(date(2027, 1, 19), last_day)
    assert implicit.reasons_asked_in_time(date(2030, 1, 1), None)


def test_an_acceptance_is_withdrawn_within_four_months():
    # CRPA L242-1: J is 15 November, its effect 16 November
    born_on, last_day = date(2026, 11, 16), date(2027, 3, 15)
    assert implicit.withdrawal_last_day(born_on) == last_day
    assert implicit.can_withdraw(born_on, born_on)
    assert implicit.can_withdraw(last_day, born_on)
    assert not implicit.can_withdraw(date(2027, 3, 16), born_on)
    assert not implicit.can_withdraw(date(2026, 11, 15), born_on)


def test_four_months_at_the_end_of_a_month():
    # CRPA L242-1: J is 31 October; 28 February, not 1 March
    assert implicit.withdrawal_last_day(date(2026, 11, 1)) == date(2027, 2, 28)


def test_fraud_is_withdrawn_at_any_time():
    # CRPA L241-2
    born_on = date(2026, 11, 16)
    assert implicit.can_withdraw(date(2036, 1, 1), born_on, is_fraud=True)
    assert not implicit.can_withdraw(date(2026, 11, 15), born_on, is_fraud=True)


@given(DAYS)
def test_warnings_come_before_j(day):
    assert implicit.agent_warning_on(day, "FR-MET") < day
    assert implicit.head_warning_on(day) < day


@given(DAYS)
def test_the_last_day_is_the_last_one(born_on):
    last_day = implicit.withdrawal_last_day(born_on)
    assert implicit.can_withdraw(last_day, born_on)
    assert not implicit.can_withdraw(last_day + implicit.ONE_DAY, born_on)


def test_an_acceptance_of_urbanisme_is_withdrawn_within_three_months():
    # C. urb. L424-5
    born_on, last = date(2026, 11, 16), date(2027, 2, 15)
    assert implicit.withdrawal_months(True) == 3
    assert implicit.withdrawal_months() == 4
    assert implicit.withdrawal_last_day(born_on, is_urban=True) == last
    assert implicit.can_withdraw(last, born_on, is_urban=True)
    assert not implicit.can_withdraw(date(2027, 2, 16), born_on, is_urban=True)
    assert implicit.can_withdraw(date(2030, 1, 1), born_on, True, is_urban=True)


@pytest.mark.parametrize(
    ("kind", "decided_on", "effect"),
    [
        ("accepted", date(2026, 11, 15), "never_born"),
        ("rejected", date(2026, 11, 15), "never_born"),
        ("rejected", date(2026, 11, 16), "replaces"),
        # CRPA L242-1: an acceptance is only withdrawn
        ("accepted", date(2026, 11, 16), "withdrawal"),
    ],
)
def test_a_decision_recorded_late_counts_from_its_own_day(kind, decided_on, effect):
    born_on = date(2026, 11, 16)
    assert implicit.late_record_effect(kind, decided_on, born_on) == effect


def test_a_request_is_published_where_silence_accepts_against_third_parties():
    # CRPA L232-2
    day = date(2026, 11, 15)
    assert implicit.must_publish(True, "sva", day)
    assert not implicit.must_publish(False, "sva", day)
    assert not implicit.must_publish(True, "svr", day)
    assert not implicit.must_publish(True, "sva", None)
