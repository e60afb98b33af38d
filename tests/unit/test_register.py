"""The register: its seals, its check, its export (CRPA L112-11)."""

from datetime import date, datetime

import pytest
from grc_rules.grc_base.chain import event_hash, first_broken_link
from grc_rules.grc_sve.register import (
    changed_days,
    csv_cell,
    day_end,
    missing_entries,
    seal_facts,
)

ENTRIES = [["2026-000001", 3, "a" * 64], ["2026-000002", 1, "b" * 64]]


def test_a_seal_holds_every_request_and_its_last_hash():
    facts = seal_facts(1, date(2026, 9, 15), "2026-09-16 01:30:00", ENTRIES)
    assert facts["count"] == 2
    assert facts["on"] == "2026-09-15"
    sealed = event_hash("", facts)
    for changed in (ENTRIES[:1], ENTRIES[::-1], [["2026-000001", 3, "c" * 64]]):
        other = seal_facts(1, date(2026, 9, 15), "2026-09-16 01:30:00", changed)
        assert event_hash("", other) != sealed


def test_seals_are_a_chain_that_is_verified_from_anywhere():
    first = seal_facts(1, date(2026, 9, 15), "2026-09-16 01:30:00", ENTRIES)
    second = seal_facts(2, date(2026, 9, 16), "2026-09-17 01:30:00", [])
    head = event_hash("", first)
    link = (head, event_hash(head, second), second)
    assert first_broken_link([link], head) is None
    assert first_broken_link([link]) == 0
    assert first_broken_link([link], "f" * 64) == 0


def test_a_deleted_request_is_named():
    found = {("2026-000002", 1): "b" * 64}
    assert missing_entries(ENTRIES, found) == [("2026-000001", 3)]


def test_a_history_written_again_is_named():
    found = {("2026-000001", 3): "a" * 64, ("2026-000002", 1): "f" * 64}
    assert missing_entries(ENTRIES, found) == [("2026-000002", 1)]


def test_events_after_the_seal_change_nothing():
    found = {(number, rank): seal for number, rank, seal in ENTRIES}
    assert missing_entries(ENTRIES, found | {("2026-000001", 4): "d" * 64}) == []


def test_only_the_days_that_differ_are_reported():
    day = date(2026, 9, 15)
    stored = {"received_on": day, "implicit_on": False, "aee_latest": day}
    computed = {"received_on": day, "implicit_on": None, "aee_latest": None}
    assert changed_days(stored, computed) == {"aee_latest": (day, None)}


@pytest.mark.parametrize(
    ("day", "timezone", "instant"),
    [
        (date(2026, 9, 15), "Europe/Paris", datetime(2026, 9, 15, 22)),
        (date(2026, 12, 31), "Europe/Paris", datetime(2026, 12, 31, 23)),
        # summer time ends: the day has 25 hours
        (date(2026, 10, 25), "Europe/Paris", datetime(2026, 10, 25, 23)),
        (date(2026, 9, 15), "America/Martinique", datetime(2026, 9, 16, 4)),
        (date(2026, 9, 15), "Indian/Reunion", datetime(2026, 9, 15, 20)),
    ],
)
def test_a_day_ends_on_the_clock_of_the_town(day, timezone, instant):
    assert day_end(day, timezone) == instant


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"]
)
def test_no_cell_is_a_formula(text):
    assert csv_cell(text) == f"'{text}"


def test_other_cells_are_left_alone():
    assert csv_cell("a = b") == "a = b"
    assert csv_cell("2026-000123") == "2026-000123"
    assert csv_cell(None) == csv_cell(False) == ""
    assert csv_cell(0) == "0"
