from datetime import date

import pytest
from grc_rules.grc_sve import clock, missing_reminder
from grc_rules.grc_sve.reasons import AGENT_ONLY_STEPS, STEPS_OF_DAYS, reasons

RECEIVED = date(2026, 9, 15)


def steps_of(*events, **facts):
    values = {"regime": "svr", "period_months": 2, "territory": "FR-MET"} | facts
    return clock.evaluate(
        clock.Facts(received_on=RECEIVED, nature="request", events=events, **values)
    ).steps


def codes(steps, day, **options):
    options = {"for_citizen": True} | options
    return [step.code for step in reasons(steps, day, **options)]


def test_every_step_explains_a_day():
    explained = {code for codes in STEPS_OF_DAYS.values() for code in codes}
    assert explained == set(clock.STEP_CODES)


def test_a_step_kept_from_the_public_exists():
    assert AGENT_ONLY_STEPS <= set(clock.STEP_CODES)


def test_the_public_never_reads_the_last_day_before_the_court():
    steps = steps_of()
    assert "appeal_limit" in {step.code for step in steps}
    for day in set(STEPS_OF_DAYS) - {"appeal_last_day"}:
        assert "appeal_limit" not in codes(steps, day)
        assert not AGENT_ONLY_STEPS & set(codes(steps, day))
    with pytest.raises(ValueError, match="never told"):
        reasons(steps, "appeal_last_day", for_citizen=True)
    assert codes(steps, "appeal_last_day", for_citizen=False)[-1] == "appeal_limit"


def test_the_order_is_that_of_the_reasoning():
    asked = clock.Event("missing_notified", date(2026, 9, 22), date(2026, 10, 7))
    assert codes(steps_of(asked), "implicit_on") == [
        "received",
        "silence_starts",
        "pieces_suspended",
        "implicit_rejection",
    ]


def test_each_acknowledgement_has_its_own_reasons():
    assert codes(steps_of(), "aee_latest") == ["received", "aee_limit"]
    assert codes(steps_of(), "are_latest") == ["received", "are_limit"]
    transferred = (
        clock.Event("transferred", date(2026, 9, 16)),
        clock.Event("received_by_competent", date(2026, 9, 20)),
    )
    assert codes(steps_of(*transferred), "are_latest") == [
        "received",
        "received_by_competent",
        "are_limit",
    ]


def test_paper_has_no_electronic_limit():
    assert codes(steps_of(), "are_latest", is_electronic=False) == ["received"]


def test_an_unknown_day_is_refused():
    with pytest.raises(ValueError, match="not a legal day"):
        reasons(steps_of(), "appeal", for_citizen=False)


@pytest.mark.parametrize(
    ("asked", "deadline", "days", "expected"),
    [
        (date(2026, 9, 22), date(2026, 10, 22), 7, date(2026, 10, 15)),
        (date(2026, 9, 22), date(2026, 9, 30), 7, date(2026, 9, 23)),
        # So short that the reminder would come with the request.
        (date(2026, 9, 22), date(2026, 9, 29), 7, None),
        (date(2026, 9, 22), date(2026, 10, 22), 0, None),
    ],
)
def test_when_the_citizen_is_reminded(asked, deadline, days, expected):
    assert missing_reminder.reminder_on(asked, deadline, days) == expected


def test_a_late_job_still_reminds_but_not_after_the_last_day():
    asked, deadline = date(2026, 9, 22), date(2026, 10, 22)
    due = {
        day: missing_reminder.is_reminder_due(asked, deadline, 7, date(2026, 10, day))
        for day in (14, 15, 20, 22, 23)
    }
    assert due == {14: False, 15: True, 20: True, 22: True, 23: False}


def test_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="days before"):
        missing_reminder.reminder_on(RECEIVED, RECEIVED, -1)
