"""What the browser reads in a page is what the server reads, for valid answers or not.

One process of node reads all the cases; a condition on a part of an answer, such as
``country.code``, then says the same on both sides before « Continuer ».
"""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from grc_rules.grc_form import conditions, geography
from grc_rules.grc_form.types import TYPES, Context, InvalidAnswer
from grc_rules.grc_form.visibility import for_browser

TODAY = date(2026, 11, 24)
FOLDER = Path(__file__).parents[2] / "addons/grc_portal/static/src/interactions"
FILES = ("form_days.js", "form_composites.js", "form_reading.js")
RUNNER = """
import {readFileSync} from "node:fs";
const code = process.argv.slice(1).map((name) => readFileSync(name, "utf8"));
const own = code.map((text) => text.replace(/^import [^;]*;/gm, "")).join("");
const url = "data:text/javascript;base64," + Buffer.from(own).toString("base64");
const {readItem} = await import(url);
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([item, raw, labels]) => {
    const elements = {};
    for (const [name, textContent] of Object.entries(labels)) {
        elements[name] = {selectedOptions: [{textContent}]};
    }
    return readItem(item, "q", raw, {form: {elements}, today: "2026-11-24"}) ?? null;
})));
"""
NAMES = {"last_name": "Curie", "first_name": "Marie"}
BIRTH = {"birth_date.day": "7", "birth_date.month": "nov", "birth_date.year": "67"}
HOME = {"street": "1 rue  Haute", "zip": "57 000", "city": "Metz"}
FIRM = {"kind": "company", "organization": "Sèvres SA"}
LINKED = [
    {"value": "a", "label": "A", "options": [{"value": "a1", "label": "A 1"}]},
    {"value": "b", "label": "B", "options": [{"value": "b1", "label": "B 1"}]},
]
LISTED = [{"value": one, "label": one.title()} for one in "xyz"]
ROLES = [{"value": "child", "label": "Child"}, {"value": "other", "label": "Other"}]


def _cases():
    """Yield ``(type, attributes, raw by part)``."""
    for key in ("99131", "99100", "99101", "99101-FO", ""):
        yield "country", {}, {"": key}
    for key in ("57", "2A", "974", "01", ""):
        yield "department", {}, {"": key}
    for text, code in (
        ("Metz (57000)", "57463"),
        ("Metz", "57463"),
        ("Ajaccio (20000)", "2A004"),
        ("", ""),
    ):
        yield "commune", {}, {"": text, "insee": code}
    for abroad in (False, True):
        for more in (
            {},
            {"zip": "5700"},
            {"zip": "F-57000"},
            {"city": ""},
            {"street2": "Bât. B"},
            {"country": "France"},
            {"country": "Belgique", "zip": "b-1000"},
            {"country": "Irlande", "zip": ""},
        ):
            yield "address", {"abroad": abroad}, HOME | more
        yield "address", {"abroad": abroad}, {"country": "Belgique"}
    yield from _people()
    yield from _others()


def _people():
    for more in (
        {},
        {"kinds": ["person"]},
        {"ask_birth_date": True},
        {"number_required": True},
    ):
        for raw in (
            {},
            {"kind": "person"} | NAMES,
            {"kind": "person", "last_name": "Curie"},
            {"kind": "person", "organization": "Sèvres SA"} | NAMES | BIRTH,
            {"kind": "person"} | NAMES | BIRTH | {"birth_date.year": "2030"},
            FIRM,
            FIRM | {"siret": "732 829 320 00074"} | NAMES,
            FIRM | {"siret": "732 829 320 00075"},
            FIRM | {"siret": "356 000 000 00048"},
            FIRM | {"siret": "356 000 000 49836"},
            FIRM | {"siret": "732 829 320"},
            FIRM | {"kind": "association", "rna": "w 751 234 567"},
            FIRM | {"kind": "association", "rna": "W75"},
            FIRM | {"rna": "W751234567"},
        ):
            yield "identity", more, raw
    for more in ({}, {"roles": ROLES}, {"roles": ROLES[:1]}, {"ask_birth_date": False}):
        for raw in (
            {},
            NAMES,
            NAMES | BIRTH,
            NAMES | BIRTH | {"role": "child"},
            NAMES | BIRTH | {"role": "king"},
            NAMES | {"birth_date.year": "1867"},
        ):
            yield "member", more, raw


def _others():
    for day, month, year in (
        ("1er", "Février", "2024"),
        ("29", "02", "2025"),
        ("7", "juil.", "36"),
        ("7", "ju", "37"),
        ("", "3", "2024"),
        ("31", "12", "37"),
        ("31", "12", "1849"),
    ):
        raw = {"day": day, "month": month, "year": year}
        yield "date", {}, raw
        for hour in ("8h", "08:30", "0830", "25:00", "midi", "8 h 30", ""):
            yield "datetime", {}, raw | {"time": hour}
    for start, end in (("8h", "10:30"), ("10:30", "8h"), ("8h", ""), ("", "")):
        yield "time_range", {}, {"start": start, "end": end}
    for first, second in (("a", "a1"), ("a", "b1"), ("a", ""), ("", "")):
        yield "linked_choice", {"options": LINKED}, {"first": first, "second": second}
    for ranks in (("2", "1", "3"), ("1", "1", "3"), ("1", "2", ""), ("", "", "")):
        yield "ranking", {"options": LISTED}, dict(zip("xyz", ranks, strict=True))
    for other in ("", "Zoé"):
        choice = {"options": LISTED, "other": True}
        yield "choice", choice, {"": "__other", "other": other}
        yield "choices", choice, {"": ["x", "__other"], "other": other}
    yield "choices", {"options": LISTED}, {"": ["x", "z"]}
    for lat, lon in (
        ("49,11911", "6.17269"),
        ("-0.000001", "181"),
        ("49", ""),
        ("", ""),
    ):
        yield "point", {}, {"text": "Place  d’Armes", "lat": lat, "lon": lon}
    yield "point", {}, {"lat": "-0.000001", "lon": "6"}


def _label(question, raw):
    """Return the label of the option chosen in the only list of a question."""
    item = TYPES[question["type"]].inputs(question)[0]
    chosen = (one for one in item.get("options") or () if one["value"] == raw.get(""))
    return next((one["label"] for one in chosen), "")


def _server(question, raw):
    try:
        return TYPES[question["type"]].read(question, raw, Context(today=TODAY))
    except InvalidAnswer:
        return None


@pytest.fixture(scope="module")
def read_cases():
    node, cases = shutil.which("node"), []
    assert node, "node reads what the browser reads"
    for kind, attributes, raw in _cases():
        question = {"kind": "question", "code": "q", "type": kind, **attributes}
        page = {"code": "p", "title": "", "items": [question]}
        bare = for_browser({"pages": [page]})["pages"][0]["items"][0]
        names = {f"q.{part}" if part else "q": part for part in raw}
        typed = {
            name: raw[part] if isinstance(raw[part], list) else [raw[part]]
            for name, part in names.items()
        }
        cases.append(((question, raw), (bare, typed, {"q": _label(question, raw)})))
    done = subprocess.run(
        [node, "--input-type=module", "-e", RUNNER, *(str(FOLDER / f) for f in FILES)],
        input=json.dumps([case for _server_side, case in cases]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    pairs = zip(cases, found, strict=True)
    return [(question, raw, one) for ((question, raw), _case), one in pairs]


def _is_blank(value):
    return value in (None, {}, [])


def test_both_read_the_same(read_cases):
    wrong = []
    for question, raw, browser in read_cases:
        server = _server(question, raw)
        if browser != server and not (_is_blank(browser) and _is_blank(server)):
            wrong.append((question["type"], raw, browser, server))
    assert not wrong


@pytest.mark.parametrize(
    ("kind", "path", "value", "count"),
    [
        ("country", "q.code", "99131", 1),
        ("country", "q.code", "99101", 2),
        ("country", "q.name", "Îles Féroé", 1),
        ("department", "q.name", "Moselle", 1),
        ("commune", "q.code", "57463", 2),
        ("address", "q.zip", "57000", 5),
        ("identity", "q.kind", "company", 5),
    ],
)
def test_a_condition_on_a_part_says_the_same(read_cases, kind, path, value, count):
    leaf = {"q": path, "op": "eq", "value": value}
    true = 0
    for question, raw, browser in read_cases:
        if question["type"] == kind:
            both = [
                conditions.holds(leaf, {"q": one}, today=TODAY)
                for one in (browser, _server(question, raw))
            ]
            assert both[0] == both[1], raw
            true += both[0]
    assert true >= count


def test_every_country_is_read_from_what_its_option_posts():
    question = {"type": "country"}
    options = TYPES["country"].inputs(question)[0]["options"]
    assert len({option["value"] for option in options}) == len(geography.countries())
    for option, item in zip(options, geography.countries(), strict=True):
        value = _server(question, {"": option["value"]})
        assert value == {"code": item.code, "name": item.name}
        assert option["value"].split("-")[0] == item.code
        assert TYPES["country"].write(question, value) == {"": option["value"]}
