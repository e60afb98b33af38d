"""Conditions in words, what they may read, and lines put in another form."""

import pytest
from grc_rules.grc_form.conditions import OPERATORS
from grc_rules.grc_form.domains import SUITED
from grc_rules.grc_form.reachable import OFFERED, reachable
from grc_rules.grc_form.renaming import renamed
from grc_rules.grc_form.sentence import sentence

WORDS = {
    "and": "et",
    "or": "ou",
    "not": "pas (%(text)s)",
    "group": "(%(text)s)",
    "quoted": "« %(text)s »",
    "yes": "oui",
    "no": "non",
    "today": "aujourd’hui",
    "later": "+",
    "sooner": "−",
    "days": "jours",
    "months": "mois",
    "years": "ans",
    "verbs": {
        "eq": "est",
        "ne": "n’est pas",
        "in": "est parmi",
        "gt": "est supérieur à",
        "gt.day": "est après",
        "le.day": "est au plus tard le",
        "filled": "est rempli",
        "age_ge": "donne un âge d’au moins",
        "count_ge": "compte au moins",
    },
}
NAMES = {
    "salle": {
        "label": "Salle",
        "kind": "one",
        "options": [["grande", "Grande salle"], ["petite", "Petite salle"]],
    },
    "date": {"label": "Date", "kind": "day"},
    "fin": {"label": "Fin", "kind": "day"},
    "nombre": {"label": "Nombre", "kind": "number"},
    "profile:signed_in": {"label": "L’usager est connecté", "kind": "flag"},
}
HALL = {"q": "salle", "op": "eq", "value": "grande"}
LATER = {"q": "date", "op": "gt", "value": {"today": {"days": 15}}}


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (None, ""),
        (HALL, "« Salle » est « Grande salle »"),
        (
            {"all": [HALL, LATER]},
            (
                "« Salle » est « Grande salle » et « Date » est après aujourd’hui + 15 "
                "jours"
            ),
        ),
        (
            {"all": [HALL, {"any": [LATER, {"q": "fin", "op": "filled"}]}]},
            (
                "« Salle » est « Grande salle » et (« Date » est après aujourd’hui + "
                "15 jours ou « Fin » est rempli)"
            ),
        ),
        ({"not": HALL}, "pas (« Salle » est « Grande salle »)"),
        (
            {"q": "salle", "op": "in", "value": ["grande", "petite"]},
            "« Salle » est parmi « Grande salle » ou « Petite salle »",
        ),
        (
            {"q": "date", "op": "le", "value": "2027-03-09"},
            "« Date » est au plus tard le 09/03/2027",
        ),
        (
            {"q": "date", "op": "gt", "other": "fin"},
            "« Date » est après « Fin »",
        ),
        (
            {"q": "date", "op": "gt", "value": {"today": {"years": -1, "months": 2}}},
            "« Date » est après aujourd’hui − 1 ans + 2 mois",
        ),
        (
            {"q": "date", "op": "age_ge", "value": 18},
            "« Date » donne un âge d’au moins 18 ans",
        ),
        (
            {"q": "nombre", "op": "gt", "value": "12.5"},
            "« Nombre » est supérieur à 12,5",
        ),
        (
            {"profile": "signed_in", "op": "eq", "value": True},
            "« L’usager est connecté » est oui",
        ),
    ],
)
def test_a_condition_in_words(condition, text):
    assert sentence(condition, NAMES, WORDS) == text


@pytest.mark.parametrize(
    "condition",
    [
        {"q": "", "op": "eq"},
        {"q": "salle", "op": "eq"},
        {"q": "salle", "op": "eq", "value": {"today": 3}},
        {"q": "disparue", "op": "matches", "value": "x"},
        {"all": [None, "x"]},
        {"all": []},
        {"not": None},
        {"salle": 3},
    ],
)
def test_an_unfinished_condition_has_words_too(condition):
    assert isinstance(sentence(condition, NAMES, WORDS), str)


def test_the_editor_offers_only_what_suits():
    for kind, operators in OFFERED.items():
        assert set(operators) <= set(SUITED[kind]) <= set(OPERATORS)
    assert set(OFFERED) == set(SUITED)


def question(code, **attributes):
    return {
        "kind": "question",
        "code": code,
        "type": "text",
        "label": code,
    } | attributes


SCHEMA = {
    "format": 1,
    "pages": [
        {
            "code": "p1",
            "title": "Un",
            "items": [
                {"kind": "section", "code": "s", "title": "T"},
                question("a"),
                question("b", type="address"),
                {
                    "kind": "block",
                    "code": "enfants",
                    "label": "Enfants",
                    "items": [question("prenom"), question("age", type="integer")],
                },
                question("c"),
            ],
        },
        {"code": "p2", "title": "Deux", "items": [question("d")]},
    ],
}


def paths(*args, **options):
    found = reachable(SCHEMA, *args, **options)
    return [source["path"] for source in found if not source["part"]]


def test_only_what_stands_above_may_be_read():
    assert paths("a") == []
    assert paths("c") == ["a", "b", "enfants"]
    assert paths("p2") == ["a", "b", "enfants", "c"]
    assert paths() == ["a", "b", "enfants", "c", "d"]


def test_a_row_reads_its_own_row_above_it():
    assert paths("age") == ["a", "b", "prenom"]
    assert paths(block="enfants") == ["a", "b", "prenom", "age"]


def test_a_rule_reads_the_rows():
    assert "prenom" in paths(rows=True)


def test_the_parts_of_an_address_may_be_read():
    parts = [source["path"] for source in reachable(SCHEMA, "c") if source["part"]]
    assert "b.zip" in parts


def test_lines_put_in_a_form_get_free_codes():
    items = [
        question("a"),
        question("b", visible_if={"all": [{"q": "a.zip", "op": "filled"}]}),
        {"kind": "block", "code": "enfants", "label": "E", "items": [question("nom")]},
    ]
    first, second, block = renamed(items, {"a", "nom", "a_2"})
    assert first["code"] == "a_3"
    assert second["code"] == "b"
    assert second["visible_if"] == {"all": [{"q": "a_3.zip", "op": "filled"}]}
    assert block["items"][0]["code"] == "nom_2"
    assert items[0]["code"] == "a"
