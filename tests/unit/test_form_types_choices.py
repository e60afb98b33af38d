"""Choices, rankings and tables of the forms."""

import pytest
from form_types_cases import (
    COLUMNS,
    CONTEXT,
    LINKED,
    OPTIONS,
    TYPES,
    fault,
    inputs,
    question,
    read,
    text,
    types,
)

OTHER = types.OTHER


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("yes", True),
        ("Oui", True),
        ("1", True),
        (True, True),
        ("no", False),
        ("NON", False),
        (False, False),
        ("", None),
        (None, None),
    ],
)
def test_yes_no(typed, value):
    assert read("yes_no", typed) is value
    assert fault("yes_no", typed) == ()


def test_yes_no_in_odoo():
    assert fault("yes_no", "peut-être") == ("not_yes_no", "")
    assert text("yes_no", False) == "Non"
    asked = question("yes_no")
    assert TYPES["yes_no"].project(asked, False) == "no"
    assert TYPES["yes_no"].project(asked, None) is False
    assert TYPES["yes_no"].property(asked)["selection"] == [
        ["yes", "Oui"],
        ["no", "Non"],
    ]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({}, None),
        ({"": "red"}, "red"),
        ({"": "VERT\u00a0CLAIR"}, "green"),
        ({"": OTHER, "other": " Mauve "}, {"other": "Mauve"}),
        ({"": "", "other": "Mauve"}, {"other": "Mauve"}),
        ({"": "red", "other": "reste"}, "red"),
    ],
)
def test_choice_is_read(raw, value):
    assert read("choice", raw) == value
    assert fault("choice", raw) == ()


@pytest.mark.parametrize(
    ("raw", "attributes", "expected"),
    [
        ({"": "pink"}, {}, ("unknown_option", "")),
        ({"": OTHER}, {}, ("other_missing", "other")),
        ({"": OTHER, "other": "x" * 256}, {}, ("too_long", "other")),
        ({"": OTHER, "other": "x"}, {"other": False}, ("unknown_option", "")),
        ({"": "x" * 100_000}, {}, ("too_long", "")),
    ],
)
def test_choice_is_refused(raw, attributes, expected):
    assert fault("choice", raw, **attributes) == expected


def test_option_that_is_gone():
    asked = question("choice", options=OPTIONS[:1])
    problems = TYPES["choice"].problems(asked, "blue", CONTEXT)
    assert [problem.code for problem in problems] == ["unknown_option"]
    assert text("choice", "gone") == "gone"
    problems = TYPES["choice"].problems(question("choice"), "Rouge", CONTEXT)
    assert [problem.code for problem in problems] == ["invalid_value"]


def test_choices():
    raw = {"": ["blue", "red", "blue"]}
    assert read("choices", raw) == ["red", "blue"]
    raw = {"": [OTHER, "green"], "other": "Mauve"}
    assert read("choices", raw) == ["green", {"other": "Mauve"}]
    assert read("choices", {"": []}) is None
    assert read("choices", "red") == ["red"]
    assert fault("choices", {"": ["red", "pink"]}) == ("unknown_option", "")
    assert fault("choices", "red", min=2) == ("too_few_choices", "")
    two = {"": ["red", "blue"]}
    assert fault("choices", two, max=1) == ("too_many_choices", "")
    assert fault("choices", {"": [OTHER]}) == ("other_missing", "other")
    assert text("choices", ["red", {"other": "Mauve"}]) == "Rouge, Mauve"
    asked = question("choices")
    assert TYPES["choices"].project(asked, ["red", {"other": "x"}]) == ["red", OTHER]
    assert len(TYPES["choices"].property(asked)["tags"]) == 4


def test_linked_choice():
    raw = {"first": "a", "second": "green"}
    assert read("linked_choice", raw) == ["a", "green"]
    assert read("linked_choice", {"second": "blue"}) == ["b", "blue"]
    assert read("linked_choice", {}) is None
    assert fault("linked_choice", {"second": "green"}) == ("unknown_option", "first")
    missing = fault("linked_choice", {"first": "a"})
    assert missing == ("second_choice_missing", "second")
    wrong = {"first": "a", "second": "blue"}
    assert fault("linked_choice", wrong) == ("unknown_option", "second")
    assert text("linked_choice", ["a", "green"]) == "École A – Vert clair"
    assert inputs("linked_choice")["first"]["label"] == "École"
    assert len(inputs("linked_choice")["second"]["groups"]) == 2
    assert TYPES["linked_choice"].property(question("linked_choice"))["type"] == "char"


def test_ranking():
    order = ["blue", "red", "green"]
    assert read("ranking", {"": order}) == order
    ranks = {"red": "2", "green": "3", "blue": "1"}
    assert read("ranking", ranks) == order
    assert read("ranking", {}) is None
    assert fault("ranking", {"": order[:2]}) == ("ranking_incomplete", "")
    assert fault("ranking", {"red": "1"}) == ("ranking_incomplete", "")
    assert fault("ranking", ranks | {"red": "3"}) == ("ranking_twice", "green")
    assert fault("ranking", ranks | {"red": "9"}) == ("ranking_incomplete", "")
    assert fault("ranking", ranks | {"red": "²"}) == ("ranking_incomplete", "")
    assert text("ranking", order) == "1. Bleu, 2. Rouge, 3. Vert clair"
    assert list(inputs("ranking")) == ["red", "green", "blue"]


@pytest.mark.parametrize(
    "options",
    [
        [],
        "abc",
        [{"value": "a"}],
        [{"value": "a", "label": ""}],
        [{"value": "__other", "label": "x"}],
        [{"value": "a", "label": "x", "evil": 1}],
        [{"value": "a", "label": "x"}, {"value": "a", "label": "y"}],
        [{"value": f"v{i}", "label": "x"} for i in range(201)],
        [{"value": 1, "label": "x"}],
        [None],
    ],
)
def test_options_are_checked(options):
    for type_ in ("choice", "choices", "ranking", "linked_choice"):
        asked = question(type_, options=options)
        assert ("options", "attribute_invalid") in TYPES[type_].attribute_faults(asked)
    bare = {"code": "q", "type": "choice"}
    faults = TYPES["choice"].attribute_faults(bare)
    assert faults == [("options", "attribute_missing")]
    assert TYPES["linked_choice"].attribute_faults(question("linked_choice")) == []
    assert LINKED[0]["options"]


def test_table():
    raw = {
        "0.nom": " Loto ",
        "0.debut.day": "1",
        "0.debut.month": "5",
        "0.debut.year": "2026",
        "2.nom": "",
        "5.nom": "Bal",
        "5.prix": "12 €",
        "5.evil": "x",
    }
    rows = [{"nom": "Loto", "debut": "2026-05-01"}, {"nom": "Bal", "prix": "12.00"}]
    assert read("table", raw) == rows
    assert read("table", {"0.nom": " ", "": "x", "nom": "y"}) is None
    written = TYPES["table"].write(question("table"), rows)
    assert written["1.prix"] == "12,00"
    assert text("table", rows) == (
        "Nom : Loto, Début : 1er mai 2026\nNom : Bal, Prix : 12,00 €"
    )
    assert TYPES["table"].property(question("table")) is None
    assert TYPES["table"].project(question("table"), rows) is False
    cells = inputs("table")[""]["columns"]
    assert [cell["code"] for cell in cells] == ["nom", "debut", "prix"]


@pytest.mark.parametrize(
    ("raw", "attributes", "expected"),
    [
        ({"0.prix": "3"}, {}, ("cell_missing", "0.nom")),
        ({"0.nom": "a", "0.prix": "0"}, {}, ("too_small", "0.prix")),
        ({"1.nom": "a", "1.debut.day": "1"}, {}, ("month_missing", "1.debut.month")),
        ({"0.nom": "a"}, {"min": 2}, ("too_few_rows", "")),
        ({"0.nom": "a", "1.nom": "b"}, {"max": 1}, ("too_many_rows", "")),
        ({f"{i}.nom": "a" for i in range(150)}, {}, ("too_many_rows", "")),
    ],
)
def test_table_is_refused(raw, attributes, expected):
    assert fault("table", raw, **attributes) == expected


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [{"code": "a", "type": "table", "label": "x", "columns": []}],
        [{"code": "a", "type": "text"}],
        [{"code": "A", "type": "text", "label": "x"}],
        [{"code": "a", "type": "text", "label": "x", "evil": 1}],
        [{"code": "a", "type": "choice", "label": "x"}],
        [COLUMNS[0] | {"visible_if": {"q": "a", "op": "filled"}}],
        [COLUMNS[0] | {"kind": "block"}],
        [COLUMNS[0], COLUMNS[0]],
        ["a"],
    ],
)
def test_columns_are_checked(columns):
    asked = question("table", columns=columns)
    assert TYPES["table"].attribute_faults(asked) == [("columns", "attribute_invalid")]
    whole = {
        "kind": "question",
        "visible_if": None,
        "prefill": None,
        "sensitive": False,
    }
    asked = question("table", columns=[COLUMNS[0] | whole])
    assert TYPES["table"].attribute_faults(asked) == []
