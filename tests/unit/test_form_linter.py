"""The check of a form before it is published.

CRPA art. R113-8 (proof of domicile), L114-5 and L114-5-1 (pieces), L113-12 and L113-13
(what is known already), RGPD art. 13 (information), loi n° 78-17 art. 30 (NIR).
RGAA 4.1, 1.1 (words of pictures).
"""

from datetime import date, timedelta
from itertools import product

import pytest
from form_cases import block, choice, form, hall, page, piece, q, question
from grc_rules.grc_form.codes import FINDINGS
from grc_rules.grc_form.conditions import holds
from grc_rules.grc_form.domains import IDENTITIES, SUITED, kind_of
from grc_rules.grc_form.form_index import FormIndex
from grc_rules.grc_form.linter import Facts, lint
from grc_rules.grc_form.linter_law import DOMICILE_CASES
from grc_rules.grc_form.schema import check_schema
from grc_rules.grc_form.visibility import visible
from hypothesis import given, settings
from hypothesis import strategies as st

ORDINARY = {"nature": "ordinary", "legal_basis": "CGCT", "indispensable": True}
FACTS = Facts(
    documents={
        "ATTEST": ORDINARY,
        "DOMICILE": ORDINARY | {"nature": "proof_of_domicile"},
        "SANS_TEXTE": ORDINARY | {"legal_basis": ""},
        "ACCESSOIRE": ORDINARY | {"indispensable": False},
    },
    audience=IDENTITIES,
    retention="Deux ans",
    privacy={"purpose": "a", "legal_basis": "b", "recipients": "c"},
)
A = choice("a", "x", "y", "z")
OUI = question("oui", "yes_no")
N = question("n", "integer", min=0, max=10)
JOUR = question("jour", "date")


def found(schema, facts=FACTS):
    assert check_schema(schema) == []
    findings = lint(schema, facts)
    for one in findings:
        assert set(one.params) == set(FINDINGS[one.code]), one.code
    return [(one.level, one.code, one.path) for one in findings]


def codes(*items, facts=FACTS, **more):
    return [code for _level, code, _path in found(form(*items, **more), facts)]


def test_right_form_is_found_right():
    assert found(hall()) == []


# === CONDITIONS === #


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (q("zzz", "filled"), "source_unknown"),
        (q("p1", "filled"), "source_unknown"),
        (q("e", "filled"), "source_unanswered"),
        (q("cible", "filled"), "source_below"),
        (q("apres", "filled"), "source_below"),
        (q("a", "eq", other="apres"), "source_below"),
        (q("prenom", "filled"), "source_in_rows"),
        (q("a.zip", "filled"), "source_part_unknown"),
        (q("a.other", "filled"), "source_part_unknown"),
        (q("lieu.rue", "filled"), "source_part_unknown"),
        (q("lieu", "eq", "x"), "operator_unsuited"),
        (q("a", "gt", 3), "operator_unsuited"),
        (q("n", "contains", "x"), "operator_unsuited"),
        (q("n", "age_ge", 18), "operator_unsuited"),
        ({"profile": "kind", "op": "gt", "value": 3}, "operator_unsuited"),
        (q("a", "eq", "w"), "value_unknown"),
        (q("a", "in", ["x", "w"]), "value_unknown"),
        (q("oui", "eq", "yes"), "value_unknown"),
        (q("jour", "gt", 3), "value_unknown"),
        (q("n", "eq", "douze"), "value_unknown"),
        ({"profile": "kind", "op": "eq", "value": "alien"}, "value_unknown"),
    ],
)
def test_condition_that_reads_wrong(condition, code):
    items = [
        *(A, OUI, N, JOUR, question("lieu", "address")),
        {"kind": "explanation", "code": "e", "html": ""},
        block("enfants", question("prenom")),
        question("cible", visible_if=condition),
        question("apres"),
    ]
    assert codes(*items) == [code]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [q("a", "eq", "x"), q("a", "eq", "y")]},
        {"all": [q("a", "eq", "x"), q("a", "empty")]},
        {"all": [q("a", "in", ["x", "y"]), q("a", "not_in", ["x", "y"])]},
        {"all": [q("a", "ne", value) for value in "xyz"]},
        {"all": [q("a", "filled"), {"not": q("a", "filled")}]},
        {"not": {"any": [q("a", "empty"), q("a", "filled")]}},
        {"all": [q("oui", "eq", True), q("oui", "eq", False)]},
        {"all": [q("n", "gt", 5), q("n", "lt", 6)]},
        {"all": [q("n", "gt", "5.5"), q("n", "le", 5)]},
        q("n", "gt", 10),
        q("n", "eq", "2.5"),
        {"all": [q("jour", "gt", "2026-01-01"), q("jour", "lt", "2026-01-01")]},
        {
            "all": [
                q("jour", "ge", {"today": {"months": 1}}),
                q("jour", "le", {"today": {"days": 20}}),
            ]
        },
        {"all": [q("jour", "age_ge", 18), q("jour", "age_lt", 16)]},
        {"all": [q("jour", "age_ge", 18), {"not": q("jour", "age_ge", 16)}]},
        {"all": [q("nom", "eq", "Ada"), q("nom", "starts_with", "b")]},
        {"all": [q("nom", "contains", "a"), q("nom", "empty")]},
        {"all": [q("lieu.zip", "filled"), q("lieu", "empty")]},
        {"all": [q("qui.kind", "eq", "person"), q("qui.kind", "ne", "person")]},
        {"all": [q("jours", "count_ge", 3), q("jours", "not_contains", "l")]},
        {"all": [q("enfants", "count_ge", 4)]},
        {"all": [q("n", "lt", other="m"), q("m", "empty")]},
        {
            "all": [
                {"profile": "age", "op": "ge", "value": 18},
                {"profile": "age", "op": "lt", "value": 16},
            ]
        },
        # Their source is only shown when a is x.
        {"all": [q("si_x", "filled"), q("a", "eq", "y")]},
        {"all": [q("si_x2", "filled"), q("a", "eq", "y")]},
    ],
)
def test_condition_that_can_never_be_true(condition):
    items = [
        *(A, OUI, N, JOUR, question("nom"), question("lieu", "address")),
        *(question("qui", "identity"), question("m", "integer")),
        choice("jours", "l", "m", "j", type="choices"),
        block("enfants", question("prenom")),
        question("si_x", visible_if=q("a", "eq", "x")),
        question("si_x2", visible_if=q("si_x", "filled")),
    ]
    assert codes(*items, question("cible", visible_if=condition)) == ["never_shown"]
    assert codes(*items, question("cible", visible_if={"not": condition})) == []


def test_what_holds_an_item_counts_too():
    section = {"kind": "section", "code": "s", "title": "S"}
    schema = form(
        page("p1", A),
        page(
            "p2",
            section | {"visible_if": q("a", "ne", "z")},
            question("b", visible_if=q("a", "eq", "y")),
            question("c", visible_if=q("a", "eq", "z")),
            visible_if=q("a", "in", ["x", "z"]),
        ),
    )
    assert found(schema) == [
        ("error", "never_shown", "pages[1].items[1]"),
        ("error", "never_shown", "pages[1].items[2]"),
        ("error", "never_shown", "pages[1]"),
    ]


def test_page_that_is_never_reached():
    never = {"all": [q("a", "eq", "x"), q("a", "eq", "y")]}
    schema = form(page("p1", A), page("p2", question("b"), visible_if=never))
    assert found(schema) == [("error", "never_shown", "pages[1]")]
    schema = form(page("p1", A, visible_if=q("a", "filled")))
    assert found(schema) == [("error", "source_below", "pages[0].visible_if")]


def test_option_that_is_never_offered():
    tarif = choice("tarif", "plein", "jeune", visible_if=q("a", "eq", "x"))
    tarif["options"][1]["visible_if"] = q("a", "eq", "y")
    assert found(form(A, tarif)) == [
        ("error", "option_never_shown", "pages[0].items[1].options[1]")
    ]


def test_rows_may_read_their_row_and_the_root():
    rows = block("b", OUI, question("c", visible_if=q("oui", "eq", True)))
    rows["items"].append(question("d", visible_if=q("a", "eq", "x")))
    assert codes(A, rows) == []
    rows["items"][1]["visible_if"] = q("b", "count_ge", 1)
    assert codes(A, rows) == []


@pytest.mark.parametrize(
    ("condition", "ending"),
    [
        ({"any": [q("a", "filled"), q("a", "empty")]}, "_always"),
        ({"not": {"all": [q("n", "gt", 6), q("n", "lt", 6)]}}, "_always"),
        ({"all": [q("n", "gt", 6), q("n", "lt", 6)]}, "_never"),
    ],
)
def test_rule_that_says_always_the_same(condition, ending):
    check = {"code": "c", "refuse_if": condition, "message": "Non.", "at": ["a"]}
    assert codes(A, N, checks=[check]) == ["check" + ending]
    stop = {"code": "i", "if": condition, "title": "Arrêt", "message": "Non."}
    assert codes(A, N, stops=[stop]) == ["stop" + ending]


def test_rule_about_the_rows_of_a_block():
    check = {"code": "c", "refuse_if": q("n", "lt", other="m"), "message": "Non."}
    one = block("b", N, question("m", "integer"))
    assert codes(one, checks=[check]) == []
    two = [block("b", N), block("d", question("m", "integer"))]
    assert codes(*two, checks=[check]) == ["source_in_rows", "source_in_rows"]


# === FORMULAS, WORDS === #


def test_formulas_that_read_wrong():
    one = question("t", "computed", formula="u + 1", result="number")
    two = question("u", "computed", formula="n + zzz", result="number")
    assert codes(N, one, two) == ["source_below", "source_unknown"]
    assert codes(N, one, two | {"formula": "t * n"}) == ["formula_loop"] * 2
    assert codes(N, one | {"formula": "t"}) == ["formula_loop"]
    rows = block("b", question("m", "integer"))
    assert codes(rows, one | {"formula": "sum(b.m)"}) == []
    assert codes(rows, one | {"formula": "m"}) == ["source_in_rows"]


def test_words_that_are_missing():
    assert codes(question("b", label=" ")) == ["label_missing"]
    assert codes({"kind": "section", "code": "s", "title": ""}, N) == ["title_missing"]
    assert codes(block("b"), N) == ["block_empty"]
    schema = form(page("p1", N, title=""), page("p2"))
    assert [code for _level, code, _path in found(schema)] == [
        "title_missing",
        "page_empty",
    ]


# === LAW === #


def domicile(**more):
    return piece("justificatif", "DOMICILE", **more)


def test_proof_of_domicile_is_refused_with_the_article():
    (finding,) = lint(form(domicile()), FACTS)
    assert (finding.level, finding.code) == ("error", "domicile_refused")
    assert finding.article == "CRPA art. R113-8"
    (finding,) = lint(form(domicile(required=False)), FACTS)
    assert (finding.level, finding.code) == ("warning", "domicile_optional")


@pytest.mark.parametrize("case", DOMICILE_CASES)
def test_proof_of_domicile_is_accepted_in_the_cases_of_the_law(case):
    facts = Facts(FACTS.documents, IDENTITIES, case, FACTS.retention, FACTS.privacy)
    assert codes(domicile(), facts=facts) == []


def test_proof_of_domicile_of_companies_is_accepted():
    only = Facts(FACTS.documents, ("company",), None, FACTS.retention, FACTS.privacy)
    assert codes(domicile(), facts=only) == []
    company = {"profile": "kind", "op": "eq", "value": "company"}
    assert codes(domicile(visible_if=company)) == []
    qui = question("qui", "identity")
    assert codes(qui, domicile(visible_if=q("qui.kind", "ne", "person"))) == []
    assert codes(qui, domicile(visible_if=q("qui.kind", "ne", "company"))) == [
        "domicile_refused"
    ]
    assert codes(OUI, domicile(visible_if=q("oui", "eq", True))) == ["domicile_refused"]


def test_pieces_are_those_of_the_texts():
    assert codes(piece("p", "INCONNU")) == ["piece_unknown"]
    assert codes(piece("p", "SANS_TEXTE")) == ["piece_without_basis"]
    (finding,) = lint(form(piece("p", "ACCESSOIRE")), FACTS)
    assert (finding.level, finding.code) == ("warning", "piece_not_indispensable")
    assert finding.article == "CRPA art. L114-5-1"
    assert codes(piece("p", "ACCESSOIRE", required=False)) == []


def test_same_datum_is_not_asked_twice():
    first = question("mail", "email", label="Adresse électronique")
    second = question("mail2", "email", label="ADRESSE ELECTRONIQUE")
    (finding,) = lint(form(first, second), FACTS)
    assert (finding.code, finding.article) == ("asked_twice", "CRPA art. L113-12")
    assert codes(first, block("b", second)) == []
    exclusive = [
        A,
        first | {"visible_if": q("a", "eq", "x")},
        second | {"visible_if": q("a", "eq", "y")},
    ]
    assert codes(*exclusive) == []
    assert codes(piece("p"), piece("p2")) == ["piece_twice"]
    titles = [{"kind": "section", "code": f"s{n}", "title": "Époux"} for n in "12"]
    names = [question(code, label="Nom") for code in ("nom", "nom2")]
    assert codes(titles[0], names[0], titles[1], names[1]) == []
    assert codes(titles[0], *names, titles[1], N) == ["asked_twice"]
    assert codes(titles[0], first, titles[1], second) == ["asked_twice"]


@pytest.mark.parametrize(
    ("label", "is_refused"),
    [
        ("Votre NIR", True),
        ("Numéro de sécurité sociale", True),
        ("N° de Sécurité sociale", True),
        ("Numéro d’immatriculation à la sécurité sociale", True),
        ("Attestation de sécurité sociale", False),
        ("Numéro SIRET", False),
        ("Souvenir", False),
        ("Numéro d’inscription au répertoire national des associations", False),
    ],
)
def test_social_security_number_is_refused(label, is_refused):
    assert codes(question("b", label=label)) == ["nir_asked"] * is_refused


def test_information_on_the_data_is_required():
    found_codes = [one.params for one in lint(form(N), Facts())]
    assert found_codes == [
        {"what": "purpose"},
        {"what": "legal_basis"},
        {"what": "recipients"},
        {},
    ]
    assert {one.article for one in lint(form(N), Facts())} == {"RGPD art. 13"}


# === « NEVER » IS SAID ONLY WHEN IT IS CERTAIN === #

DAY = date(2026, 1, 31)
TODAYS = (DAY, date(2024, 2, 29), date(2025, 3, 1))
RELATIVE = [{"today": {}}, {"today": {"days": 2}}, {"today": {"months": 1}}]
RELATIVE += [{"today": {"months": 1, "days": -29}}, {"today": {"years": -1}}]
RANGE = [
    (today + timedelta(days=n)).isoformat()
    for today in TODAYS
    for n in (-800, -366, -365, -1, 0, 1, 2, 3, 27, 28, 29, 30, 31, 32)
]
SMALL = {
    "a": choice("a", "x", "y"),
    "b": question("b", "yes_no"),
    "n": question("n", "integer", min=0, max=3),
    "s": choice("s", "x", "y", type="choices", other=True),
    "t": question("t"),
    "d": question("d", "date"),
}
DOMAINS = {
    "a": ["x", "y"],
    "b": [True, False],
    "n": [0, 1, 2, 3],
    "s": [["x"], ["y"], ["x", "y"], [{"other": "o"}], ["x", {"other": "o"}]],
    "t": ["x", "X y", "12", "12.0", "2026-01-31", "z"],
    "d": RANGE,
}
DOMAINS["s"] += [["x", "y", {"other": "o"}], ["y", {"other": "o"}]]
VALUES = {
    "a": ["x", "y"],
    "b": [True, False],
    "n": [0, 1, 2, 3, "1.5"],
    "s": ["x", "y"],
    "t": ["x", "12", 12, "y", "12.0"],
    "d": ["2026-01-31", "2024-03-02", "2024-02-29T10:30", *RELATIVE],
}


def leaves_of(code):
    def leaf(operator):
        if operator in ("empty", "filled"):
            return st.just(q(code, operator))
        if operator.startswith("age"):
            return st.sampled_from([0, 1, 2]).map(lambda n: q(code, operator, n))
        if operator.startswith("count"):
            return st.sampled_from([1, 2, 3, 4]).map(lambda n: q(code, operator, n))
        one = st.sampled_from(VALUES[code])
        if operator in ("in", "not_in"):
            one = st.lists(one, min_size=1, max_size=2)
        return one.map(lambda value: q(code, operator, value))

    return st.sampled_from(SUITED[kind_of(SMALL[code])]).flatmap(leaf)


def trees(*names):
    leaf = st.sampled_from(names).flatmap(leaves_of)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=6,
    )


def is_ever(schema, condition, names):
    """Tell by brute force whether a condition may be true where it stands."""
    domains = [[None, *DOMAINS[name]] for name in names]
    for today, *given_values in product(
        TODAYS if "d" in names else TODAYS[:1], *domains
    ):
        answers = {
            n: v for n, v in zip(names, given_values, strict=True) if v is not None
        }
        known = visible(schema, answers, today=today).answers
        if holds(condition, known, today=today):
            return True
    return False


NAMES = st.sampled_from([("a", "b"), ("a", "n"), ("a", "s"), ("t",), ("d",), ("n",)])


@settings(max_examples=45)
@given(NAMES.flatmap(lambda names: st.tuples(st.just(names), trees(*names))))
def test_never_is_always_right(drawn):
    names, condition = drawn
    schema = form(*(SMALL[name] for name in names))
    said = FormIndex(schema).is_never(condition)
    if said or set(names) <= {"a", "b", "n", "s"}:
        assert said is not is_ever(schema, condition, names)


@settings(max_examples=25)
@given(trees("a", "b"), trees("a", "n"))
def test_never_is_right_when_sources_are_hidden(guard, condition):
    schema = form(SMALL["a"], SMALL["b"], SMALL["n"] | {"visible_if": guard})
    if FormIndex(schema).is_never(condition):
        assert not is_ever(schema, condition, ("a", "b", "n"))


PIXEL = "R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    ("more", "is_refused"),
    [
        ({}, False),
        ({"image": PIXEL}, True),
        ({"image": PIXEL, "image_alt": "  "}, True),
        ({"image": PIXEL, "image_alt": "Plan of the hall"}, False),
        ({"image": PIXEL, "image_decorative": True}, False),
        ({"image": PIXEL, "image_decorative": False}, True),
    ],
)
def test_a_picture_has_words_or_is_decorative(more, is_refused):
    line = {"kind": "explanation", "code": "e", "html": "<p>The <b>hall</b></p>"}
    schema = form(line | more, A)
    assert check_schema(schema) == []
    found = [one for one in lint(schema, FACTS) if one.code == "image_alt_missing"]
    assert bool(found) == is_refused
    for one in found:
        assert (one.level, one.params) == ("error", {"name": "The hall"})
        assert "RGAA" in one.article
