"""The disputed points (docs/legal.md, section G) are settings with a default."""

from datetime import date

import pytest
from grc_rules.grc_sve.clock import Conventions, evaluate
from sve_cases import asked, make_facts


def days(facts, **conventions) -> dict:
    return evaluate(facts, Conventions(**conventions)).as_vals()


@pytest.mark.parametrize(
    ("received_on", "effective_from"),
    [
        (date(2026, 9, 15), date(2026, 11, 16)),
        (date(2026, 6, 30), date(2026, 9, 1)),
        (date(2027, 2, 28), date(2027, 5, 1)),
    ],
)
def test_g1_months_counted_from_the_next_day_differ_at_month_ends_only(
    received_on, effective_from
):
    got = days(make_facts(received_on=received_on), effect_from_next_day=True)
    assert got["implicit_effective_from"] == effective_from


def test_g2_silence_that_ends_on_a_sunday_can_run_to_monday():
    got = days(make_facts(), extend_silence=True)
    assert got["implicit_on"] == date(2026, 11, 16)
    assert got["implicit_effective_from"] == date(2026, 11, 17)


def test_g2_request_for_pieces_on_the_extended_day_still_counts():
    facts = make_facts(asked("2026-11-16", "2026-11-26"))
    assert days(facts)["implicit_on"] == date(2026, 11, 15)
    assert days(facts, extend_silence=True)["implicit_on"] == date(2026, 11, 25)


def test_g3_appeal_can_run_from_the_day_of_effect():
    facts = make_facts(received_on=date(2026, 12, 30))
    assert days(facts)["appeal_last_day"] == date(2027, 4, 29)
    got = days(facts, appeal_from_effect=True)
    assert got["appeal_last_day"] == date(2027, 5, 3)


def test_g4_day_covered_by_two_requests_can_suspend_once():
    facts = make_facts(
        asked("2026-09-22", "2026-10-07"), asked("2026-09-30", "2026-10-15")
    )
    assert days(facts)["implicit_on"] == date(2026, 12, 15)
    assert days(facts, overlap_once=True)["implicit_on"] == date(2026, 12, 8)


def test_g4_request_inside_another_can_add_nothing():
    facts = make_facts(
        asked("2026-09-22", "2026-10-07"), asked("2026-09-25", "2026-09-30")
    )
    assert days(facts)["implicit_on"] == date(2026, 12, 5)
    assert days(facts, overlap_once=True)["implicit_on"] == date(2026, 11, 30)


def test_g4_three_requests_suspend_from_the_first_sending_to_the_last_deadline():
    facts = make_facts(
        asked("2026-09-22", "2026-10-07"),
        asked("2026-09-25", "2026-09-30"),
        asked("2026-10-02", "2026-10-12"),
    )
    assert days(facts, overlap_once=True)["implicit_on"] == date(2026, 12, 5)


def test_g6_piece_that_is_not_indispensable_can_suspend():
    facts = make_facts(asked("2026-09-22", "2026-10-07", indispensable=False))
    got = days(facts, non_indispensable_suspends=True)
    assert got["implicit_on"] == date(2026, 11, 30)


def test_g7_abusive_demande_can_lose_its_clock():
    facts = make_facts(nature="abusive")
    assert days(facts)["implicit_on"] == date(2026, 11, 15)
    assert days(facts, abusive_keeps_silence=False)["implicit_on"] is None


def test_g8_local_holidays_can_be_left_out_at_court():
    facts = make_facts(received_on=date(2027, 8, 19), territory="FR-974")
    assert days(facts)["appeal_last_day"] == date(2027, 12, 21)
    got = days(facts, local_holidays_at_court=False)
    assert got["appeal_last_day"] == date(2027, 12, 20)


def test_g10_worked_saturdays_bring_the_acknowledgements_forward_only():
    facts = make_facts(received_on=date(2026, 9, 18))
    usual, worked = days(facts), days(facts, extra_weekdays=frozenset({5}))
    assert worked["aee_latest"] == date(2026, 9, 19)
    assert worked["are_latest"] == date(2026, 9, 30)
    assert worked["appeal_last_day"] == usual["appeal_last_day"]
