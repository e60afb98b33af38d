"""Dates of birth, known in part for some: the same in Python and in the browser."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from grc_rules.grc_base.partial_dates import from_french_order, in_french_order

TWIN = Path(__file__).parents[2] / "addons/grc_base/static/src/partial_date.js"
RUNNER = """
import {readFileSync} from "node:fs";
const code = Buffer.from(readFileSync(process.argv[1])).toString("base64");
const {fromFrenchOrder, inFrenchOrder} =
    await import("data:text/javascript;base64," + code);
const [typed, kept] = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify([typed.map(fromFrenchOrder), kept.map(inFrenchOrder)]));
"""
KEPT = {
    "1962-08-24": "24/08/1962",
    "1962-08-00": "08/1962",
    "1962-00-00": "1962",
    "": "",
}
TYPED = {
    "24.8.1962": "1962-08-24",
    "24 08 1962": "1962-08-24",
    " 8/1962 ": "1962-08-00",
}
# Left to be checked, and refused.
LEFT = ("1962-08-24", "24/08/62", "août 1962", "24-08-1962", "124/08/1962")


@pytest.mark.parametrize(("kept", "written"), KEPT.items())
def test_it_is_written_as_in_france_and_read_back(kept, written):
    assert in_french_order(kept) == written
    assert from_french_order(written) == kept


@pytest.mark.parametrize(("typed", "kept"), TYPED.items())
def test_it_is_typed_as_people_type(typed, kept):
    assert from_french_order(typed) == kept


@pytest.mark.parametrize("typed", LEFT)
def test_the_rest_is_left_to_be_checked(typed):
    assert from_french_order(typed) == typed


def test_nothing_is_nothing():
    assert in_french_order(None) == ""


def test_the_browser_says_the_same():
    node = shutil.which("node")
    assert node, "node reads what the browser reads"
    typed = [*KEPT.values(), *TYPED, *LEFT]
    found = subprocess.run(
        [node, "--input-type=module", "-e", RUNNER, str(TWIN)],
        input=json.dumps([typed, list(KEPT)]),
        capture_output=True,
        text=True,
        check=True,
    )
    own = [[from_french_order(t) for t in typed], [in_french_order(k) for k in KEPT]]
    assert json.loads(found.stdout) == own
