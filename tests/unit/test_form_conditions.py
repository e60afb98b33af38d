"""Conditions of forms: one literal case per meaning."""

from datetime import date

import pytest
from form_cases import TODAY, q
from grc_rules.grc_form.condition_check import check_condition
from grc_rules.grc_form.conditions import holds, leaves, sources
from grc_rules.grc_form.values import decimal_text, fold, is_empty, number, shift
from hypothesis import given
from hypothesis import strategies as st

ANSWERS = {
    "nom": "Élodie L’Hôte",
    "oui": True,
    "non": False,
    "nombre": 12,
    "prix": "12.50",
    "zero": 0,
    "jour": "2026-11-24",
    "instant": "2026-11-24T10:30",
    "naissance": "2008-11-24",
    "bissextile": "2008-02-29",
    "demain": "2026-11-25",
    "choix": "grande",
    "autre": {"other": "Salle d’à côté"},
    "liste": ["a", "b", {"other": "Zoé"}],
    "paire": ["13", "13055"],
    "creneau": {"start": "08:00", "end": "10:30"},
    "adresse": {"zip": "01000", "city": ""},
    "vide": {"zip": "", "city": ""},
    "fichiers": [{"name": "a.pdf"}, {"name": "b.pdf"}],
    "blanc": "",
}


@pytest.mark.parametrize(
    "leaf",
    [
        q("choix", "eq", "grande"),
        q("choix", "ne", "petite"),
        q("oui", "eq", True),
        q("non", "eq", False),
        q("non", "filled"),
        q("zero", "filled"),
        q("zero", "eq", 0),
        q("nombre", "eq", "12"),
        q("nombre", "eq", "12.0"),
        q("prix", "eq", "12.5"),
        q("prix", "gt", 12),
        q("prix", "lt", "12.51"),
        q("nom", "contains", "elodie"),
        q("nom", "contains", "L'HOTE"),
        q("nom", "starts_with", "ELO"),
        q("nom", "not_contains", "zoe"),
        q("liste", "contains", "a"),
        q("liste", "not_contains", "c"),
        q("liste", "in", ["z", "b"]),
        q("liste", "not_in", ["z", "y"]),
        q("choix", "in", ["petite", "grande"]),
        q("choix", "not_in", ["petite"]),
        q("autre", "ne", "grande"),
        q("autre.other", "filled"),
        q("autre", "contains", "a cote"),
        q("liste.other", "eq", "Zoé"),
        q("paire.0", "eq", "13"),
        q("creneau.start", "lt", "08:30"),
        q("adresse.zip", "eq", "01000"),
        q("adresse.zip", "starts_with", "01"),
        q("vide", "empty"),
        q("blanc", "empty"),
        q("absent", "empty"),
        q("adresse.city", "empty"),
        q("fichiers", "count_eq", 2),
        q("fichiers", "count_ge", 2),
        q("fichiers", "count_le", 3),
        q("liste", "count_ge", 3),
        q("jour", "eq", {"today": {}}),
        q("instant", "eq", {"today": {}}),
        q("demain", "eq", {"today": {"days": 1}}),
        q("jour", "ge", {"today": {"months": -1}}),
        q("jour", "lt", other="demain"),
        q("instant", "le", other="jour"),
        q("naissance", "age_ge", 18),
        q("bissextile", "age_ge", 18),
        q("naissance", "age_lt", 19),
        {"profile": "age", "op": "ge", "value": 18},
        {"profile": "kind", "op": "in", "value": ["person"]},
        {"profile": "commune_code", "op": "empty"},
        {"all": []},
        {"not": {"any": []}},
        {"not": q("absent", "eq", "x")},
        {"all": [q("oui", "eq", True), {"any": [q("absent", "filled"), None]}]},
        None,
    ],
)
def test_holds(leaf):
    profile = {"age": 40, "kind": "person", "signed_in": True}
    assert holds(leaf, ANSWERS, today=TODAY, profile=profile)


@pytest.mark.parametrize(
    "leaf",
    [
        q("choix", "eq", "GRANDE"),
        q("oui", "eq", 1),
        q("nombre", "eq", True),
        q("nom", "lt", "zzz"),
        q("adresse", "eq", "01000"),
        q("adresse.zip", "eq", "1000"),
        q("fichiers", "count_eq", 3),
        q("nom", "count_ge", 1),
        q("demain", "age_ge", 0),
        q("demain", "age_lt", 18),
        q("jour", "eq", {"today": {"years": 9000}}),
        q("jour", "gt", "texte"),
        {"profile": "age", "op": "ge", "value": 18},
        {"q": "nom"},
        {"q": "nom", "op": "exec", "value": "x"},
        {"any": []},
        "nom",
        {},
    ],
)
def test_does_not_hold(leaf):
    assert not holds(leaf, ANSWERS, today=TODAY)


@pytest.mark.parametrize(
    "operator",
    ["eq", "ne", "lt", "ge", "contains", "not_contains", "in", "not_in"]
    + ["starts_with", "count_eq", "count_le", "age_ge", "age_lt", "filled"],
)
def test_what_is_unknown_is_never_different(operator):
    for code in ("absent", "blanc", "vide"):
        value = ["x"] if "in" in operator else "x"
        assert not holds(q(code, operator, value), ANSWERS, today=TODAY)
        assert not holds(q("nom", operator, other=code), ANSWERS, today=TODAY) or (
            operator == "filled"
        )


def test_row_comes_before_the_root():
    row = {"nom": "Zoé"}
    assert holds(q("nom", "eq", "Zoé"), ANSWERS, today=TODAY, row=row)
    assert holds(q("nombre", "eq", 12), ANSWERS, today=TODAY, row=row)


@pytest.mark.parametrize(
    ("birth", "today", "is_adult"),
    [
        ("2008-02-29", "2026-02-28", False),
        ("2008-02-29", "2026-03-01", True),
        ("2008-11-24", "2026-11-23", False),
        ("2008-11-24", "2026-11-24", True),
    ],
)
def test_age_of_majority(birth, today, is_adult):
    day = date.fromisoformat(today)
    assert holds(q("n", "age_ge", 18), {"n": birth}, today=day) is is_adult
    assert holds(q("n", "age_lt", 18), {"n": birth}, today=day) is not is_adult


@pytest.mark.parametrize(
    ("start", "amounts", "expected"),
    [
        ("2026-01-31", {"months": 1}, "2026-02-28"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-02-29", {"years": -4, "days": 1}, "2020-03-01"),
        ("2026-01-31", {"months": 1, "days": 1}, "2026-03-01"),
        ("2026-03-31", {"months": -13}, "2025-02-28"),
    ],
)
def test_relative_days_are_clamped_to_the_month(start, amounts, expected):
    assert shift(date.fromisoformat(start), **amounts) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Été À LA Mer", "ete a la mer"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ŒUVRE Æther", "oeuvre aether"),
        ("L’an\u00a02026", "l'an 2026"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.integers(-(10**20), 10**20))
def test_decimals_are_read_as_they_are_written(scaled):
    assert number(decimal_text(scaled)) == scaled


def test_leaves_and_sources():
    condition = {"all": [q("a.zip", "filled"), {"not": q("b", "eq", other="c")}]}
    condition["all"].append({"profile": "age", "op": "ge", "value": 3})
    assert sources(condition) == {"a", "b", "c"}
    assert len(list(leaves(condition))) == 3
    assert sources(None) == set()


def test_false_and_zero_are_answers():
    assert not is_empty(False) and not is_empty(0) and not is_empty([{}])
    assert is_empty({"a": {"b": ""}}) and is_empty([])


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({}, "condition_operator"),
        ({"all": [], "any": []}, "condition_operator"),
        ({"all": [None]}, "condition_malformed"),
        (q("a b", "filled"), "condition_malformed"),
        (q("a", "eq"), "condition_value"),
        (q("a", "in", "x"), "condition_value"),
        (q("a", "lt", "texte"), "condition_value"),
        (q("a", "age_ge", "18"), "condition_value"),
        (q("a", "eq", {"today": {"weeks": 1}}), "condition_value"),
        (q("a", "eq", 1.5), "condition_value"),
        (q("a", "eq", other="b") | {"value": "x"}, "condition_malformed"),
        ({"q": "a", "profile": "age", "op": "filled"}, "condition_malformed"),
    ],
)
def test_malformed_conditions(condition, code):
    assert [found for found, _params in check_condition(condition)] == [code]


def test_right_conditions():
    for leaf in (
        q("a", "filled"),
        q("a", "empty") | {"value": ""},
        q("a.zip", "starts_with", "13"),
        q("a", "le", {"today": {"days": -1}}),
        q("a", "eq", ["x", "y"]),
        {"profile": "age", "op": "lt", "value": 26},
    ):
        assert check_condition({"any": [leaf, {"not": leaf}]}) == []
