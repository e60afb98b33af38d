#!/usr/bin/env python3
"""Check a file of legal cases against the rules: ``vectors.py FILE.csv``.

Silent, exit 0: every output column of every row is found again. Exit 1: each cell
that differs is printed as ``row id, column, expected, got``. Exit 2: the file cannot
be read as cases. The columns are described in ``docs/legal.md``.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import rules_loader

clock = rules_loader.load("grc_sve.clock")
working_days = rules_loader.load("grc_sve.working_days")

BLANK = "none"
EVENT_KEYS = {"type", "date", "deadline", "indispensable"}


class MalformedError(Exception):
    """The file is not a file of cases; the message says where."""


@dataclass(frozen=True)
class Case:
    """Hold one row: its facts, and the days expected by column."""

    name: str
    facts: clock.Facts
    expected: dict[str, date | None]


# === CELLS === #


def parse_choice(*choices: str) -> Callable[[str], str]:
    """Return a reader of one of the values allowed."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{text!r} is not one of {', '.join(choices)}")
        return text

    return parse


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant with its offset; Python 3.10 does not know ``Z``."""
    instant = datetime.fromisoformat(re.sub("Z$", "+00:00", text))
    if instant.utcoffset() is None:
        raise ValueError(f"{text!r} has no UTC offset")
    return instant


def parse_day(text: str) -> date | None:
    """Read an ISO day; a blank cell is no day."""
    return date.fromisoformat(text) if text else None


def parse_period(text: str) -> int | None:
    """Read a number of months; a blank cell is no period."""
    return int(text) if text else None


def parse_distance(text: str) -> int:
    """Read the months of distance; a blank cell is none."""
    return int(parse_choice("0", "1", "2")(text or "0"))


def parse_yes_no(text: str) -> bool:
    """Read a yes or a no; a blank cell is a no."""
    return parse_choice("yes", "no")(text or "no") == "yes"


def parse_event(value: object) -> clock.Event:
    """Read one event of the JSON list."""
    if not isinstance(value, dict) or not {"type", "date"} <= set(value) <= EVENT_KEYS:
        raise ValueError(f"{value!r} is not an event")
    indispensable = value.get("indispensable", True)
    if indispensable not in (True, False):
        raise ValueError(f"indispensable: {indispensable!r} is not true or false")
    return clock.Event(
        kind=value["type"],
        on=date.fromisoformat(value["date"]),
        deadline=parse_day(value.get("deadline") or ""),
        indispensable=indispensable,
    )


def parse_events(text: str) -> tuple[clock.Event, ...]:
    """Read the JSON list of events; a blank cell is no event."""
    values = json.loads(text) if text else []
    is_list = isinstance(values, list)
    if not is_list:
        raise ValueError("not a JSON list")
    return tuple(parse_event(value) for value in values)


INPUTS = {
    "territory": parse_choice(*working_days.TERRITORIES),
    "received_at": parse_instant,
    "timezone": str,
    "nature": parse_choice(*clock.NATURES),
    "regime": parse_choice(*clock.REGIMES),
    "period_months": parse_period,
    "start_basis": parse_choice(*clock.START_BASES),
    "events": parse_events,
    "distance_months": parse_distance,
    "mandatory_prior_appeal": parse_yes_no,
}
OUTPUTS = dict.fromkeys(clock.CLOCK_DAYS, parse_day)


# === ROWS === #


def parse_cell(row: dict, column: str, parse: Callable) -> object:
    """Return the value of a cell, or say which row and column cannot be read."""
    try:
        return parse((row[column] or "").strip())
    except (TypeError, ValueError) as error:
        message = f"row {row['id']}, column {column}: {error}"
        raise MalformedError(message) from error


def build_case(row: dict) -> Case:
    """Return the case of a row."""
    if None in row or None in row.values():
        raise MalformedError(f"row {row['id']}: not as many cells as columns")
    values = {name: parse_cell(row, name, parse) for name, parse in INPUTS.items()}
    expected = {name: parse_cell(row, name, parse) for name, parse in OUTPUTS.items()}
    instant, zone = values.pop("received_at"), values.pop("timezone")
    values["received_on"] = parse_cell(
        row, "timezone", lambda _text: clock.local_day(instant, zone)
    )
    # The other columns are checked: only the period can still be refused.
    facts = parse_cell(row, "period_months", lambda _text: clock.Facts(**values))
    return Case(row["id"], facts, expected)


def read_cases(path: str) -> list[Case]:
    """Return the cases of a CSV file."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            missing = {"id", *INPUTS, *OUTPUTS} - set(reader.fieldnames or ())
            if missing:
                raise MalformedError(f"missing columns: {', '.join(sorted(missing))}")
            cases = [build_case(row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MalformedError(f"cannot be read: {error}") from error
    if not cases:
        raise MalformedError("no case")
    return cases


def differences(case: Case) -> Iterator[str]:
    """Yield the cells that the rules do not find again."""
    try:
        got = clock.evaluate(case.facts).as_vals()
    except ValueError as error:
        raise MalformedError(f"row {case.name}: {error}") from error
    for column, expected in case.expected.items():
        if got[column] != expected:
            yield f"{case.name}, {column}, {expected or BLANK}, {got[column] or BLANK}"


def main(arguments: list[str] | None = None) -> int:
    """Check a file; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", help="CSV file of legal cases")
    path = parser.parse_args(arguments).file
    try:
        lines = [line for case in read_cases(path) for line in differences(case)]
    except MalformedError as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
