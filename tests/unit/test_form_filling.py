"""A form being filled: what shows, what stays, what is wrong, where to go next."""

from datetime import date

import pytest
from form_cases import (
    CONTEXT,
    TODAY,
    block,
    choice,
    form,
    hall,
    page,
    piece,
    q,
    question,
)
from grc_rules.grc_form.codes import PROBLEMS
from grc_rules.grc_form.filling import (
    next_page,
    previous_page,
    problems,
    prune,
    read_page,
    shown_pages,
    stop,
    visible,
)
from grc_rules.grc_form.visibility import for_browser
from hypothesis import given
from hypothesis import strategies as st

FILE = {"name": "a.pdf", "size": 10, "mimetype": "application/pdf", "sha256": "0" * 64}
RIGHT = {
    "salle": "petite",
    "debut": "2026-12-24",
    "heures": 3,
    "qui": "particulier",
    "enfants": [{"_id": "r1", "prenom": "Ada"}],
}


def seen(schema, answers, **more):
    return visible(schema, answers, today=TODAY, **more)


def kept(schema, answers, **more):
    return prune(schema, answers, today=TODAY, **more)


def codes(found):
    return {path: [one.code for one in ones] for path, ones in found.items()}


# === WHAT SHOWS AND STAYS === #


def test_hiding_cascades():
    schema = form(
        question("a"),
        question("b", visible_if=q("a", "eq", "x")),
        question("c", visible_if=q("b", "filled")),
        question("d", visible_if=q("c", "empty")),
    )
    whole = {"a": "x", "b": "1", "c": "2", "d": "3"}
    assert kept(schema, whole) == {"a": "x", "b": "1", "c": "2"}
    assert kept(schema, whole | {"a": "y"}) == {"a": "y", "d": "3"}


def test_page_and_section_hide_what_they_hold():
    section = {"kind": "section", "code": "s", "title": "S"}
    schema = form(
        page("p1", question("a"), section | {"visible_if": q("a", "eq", "x")}),
        page("p2", question("c"), visible_if=q("a", "filled")),
    )
    schema["pages"][0]["items"] += [question("b"), section | {"code": "s2"}]
    schema["pages"][0]["items"].append(question("d"))
    everything = {"a": "y", "b": "1", "c": "2", "d": "3"}
    assert kept(schema, everything) == {"a": "y", "c": "2", "d": "3"}
    assert kept(schema, {"b": "1", "c": "2", "d": "3"}) == {"d": "3"}
    assert seen(schema, everything).shown == {"p1", "p2", "a", "s2", "d", "c"}


def test_page_with_nothing_but_titles_is_skipped():
    section = {"kind": "section", "code": "s", "title": "S"}
    schema = form(
        page("p1", choice("a", "x", "y")),
        page("p2", section, question("b", visible_if=q("a", "eq", "x"))),
        page("p3", {"kind": "explanation", "code": "e", "html": "<p>Fin.</p>"}),
    )
    for answer, pages in (("x", ["p1", "p2", "p3"]), ("y", ["p1", "p3"])):
        found = seen(schema, {"a": answer})
        assert shown_pages(schema, found) == pages
        assert next_page(schema, found) == "p1"
        assert next_page(schema, found, "p1") == pages[1]
        assert previous_page(schema, found, "p3") == pages[-2]
        assert next_page(schema, found, "p3") is None
        assert previous_page(schema, found, "p1") is None


def test_answer_to_a_hidden_option_is_dropped():
    schema = form(
        question("age", "integer"),
        choice("tarif", "plein", "jeune"),
        choice("jours", "lundi", "mardi", type="choices"),
    )
    condition = q("age", "lt", 26)
    schema["pages"][0]["items"][1]["options"][1]["visible_if"] = condition
    schema["pages"][0]["items"][2]["options"][0]["visible_if"] = condition
    answers = {"age": 20, "tarif": "jeune", "jours": ["lundi", "mardi"]}
    assert kept(schema, answers) == answers
    found = seen(schema, answers | {"age": 40})
    assert found.answers == {"age": 40, "jours": ["mardi"]}
    assert found.options == {"tarif": ["plein"], "jours": ["mardi"]}
    assert kept(schema, {"age": 40, "jours": ["lundi"]}) == {"age": 40}


def test_answer_to_a_hidden_linked_option_is_dropped():
    options = [
        {"value": "13", "label": "13", "options": [{"value": "a", "label": "A"}]},
        {"value": "83", "label": "83", "options": [{"value": "b", "label": "B"}]},
    ]
    options[1]["visible_if"] = q("tout", "eq", True)
    ask = question("lieu", "linked_choice", options=options, labels=["D", "V"])
    schema = form(question("tout", "yes_no"), ask)
    assert kept(schema, {"tout": False, "lieu": ["83", "b"]}) == {"tout": False}
    assert "lieu" in kept(schema, {"tout": True, "lieu": ["83", "b"]})


def test_rows_have_conditions_of_their_own():
    rows = [
        {"_id": "r1", "prenom": "Ada", "allergie": True, "p_pai": [FILE]},
        {"_id": "r2", "prenom": "Bob", "allergie": False, "p_pai": [FILE], "x": 1},
        "hostile",
    ]
    answers = kept(hall(), {"qui": "particulier", "enfants": rows})
    assert answers["enfants"] == [
        rows[0],
        {"_id": "r2", "prenom": "Bob", "allergie": False},
    ]
    shown = seen(hall(), {"qui": "particulier", "enfants": rows}).shown
    assert "enfants.0.p_pai" in shown and "enfants.1.p_pai" not in shown


def test_row_reads_the_root_and_root_counts_the_rows():
    schema = form(
        question("a"),
        block("b", question("c", visible_if=q("a", "eq", "x"))),
        question("d", visible_if=q("b", "count_ge", 2)),
    )
    rows = [{"_id": "r1", "c": "1"}, {"_id": "r2"}]
    assert kept(schema, {"a": "x", "b": rows, "d": "1"}) == {
        "a": "x",
        "b": rows,
        "d": "1",
    }
    assert "d" not in kept(schema, {"b": rows[:1], "d": "1"})


def test_computed_value_is_filled_in_and_feeds_conditions():
    schema = form(
        question("n", "integer"),
        question("prix", "computed", formula="n * 2.5"),
        question("motif", visible_if=q("prix", "gt", 10)),
    )
    answers = {"n": 5, "prix": "0", "motif": "x"}
    assert kept(schema, answers) == {"n": 5, "prix": "12.5", "motif": "x"}
    assert kept(schema, {"n": 4, "motif": "x"}) == {"n": 4, "prix": "10"}
    assert kept(schema, {"prix": "0"}) == {}


def test_unknown_answers_are_dropped():
    assert kept(hall(), {"intrus": 1, "salle": "petite"}) == {"salle": "petite"}
    assert kept(hall(), ["hostile"]) == {}


def test_condition_on_what_stands_below_has_no_value():
    schema = form(question("a", visible_if=q("b", "filled")), question("b"))
    assert kept(schema, {"a": "1", "b": "2"}) == {"b": "2"}


def test_profile_of_the_citizen_is_a_source():
    rule = {"profile": "kind", "op": "eq", "value": "company"}
    schema = form(question("siret", visible_if=rule), question("a"))
    assert kept(schema, {"siret": "1"}, profile={"kind": "company"}) == {"siret": "1"}
    assert kept(schema, {"siret": "1"}) == {}


def test_browser_gets_no_text_and_says_the_same():
    bare = for_browser(hall())
    assert "Votre" not in str(bare) and "message" not in str(bare)
    answers = RIGHT | {"fin": "2026-01-01"}
    assert seen(bare, answers) == seen(hall(), answers)


# === READING === #


def test_page_is_read_and_other_answers_stay():
    raw = {"salle": "grande", "debut.day": "24", "debut.month": "12"}
    raw |= {"debut.year": "2026", "heures": "3", "prix": "0", "intrus": "x"}
    before = {"qui": "particulier", "fin": "2027-01-01"}
    answers, unread = read_page(hall(), "projet", raw, before, CONTEXT)
    assert unread == {}
    assert answers == {
        "qui": "particulier",
        "salle": "grande",
        "debut": "2026-12-24",
        "heures": 3,
    }


def test_what_cannot_be_read_has_no_answer():
    raw = {"salle": "grande", "heures": "trois"}
    answers, unread = read_page(hall(), "projet", raw, {"heures": 5}, CONTEXT)
    assert answers == {"salle": "grande"}
    assert [(path, one.code) for path, one in unread.items()] == [
        ("heures", "not_integer")
    ]


def test_what_is_hidden_is_not_wrong_and_is_kept_until_the_end():
    raw = {"qui": "particulier", "rna": "n'importe quoi"}
    before = {"rna": "W123456789", "p_assurance": [FILE]}
    answers, unread = read_page(hall(), "personnes", raw, before, CONTEXT)
    assert unread == {}
    answers, unread = read_page(
        hall(), "personnes", {"qui": "particulier"}, before, CONTEXT
    )
    assert answers == before | {"qui": "particulier"}
    assert kept(hall(), answers) == {"qui": "particulier"}


def test_rows_are_read_in_order_and_keep_their_files():
    before = {
        "qui": "particulier",
        "enfants": [{"_id": "r1", "allergie": True, "p_pai": [FILE]}, {"_id": "r2"}],
    }
    raw = {
        "qui": "particulier",
        "enfants.10.prenom": "Cléo",
        "enfants.2._id": "r1",
        "enfants.2.prenom": "Ada",
        "enfants.2.naissance.day": "31",
        "enfants.2.naissance.month": "2",
        "enfants.2.naissance.year": "2020",
        "enfants.2.allergie": "yes",
        "enfants.3._id": "r9",
        "enfants.3.prenom": "",
        "enfants.x.prenom": "hostile",
        "enfants.4._id": "<script>",
    }
    answers, unread = read_page(hall(), "personnes", raw, before, CONTEXT)
    first, second = answers["enfants"]
    assert (first["_id"], first["prenom"], first["p_pai"]) == ("r1", "Ada", [FILE])
    assert second == {"_id": "r4", "prenom": "Cléo"}
    assert list(unread) == ["enfants.0.naissance.day"]


def test_blank_rows_stay_only_as_long_as_rows_are_missing():
    raw = {"qui": "particulier", "enfants.0.prenom": "", "enfants.1.prenom": ""}
    answers, _unread = read_page(hall(), "personnes", raw, {}, CONTEXT)
    assert answers["enfants"] == [{"_id": "r1"}]
    found = codes(problems(hall(), answers, CONTEXT, page="personnes"))
    assert found["enfants.0.prenom"] == ["required"]


@given(st.dictionaries(st.text("enfats.012_idq'", max_size=12), st.text(max_size=5)))
def test_no_post_makes_the_reading_fail(raw):
    raw |= {"qui": ["particulier"], "enfants.0.allergie": ["yes", "no"]}
    answers, _unread = read_page(hall(), "personnes", raw, {"enfants": 3}, CONTEXT)
    problems(hall(), answers, CONTEXT)


# === PROBLEMS === #


def test_right_form_has_no_problem():
    assert problems(hall(), RIGHT, CONTEXT) == {}


def test_what_is_missing_is_said_on_its_page_only():
    assert codes(problems(hall(), {}, CONTEXT)) == {
        "salle": ["required"],
        "debut": ["required"],
        "qui": ["required"],
    }
    assert set(problems(hall(), {}, CONTEXT, page="personnes")) == {"qui"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"heures": 13}, {"heures": ["too_large"]}),
        ({"debut": "2026-11-25"}, {"debut": ["date_too_early"]}),
        ({"salle": "cave"}, {"salle": ["unknown_option"]}),
        ({"salle": "grande"}, {"p_assurance": ["piece_missing"]}),
        ({"salle": "grande", "p_assurance": [FILE]}, {}),
        ({"fin": "2026-12-01"}, {"fin": ["refused"]}),
        ({"enfants": []}, {"enfants": ["rows_missing"]}),
        (
            {"enfants": [{"_id": f"r{n}", "prenom": "A"} for n in range(4)]},
            {"enfants": ["rows_too_many"]},
        ),
        (
            {
                "enfants": [
                    {"_id": "r1", "prenom": "A", "naissance": "2020-01-01"},
                    {"_id": "r2", "prenom": "B", "naissance": "2025-01-01"},
                    {"_id": "r3", "allergie": True},
                ]
            },
            {
                "enfants.1.naissance": ["refused"],
                "enfants.2.prenom": ["required"],
                "enfants.2.p_pai": ["piece_missing"],
            },
        ),
        ({"qui": "association", "rna": "x"}, {"rna": ["not_rna"]}),
    ],
)
def test_problem_is_said_where_it_is(change, expected):
    found = problems(hall(), RIGHT | change, CONTEXT)
    assert codes(found) == expected
    for problem in (one for ones in found.values() for one in ones):
        if problem.code in PROBLEMS:
            assert set(problem.params) == set(PROBLEMS[problem.code])


def test_refusal_across_pages_waits_for_the_last_page():
    check = {
        "code": "c",
        "refuse_if": q("b", "ne", other="a"),
        "message": "Les deux adresses diffèrent.",
        "at": ["a"],
    }
    schema = form(page("p1", question("a")), page("p2", question("b")), checks=[check])
    answers = {"a": "x", "b": "y"}
    assert problems(schema, answers, CONTEXT, page="p1") == {}
    found = problems(schema, answers, CONTEXT, page="p2")
    assert found["a"][0].params["message"] == check["message"]
    del schema["checks"][0]["at"]
    assert set(problems(schema, answers, CONTEXT)) == {""}


def test_stop_waits_for_the_page_it_reads():
    schema = form(
        page("p1", question("a")),
        page("p2", question("b")),
        stops=[{"code": "i", "if": q("b", "empty"), "title": "", "message": "Non."}],
    )
    assert stop(schema, {}, today=TODAY, page="p1") is None
    assert stop(schema, {}, today=TODAY, page="p2")["code"] == "i"
    assert stop(schema, {}, today=TODAY)["code"] == "i"
    assert stop(schema, {"b": "x"}, today=TODAY) is None
    assert stop(hall(), {"heures": 11}, today=TODAY)["code"] == "i1"
    assert stop(form(question("a")), {}, today=TODAY) is None


def test_stop_reads_each_row():
    stops = [{"code": "i", "if": q("c", "eq", "x"), "title": "", "message": "Non."}]
    schema = form(block("b", question("c")), piece("d"), stops=stops)
    rows = [{"_id": "r1", "c": "y"}, {"_id": "r2", "c": "x"}]
    assert stop(schema, {"b": rows}, today=date(2026, 1, 1)) == stops[0]
    assert stop(schema, {"b": rows[:1]}, today=date(2026, 1, 1)) is None
