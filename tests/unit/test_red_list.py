"""Acknowledgements near their limit: CRPA R112-11-2, L112-12."""

from datetime import date

import pytest
from grc_rules.grc_sve.red_list import red_limit, red_list_until

AEE, ARE = date(2026, 9, 16), date(2026, 9, 29)


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 9, 15), date(2026, 9, 17)),
        (date(2026, 9, 17), date(2026, 9, 21)),
        (date(2026, 11, 10), date(2026, 11, 13)),
    ],
)
def test_two_working_days_ahead(today, until):
    assert red_list_until(today, "FR-MET") == until


@pytest.mark.parametrize(
    ("state", "aee", "are", "limit"),
    [
        ("waiting", AEE, ARE, AEE),
        ("waiting", None, ARE, ARE),
        ("waiting", None, None, None),
        ("aee_sent", AEE, ARE, ARE),
        ("are_sent", AEE, ARE, None),
        ("not_due", None, None, None),
    ],
)
def test_the_next_limit_is_that_of_what_has_not_left(state, aee, are, limit):
    assert red_limit(state, aee, are) == limit
