"""What the tests of the types of questions share."""

from datetime import date

import rules_loader

types = rules_loader.load("grc_form.types")
TYPES, CODES = types.TYPES, types.CODES
TODAY = date(2026, 3, 15)
CONTEXT = types.Context(TODAY)

OPTIONS = [
    {"value": "red", "label": "Rouge"},
    {"value": "green", "label": "Vert clair"},
    {"value": "blue", "label": "Bleu"},
]
LINKED = [
    {"value": "a", "label": "École A", "options": OPTIONS[:2]},
    {"value": "b", "label": "École B", "options": OPTIONS[1:]},
]
COLUMNS = [
    {"code": "nom", "type": "text", "label": "Nom", "required": True},
    {"code": "debut", "type": "date", "label": "Début"},
    {"code": "prix", "type": "amount", "label": "Prix", "min": "1"},
]
# One question of each type, with the attributes that it must have.
QUESTIONS = {
    "choice": {"options": OPTIONS, "other": True},
    "choices": {"options": OPTIONS, "other": True},
    "linked_choice": {"options": LINKED, "labels": ["École", "Classe"]},
    "ranking": {"options": OPTIONS},
    "address": {"abroad": True},
    "identity": {"ask_birth_date": True},
    "member": {"roles": OPTIONS},
    "certified": {"text": "Je certifie que ces informations sont exactes."},
    "computed": {"formula": "1 + 1"},
    "table": {"columns": COLUMNS},
    "plate": {"abroad": True},
}


def question(type_: str, **attributes) -> dict:
    """Return a question of a type, with its usual attributes and these."""
    bare = {"kind": "question", "code": "q", "type": type_, "label": "Question"}
    return bare | QUESTIONS.get(type_, {}) | attributes


def read(type_: str, raw, **attributes):
    """Return the value of what is typed: a text, or texts by part."""
    raw = raw if isinstance(raw, dict) else {"": raw}
    return TYPES[type_].read(question(type_, **attributes), raw, CONTEXT)


def fault(type_: str, raw, **attributes) -> tuple:
    """Return the code and part of what is wrong in what is typed, or in its value.

    Params are checked here: all there, all texts.
    """
    asked = question(type_, **attributes)
    raw = raw if isinstance(raw, dict) else {"": raw}
    try:
        value = TYPES[type_].read(asked, raw, CONTEXT)
    except types.InvalidAnswer as error:
        found = [error.problem]
    else:
        found = TYPES[type_].problems(asked, value, CONTEXT)
    if not found:
        return ()
    for problem in found:
        assert set(problem.params) == set(CODES[problem.code])
        assert all(isinstance(text, str) for text in problem.params.values())
    return found[0].code, found[0].part


def text(type_: str, value, **attributes) -> str:
    """Return a value as people read it, no-break spaces made plain."""
    shown = TYPES[type_].text(question(type_, **attributes), value, CONTEXT)
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


def inputs(type_: str, **attributes) -> dict:
    """Return the inputs of a question, by part."""
    found = TYPES[type_].inputs(question(type_, **attributes))
    return {item["part"]: item for item in found}
