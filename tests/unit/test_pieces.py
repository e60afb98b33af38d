"""Missing pieces and silence: CRPA L114-5, L114-5-1, L231-6; CPC art. 642."""

from datetime import date

import pytest
from grc_rules.grc_sve.clock import evaluate
from grc_rules.grc_sve.pieces import piece_requests
from sve_cases import asked, event, make_facts

J = date(2026, 11, 15)
ASKED = asked("2026-09-22", "2026-10-07")


def implicit_on(*events, **changes) -> date | None:
    return evaluate(make_facts(*events, **changes)).implicit_on


def produced(day: str):
    return event("all_produced", day)


# === SILENCE REJECTS: THE PERIOD IS SUSPENDED === #


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([produced("2026-09-30")], date(2026, 11, 23)),
        ([produced("2026-09-22")], J),
        ([produced("2026-10-07")], date(2026, 11, 30)),
        ([], date(2026, 11, 30)),
        ([produced("2026-10-20")], date(2026, 11, 30)),
        ([event("partial_produced", "2026-09-25")], date(2026, 11, 30)),
        (
            [event("partial_produced", "2026-09-25"), produced("2026-09-30")],
            date(2026, 11, 23),
        ),
        ([produced("2026-09-30"), produced("2026-10-02")], date(2026, 11, 23)),
        ([produced("2026-09-18")], date(2026, 11, 30)),
    ],
    ids=[
        "before the deadline: 8 days",
        "on the day of the request: nothing",
        "on the deadline: 15 days",
        "never: the deadline ends the suspension",
        "after the deadline: no further effect",
        "in part: nothing",
        "in part then in full: the full one counts",
        "twice: the first counts",
        "before the request: other pieces",
    ],
)
def test_suspension_ends_at_the_production_or_the_deadline(events, expected):
    assert implicit_on(ASKED, *events) == expected


def test_suspension_postpones_the_appeal_too():
    clock = evaluate(make_facts(ASKED, produced("2026-09-30")))
    assert clock.implicit_effective_from == date(2026, 11, 24)
    assert clock.appeal_last_day == date(2027, 1, 25)


def test_two_requests_apart_are_added():
    again = asked("2026-10-12", "2026-10-27")
    assert implicit_on(ASKED, again) == date(2026, 12, 15)
    both = [produced("2026-09-30"), produced("2026-10-20")]
    assert implicit_on(ASKED, again, *both) == date(2026, 12, 1)


def test_two_requests_that_overlap_are_added():
    assert implicit_on(ASKED, asked("2026-09-30", "2026-10-15")) == date(2026, 12, 15)


def test_two_requests_of_the_same_day_are_one_with_the_latest_deadline():
    short = asked("2026-09-22", "2026-10-01")
    assert piece_requests(make_facts(short, ASKED)) == (ASKED,)
    assert implicit_on(short, ASKED) == date(2026, 11, 30)


def test_request_sent_on_j_still_suspends():
    assert implicit_on(asked("2026-11-15", "2026-11-30")) == date(2026, 11, 30)


def test_request_sent_after_j_has_no_effect():
    assert implicit_on(asked("2026-11-16", "2026-12-05")) == J


def test_request_sent_before_the_postponed_j_suspends_again():
    assert implicit_on(ASKED, asked("2026-11-20", "2026-12-05")) == date(2026, 12, 15)


def test_deadline_before_the_request_gives_no_time_and_suspends_nothing():
    assert implicit_on(asked("2026-09-22", "2026-09-21")) == J


def test_deadline_after_j_suspends_until_the_deadline():
    assert implicit_on(asked("2026-11-10", "2026-12-10")) == date(2026, 12, 15)


def test_request_before_the_silence_runs_suspends_from_its_start_only():
    events = [
        event("transferred", "2026-09-16"),
        asked("2026-09-18", "2026-10-05"),
        event("received_by_competent", "2026-09-25"),
    ]
    got = implicit_on(*events, start_basis="competent", period_months=1)
    assert got == date(2026, 11, 4)


def test_request_before_the_reception_belongs_to_another_file():
    assert implicit_on(asked("2026-09-14", "2026-10-14")) == J


def test_express_decision_before_the_postponed_j_takes_its_place():
    assert implicit_on(ASKED, event("express_decision", "2026-11-30")) is None
    late = event("express_decision", "2026-12-01")
    assert implicit_on(ASKED, late) == date(2026, 11, 30)


# === SILENCE ACCEPTS: THE WHOLE PERIOD RESTARTS === #


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([produced("2026-09-30")], date(2026, 11, 30)),
        ([produced("2026-10-20")], date(2026, 12, 20)),
        ([], None),
        ([event("partial_produced", "2026-09-30")], None),
        ([produced("2026-09-18")], None),
        ([produced("2026-09-30"), produced("2026-10-20")], date(2026, 11, 30)),
    ],
    ids=[
        "before the deadline",
        "after the deadline",
        "never complete, never accepted",
        "complete in part",
        "before the request: other pieces",
        "twice: complete the first time",
    ],
)
def test_acceptance_runs_from_the_last_piece(events, expected):
    assert implicit_on(ASKED, *events, regime="sva") == expected


def test_acceptance_waits_for_the_pieces_of_the_last_request():
    again = asked("2026-10-12", "2026-10-27")
    events = [ASKED, produced("2026-09-30"), again]
    assert implicit_on(*events, regime="sva") is None
    got = implicit_on(*events, produced("2026-10-20"), regime="sva")
    assert got == date(2026, 12, 20)


def test_one_production_can_answer_two_requests():
    events = [ASKED, asked("2026-10-01", "2026-10-16"), produced("2026-10-05")]
    assert implicit_on(*events, regime="sva") == date(2026, 12, 5)


def test_pieces_asked_on_j_stop_the_acceptance():
    events = [asked("2026-11-15", "2026-11-30"), produced("2026-11-20")]
    assert implicit_on(events[0], regime="sva") is None
    assert implicit_on(*events, regime="sva") == date(2027, 1, 20)


def test_pieces_asked_after_j_do_not_take_the_acceptance_back():
    assert implicit_on(asked("2026-11-16", "2026-12-05"), regime="sva") == J


def test_pieces_nobody_asked_for_do_not_delay_the_acceptance():
    assert implicit_on(produced("2026-10-20"), regime="sva") == J


def test_complete_before_the_transfer_arrives_runs_from_the_arrival():
    events = [
        asked("2026-09-18", "2026-10-03"),
        produced("2026-09-21"),
        event("transferred", "2026-09-23"),
        event("received_by_competent", "2026-09-25"),
    ]
    assert implicit_on(*events, regime="sva") == date(2026, 11, 25)


def test_urbanisme_complete_after_the_acknowledgement_runs_from_the_last_piece():
    events = [event("ack_sent", "2026-09-16"), ASKED, produced("2026-09-30")]
    got = implicit_on(*events, regime="sva", start_basis="ack_sent")
    assert got == date(2026, 11, 30)


# === PIECES THAT ARE NOT INDISPENSABLE === #


@pytest.mark.parametrize("regime", ["sva", "svr"])
def test_piece_that_is_not_indispensable_stops_nothing(regime):
    optional = asked("2026-09-22", "2026-10-07", indispensable=False)
    assert implicit_on(optional, regime=regime) == J


def test_only_the_indispensable_pieces_of_a_file_count():
    optional = asked("2026-09-22", "2026-11-30", indispensable=False)
    assert implicit_on(ASKED, optional) == date(2026, 11, 30)
