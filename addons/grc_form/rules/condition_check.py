"""Form of a condition: what is refused before it is kept."""

import re

from . import values
from .conditions import AGES, COUNTS, OPERATORS, ORDERED, PROFILE_KEYS, UNARY

DEEPEST = 8
MOST_LEAVES = 60
PATH = re.compile(r"[a-z][a-z0-9_]{0,59}(\.[a-z0-9_]{1,60}){0,2}", re.ASCII)


def check_condition(condition, depth: int = 0) -> list[tuple[str, dict]]:
    """Return what is wrong in the form of a condition; its sources are the linter's.

    :param condition: JSON tree, None included
    :return: ``(code, params)``, codes of ``codes.FAULTS``

    Source: none (technical)
    """
    if condition is None and not depth:
        return []
    if not isinstance(condition, dict):
        return [("condition_malformed", {})]
    if depth > DEEPEST:
        return [("condition_too_deep", {"max": str(DEEPEST)})]
    keys = set(condition)
    if keys in ({"all"}, {"any"}):
        (parts,) = condition.values()
        if not isinstance(parts, list) or not 0 < len(parts) <= MOST_LEAVES:
            return [("condition_malformed", {})]
    elif keys == {"not"}:
        parts = [condition["not"]]
    else:
        return _check_leaf(condition)
    return [fault for part in parts for fault in check_condition(part, depth + 1)]


def _check_leaf(leaf: dict) -> list[tuple[str, dict]]:
    operator, keys = leaf.get("op"), set(leaf)
    if operator not in OPERATORS:
        return [("condition_operator", {"op": str(operator)[:40]})]
    expected = set() if operator in UNARY else {"value"}
    subject = "profile" if "profile" in leaf else "q"
    if "other" in leaf and subject == "q":
        expected = {"other"}
    if operator in UNARY:
        keys.discard("value")
    if keys != {subject, "op"} | expected:
        return [("condition_malformed", {})]
    names = [leaf[key] for key in ("q", "other") if key in leaf]
    if not all(isinstance(name, str) and PATH.fullmatch(name) for name in names):
        return [("condition_malformed", {})]
    if subject == "profile" and leaf["profile"] not in PROFILE_KEYS:
        return [("condition_profile", {"key": str(leaf["profile"])[:40]})]
    if "value" in expected and not is_right_value(operator, leaf["value"]):
        return [("condition_value", {"op": operator})]
    return []


def is_right_value(operator: str, value) -> bool:
    """Tell whether a value may stand beside an operator, whatever the question.

    Source: none (technical)
    """
    if operator in COUNTS:
        # None at all is « empty »: no value, so no count.
        return type(value) is int and 1 <= value <= 10_000
    if operator in AGES:
        return type(value) is int and 0 <= value <= 150
    if operator in ("in", "not_in"):
        is_list = isinstance(value, list) and 0 < len(value) <= 200
        return is_list and all(map(_is_scalar, value))
    if operator in ORDERED:
        return _is_relative(value) or values.order(value, value) is not None
    if operator == "starts_with":
        return _is_scalar(value) and isinstance(value, str)
    if operator in ("eq", "ne") and isinstance(value, list):
        return 0 < len(value) <= 200 and all(map(_is_scalar, value))
    return _is_scalar(value) or _is_relative(value)


def _is_scalar(value) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= 500
    return isinstance(value, bool) or values.number(value) is not None


def _is_relative(value) -> bool:
    if not isinstance(value, dict) or set(value) != {"today"}:
        return False
    amounts = value["today"]
    return (
        isinstance(amounts, dict)
        and set(amounts) <= {"years", "months", "days"}
        and all(type(n) is int and abs(n) <= 99_999 for n in amounts.values())
    )
