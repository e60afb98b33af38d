"""A typing error corrected: what is typed is read back, what was filed is kept."""

import copy
from datetime import date

import pytest
from form_cases import block, choice, form, page, piece, q, question
from grc_rules.grc_form import correction, snapshot
from grc_rules.grc_form.types import TYPES, Context
from grc_rules.grc_form.visibility import visible

TODAY = date(2026, 11, 24)
CONTEXT = Context(today=TODAY)
WORDS = {"parts": {"zip": "Postcode"}, "answers": {"person": "A person"}}
LISTED = [{"value": one, "label": one.upper()} for one in "xyz"]
LINKED = [
    {"value": "a", "label": "A", "options": [{"value": "c", "label": "C 1"}]},
    {"value": "b", "label": "B", "options": [{"value": "c", "label": "C 2"}]},
]
COLUMNS = [
    {"code": "tool", "type": "text", "label": "Tool"},
    {"code": "since", "type": "date", "label": "Since"},
    {"code": "kind", "type": "choices", "label": "Kind", "options": LISTED},
]
HOME = {"street": "1 rue Haute", "zip": "57000", "city": "Metz"}
NAMES = {"last_name": "Curie", "first_name": "Marie"}
SCHEMA = form(
    page(
        "p1",
        choice("hall", "small", "large", required=True),
        question("people", "integer", max=300),
        question("income", "amount", sensitive=True),
        question("twice", "computed", formula="people * 2"),
        question("why", visible_if=q("hall", "eq", "large")),
    ),
    page("p2", block("helpers", question("helper"), piece("p_card")), piece("p_one")),
)
FILES = [{"name": "a.pdf", "size": 1, "mimetype": "application/pdf", "sha256": "0"}]
ANSWERS = {
    "hall": "small",
    "people": 80,
    "income": "1250.50",
    "helpers": [{"_id": "r1", "helper": "Zoé", "p_card": FILES}],
    "p_one": FILES,
}


def _filled(answers):
    seen = visible(SCHEMA, answers, today=TODAY)
    return snapshot.snapshot(SCHEMA, seen.answers, seen, CONTEXT)


@pytest.mark.parametrize(
    ("kind", "more", "value"),
    [
        ("text", {}, "Une phrase"),
        ("long_text", {}, "Deux\nlignes"),
        ("integer", {}, 12),
        ("decimal", {}, "12.5"),
        ("amount", {}, "1250.50"),
        ("date", {}, "2026-12-31"),
        ("datetime", {}, "2026-12-31T08:30"),
        ("time_range", {}, {"start": "08:00", "end": "10:30"}),
        ("yes_no", {}, True),
        ("yes_no", {}, False),
        ("choice", {"options": LISTED}, "y"),
        ("choice", {"options": LISTED, "other": True}, {"other": "Zoé"}),
        ("choices", {"options": LISTED, "other": True}, ["x", "z", {"other": "Zoé"}]),
        ("ranking", {"options": LISTED}, ["z", "x", "y"]),
        ("linked_choice", {"options": LINKED}, ["b", "c"]),
        ("email", {}, "nom@exemple.fr"),
        ("phone", {}, "+33123456789"),
        ("phone", {}, "+4930901820"),
        ("address", {}, HOME),
        ("address", {"abroad": True}, HOME | {"zip": "B-1000", "country": "Belgique"}),
        ("commune", {}, {"code": "57463", "name": "Metz"}),
        ("department", {}, {"code": "57", "name": "Moselle"}),
        ("country", {}, {"code": "99101", "name": "Îles Féroé"}),
        ("siret", {}, "73282932000074"),
        ("iban", {}, "FR7630006000011234567890189"),
        ("plate", {}, "AB-123-CD"),
        ("point", {}, {"text": "Place d’Armes"}),
        ("point", {}, {"lat": "49.11911", "lon": "6.17269", "text": "Place d’Armes"}),
        ("identity", {}, {"kind": "person"} | NAMES),
        (
            "identity",
            {"ask_birth_date": True, "kinds": ["person"]},
            {"kind": "person"} | NAMES | {"birth_date": "1967-11-07"},
        ),
        (
            "member",
            {"roles": LISTED},
            {"role": "y"} | NAMES | {"birth_date": "2015-02-01"},
        ),
        (
            "table",
            {"columns": COLUMNS},
            [{"tool": "Drill", "since": "2020-02-01"}, {"kind": ["x", "y"]}],
        ),
    ],
)
def test_what_is_typed_is_read_back(kind, more, value):
    asked = question("one", kind, **more)
    cells = correction.cells(asked, value, WORDS)
    texts = {cell["part"]: cell["text"] for cell in cells}
    raw = correction.raw_of(asked, texts, WORDS)
    assert TYPES[kind].read(asked, raw, CONTEXT) == value


def test_parts_have_their_names():
    labels = {
        cell["part"]: cell["label"]
        for cell in correction.cells(question("home", "address"), HOME, WORDS)
    }
    assert labels["zip"] == "Postcode"


def test_the_answers_of_a_filled_form_come_back():
    assert correction.answers_of(_filled(ANSWERS)) == ANSWERS | {"twice": "160"}


def test_neither_results_nor_documents_are_corrected():
    found = dict(correction.correctable(_filled(ANSWERS)))
    assert list(found) == ["hall", "people", "income", "helpers.0.helper"]


def test_what_was_filed_is_kept_beside_what_is_right():
    before = _filled(ANSWERS)
    kept = copy.deepcopy(before)
    changed = correction.with_answer(ANSWERS, "people", 90)
    changed = correction.with_answer(changed, "helpers.0.helper", "Zoë")
    found = correction.differences(before, _filled(changed))
    assert [(one["path"], one["before"]["value"]) for one in found] == [
        ("people", 80),
        ("twice", "160"),
        ("helpers.0.helper", "Zoé"),
    ]
    shown = dict(snapshot.lines_by_path(correction.applied(before, found)))
    assert (shown["people"]["value"], shown["twice"]["text"]) == (90, "180")
    assert shown["helpers.0.helper"]["corrections"][0]["before"]["text"] == "Zoé"
    assert before == kept
    assert "corrections" not in shown["hall"]
    assert correction.answers_of(correction.applied(before, found)) == changed | {
        "twice": "180"
    }


def test_an_answer_may_be_taken_away():
    changed = correction.with_answer(ANSWERS, "income", None)
    (found,) = correction.differences(_filled(ANSWERS), _filled(changed))
    assert (found["sensitive"], found["after"]) == (True, {"text": "", "value": None})


def test_a_correction_that_asks_something_else_is_none():
    changed = correction.with_answer(ANSWERS, "hall", "large")
    assert correction.differences(_filled(ANSWERS), _filled(changed)) is None


def test_a_reader_without_sensitive_answers_sees_none_of_their_corrections():
    ordinary, _secrets = snapshot.split(_filled(ANSWERS))
    one = {"path": "income", "after": {"text": "1", "value": "1"}, "before": {}}
    shown = dict(snapshot.lines_by_path(correction.applied(ordinary, [one])))
    assert "text" not in shown["income"]
    assert "corrections" not in shown["income"]
