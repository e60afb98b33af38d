"""Appeals before the administration, transfers and reserved channels."""

from datetime import date

import pytest
from grc_rules.grc_sve import clock
from grc_rules.grc_sve.administrative_appeal import (
    appeal_interrupts,
    express_appeal_last_day,
)
from grc_rules.grc_sve.transfer import transfer_effect
from sve_cases import make_facts

LAST = date(2027, 1, 18)


@pytest.mark.parametrize(
    ("appealed_on", "expected"),
    [
        (date(2026, 11, 16), True),
        (LAST, True),
        (date(2027, 1, 19), False),
    ],
)
def test_appeal_within_the_period_interrupts_it(appealed_on, expected):
    assert appeal_interrupts(False, appealed_on, LAST) is expected


def test_appeal_in_urbanisme_never_interrupts():
    assert not appeal_interrupts(True, date(2026, 11, 16), LAST)
    assert not appeal_interrupts(True, date(2026, 11, 16), None)


def test_period_that_never_began_is_never_over():
    assert appeal_interrupts(False, date(2036, 1, 1), None)


@pytest.mark.parametrize(
    ("notified_on", "expected"),
    [
        (date(2021, 1, 3), date(2021, 3, 4)),
        # 16 January 2027 is a Saturday.
        (date(2026, 11, 15), date(2027, 1, 18)),
    ],
)
def test_period_against_an_express_decision_is_franc(notified_on, expected):
    assert express_appeal_last_day(notified_on, "FR-MET") == expected


def test_reserved_channel_starts_no_period():
    got = clock.evaluate(make_facts(nature="wrong_channel"))
    days = got.as_vals()
    assert days.pop("received_on")
    assert set(days.values()) == {None}
    articles = {step.code: step.article for step in got.steps}
    assert articles == {
        "received": "CRPA L112-13",
        "acknowledgement_not_owed": "CRPA L112-9 al. 3",
        "no_silence": "CRPA L112-9 al. 3",
    }


@pytest.mark.parametrize(
    ("regime", "start_basis", "expected"),
    [
        ("svr", "default", "first"),
        ("sva", "default", "competent"),
        ("svr", "competent", "competent"),
        ("sva", "ack_sent", "acknowledgement"),
        ("none", "default", "none"),
        ("unknown", "default", "unknown"),
    ],
)
def test_transfer_says_from_when_silence_runs(regime, start_basis, expected):
    assert transfer_effect(regime, start_basis) == expected


def test_transfer_of_an_unheard_of_regime_is_refused():
    with pytest.raises(ValueError, match="regime"):
        transfer_effect("maybe")
