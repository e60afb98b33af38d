"""What holds for every type of question: total, exact round trips, hostile text."""

from datetime import date
from pathlib import Path

import pytest
from form_types_cases import CODES, CONTEXT, TYPES, question, types
from hypothesis import example, given, settings
from hypothesis import strategies as st

HOSTILE = [
    "\u0000",
    "\u202e\u2066",
    "\ud800",
    "١٢٣",
    "²½⑤",
    "ﷺ" * 200,
    "a\u0301" * 900,
    "=1+1",
    "1" * 1999,
    "x" * 100_000,
    "9" * 100_000,
    " " * 100_000,
    "<script>",
    "'; drop table--",
    "%s %d {0}",
    "NaN",
    "1e400",
    "-",
    "@",
    "+",
    "()",
    "0.0.day",
    "__other",
    "__class__",
]
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from([text for text in HOSTILE if len(text) < 300]),
    st.text("0123456789 .,-/:hT€+()", max_size=16),
    st.sampled_from(
        ["12,5", "2026-02-03", "8h30", "yes", "red", "a@b.fr", "0612345678", "Metz"]
        + ["57", "BE", "person"]
    ),
)
PARTS = (
    "",
    "day",
    "month",
    "year",
    "time",
    "start",
    "end",
    "other",
    "first",
    "second",
    "red",
    "street",
    "zip",
    "city",
    "country",
    "insee",
    "text",
    "lat",
    "lon",
    "kind",
    "last_name",
    "first_name",
    "organization",
    "siret",
    "birth_date",
    "birth_date.day",
    "role",
    "0.nom",
    "0.prix",
    "7.debut.day",
    "٣.nom",
)
RAWS = st.dictionaries(
    st.sampled_from(PARTS), st.one_of(WORDS, st.lists(WORDS, max_size=3)), max_size=6
)


PROPERTIES = {"char", "text", "integer", "float", "boolean", "date"}
PROPERTIES |= {"datetime", "selection", "tags"}


def check(type_, raw):
    """Read, and check all that must hold of a value or of a refusal."""
    kind, asked = TYPES[type_], question(type_)
    try:
        value = kind.read(asked, raw, CONTEXT)
    except types.InvalidAnswer as error:
        assert set(error.params) == set(CODES[error.code])
        return None
    for problem in kind.problems(asked, value, CONTEXT):
        assert problem.code != "invalid_value"
        assert set(problem.params) == set(CODES[problem.code])
    assert kind.read(asked, kind.write(asked, value), CONTEXT) == value
    shown = kind.text(asked, value, CONTEXT)
    assert isinstance(shown, str)
    assert bool(shown) == (value is not None)
    kind.project(asked, value, CONTEXT)
    return value


@pytest.mark.parametrize("type_", TYPES)
def test_hostile_text(type_):
    for text in HOSTILE:
        check(type_, {"": text})
        check(type_, dict.fromkeys(PARTS, text))
        check(type_, {"": [text, text]})
    for raw in ({}, {"": None}, {"": []}, {"": 3}, {"": b"x"}, {"x": "y"}):
        assert check(type_, raw) is None


@settings(max_examples=50)
@given(RAWS)
@example({"": "FR76" + "Ⅷ" * 23})
@example({"": "１" * 14})
def test_any_text(raw):
    for type_ in TYPES:
        check(type_, raw)


@settings(max_examples=40)
@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)))
def test_every_day(day):
    asked, kind = question("date"), TYPES["date"]
    raw = kind.write(asked, day.isoformat())
    assert kind.read(asked, raw, CONTEXT) == day.isoformat()
    for text in (f"{day:%d/%m/%Y}", day.isoformat(), kind.text(asked, str(day))):
        assert kind.read(asked, {"": text}, CONTEXT) == day.isoformat()


@settings(max_examples=40)
@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_amount(number):
    asked, kind = question("amount"), TYPES["amount"]
    value = kind.read(asked, {"": str(number)}, CONTEXT)
    assert kind.read(asked, {"": kind.text(asked, value)}, CONTEXT) == value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from([part for part in PARTS if part] + ["code", "name"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=4,
)


@settings(max_examples=50)
@given(VALUES)
def test_any_value_is_judged(value):
    for type_, kind in TYPES.items():
        problems = kind.problems(question(type_), value, CONTEXT)
        assert all(set(item.params) == set(CODES[item.code]) for item in problems)


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_is_complete(type_):
    kind, asked = TYPES[type_], question(type_)
    assert kind.attribute_faults(asked) == []
    assert set(kind.required_attributes) <= set(kind.attributes)
    for name, is_right in kind.attributes.items():
        for wrong in ({}, [], "", 0.5, float("nan"), "\u0000" * 999, [None], {"a": 1}):
            assert is_right(wrong) in (True, False), name
    for item in kind.inputs(asked):
        assert {"part", "widget"} <= set(item)
    definition = kind.property(asked)
    if definition is not None:
        assert definition["string"] == "Question"
        assert definition["type"] in PROPERTIES
    assert kind.text(asked, None) == ""
    assert kind.write(asked, None) == {}


def test_every_code_is_raised_somewhere():
    sources = [
        path.read_text(encoding="utf-8")
        for path in Path(types.__path__[0]).glob("*.py")
        if path.name != "codes.py"
    ]
    text = "".join(sources)
    # « street_missing » is built from the name of the part
    written = [code for code in CODES if not code.endswith("_missing")]
    assert [code for code in written if f'"{code}"' not in text] == []
