"""The court's period after an appeal before the administration: CRPA L411-2, L412-7."""

from datetime import date, timedelta

import pytest
from grc_rules.grc_sve.administrative_appeal import (
    follows_urban_rule,
    urban_appeal_last_day,
)
from grc_rules.grc_sve.court import (
    COURT_STEP_CODES,
    Appeal,
    Contested,
    court_steps,
    refusal_step,
    restarted_last_day,
)
from hypothesis import given
from hypothesis import strategies as st

LAST = date(2026, 11, 23)
TODAY = date(2026, 12, 20)
IN_TIME = Appeal(date(2026, 10, 5), implicit_on=date(2026, 12, 5))
REFUSALS = {
    "collegial_never_late",
    "refusal_opens",
    "refusal_restarts",
    "collegial_restarts",
    "refusal_confirms",
}
DAYS = st.dates(date(2016, 1, 1), date(2040, 1, 1))


def steps(*appeals, today=TODAY, **values):
    values = {"territory": "FR-MET", "last_day": LAST} | values
    return court_steps(Contested(**values), appeals, today)


def codes(*appeals, **values):
    return [step.code for step in steps(*appeals, **values)]


def test_nothing_is_said_without_an_appeal():
    assert steps() == ()


def test_the_period_restarts_with_the_silence_on_the_appeal():
    received, restart = steps(IN_TIME)
    assert (received.code, received.article) == ("court_interrupted", "CRPA L411-2")
    # 5 December + 2 months, franc: 6 February 2027 is a Saturday.
    assert (restart.code, restart.on) == ("court_restarts", date(2027, 2, 8))
    assert restart.params == {"rejected_on": date(2026, 12, 5), "is_over": True}


def test_the_silence_on_the_appeal_still_runs():
    [_received, restart] = steps(IN_TIME, today=date(2026, 11, 1))
    assert restart.on == date(2027, 2, 8)
    assert restart.params["is_over"] is False


def test_an_express_rejection_restarts_it():
    appeal = Appeal(date(2026, 10, 5), told_on=date(2026, 10, 20))
    assert steps(appeal)[-1].on == date(2026, 12, 21)


@pytest.mark.parametrize(
    ("told_on", "rejected_on"),
    [
        (date(2026, 12, 1), date(2026, 12, 1)),
        # CJA R421-2: an express rejection within the two months opens them again
        (date(2027, 2, 6), date(2027, 2, 6)),
        (date(2027, 2, 7), date(2026, 12, 5)),
    ],
)
def test_a_late_answer_counts_while_the_period_is_open(told_on, rejected_on):
    appeal = Appeal(date(2026, 10, 5), date(2026, 12, 5), told_on)
    assert appeal.rejected_on() == rejected_on


def test_with_two_appeals_it_restarts_when_both_are_rejected():
    second = Appeal(date(2026, 11, 20), implicit_on=date(2027, 1, 20))
    assert steps(second, IN_TIME)[-1].params["rejected_on"] == date(2027, 1, 20)


def test_an_appeal_that_comes_too_late_interrupts_nothing():
    late = Appeal(date(2026, 11, 24), implicit_on=date(2027, 1, 24))
    assert codes(late) == ["appeal_too_late"]
    assert codes(IN_TIME, late) == [
        "court_interrupted",
        "appeal_too_late",
        "court_restarts",
    ]


def test_an_appeal_granted_leaves_nothing_to_contest():
    granted = Appeal(date(2026, 10, 5), is_granted=True)
    assert granted.rejected_on() is None
    assert codes(granted)[-1] == "appeal_granted"


def test_an_appeal_on_which_silence_decides_nothing_waits():
    assert codes(Appeal(date(2026, 10, 5)))[-1] == "appeal_waits"


def test_urbanisme_is_not_interrupted_since_28_november_2025():
    # C. urb. L600-12-2
    assert follows_urban_rule(True, date(2025, 11, 28))
    assert not follows_urban_rule(True, date(2025, 11, 27))
    assert not follows_urban_rule(False, date(2026, 1, 1))
    assert codes(IN_TIME, is_urban=True) == ["court_not_interrupted"]


def test_an_appeal_in_urbanisme_has_one_month():
    # C. urb. L600-12-2; franc: 22 October + 1 month = Sunday 22 + 1 day
    assert urban_appeal_last_day(date(2026, 10, 21), "FR-MET") == date(2026, 11, 23)


def test_a_prior_appeal_gives_the_period_of_the_court():
    # CRPA L412-7; even without a period that ran before
    made, restart = steps(IN_TIME, is_prior=True, last_day=None)
    assert (made.code, made.article) == ("prior_appeal_made", "CRPA L412-1")
    assert (restart.on, restart.article) == (date(2027, 2, 8), "CRPA L412-7")


def test_distance_lengthens_the_way_to_the_court_only():
    # CJA R421-7; CE Sect. 5 January 2000 n° 170954
    assert steps(IN_TIME, distance_months=1)[-1].on == date(2027, 3, 8)
    assert restarted_last_day(date(2026, 12, 5), "FR-MET", 2) == date(2027, 4, 6)
    late = Appeal(date(2026, 11, 24), implicit_on=date(2027, 1, 24))
    assert codes(late, distance_months=2) == ["appeal_too_late"]


def test_every_code_is_used():
    used = {
        *codes(IN_TIME),
        *codes(IN_TIME, is_urban=True),
        *codes(IN_TIME, is_prior=True),
        *codes(Appeal(date(2026, 11, 24))),
        *codes(Appeal(date(2026, 10, 5))),
        *codes(Appeal(date(2026, 10, 5), is_granted=True)),
    }
    assert used | REFUSALS == set(COURT_STEP_CODES)


@given(DAYS, st.sampled_from(("FR-MET", "FR-972")), st.integers(0, 1))
def test_more_distance_never_brings_the_last_day_forward(day, territory, months):
    nearer = restarted_last_day(day, territory, months)
    assert nearer <= restarted_last_day(day, territory, months + 1)


# === EXPRESS REFUSALS === #


@pytest.mark.parametrize(
    ("silent", "told", "collegial", "code", "day"),
    [
        # Refused in time: silence rejected nothing (R421-1).
        (None, date(2026, 10, 5), False, "refusal_opens", date(2026, 12, 7)),
        # Refused within the two months that silence opened, last day included.
        (LAST, date(2026, 11, 23), False, "refusal_restarts", date(2027, 1, 25)),
        # Later it only confirms (R421-2).
        (LAST, date(2026, 11, 24), False, "refusal_confirms", LAST),
        # A decision of the municipal council is never contested too late (R421-3).
        (LAST, date(2026, 11, 24), True, "collegial_restarts", date(2027, 1, 25)),
        (LAST, None, True, "collegial_never_late", None),
    ],
)
def test_what_an_express_refusal_does_to_the_period(silent, told, collegial, code, day):
    step = refusal_step(silent, told, "FR-MET", is_collegial=collegial)
    assert (step.code, step.on) == (code, day)


def test_without_refusal_nothing_is_said():
    assert refusal_step(LAST, None, "FR-MET") is None
    assert refusal_step(None, None, "FR-MET", is_collegial=True) is None


@given(DAYS, st.integers(1, 400), st.sampled_from((0, 1, 2)), st.booleans())
def test_a_refusal_after_silence_never_shortens_the_period(
    implicit_on, later, distance, collegial
):
    silent = restarted_last_day(implicit_on, "FR-MET", distance)
    told = implicit_on + timedelta(days=later)
    assert refusal_step(silent, told, "FR-MET", distance, collegial).on >= silent
