"""The cases of law of ``data/sve_vectors.csv``, and the script that checks them."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
import vectors

FILE = Path(__file__).parent / "data" / "sve_vectors.csv"
CASES = vectors.read_cases(str(FILE))


def write(path: Path, rows: list[dict]) -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def rows() -> list[dict]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_file_holds_the_known_cases():
    assert len(CASES) == 41
    assert len({case.name for case in CASES}) == 41


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_of_law_gives_its_days(case):
    assert list(vectors.differences(case)) == []


def test_right_file_is_silent(capsys):
    assert vectors.main([str(FILE)]) == 0
    assert capsys.readouterr() == ("", "")


def test_altered_cells_are_printed_one_a_line(rows, tmp_path, capsys):
    rows[0]["are_latest"] = "2026-09-22"
    rows[0]["implicit_on"] = ""
    rows[1]["appeal_last_day"] = "2027-01-18"
    assert vectors.main([write(tmp_path / "altered.csv", rows)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "V01, are_latest, 2026-09-22, 2026-09-29",
        "V01, implicit_on, none, 2026-11-15",
        "V02, appeal_last_day, 2027-01-18, none",
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("territory", "FR-75"),
        ("timezone", "Europe/Lyon"),
        ("received_at", "15/09/2026"),
        ("received_at", "2026-09-15T10:00:00"),
        ("nature", ""),
        ("regime", "SVR"),
        ("period_months", "two"),
        ("period_months", "0"),
        ("period_months", ""),
        ("start_basis", ""),
        ("events", "["),
        ("events", "{}"),
        ("events", '["ack_sent"]'),
        ("events", '[{"type": "decided", "date": "2026-09-22"}]'),
        ("events", '[{"type": "missing_notified", "date": "2026-09-22"}]'),
        ("events", '[{"type": "ack_sent", "date": "soon"}]'),
        ("events", '[{"type": "ack_sent", "date": "2026-09-22", "at": 1}]'),
        ("events", '[{"type": "ack_sent", "date": 20260922}]'),
        (
            "events",
            '[{"type": "ack_sent", "date": "2026-09-22", "indispensable": "no"}]',
        ),
        ("distance_months", "3"),
        ("mandatory_prior_appeal", "maybe"),
        ("aee_latest", "tomorrow"),
    ],
)
def test_malformed_cell_is_named(rows, tmp_path, capsys, column, value):
    rows[0][column] = value
    assert vectors.main([write(tmp_path / "malformed.csv", rows)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"row V01, column {column}: " in captured.err


def test_missing_column_is_named(rows, tmp_path, capsys):
    kept = [{k: v for k, v in row.items() if k != "regime"} for row in rows]
    assert vectors.main([write(tmp_path / "short.csv", kept)]) == 2
    assert "missing columns: regime" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"id,regime\n"])
def test_file_that_is_not_cases_is_refused(tmp_path, capsys, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert vectors.main([str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_file_without_a_case_is_refused(tmp_path, capsys):
    path = tmp_path / "empty.csv"
    path.write_text(FILE.read_text(encoding="utf-8").partition("\n")[0] + "\n")
    assert vectors.main([str(path)]) == 2
    assert "no case" in capsys.readouterr().err


@pytest.mark.parametrize("tail", ["V01,cut short\n", "V01" + "," * 40 + "\n"])
def test_row_of_another_length_is_refused(tmp_path, capsys, tail):
    path = tmp_path / "length.csv"
    path.write_text(FILE.read_text(encoding="utf-8").partition("\n")[0] + "\n" + tail)
    assert vectors.main([str(path)]) == 2
    assert "row V01: not as many cells as columns" in capsys.readouterr().err


def test_day_outside_the_calendar_is_refused(rows, tmp_path, capsys):
    rows[0]["period_months"] = "99999"
    assert vectors.main([write(tmp_path / "far.csv", rows)]) == 2
    assert "row V01" in capsys.readouterr().err


def test_missing_file_is_refused(tmp_path, capsys):
    assert vectors.main([str(tmp_path / "none.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_blank_cells_have_their_documented_meaning(rows, tmp_path):
    rows[0].update(events="", distance_months="", mandatory_prior_appeal="")
    rows[0]["received_at"] = "2026-09-15T08:00:00Z"
    assert vectors.main([write(tmp_path / "blank.csv", rows)]) == 0


def test_script_runs_alone_and_loads_no_odoo(tmp_path):
    code = (
        "import sys, vectors; status = vectors.main(sys.argv[1:]);"
        "assert 'odoo' not in sys.modules; sys.exit(status)"
    )
    scripts = Path(vectors.__file__).parent
    for command in (["-c", code], [str(scripts / "vectors.py")]):
        done = subprocess.run(
            [sys.executable, *command, str(FILE)],
            cwd=scripts if command[0] == "-c" else tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
