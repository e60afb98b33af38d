"""The legal clock without missing pieces: acknowledgements, silence, decision, appeal.

One test per case of law: CRPA L100-3, L112-11, L112-13, L114-2 to L114-4,
L231-1, L231-4, R112-11-2, R311-13, R311-15; C. urb. R474-1; CJA R421-1, R421-2, R421-7.
"""

from datetime import date

import pytest
from grc_rules.grc_sve.clock import evaluate
from sve_cases import RECEIVED, event, make_facts

J = date(2026, 11, 15)  # a Sunday


def days(*events, **changes) -> dict:
    return evaluate(make_facts(*events, **changes)).as_vals()


# === ACKNOWLEDGEMENTS === #


def test_nominal_rejection_gives_every_day():
    assert days() == {
        "received_on": RECEIVED,
        "aee_latest": date(2026, 9, 16),
        "are_latest": date(2026, 9, 29),
        "implicit_on": J,
        "implicit_effective_from": date(2026, 11, 16),
        "appeal_last_day": date(2027, 1, 18),
    }


def test_nominal_acceptance_gives_no_court_day():
    got = days(regime="sva")
    assert got["implicit_on"] == J
    assert got["appeal_last_day"] is None


def test_friday_evening_is_received_on_friday_and_registered_on_monday():
    got = days(received_on=date(2026, 9, 18))
    assert got["received_on"] == date(2026, 9, 18)
    assert got["aee_latest"] == date(2026, 9, 21)


def test_holiday_does_not_postpone_the_reception():
    got = days(received_on=date(2026, 7, 14))
    assert got["received_on"] == date(2026, 7, 14)
    assert got["aee_latest"] == date(2026, 7, 15)
    assert got["implicit_on"] == date(2026, 9, 14)


def test_instantaneous_are_replaces_the_aee():
    got = days(event("are_instant", "2026-09-15"))
    assert got["aee_latest"] is None
    assert got["are_latest"] == RECEIVED


def test_are_called_instant_but_sent_later_leaves_both_limits():
    got = days(event("are_instant", "2026-09-16"))
    assert got["aee_latest"] == date(2026, 9, 16)
    assert got["are_latest"] == date(2026, 9, 29)


def test_question_is_acknowledged_and_starts_no_silence():
    got = days(nature="question", regime="none", period_months=None)
    assert got["aee_latest"] == date(2026, 9, 16)
    assert got["are_latest"] == date(2026, 9, 29)
    assert got["implicit_on"] is None
    assert got["appeal_last_day"] is None


def test_question_starts_no_silence_even_on_a_prestation_with_a_regime():
    assert days(nature="question")["implicit_on"] is None


def test_request_without_regime_gives_no_implicit_decision():
    got = days(regime="none", period_months=None)
    assert got["are_latest"] == date(2026, 9, 29)
    assert got["implicit_on"] is None


@pytest.mark.parametrize("regime", ["sva", "svr"])
def test_abusive_demande_is_owed_no_acknowledgement_but_keeps_its_clock(regime):
    got = days(nature="abusive", regime=regime)
    assert got["aee_latest"] is None
    assert got["are_latest"] is None
    assert got["implicit_on"] == J


def test_abusive_question_has_no_day_but_its_reception():
    got = days(nature="abusive", regime="none", period_months=None)
    assert [name for name, day in got.items() if day] == ["received_on"]


# === TRANSFER === #

TRANSFERRED = event("transferred", "2026-09-23")
ARRIVED = event("received_by_competent", "2026-09-25")


def test_rejection_runs_from_the_authority_first_seized():
    got = days(TRANSFERRED, ARRIVED)
    assert got["aee_latest"] == date(2026, 9, 16)
    assert got["are_latest"] == date(2026, 10, 9)
    assert got["implicit_on"] == J


def test_acceptance_runs_from_the_competent_authority():
    got = days(TRANSFERRED, ARRIVED, regime="sva")
    assert got["are_latest"] == date(2026, 10, 9)
    assert got["implicit_on"] == date(2026, 11, 25)


def test_nothing_runs_for_the_competent_authority_while_the_file_travels():
    accepted, rejected = days(TRANSFERRED, regime="sva"), days(TRANSFERRED)
    assert accepted["are_latest"] is rejected["are_latest"] is None
    assert accepted["implicit_on"] is None
    assert rejected["implicit_on"] == J


def test_second_transfer_waits_for_its_own_reception():
    again = event("transferred", "2026-09-30")
    assert days(TRANSFERRED, ARRIVED, again)["are_latest"] is None
    last = event("received_by_competent", "2026-10-02")
    got = days(TRANSFERRED, ARRIVED, again, last, regime="sva")
    assert got["implicit_on"] == date(2026, 12, 2)


def test_reception_by_the_competent_authority_is_enough_without_a_transfer():
    assert days(ARRIVED, regime="sva")["implicit_on"] == date(2026, 11, 25)


def test_file_transferred_and_received_on_the_same_day_runs_from_that_day():
    arrived = event("received_by_competent", "2026-09-23")
    assert days(TRANSFERRED, arrived, regime="sva")["implicit_on"] == date(2026, 11, 23)


def test_first_reception_after_the_transfer_counts():
    again = event("received_by_competent", "2026-09-28")
    assert days(TRANSFERRED, again, ARRIVED) == days(TRANSFERRED, ARRIVED)


def test_instantaneous_are_of_the_wrong_authority_does_not_free_the_competent_one():
    got = days(event("are_instant", "2026-09-15"), TRANSFERRED, ARRIVED)
    assert got["aee_latest"] is None
    assert got["are_latest"] == date(2026, 10, 9)


def test_instantaneous_are_of_the_competent_authority_leaves_the_aee_of_the_first():
    got = days(TRANSFERRED, ARRIVED, event("are_instant", "2026-09-25"))
    assert got["aee_latest"] == date(2026, 9, 16)
    assert got["are_latest"] == date(2026, 9, 25)


def test_wrong_service_of_the_same_commune_changes_nothing():
    moved = event("internal_reassign", "2026-09-25")
    assert days(moved, regime="sva") == days(regime="sva")


# === START OF THE SILENCE === #


def test_access_to_documents_runs_from_the_competent_authority():
    cada = {"start_basis": "competent", "period_months": 1}
    cada["mandatory_prior_appeal"] = True
    got = days(**cada)
    assert got["implicit_on"] == date(2026, 10, 15)
    assert got["appeal_last_day"] is None
    assert days(TRANSFERRED, ARRIVED, **cada)["implicit_on"] == date(2026, 10, 25)
    assert days(TRANSFERRED, **cada)["implicit_on"] is None


def urbanisme(*events, **changes) -> dict:
    changes = {"regime": "sva", "start_basis": "ack_sent", **changes}
    return days(*events, **changes)


def test_urbanisme_runs_from_the_sending_of_the_acknowledgement():
    received = date(2026, 5, 29)
    sent = event("ack_sent", "2026-06-01")
    got = urbanisme(sent, received_on=received, period_months=1)
    assert got["implicit_on"] == date(2026, 7, 1)


def test_urbanisme_runs_from_the_first_of_two_acknowledgements():
    aee, are = event("ack_sent", "2026-09-16"), event("ack_sent", "2026-09-25")
    assert urbanisme(are, aee)["implicit_on"] == date(2026, 11, 16)


def test_urbanisme_without_acknowledgement_has_no_silence_yet():
    got = urbanisme()
    assert got["implicit_on"] is None
    assert got["aee_latest"] == date(2026, 9, 16)


def test_instantaneous_are_is_a_sending_for_urbanisme():
    assert urbanisme(event("are_instant", "2026-09-15"))["implicit_on"] == J


def test_acknowledgement_changes_nothing_outside_urbanisme():
    assert days(event("ack_sent", "2026-09-16")) == days()


# === DECISION === #


def test_silence_that_ends_on_a_holiday_is_not_extended():
    got = days(received_on=date(2026, 6, 15), regime="sva")
    assert got["implicit_on"] == date(2026, 8, 15)


@pytest.mark.parametrize("day", ["2026-09-15", "2026-11-10", "2026-11-15"])
@pytest.mark.parametrize("regime", ["sva", "svr"])
def test_express_decision_until_j_leaves_no_implicit_one(regime, day):
    got = days(event("express_decision", day), regime=regime)
    assert got["implicit_on"] is None
    assert got["implicit_effective_from"] is None
    assert got["appeal_last_day"] is None


@pytest.mark.parametrize("regime", ["sva", "svr"])
def test_express_decision_after_j_does_not_undo_the_implicit_one(regime):
    late = event("express_decision", "2026-11-16")
    assert days(late, regime=regime) == days(regime=regime)


def test_first_of_two_express_decisions_counts():
    late = event("express_decision", "2026-11-20")
    assert days(late, event("express_decision", "2026-11-10"))["implicit_on"] is None


@pytest.mark.parametrize("kind", ["express_decision", "are_instant", "transferred"])
def test_event_before_the_reception_belongs_to_another_file(kind):
    assert days(event(kind, "2026-09-14")) == days()


def test_acknowledgement_before_the_reception_starts_nothing():
    assert urbanisme(event("ack_sent", "2026-09-14"))["implicit_on"] is None


def test_day_outside_the_calendar_is_refused():
    with pytest.raises(ValueError, match="outside the calendar"):
        evaluate(make_facts(received_on=date(9999, 12, 31), regime="none"))
    with pytest.raises(ValueError, match="9999"):
        evaluate(make_facts(period_months=12 * 8000))


# === APPEAL === #


@pytest.mark.parametrize(
    ("months", "last_day"),
    [(0, date(2027, 1, 18)), (1, date(2027, 2, 16)), (2, date(2027, 3, 16))],
)
def test_distance_lengthens_the_appeal_period(months, last_day):
    assert days(distance_months=months)["appeal_last_day"] == last_day


def test_appeal_period_is_franc_at_the_end_of_a_month():
    got = days(received_on=date(2026, 12, 30))
    assert got["implicit_on"] == date(2027, 2, 28)
    assert got["appeal_last_day"] == date(2027, 4, 29)


def test_appeal_period_rolls_over_a_holiday_and_a_weekend():
    got = days(received_on=date(2026, 8, 31))
    assert got["implicit_on"] == date(2026, 10, 31)
    assert got["appeal_last_day"] == date(2027, 1, 4)


def test_appeal_period_rolls_over_the_holiday_of_the_territory():
    # J = 20/10/2027, + 2 months + 1 day = 21/12; one day earlier is 20/12, off in 974.
    received = date(2027, 8, 19)
    metropolitan = days(received_on=received)
    reunion = days(received_on=received, territory="FR-974")
    assert metropolitan["appeal_last_day"] == date(2027, 12, 20)
    assert reunion["appeal_last_day"] == date(2027, 12, 21)


def test_mandatory_prior_appeal_gives_no_court_day():
    got = days(mandatory_prior_appeal=True)
    assert got["implicit_on"] == J
    assert got["appeal_last_day"] is None
