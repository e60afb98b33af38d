"""What a question may answer, as far as it matters to a condition.

A domain lists values that stand for all: two answers that no literal of a condition
can tell apart are one. None among them is « no answer », which is always possible.
"""

from itertools import combinations

from . import values
from .conditions import AGES, COUNTS, OPERATORS, ORDERED, UNARY

ABSENT = None
MOST_SUBSETS = 8
MOST_ROWS = 50
_EQUAL = ("eq", "ne", "in", "not_in")
# Operators that make sense, by kind of domain.
SUITED = {
    "flag": (*UNARY, *_EQUAL),
    "one": (*UNARY, *_EQUAL),
    "number": (*UNARY, *_EQUAL, *ORDERED),
    "day": (*UNARY, *_EQUAL, *ORDERED, *AGES),
    "several": (*UNARY, "in", "not_in", "contains", "not_contains", *COUNTS),
    "pair": (*UNARY, "eq", "ne", "contains", "not_contains"),
    "rows": (*UNARY, *COUNTS),
    "text": tuple(op for op in OPERATORS if op not in (*AGES, *COUNTS)),
    "whole": UNARY,
    "any": OPERATORS,
}
_KINDS = {
    "yes_no": "flag",
    "certified": "flag",
    "choice": "one",
    "integer": "number",
    "decimal": "number",
    "amount": "number",
    "date": "day",
    "datetime": "day",
    "choices": "several",
    "linked_choice": "pair",
    "ranking": "several",
    "table": "rows",
}
_COMPOSITES = ("address", "identity", "member", "point", "commune", "country")
_WHOLE = (*_COMPOSITES, "department", "time_range")
PROFILE = {
    "age": {"kind": "question", "type": "integer", "min": 0, "max": 150},
    "kind": {"kind": "question", "type": "identity"},
    "signed_in": {"kind": "question", "type": "yes_no"},
    "has_children": {"kind": "question", "type": "yes_no"},
    "children_count": {"kind": "question", "type": "integer", "min": 0, "max": 50},
    "commune_code": {"kind": "question", "type": "text"},
}
IDENTITIES = ("person", "company", "association")


def kind_of(item: dict, part: str = "") -> str:
    """Return the kind of the answers to an item, or to a part of it.

    :param item: question, block or piece of a schema
    :return: key of ``SUITED``

    Source: none (technical)
    """
    kind, question_type = item.get("kind", "question"), item.get("type")
    if kind in ("block", "piece"):
        return "any" if part else "rows"
    if part:
        if question_type == "identity" and part == "kind":
            return "one"
        return "one" if question_type == "linked_choice" and part in "01" else "any"
    if question_type == "computed":
        results = {"date": "day", "text": "text"}
        return results.get(item.get("result"), "number")
    if question_type in _WHOLE:
        return "whole"
    return _KINDS.get(question_type, "text")


def options_of(item: dict, part: str = "") -> list | None:
    """Return the values among which one is chosen; None when it is not a choice.

    Source: none (technical)
    """
    options, question_type = item.get("options") or [], item.get("type")
    if question_type == "identity" and part == "kind":
        return list(item.get("kinds") or IDENTITIES)
    if question_type == "linked_choice":
        first = [option["value"] for option in options]
        second = [two["value"] for one in options for two in one["options"]]
        return {"0": first, "1": second, "": [*first, *second]}.get(part)
    if part or question_type not in ("choice", "choices", "ranking"):
        return None
    return [option["value"] for option in options]


def representatives(item: dict, part: str, literals: list) -> list | None:
    """Return answers that stand for all those the literals can tell apart.

    :param literals: leaves on this item and part, their operators suited to it, with
        ``sign``: whether each must be true
    :return: JSON values, ``ABSENT`` first; None when there is no such list

    Source: none (technical)
    """
    kind = kind_of(item, part)
    if kind == "flag":
        known = [True] if item.get("type") == "certified" else [True, False]
    elif kind == "one":
        known = _one_of(item, part)
    elif kind == "number":
        known = _numbers(item, literals)
    elif kind == "several" and item["type"] == "choices":
        known = _subsets(item, literals)
    elif kind == "rows":
        known = _rows(item, literals)
    elif kind == "text":
        known = _texts(literals)
    else:
        known = None
    return None if known is None else [ABSENT, *known]


def _one_of(item: dict, part: str) -> list | None:
    known = options_of(item, part)
    has_other = known is not None and item.get("other") and not part
    return [*known, {"other": "x"}] if has_other else known


def _numbers(item: dict, literals: list) -> list:
    is_integer = item["type"] == "integer"
    low, high = values.number(item.get("min")), values.number(item.get("max"))
    found = {0, *(bound for bound in (low, high) if bound is not None)}
    for constant in constants(literals):
        scaled = values.number(constant)
        if scaled is None:
            continue
        step = values.SCALE if is_integer else 1
        floor = scaled // step * step
        found |= {floor + count * step for count in (-1, 0, 1, 2)}
    inside = [
        one
        for one in sorted(found)
        if (low is None or one >= low) and (high is None or one <= high)
    ]
    if is_integer:
        return [one // values.SCALE for one in inside if one % values.SCALE == 0]
    return [values.decimal_text(one) for one in inside]


def _subsets(item: dict, literals: list) -> list | None:
    known = options_of(item)
    if len(known) > MOST_SUBSETS:
        if any(leaf["op"] in COUNTS for leaf in literals):
            return None
        named = [one for one in known if one in constants(literals)]
        if len(named) >= MOST_SUBSETS:
            return None
        unnamed = [one for one in known if one not in named]
        known = [*named, *unnamed[:1]]
    if item.get("other"):
        known = [*known, {"other": "x"}]
    sizes = range(1, len(known) + 1)
    return [[*subset] for size in sizes for subset in combinations(known, size)]


def _rows(item: dict, literals: list) -> list:
    most = MOST_ROWS
    if item.get("kind") == "block" or item.get("type") == "table":
        most = item.get("max") or MOST_ROWS
    else:
        most = max([0, *(c for c in constants(literals) if type(c) is int)]) + 1
    return [["x"] * count for count in range(1, most + 1)]


def _texts(literals: list) -> list | None:
    """Return the only texts possible, when a literal says which."""
    if any(_is_more_than_text(one) for one in constants(literals)):
        return None
    for leaf, is_true in ((leaf, leaf.get("sign", True)) for leaf in literals):
        if is_true and leaf["op"] == "eq":
            return [leaf["value"]]
        if is_true and leaf["op"] == "in":
            return list(leaf["value"])
    return None


def _is_more_than_text(constant) -> bool:
    """Tell whether another text may equal this one: numbers, days."""
    is_text = isinstance(constant, str)
    return not is_text or values.order(constant, constant) is not None


def constants(literals: list) -> list:
    """Return the values that the leaves compare with.

    Source: none (technical)
    """
    found = []
    for leaf in literals:
        value = leaf.get("value")
        found += value if isinstance(value, list) else [value]
    return [one for one in found if one is not None]
