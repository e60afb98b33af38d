"""Persons of a household in the questions of a form."""

from datetime import date

import pytest
from grc_rules.grc_form import household
from grc_rules.grc_form.types.base import Context

CONTEXT = Context(today=date(2026, 11, 25))
LEO = {
    "link": 1,
    "role": "child",
    "last_name": "Martin",
    "first_name": "Léo",
    "birth_date": "2016-05-14",
    "minor": True,
}
ZOE = LEO | {"link": 2, "first_name": "Zoé", "birth_date": "2019-01-02"}
GROWN = LEO | {"link": 3, "first_name": "Ana", "birth_date": "2000-01-02"}
GROWN["minor"] = False
PAUL = LEO | {"link": 4, "role": "partner", "first_name": "Paul", "minor": False}
PAUL["birth_date"] = "1985-03-04"
ROLES = [
    {"value": "conjoint", "label": "Conjoint ou partenaire"},
    {"value": "enfant", "label": "Enfant"},
]


def member(code="personne", **keys):
    return {"kind": "question", "code": code, "type": "member", "label": ""} | keys


def block(most=3, **keys):
    inside = [member("enfant", **keys), {"code": "ecole", "type": "text"}]
    return {"kind": "block", "code": "enfants", "max": most, "items": inside}


@pytest.mark.parametrize(
    ("texts", "role"),
    [
        (("enfant", "Enfant mineur"), "child"),
        (("conjoint", "Conjoint ou partenaire"), "partner"),
        (("parent", "Parent"), "relative"),
        (("autre", "Autre personne"), ""),
        (("x", "Parent ou enfant"), ""),
        (("a_charge", "Personne à charge"), "dependant"),
        (("w", "Majeur sous tutelle"), "ward"),
    ],
)
def test_words_tell_a_role(texts, role):
    assert household.role_told(*texts) == role


def test_roles_of_the_question_are_matched():
    question = member(roles=ROLES)
    assert household.raw_of(question, LEO)["role"] == "enfant"
    assert household.raw_of(question, PAUL)["role"] == "conjoint"
    relative = LEO | {"role": "relative"}
    assert not household.fits(question, relative)
    other = [*ROLES, {"value": "autre", "label": "Autre personne"}]
    assert household.fits(member(roles=other), relative)
    assert "role" not in household.raw_of(member(roles=other), relative)


def test_a_question_about_a_child_is_offered_children_only():
    assert household.fits(member("enfant"), LEO)
    assert not household.fits(member("enfant"), PAUL)
    assert household.fits(member("personne"), PAUL)


def test_minors_only_are_proposed_at_once():
    found = household.proposed(member("enfant"), [LEO, GROWN, PAUL], CONTEXT)
    assert [one["first_name"] for one in found] == ["Léo"]


def test_a_birth_known_in_part_is_left_to_the_citizen():
    part = LEO | {"birth_date": "2016-05-00"}
    raw = household.raw_of(member("enfant"), part)
    assert raw == {"last_name": "Martin", "first_name": "Léo"}
    assert household.answer_of(member("enfant"), part, CONTEXT) is None


def test_rows_respect_the_maximum_and_the_choice_of_the_administrator():
    wanted = block(most=1, prefill=household.SOURCE)
    rows = household.rows_proposed(wanted, [LEO, ZOE], CONTEXT)
    assert [row["_id"] for row in rows] == ["r1"]
    assert rows[0]["enfant"]["birth_date"] == "2016-05-14"
    assert household.rows_proposed(block(), [LEO], CONTEXT) == []


def test_a_blank_row_is_filled_before_one_is_added():
    item, raw = block(), {"enfants.0._id": "r1", "enfants.0.ecole": "Prévert"}
    raw, path = household.filled(item, raw, LEO)
    assert path == "enfants.0.enfant"
    assert raw["enfants.0.ecole"] == "Prévert"
    assert raw["enfants.0.enfant.birth_date.month"] == "5"
    raw, path = household.filled(item, raw, ZOE)
    assert path == "enfants.1.enfant"
    assert raw["enfants.1._id"] == "r2"


def test_a_full_block_takes_nobody_more():
    item = block(most=1)
    raw, _path = household.filled(item, {}, LEO)
    assert household.filled(item, raw, ZOE) == (raw, "")


def test_who_is_there_is_not_offered_again():
    item = block()
    raw, _path = household.filled(item, {}, LEO)
    offered = household.offered(item, raw, [LEO, ZOE, PAUL])
    assert [one["link"] for one in offered] == [2]


def test_a_role_chosen_already_stays():
    question = member(roles=[*ROLES, {"value": "autre", "label": "Autre personne"}])
    raw = {"personne.role": "autre", "personne.first_name": "X"}
    raw, _path = household.filled(question, raw, LEO | {"role": "relative"})
    assert raw["personne.role"] == "autre"
    assert raw["personne.first_name"] == "Léo"


def test_members_answered_and_their_role():
    page = {"code": "p", "items": [member("personne", roles=ROLES), block()]}
    answers = {
        "personne": {"role": "conjoint", "last_name": "A", "first_name": "B"},
        "enfants": [{"_id": "r1", "enfant": {"last_name": "C", "first_name": "D"}}],
    }
    found = household.typed({"pages": [page]}, answers)
    assert [path for path, _question, _answer in found] == [
        "personne",
        "enfants.0.enfant",
    ]
    roles = [household.role_of(q, answer, False) for _path, q, answer in found]
    assert roles == ["partner", "child"]
    assert household.role_of(member(), {}, True) == "child"
    assert household.role_of(member(), {}, False) == "relative"
