"""What a version changes, what a request keeps of it, what can be searched."""

import copy
from datetime import date

import pytest
from form_cases import block, choice, form, page, piece, q, question
from grc_rules.grc_form import changes, properties, snapshot, words
from grc_rules.grc_form.types import Context
from grc_rules.grc_form.visibility import visible

TODAY = date(2026, 11, 24)
SCHEMA = form(
    page(
        "page_1",
        choice("hall", "small", "large"),
        question(
            "people", "integer", visible_if=q("hall", "eq", "large"), label="People"
        ),
        question("income", "amount", sensitive=True, label="Income"),
    ),
    page(
        "page_2",
        block("helpers", question("helper", label="Helper"), piece("p_card")),
        piece("p_insurance"),
    ),
)
ANSWERS = {
    "hall": "large",
    "people": 80,
    "income": "1250.50",
    "helpers": [{"_id": "r1", "helper": "Zoé"}],
    "p_insurance": [{"name": "a.pdf", "size": 3, "mimetype": "x", "sha256": "f" * 64}],
}


def filled(answers=None):
    seen = visible(SCHEMA, ANSWERS if answers is None else answers, today=TODAY)
    return snapshot.snapshot(SCHEMA, seen.answers, seen, Context(TODAY))


def lines(snap):
    return [line for one in snap["pages"] for line in one["lines"]]


def test_snapshot_says_what_was_shown():
    codes = [line["code"] for line in lines(filled())]
    assert codes == ["hall", "people", "income", "helpers", "p_insurance"]
    assert lines(filled())[1]["text"] == "80"
    hidden = filled({"hall": "small", "people": 80})
    assert "people" not in [line["code"] for line in lines(hidden)]


def test_an_optional_answer_left_empty_is_in_the_evidence():
    line = lines(filled({"hall": "small"}))[1]
    assert (line["code"], line["text"], line["value"]) == ("income", "", None)


def test_sensitive_answers_are_parted_and_joined_again():
    whole = filled()
    ordinary, secrets = snapshot.split(whole)
    assert "1250" not in str(ordinary)
    assert set(secrets) == {"income"}
    assert snapshot.joined(ordinary, secrets) == whole
    assert "1250" in str(whole), "the evidence itself must not be changed"


def test_fingerprint_follows_answers_and_version():
    whole = filled()
    seal = snapshot.fingerprint(whole, "v1")
    assert seal == snapshot.fingerprint(copy.deepcopy(whole), "v1")
    assert seal != snapshot.fingerprint(whole, "v2")
    assert seal != snapshot.fingerprint(filled({"hall": "small"}), "v1")


def test_pieces_are_found_in_rows_too():
    assert [one["code"] for one in snapshot.pieces(filled())] == [
        "p_card",
        "p_insurance",
    ]


def test_what_can_be_searched():
    ordinary, sensitive = properties.schema_properties(
        SCHEMA, {"hall": [["small", "Small"], ["large", "Large"], ["roof", "Roof"]]}
    )
    assert [one["name"] for one in ordinary] == ["hall", "people"]
    assert [one["name"] for one in sensitive] == ["income"]
    assert ["roof", "Roof"] in ordinary[0]["selection"]
    values = properties.project(SCHEMA, ANSWERS, Context(TODAY))
    assert values == ({"hall": "large", "people": 80}, {"income": 1250.5})


def test_nothing_that_was_searched_is_lost():
    known = [
        {"name": "hall", "type": "selection", "selection": [["a", "A"], ["b", "B"]]},
        {"name": "old", "type": "char"},
    ]
    added = [{"name": "hall", "type": "selection", "selection": [["b", "New B"]]}]
    merged = properties.merged_definition(known, added)
    assert merged[0]["selection"] == [["a", "A"], ["b", "New B"]]
    assert merged[1]["name"] == "old"
    with pytest.raises(ValueError, match="hall"):
        properties.merged_definition(known, [{"name": "hall", "type": "char"}])


def test_changes_name_what_changed():
    after = copy.deepcopy(SCHEMA)
    after["pages"][0]["items"][0]["label"] = "Which one?"
    after["pages"][0]["items"].pop(2)
    after["pages"][1]["items"].insert(0, question("more", label="More"))
    found = {one["code"]: one for one in changes.changes(SCHEMA, after)}
    assert {code: one["kind"] for code, one in found.items()} == {
        "income": "removed",
        "hall": "changed",
        "more": "added",
    }
    assert found["hall"]["what"] == ["label"]
    assert changes.changes(SCHEMA, SCHEMA) == []


def test_a_move_is_one_move():
    after = copy.deepcopy(SCHEMA)
    items = after["pages"][0]["items"]
    items.append(items.pop(0))
    assert [(c["kind"], c["code"]) for c in changes.changes(SCHEMA, after)] == [
        ("moved", "hall")
    ]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("10 ans – à confirmer avec les Archives départementales", "10 ans"),
        ("5 ans (durée indicative du SIAF)", "5 ans"),
        (
            (
                "10 ans, puis tri (durée indicative du SIAF)\u202f; à confirmer avec "
                "les Archives départementales"
            ),
            "10 ans, puis tri",
        ),
        ("1 an (proposition, à confirmer avec les Archives départementales)", "1 an"),
        (
            "Demande\u00a0: 1 an (décret n° 2017-890, art. 29).",
            "Demande\u00a0: 1 an (décret n° 2017-890, art. 29).",
        ),
        (
            "À déterminer avec les Archives départementales",
            "À déterminer avec les Archives départementales",
        ),
        ("", ""),
    ],
)
def test_a_citizen_reads_no_doubt_about_the_retention(said, read):
    # C. patrimoine L212-2: the archives confirm; RGPD art. 13: the citizen is told
    assert words.without_doubts(said) == read


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Nombre d’enfants", "nombre_d_enfants"),
        ("3e étage ?", "e_etage"),
        ("Œuvre", "oeuvre"),
        ("!!!", "question"),
        ("x" * 90, "x" * 40),
    ],
)
def test_codes_come_from_the_wording(label, code):
    assert words.code_of(label) == code
    assert words.is_code(code)
    assert words.code_of(label, {code}) == f"{code}_2"
