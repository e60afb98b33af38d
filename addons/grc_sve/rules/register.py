"""The register of the saisines: its seals, its check, its export."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# What a spreadsheet takes for the beginning of a formula, full-width signs included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def day_end(day: date, timezone: str) -> datetime:
    """Return the instant at which a civil day ends.

    :param day: civil day of the local authority
    :param timezone: IANA name
    :return: naive UTC, first instant of the next day

    Source: none (technical).
    """
    midnight = datetime.combine(day + timedelta(1), time.min, ZoneInfo(timezone))
    return midnight.astimezone(UTC).replace(tzinfo=None)


def seal_facts(
    sequence: int, on: date, sealed_at: str, entries: Sequence[Sequence]
) -> Mapping:
    """Return what the seal of a day proves: every request recorded, and its history.

    :param sequence: rank of the seal, from 1
    :param on: civil day that is sealed
    :param sealed_at: instant of the sealing, UTC, as text
    :param entries: ``[number, rank of the last event, its hash]`` of each request

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    return {
        "sequence": sequence,
        "on": on.isoformat(),
        "at": sealed_at,
        "count": len(entries),
        "requests": [list(entry) for entry in entries],
    }


def missing_entries(
    entries: Sequence[Sequence], found: Mapping[tuple[str, int], str]
) -> list[tuple[str, int]]:
    """Return the sealed requests that are gone, or whose history is another one.

    :param entries: what was sealed, as in ``seal_facts``
    :param found: hash of each event that exists, by number and rank
    :return: number of the request and rank of the event that is not there any more

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    return [
        (number, rank)
        for number, rank, sealed in entries
        if found.get((number, rank)) != sealed
    ]


def changed_days(stored: Mapping, computed: Mapping) -> dict[str, tuple]:
    """Return the days that are not those that the events give.

    :param stored: day, or None, by name
    :param computed: the same names
    :return: ``(stored, computed)`` of each name that differs

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    return {
        name: (stored[name] or None, day or None)
        for name, day in computed.items()
        if (stored[name] or None) != (day or None)
    }


def csv_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    :param value: None and False are empty
    :return: the text, after an apostrophe when it looks like a formula

    Source: none (technical).
    """
    text = "" if value is None or value is False else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
