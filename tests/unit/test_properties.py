"""What must hold for every request: CRPA L114-3, L114-5, L231-1, L231-4."""

from dataclasses import replace
from datetime import date, timedelta

from grc_rules.grc_sve.clock import (
    Conventions,
    Event,
    Facts,
    add_months,
    evaluate,
)
from grc_rules.grc_sve.pieces import piece_requests
from grc_rules.grc_sve.silence import silence_start
from grc_rules.grc_sve.working_days import (
    TERRITORIES,
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
    roll_forward,
)
from hypothesis import given
from hypothesis import strategies as st

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2016, 1, 1), date(2040, 12, 31))
TERRITORY = st.sampled_from(sorted(TERRITORIES))
REGIMES = st.sampled_from(("sva", "svr"))
AFTER_J = ("missing_notified", "partial_produced", "all_produced")
AFTER_J += ("internal_reassign", "express_decision", "are_instant")
MOVES = ("transferred", "received_by_competent", "ack_sent")


@st.composite
def events(draw, since: date, kinds=AFTER_J + MOVES, span=150) -> Event:
    on = since + draw(st.integers(0, span)) * ONE_DAY
    deadline = on + draw(st.integers(-5, 60)) * ONE_DAY
    return Event(draw(st.sampled_from(kinds)), on, deadline, draw(st.booleans()))


@st.composite
def requests(draw, regime=REGIMES, **changes) -> Facts:
    received_on = draw(DAYS)
    start = received_on - 5 * ONE_DAY  # some events come before the reception
    values = {
        "territory": draw(TERRITORY),
        "received_on": received_on,
        "regime": draw(regime),
        "period_months": draw(st.integers(1, 6)),
        "start_basis": draw(st.sampled_from(("default", "competent", "ack_sent"))),
        "events": tuple(draw(st.lists(events(start), max_size=6))),
        "distance_months": draw(st.integers(0, 2)),
    }
    return Facts(**{**values, **changes})


# === EVENTS === #


@given(requests(), st.randoms(use_true_random=False))
def test_order_of_events_is_irrelevant(facts, random):
    shuffled = random.sample(facts.events, len(facts.events))
    assert evaluate(replace(facts, events=tuple(shuffled))) == evaluate(facts)


@given(requests())
def test_duplicate_events_are_irrelevant(facts):
    assert evaluate(replace(facts, events=facts.events * 2)) == evaluate(facts)


@given(requests(), st.data())
def test_events_after_j_have_no_effect_on_j(facts, data):
    clock = evaluate(facts)
    if clock.implicit_on is None:
        return
    late = data.draw(events(clock.implicit_on + ONE_DAY, AFTER_J))
    got = evaluate(replace(facts, events=(*facts.events, late)))
    assert got.implicit_on == clock.implicit_on
    assert got.appeal_last_day == clock.appeal_last_day


@given(requests())
def test_internal_reassignment_and_partial_production_have_no_effect(facts):
    harmless = ("internal_reassign", "partial_produced")
    kept = tuple(one for one in facts.events if one.kind not in harmless)
    got, expected = evaluate(replace(facts, events=kept)), evaluate(facts)
    assert got.as_vals() == expected.as_vals()


@given(requests())
def test_events_before_the_reception_change_no_day(facts):
    kept = tuple(one for one in facts.events if one.on >= facts.received_on)
    got, expected = evaluate(replace(facts, events=kept)), evaluate(facts)
    assert got.as_vals() == expected.as_vals()


# === DAYS === #


@given(requests(events=()), st.integers(0, 40))
def test_a_later_reception_never_brings_a_day_forward(facts, delay):
    later = replace(facts, received_on=facts.received_on + delay * ONE_DAY)
    before, after = evaluate(facts).as_vals(), evaluate(later).as_vals()
    for name, day in before.items():
        assert (day is None) is (after[name] is None)
        assert day is None or day <= after[name]


@given(requests())
def test_effect_is_the_day_after_j(facts):
    clock = evaluate(facts)
    if clock.implicit_on is None:
        assert clock.implicit_effective_from is None
        assert clock.appeal_last_day is None
    else:
        assert clock.implicit_effective_from == clock.implicit_on + ONE_DAY
        assert clock.implicit_on >= add_months(facts.received_on, facts.period_months)


@given(requests())
def test_acknowledgement_limits_are_working_days_after_the_reception(facts):
    clock = evaluate(facts)
    if clock.aee_latest:
        assert clock.aee_latest > facts.received_on
        assert is_working_day(clock.aee_latest, facts.territory)
    if clock.are_latest:
        assert clock.are_latest >= facts.received_on


@given(requests(regime=st.just("svr")))
def test_appeal_ends_on_a_working_day_at_least_two_months_after_j(facts):
    clock = evaluate(facts)
    assert (clock.appeal_last_day is None) is (clock.implicit_on is None)
    if clock.appeal_last_day:
        assert clock.appeal_last_day > add_months(clock.implicit_on, 2)
        assert is_working_day(clock.appeal_last_day, facts.territory)


@given(requests(regime=st.just("sva")))
def test_acceptance_never_comes_before_a_full_period_of_completeness(facts):
    clock = evaluate(facts)
    assert clock.appeal_last_day is None
    if clock.implicit_on is None:
        return
    for request in piece_requests(facts):
        if request.on <= clock.implicit_on:
            since = [day for day in facts.days("all_produced") if day >= request.on]
            complete = add_months(min(since), facts.period_months)
            assert clock.implicit_on >= complete


@given(requests(regime=st.just("svr")))
def test_suspension_lasts_at_most_the_time_given(facts):
    clock, start = evaluate(facts), silence_start(facts)
    if clock.implicit_on is None:
        return
    nominal = add_months(start, facts.period_months)
    given_days = sum(
        max(0, (one.deadline - one.on).days) for one in piece_requests(facts)
    )
    assert nominal <= clock.implicit_on <= nominal + given_days * ONE_DAY


@given(requests(regime=st.just("svr")))
def test_counting_shared_days_once_never_suspends_longer(facts):
    cumulated = evaluate(facts).implicit_on
    once = evaluate(facts, Conventions(overlap_once=True)).implicit_on
    if cumulated and once:
        assert once <= cumulated


@given(requests(regime=st.just("svr")), st.data())
def test_reasons_never_move_j_nor_shorten_the_appeal(facts, data):
    clock = evaluate(facts)
    if clock.implicit_on is None:
        return
    asked = data.draw(events(facts.received_on, ("reasons_requested",), 400))
    told = data.draw(events(facts.received_on, ("reasons_given",), 400))
    got = evaluate(replace(facts, events=(*facts.events, asked, told)))
    assert got.implicit_on == clock.implicit_on
    if got.appeal_last_day:
        assert got.appeal_last_day >= clock.appeal_last_day


@given(requests(regime=st.just("svr"), distance_months=0), st.integers(0, 1))
def test_more_distance_never_brings_the_appeal_forward(facts, months):
    nearer = evaluate(replace(facts, distance_months=months))
    farther = evaluate(replace(facts, distance_months=months + 1))
    assert farther.implicit_on == nearer.implicit_on
    if nearer.appeal_last_day:
        assert nearer.appeal_last_day < farther.appeal_last_day


@given(requests())
def test_the_same_facts_give_the_same_days_again(facts):
    again = replace(facts, events=tuple(reversed(facts.events)))
    assert evaluate(facts) == evaluate(facts) == evaluate(again)


@given(requests(regime=st.just("sva")), st.data())
def test_acceptance_waits_while_a_piece_asked_before_j_is_missing(facts, data):
    nothing_came = tuple(one for one in facts.events if one.kind != "all_produced")
    facts = replace(facts, events=nothing_came)
    clock = evaluate(facts)
    if clock.implicit_on is None:
        return
    on = data.draw(st.dates(facts.received_on, clock.implicit_on))
    asked = Event("missing_notified", on, on + 15 * ONE_DAY)
    assert evaluate(replace(facts, events=(*nothing_came, asked))).implicit_on is None


# === CALENDAR === #


@given(DAYS, st.integers(0, 60))
def test_months_keep_the_quantieme_or_take_the_last_day(day, months):
    got = add_months(day, months)
    assert (got.year - day.year) * 12 + got.month - day.month == months
    assert got.day == day.day or (got.day < day.day and (got + ONE_DAY).day == 1)


@given(DAYS, DAYS, st.integers(0, 24))
def test_months_keep_the_order_of_days(first, second, months):
    first, second = sorted((first, second))
    assert add_months(first, months) <= add_months(second, months)


@given(DAYS, TERRITORY)
def test_neighbouring_working_days_surround_the_day(day, territory):
    before, after = (
        previous_working_day(day, territory),
        next_working_day(day, territory),
    )
    assert before < day < after
    assert roll_forward(day, territory) in (day, after)
    inside = [before + n * ONE_DAY for n in range(1, (after - before).days)]
    assert [one for one in inside if is_working_day(one, territory)] in ([], [day])


@given(DAYS, TERRITORY, st.integers(0, 15))
def test_as_many_working_days_as_added_lie_after_the_day(day, territory, count):
    end = add_working_days(day, count, territory)
    span = [day + n * ONE_DAY for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one, territory) for one in span) == count


@given(DAYS, TERRITORY)
def test_worked_saturdays_never_push_a_deadline_back(day, territory):
    usual = add_working_days(day, 10, territory)
    assert add_working_days(day, 10, territory, extra_weekdays={5}) <= usual
