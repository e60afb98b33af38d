"""Conditions of forms: read a JSON tree, say whether it holds.

Total: a malformed condition is false and raises nothing (``condition_check`` finds
it before publication). The browser's twin is ``static/src/form_rules.js``.
"""

from collections.abc import Iterator
from datetime import date

from . import values

UNARY = ("empty", "filled")
ORDERED = {
    "lt": lambda found: found < 0,
    "le": lambda found: found <= 0,
    "gt": lambda found: found > 0,
    "ge": lambda found: found >= 0,
}
COUNTS = {"count_eq": "eq", "count_ge": "ge", "count_le": "le"}
AGES = ("age_ge", "age_lt")
OPERATORS = (
    *UNARY,
    *("eq", "ne", "in", "not_in", "contains", "not_contains", "starts_with"),
    *ORDERED,
    *COUNTS,
    *AGES,
)
PROFILE_KEYS = (
    *("age", "kind", "signed_in", "commune_code"),
    *("has_children", "children_count"),
)


def holds(condition, answers: dict, *, today: date, profile=None, row=None) -> bool:
    """Tell whether a condition is true of the answers.

    :param condition: JSON tree of the contract; None is always true
    :param answers: values by question code, hidden ones already dropped
    :param today: local civil day, for relative dates and ages
    :param profile: what is known of the citizen, by ``PROFILE_KEYS``; None: nothing
    :param row: values of the same row of a block, looked up before the root

    Source: none (technical)
    """
    if condition is None:
        return True
    if not isinstance(condition, dict):
        return False

    def inner(part) -> bool:
        return holds(part, answers, today=today, profile=profile, row=row)

    if isinstance(condition.get("all"), list):
        return all(map(inner, condition["all"]))
    if isinstance(condition.get("any"), list):
        return any(map(inner, condition["any"]))
    if "not" in condition:
        return not inner(condition["not"])
    return _leaf_holds(condition, answers, today, profile or {}, row or {})


def _leaf_holds(leaf: dict, answers: dict, today: date, profile: dict, row: dict):
    if "q" in leaf:
        value = lookup(leaf["q"], answers, row)
    else:
        value = lookup(leaf.get("profile"), profile)
    operator = leaf.get("op")
    if operator in UNARY:
        return values.is_empty(value) == (operator == "empty")
    if "other" in leaf:
        wanted = lookup(leaf["other"], answers, row)
    else:
        wanted = operand(leaf.get("value"), today)
    if values.is_empty(value) or values.is_empty(wanted):
        return False
    return compare(operator, value, wanted, today)


def lookup(path, answers: dict, row: dict | None = None):
    """Return the value a path names: ``code``, ``code.part``, in the row then the root.

    In a list, ``code.other`` is the free text of « autre », ``code.0`` the first item.

    :return: None when there is none

    Source: none (technical)
    """
    if not isinstance(path, str):
        return None
    code, *parts = path.split(".")
    value = row[code] if row and code in row else answers.get(code)
    for part in parts:
        value = _part(value, part)
    return value


def _part(value, part: str):
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list):
        if part == "other":
            found = [v for v in value if isinstance(v, dict) and list(v) == ["other"]]
            return found[0]["other"] if found else None
        if part in ("0", "1", "2", "3") and int(part) < len(value):
            return value[int(part)]
    return None


def operand(value, today: date):
    """Return the value of a leaf, a relative date being resolved to its day.

    :param value: JSON value, or ``{"today": {"days": n, "months": n, "years": n}}``
    :return: None for a day that does not exist

    Source: none (technical)
    """
    if not isinstance(value, dict):
        return value
    amounts = value.get("today")
    if list(value) != ["today"] or not isinstance(amounts, dict):
        return None
    if not set(amounts) <= {"years", "months", "days"}:
        return None
    found = values.shift(today, **amounts)
    return found and found.isoformat()


def compare(operator: str, value, wanted, today: date) -> bool:
    """Apply an operator to two values that are both there.

    :param operator: one of ``OPERATORS`` but ``empty`` and ``filled``
    :return: False when the two have nothing to compare

    Source: none (technical)
    """
    if operator in ("ne", "not_in", "not_contains"):
        positive = {"ne": "eq", "not_in": "in", "not_contains": "contains"}[operator]
        return not compare(positive, value, wanted, today)
    if operator in ORDERED:
        found = values.order(value, wanted)
        return found is not None and ORDERED[operator](found)
    if operator in COUNTS:
        return isinstance(value, list) and _count_holds(operator, len(value), wanted)
    if operator in AGES:
        return _age_holds(operator, value, wanted, today)
    tests = {
        "eq": values.same,
        "in": _is_in,
        "contains": _contains,
        "starts_with": _starts_with,
    }
    return operator in tests and tests[operator](value, wanted)


def _count_holds(operator: str, count: int, wanted) -> bool:
    if COUNTS[operator] == "eq":
        return values.same(count, wanted)
    found = values.order(count, wanted)
    return found is not None and ORDERED[COUNTS[operator]](found)


def _age_holds(operator: str, value, wanted, today: date) -> bool:
    birth = values.day(value)
    years = birth and values.age(birth, today)
    found = None if years is None else values.order(years, wanted)
    return found is not None and (found >= 0) == (operator == "age_ge")


def _is_in(value, wanted) -> bool:
    if not isinstance(wanted, list):
        return False
    mine = value if isinstance(value, list) else [value]
    return any(values.same(one, other) for one in mine for other in wanted)


def _contains(value, wanted) -> bool:
    if isinstance(value, list):
        return any(values.same(one, wanted) for one in value)
    texts = _text(value), _text(wanted)
    return None not in texts and values.fold(texts[1]) in values.fold(texts[0])


def _starts_with(value, wanted) -> bool:
    texts = _text(value), _text(wanted)
    return None not in texts and values.fold(texts[0]).startswith(values.fold(texts[1]))


def _text(value) -> str | None:
    if isinstance(value, dict) and list(value) == ["other"]:
        value = value["other"]
    return value if isinstance(value, str) else None


def leaves(condition) -> Iterator[dict]:
    """Yield the leaves of a condition, whatever their depth.

    Source: none (technical)
    """
    if not isinstance(condition, dict):
        return
    for key in ("all", "any"):
        if isinstance(condition.get(key), list):
            for part in condition[key]:
                yield from leaves(part)
            return
    if "not" in condition:
        yield from leaves(condition["not"])
    else:
        yield condition


def sources(condition) -> set[str]:
    """Return the question codes that a condition reads, without their parts.

    Source: none (technical)
    """
    paths = (leaf.get(key) for leaf in leaves(condition) for key in ("q", "other"))
    return {path.split(".")[0] for path in paths if isinstance(path, str)}
