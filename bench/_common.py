"""What the benchmarks share: a scratch database, a table, a file of results."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
COLUMNS = ("case", "value", "unit", "reference", "reference_value")
COLUMNS += ("ratio", "limit", "queries", "holds")


@dataclass
class Row:
    """Hold one measure, beside a reference taken in the same run.

    :param limit: least value that holds (most, when ``less_is_better``); None when
        there is none
    :param queries: queries to the database, None when it is not used
    """

    case: str
    value: float
    unit: str
    reference: str
    reference_value: float
    limit: float | None = None
    queries: int | None = None
    less_is_better: bool = False

    def as_dict(self) -> dict:
        """Return the row of the table and of the file of results."""
        row = asdict(self) | {
            "value": round(self.value, 1),
            "reference_value": round(self.reference_value, 1),
            "ratio": round(self.value / self.reference_value, 3),
            "limit": self.limit and round(self.limit, 1),
            "holds": self._holds(),
        }
        return {name: row[name] for name in COLUMNS}

    def _holds(self) -> bool:
        if self.limit is None:
            return True
        if self.less_is_better:
            return self.value <= self.limit
        return self.value >= self.limit


def report(name: str, rows: list[Row]) -> int:
    """Print the table, write ``results/NAME.json``; return the exit code."""
    dicts = [row.as_dict() for row in rows]
    RESULTS.mkdir(parents=True, exist_ok=True)
    target = RESULTS / f"{name}.json"
    target.write_text(json.dumps(dicts, indent=2) + "\n", encoding="utf-8")
    cells = [COLUMNS, *([_cell(row[name]) for name in COLUMNS] for row in dicts)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        print(
            "  ".join(
                text.ljust(width) for text, width in zip(line, widths, strict=True)
            )
        )
    print(f"\n{target.relative_to(ROOT)}")
    return 0 if all(row["holds"] for row in dicts) else 1


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:,}".replace(",", " ") if isinstance(value, int | float) else value


def seconds(action: Callable[[], object], times: int = 3) -> float:
    """Return how long an action takes: the median of several."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def scratch_name() -> str:
    """Return the name of the scratch database that ``./grc bench`` made."""
    name = os.environ.get("GRC_BENCH_DB")
    if not name:
        sys.exit("This benchmark needs a scratch database: run ./grc bench")
    return name


@contextmanager
def copied_database(end: str):
    """Yield the name of a copy of the scratch database, dropped afterwards.

    For what has to commit: a server and its visitors, indexes, a hundred thousand rows.
    """
    name = f"{scratch_name()}_{end}"
    subprocess.run(["createdb", "-T", scratch_name(), name], check=True)
    try:
        yield name
    finally:
        subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)


@contextmanager
def scratch_environment(name: str | None = None, commit: bool = False):
    """Yield an environment of the scratch database that ``./grc bench`` made.

    :param name: another database, see ``copied_database``
    :param commit: keep what was done
    """
    name = name or scratch_name()
    from odoo import SUPERUSER_ID, api
    from odoo import sql_db as db
    from odoo.modules.registry import Registry
    from odoo.tools import config

    options = ["-d", name, "--no-http", "--log-level=error", "--max-cron-threads=0"]
    config.parse_config(options, setup_logging=True)
    with Registry(name).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
        if commit:
            cr.commit()
        cr.rollback()
    if name != scratch_name():
        db.close_db(name)
