"""Formulas of computed questions: text, tree, value."""

import pytest
from form_cases import TODAY
from grc_rules.grc_form.formula import (
    FormulaError,
    check_tree,
    parse,
    reads,
    unparse,
)
from grc_rules.grc_form.formula_value import evaluate
from hypothesis import given
from hypothesis import strategies as st

ANSWERS = {
    "a": 7,
    "b": "2.5",
    "nul": 0,
    "debut": "2026-05-01",
    "fin": "2026-05-31",
    "naissance": "2008-11-24",
    "oui": True,
    "ville": "Aubagne",
    "enfants": [{"tarif": "12.50", "nom": "x"}, {"tarif": 3}, {"nom": "y"}],
    "lieu": {"zip": "13400"},
}


@pytest.mark.parametrize(
    ("text", "result", "expected"),
    [
        ("a + b * 2", "number", "12"),
        ("(a + b) * 2", "number", "19"),
        ("a - 3 - 2", "number", "2"),
        ("-a + 1", "number", "-6"),
        ("a / 3", "number", "2.333333"),
        ("2 / 3", "number", "0.666667"),
        ("-2 / 3", "number", "-0.666667"),
        ("a / nul", "number", None),
        ("a + absent", "number", None),
        ("round(b)", "number", "3"),
        ("round(-b)", "number", "-3"),
        ("round(a / 3, 2)", "number", "2.33"),
        ("min(a, b, 4)", "number", "2.5"),
        ("max(a; b)", "number", "7"),
        ("sum(enfants.tarif)", "number", "15.5"),
        ("somme(absent.tarif)", "number", "0"),
        ("count(enfants) * 2", "number", "6"),
        ("nombre(absent)", "number", "0"),
        ("age(naissance)", "number", "18"),
        ("days(debut, fin)", "number", "30"),
        ("add_months(fin, 1)", "date", "2026-06-30"),
        ("ajoute_jours(fin, -30)", "date", "2026-05-01"),
        ("debut", "date", "2026-05-01"),
        ("today", "date", "2026-11-24"),
        ("debut + 1", "number", None),
        ("if(a > 5, 10, 20)", "number", "10"),
        ("si(a > 5 et non oui, 10, 20)", "number", "20"),
        ("if(absent = 1, 10, 20)", "number", "20"),
        ("if(absent != 1, 10, 20)", "number", "20"),
        ("if(oui, b, a)", "number", "2.5"),
        ("if(oui = yes, b, a)", "number", "2.5"),
        ('if(ville = "Aubagne", "local", "extérieur")', "text", "local"),
        ("if(debut < fin, 1, 0)", "number", "1"),
        ("if(filled(absent) or empty(a), 1, 0)", "number", "0"),
        ("lieu.zip + 0", "number", "13400"),
        ("ville", "text", "Aubagne"),
        ("a * b", "text", "17.5"),
        ("ville", "number", None),
        ("oui", "text", None),
        ("999999999999999 * 999999999999999", "number", None),
    ],
)
def test_value(text, result, expected):
    assert evaluate(parse(text), ANSWERS, today=TODAY, result=result) == expected


def test_row_comes_before_the_root():
    found = evaluate(parse("a * 2"), ANSWERS, today=TODAY, row={"a": 5})
    assert found == "10"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula_syntax"),
        ("a +", "formula_syntax"),
        ("a b", "formula_syntax"),
        ("(a", "formula_syntax"),
        ("a ; b", "formula_syntax"),
        ("a ^ 2", "formula_syntax"),
        ("__import__", "formula_syntax"),
        ("exec(a)", "formula_function"),
        ("days(a)", "formula_arguments"),
        ("sum(1)", "formula_arguments"),
        ("count(a + b)", "formula_arguments"),
        ("(" * 300 + "a" + ")" * 300, "formula_too_long"),
        ("+".join("a" * 60), "formula_too_long"),
        ("a" * 3000, "formula_too_long"),
    ],
)
def test_formula_that_cannot_be_read(text, code):
    with pytest.raises(FormulaError) as found:
        parse(text)
    assert found.value.code == code


@pytest.mark.parametrize(
    "tree", [None, 3, "x", "-1", {}, {"q": ""}, {"op": "add"}, {"op": 1, "args": []}]
)
def test_tree_of_a_file_that_is_refused(tree):
    with pytest.raises(FormulaError):
        check_tree({"op": "neg", "args": [tree]})


def test_reads_names_the_blocks():
    tree = parse("sum(enfants.tarif) + if(lieu.zip = 1, a, 2)")
    assert reads(tree) == {"enfants", "lieu", "a"}


names = st.sampled_from(["a", "b", "lieu.zip", "1", "2.5", "today", "yes"])
signs = st.sampled_from(["+", "-", "*", "/", "=", "<", "and", "or"])
texts = st.recursive(
    names,
    lambda inner: st.one_of(
        st.tuples(inner, signs, inner).map(" ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
        inner.map(lambda text: f"not {text}"),
        st.tuples(inner, inner).map(lambda pair: f"max({pair[0]}, {pair[1]})"),
    ),
    max_leaves=8,
)


@given(texts)
def test_unparse_is_the_reverse_of_parse(text):
    tree = parse(text)
    assert parse(unparse(tree)) == tree
    check_tree(tree)
