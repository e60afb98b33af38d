"""Persons of a household, put in the questions that ask a member of the household.

A person is ``{"link": id, "role", "last_name", "first_name", "birth_date", "minor"}``,
role as in ``grc_base/rules/household.py``, texts "" where unknown.
"""

from .base_rules import household
from .posting import row_ids, with_row
from .reading import MOST_ROWS
from .types import TYPES, InvalidAnswer
from .types.days import day_parts

SOURCE = "profile.household"
_NAMES = ("last_name", "first_name")
_DAY = ("day", "month", "year")
# Words that tell, in an option or in the code of a question, whom it speaks of.
_WORDS = {
    household.CHILD: ("enfant", "enfants", "fils", "fille", "eleve", "mineur", "child"),
    household.PARTNER: (
        *("conjoint", "conjointe", "epoux", "epouse", "mari", "partenaire", "pacs"),
        *("concubin", "concubine", "spouse", "partner"),
    ),
    household.WARD: ("tutelle", "pupille", "protege", "protegee", "ward"),
    household.DEPENDANT: ("charge", "dependant"),
    household.RELATIVE: (
        *("parent", "parents", "grandparent", "ascendant", "mere", "pere", "relative"),
    ),
}


def role_told(*texts: str) -> str:
    """Return the role that some words tell, "" when they tell none or several.

    Source: none (technical)
    """
    words = {word for text in texts for word in household.folded(text).split()}
    found = [role for role, known in _WORDS.items() if words.intersection(known)]
    return found[0] if len(found) == 1 else ""


def role_option(question: dict, role: str) -> str:
    """Return the value of the option of a question that is this role, "" when none.

    Source: none (technical)
    """
    for option in question.get("roles") or ():
        if role and role_told(option["value"], option["label"]) == role:
            return option["value"]
    return ""


def fits(question: dict, person: dict) -> bool:
    """Tell whether a question of type member may speak of this person.

    A question that says whom it asks (its roles, its code or its label) is offered
    those only; one that says nothing is offered everybody.

    Source: none (technical)
    """
    roles = question.get("roles")
    if roles:
        told = {role_told(one["value"], one["label"]) for one in roles}
        return "" in told or person["role"] in told
    told = role_told(question["code"]) or role_told(question.get("label") or "")
    return not told or person["role"] == told


def raw_of(question: dict, person: dict) -> dict:
    """Return what to write in the inputs of a question: texts by part.

    A day of birth known in part is left to the citizen.

    Source: none (technical)
    """
    raw = {part: person[part] for part in ("last_name", "first_name")}
    option = role_option(question, person["role"])
    if option:
        raw["role"] = option
    birth = person.get("birth_date") or ""
    if question.get("ask_birth_date", True) and "00" not in birth.split("-")[1:]:
        raw |= day_parts(birth, "birth_date") if birth else {}
    return raw


def answer_of(question: dict, person: dict, context) -> dict | None:
    """Return the person as a whole answer, None when it would not be a right one.

    Source: none (technical)
    """
    if not fits(question, person):
        return None
    try:
        value = TYPES["member"].read(question, raw_of(question, person), context)
    except InvalidAnswer:
        return None
    problems = value and TYPES["member"].problems(question, value, context)
    return None if problems else value


def proposed(question: dict, people: list[dict], context) -> list[dict]:
    """Return the answers that may be proposed at once, without being asked for.

    Of children, minors only: a form that asks children rarely speaks of adults.

    Source: none (technical)
    """
    told = [
        person
        for person in people
        if person["role"] != household.CHILD or person["minor"]
    ]
    answers = (answer_of(question, person, context) for person in told)
    return [answer for answer in answers if answer]


def rows_proposed(block: dict, people: list[dict], context) -> list[dict]:
    """Return the rows of a block whose question wants the household, its maximum kept.

    Source: none (technical)
    """
    question = next((one for one in members(block) if is_asked(one)), None)
    if not question:
        return []
    most = block.get("max") or MOST_ROWS
    answers = proposed(question, people, context)[:most]
    return [
        {"_id": f"r{rank}", question["code"]: answer}
        for rank, answer in enumerate(answers, 1)
    ]


def is_asked(question: dict) -> bool:
    """Tell whether the administrator chose the household for this question.

    Source: none (technical)
    """
    return question.get("prefill") == SOURCE


def members(item: dict) -> list[dict]:
    """Return the questions of type member of an item: itself, or those of a block.

    Source: none (technical)
    """
    inside = item["items"] if item["kind"] == "block" else [item]
    return [one for one in inside if one.get("type") == "member"]


# === ON A PAGE === #


def named(raw: dict, path: str) -> tuple[str, str, str]:
    """Return the names that a page holds for one question: last, first, birth.

    Source: none (technical)
    """
    last, first = (str(raw.get(f"{path}.{part}") or "") for part in _NAMES)
    days = [str(raw.get(f"{path}.birth_date.{one}") or "").strip() for one in _DAY]
    day, month, year = (one.zfill(2) for one in days)
    return last, first, f"{year}-{month}-{day}" if all(days) else ""


def paths(item: dict, raw: dict) -> list[str]:
    """Return the paths of the questions of type member that a page shows of an item.

    Source: none (technical)
    """
    codes = [one["code"] for one in members(item)]
    if item["kind"] != "block":
        return codes
    rows = range(len(row_ids(raw, item["code"])))
    return [f"{item['code']}.{row}.{code}" for row in rows for code in codes]


def offered(item: dict, raw: dict, people: list[dict]) -> list[dict]:
    """Return the persons to offer above a question or a block: not there yet.

    Source: none (technical)
    """
    asked = members(item)
    there = [named(raw, path) for path in paths(item, raw)]
    return [
        person
        for person in people
        if any(fits(question, person) for question in asked)
        and not any(_is(person, names) for names in there)
    ]


def _is(person, names):
    own = (person["last_name"], person["first_name"], person["birth_date"])
    return household.is_same_person(own, names)


def filled(item: dict, raw: dict, person: dict) -> tuple[dict, str]:
    """Return ``raw`` with a person put in a question, or in a row of a block.

    The first row whose question is blank is taken, else one more while there is room.

    :return: ``(raw, path)``; path is "" when there is no room or no question

    Source: none (technical)
    """
    question = next((one for one in members(item) if fits(one, person)), None)
    if not question:
        return raw, ""
    code = question["code"]
    if item["kind"] != "block":
        return _written(raw, code, question, person), code
    ids = row_ids(raw, item["code"])
    for index in range(len(ids)):
        path = f"{item['code']}.{index}.{code}"
        if not any(named(raw, path)):
            return _written(raw, path, question, person), path
    if len(ids) >= (item.get("max") or MOST_ROWS):
        return raw, ""
    raw, index = with_row(raw, item)
    path = f"{item['code']}.{index}.{code}"
    return _written(raw, path, question, person), path


def _written(raw, path, question, person):
    kept = {name: text for name, text in raw.items() if not name.startswith(f"{path}.")}
    # A role chosen already stays, when the person has none in this question.
    role = raw.get(f"{path}.role")
    own = {f"{path}.{part}": text for part, text in raw_of(question, person).items()}
    return kept | ({f"{path}.role": role} if role else {}) | own


def blocks_asked(schema: dict) -> list[dict]:
    """Return the blocks of a form whose question wants the household.

    Source: none (technical)
    """
    return [
        item
        for page in schema["pages"]
        for item in page["items"]
        if item["kind"] == "block" and any(is_asked(one) for one in members(item))
    ]


def typed(schema: dict, answers: dict) -> list[tuple[str, dict, dict]]:
    """Return the members that were answered: ``(path, question, answer)``.

    :param answers: canonical, those that the form shows

    Source: none (technical)
    """
    found = []
    for page in schema["pages"]:
        for item in page["items"]:
            for question in members(item):
                code, value = question["code"], answers.get(item["code"])
                if item["kind"] != "block":
                    found.append((code, question, value))
                    continue
                for index, row in enumerate(value or []):
                    path = f"{item['code']}.{index}.{code}"
                    found.append((path, question, row.get(code)))
    return [one for one in found if one[2]]


def role_of(question: dict, answer: dict, is_minor: bool) -> str:
    """Return the role, in a household, of somebody named in a form.

    Source: none (technical)
    """
    options = {one["value"]: one["label"] for one in question.get("roles") or ()}
    chosen = answer.get("role")
    if chosen:
        told = role_told(chosen, options.get(chosen, ""))
    else:
        told = role_told(question["code"]) or role_told(question.get("label") or "")
    return told or (household.CHILD if is_minor else household.RELATIVE)
