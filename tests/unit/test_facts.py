"""Malformed facts are refused, and equal facts are equal."""

from dataclasses import FrozenInstanceError
from datetime import date, datetime

import pytest
from grc_rules.grc_sve.clock import Event, evaluate
from sve_cases import RECEIVED, asked, event, make_facts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("territory", "FR-75"),
        ("nature", "demande"),
        ("regime", "unknown"),
        ("start_basis", "sent"),
        ("distance_months", 3),
        ("distance_months", -1),
        ("period_months", 0),
        ("period_months", None),
        ("period_months", 2.5),
        ("received_on", datetime(2026, 9, 15)),
        ("received_on", "2026-09-15"),
    ],
)
def test_malformed_facts_are_refused(name, value):
    with pytest.raises(ValueError, match=name):
        make_facts(**{name: value})


def test_period_is_not_read_without_a_regime():
    assert make_facts(regime="none", period_months=0).period_months == 0


@pytest.mark.parametrize(
    "values",
    [
        ("decided", RECEIVED),
        ("all_produced", datetime(2026, 9, 15)),
        ("all_produced", None),
        ("missing_notified", RECEIVED),
        ("missing_notified", RECEIVED, datetime(2026, 10, 7)),
        ("all_produced", RECEIVED, "2026-10-07"),
    ],
)
def test_malformed_events_are_refused(values):
    with pytest.raises(ValueError, match="unknown value|civil day"):
        Event(*values)


def test_facts_cannot_change_after_the_fact():
    with pytest.raises(FrozenInstanceError):
        make_facts().received_on = date(2026, 9, 16)


def test_facts_and_clock_can_be_compared_and_hashed():
    first = evaluate(make_facts(asked("2026-09-22", "2026-10-07")))
    second = evaluate(make_facts(asked("2026-09-22", "2026-10-07")))
    assert first == second
    assert hash(first) == hash(second)


def test_live_events_are_sorted_and_counted_once():
    late, early = event("ack_sent", "2026-09-16"), event("ack_sent", "2026-09-14")
    first = event("are_instant", "2026-09-15")
    assert make_facts(late, first, late, early).live_events() == (first, late)
