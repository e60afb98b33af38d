"""When a message that could not leave is tried again."""

from datetime import timedelta

import pytest
from grc_rules.grc_base.delivery import retry_delay


def test_quick_at_first():
    assert retry_delay(1) == timedelta(minutes=1)
    assert retry_delay(4) == timedelta(minutes=15)


def test_the_waits_never_shrink():
    waits = [retry_delay(attempts) for attempts in range(1, 15)]
    assert waits == sorted(waits)


def test_it_lasts_a_little_over_three_days():
    total = sum((retry_delay(attempts) for attempts in range(1, 15)), timedelta())
    assert timedelta(days=3) < total < timedelta(days=3, hours=6)


def test_then_somebody_must_act():
    assert retry_delay(15) is None
    assert retry_delay(1000) is None


@pytest.mark.parametrize("attempts", [0, -1])
def test_attempts_start_at_one(attempts):
    with pytest.raises(ValueError, match="starts at 1"):
        retry_delay(attempts)
