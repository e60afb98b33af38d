"""Conditions that can never be true: said only when it is certain.

A condition is spread into alternatives, each a list of literals (a leaf, true or
false). One is impossible when two literals on the same answer exclude each other.
Whatever is not understood is taken as possible.
"""

from datetime import date
from itertools import product
from typing import NamedTuple

from . import values
from .conditions import AGES, holds
from .domains import PROFILE, SUITED, kind_of, representatives

MOST_ALTERNATIVES = 300
ANY_DAY = date(2026, 6, 15)
_LOWER, _UPPER = ("ge", "gt", "eq"), ("le", "lt", "eq")
_OPPOSITE = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}
FARTHEST = 200_000  # days from today: the calendar certainly has them
_OPPOSITE |= {"age_ge": "age_lt", "age_lt": "age_ge"}


class _Literal(NamedTuple):
    """Hold a leaf and whether it must be true.

    Source: none (technical)
    """

    leaf: dict
    sign: bool

    @property
    def key(self) -> str:
        """Return the answer it is about, such as ``adresse.zip`` or ``:age``."""
        return self.leaf["q"] if "q" in self.leaf else f":{self.leaf['profile']}"

    @property
    def needs_value(self) -> bool:
        """Tell whether it is false without an answer."""
        return self.sign == (self.leaf["op"] != "empty")

    @property
    def needs_none(self) -> bool:
        """Tell whether it is false with an answer."""
        unary = self.leaf["op"] in ("empty", "filled")
        return unary and self.sign == (self.leaf["op"] == "empty")


class TooMany(Exception):
    """Say that a condition has too many alternatives to look at each."""


class Spreader:
    """Spread conditions into alternatives, with what an answer implies.

    :param guard: function of a code that gives the condition under which that item is
        shown: an answer to it implies this condition. None: everything is shown

    Source: none (technical)
    """

    def __init__(self, guard=None):
        self._guard, self._shown = guard, {}

    def spread(self, condition, sign: bool = True) -> list[dict]:
        """Return alternatives; the condition is true (``sign``) when one of them is.

        :return: literals by identity, those of one alternative being all true
        :raise TooMany: when there are more than ``MOST_ALTERNATIVES``

        Source: none (technical)
        """
        if condition is None:
            return [{}] if sign else []
        for key, is_all in (("all", True), ("any", False)):
            if key in condition:
                parts = [self.spread(part, sign) for part in condition[key]]
                return _both(parts) if is_all == sign else _either(parts)
        if "not" in condition:
            return self.spread(condition["not"], not sign)
        literal = _Literal(condition, sign)
        own = [{(id(condition), sign): literal}]
        if not literal.needs_value or self._guard is None or "q" not in condition:
            return own
        names = [condition[key] for key in ("q", "other") if key in condition]
        return _both([own, *(self._of_shown(name.split(".")[0]) for name in names)])

    def _of_shown(self, code: str) -> list[dict]:
        if code not in self._shown:
            self._shown[code] = [{}]  # while it is read: a loop implies nothing
            try:
                self._shown[code] = self.spread(self._guard(code))
            except (TooMany, RecursionError):
                self._shown[code] = [{}]
        return self._shown[code]


def is_never(condition, items: dict, spreader: Spreader | None = None) -> bool:
    """Tell whether a condition is certain never to be true, whatever the answers.

    :param condition: JSON tree, its form checked
    :param items: items of the form by code; a code that is not there has no value
    :param spreader: one that knows under which conditions items are shown
    :return: False when in doubt

    Source: none (technical)
    """
    for spread in (spreader, Spreader()):
        try:
            alternatives = spread.spread(condition) if spread else [{}]
        except TooMany:
            continue
        if all(_is_impossible([*one.values()], items) for one in alternatives):
            return True
    return False


def _both(parts: list) -> list:
    spread = [{}]
    for part in parts:
        if len(spread) * len(part) > MOST_ALTERNATIVES:
            raise TooMany
        spread = [left | right for left, right in product(spread, part)]
    return spread


def _either(parts: list) -> list:
    spread = [alternative for part in parts for alternative in part]
    if len(spread) > MOST_ALTERNATIVES:
        raise TooMany
    return spread


def _is_impossible(literals: list[_Literal], items: dict) -> bool:
    groups: dict[str, list[_Literal]] = {}
    for literal in literals:
        groups.setdefault(literal.key, []).append(literal)
        if "other" in literal.leaf and literal.needs_value:
            filled = _Literal({"q": literal.leaf["other"], "op": "filled"}, True)
            groups.setdefault(filled.key, []).append(filled)
    needed = {
        key for key, group in groups.items() if any(one.needs_value for one in group)
    }
    needed |= {key.split(".")[0] for key in needed}
    for key, group in groups.items():
        if key in needed and any(one.needs_none for one in group):
            return True
        if _excludes(key, [one for one in group if "other" not in one.leaf], items):
            return True
    return False


def _excludes(key: str, group: list[_Literal], items: dict) -> bool:
    if key.startswith(":"):
        code, part = key, "kind" if key == ":kind" else ""
        item = PROFILE.get(key[1:])
    else:
        code, _dot, part = key.partition(".")
        item = items.get(code)
    if item is None:
        return not key.startswith(":") and any(one.needs_value for one in group)
    kind = kind_of(item, part)
    suited = [one for one in group if one.leaf["op"] in SUITED[kind]]
    if kind == "day":
        return _days_exclude(item, suited)
    stable = [one for one in suited if not _depends_on_today(one.leaf)]
    leaves = [one.leaf | {"sign": one.sign} for one in stable]
    known = representatives(item, part, leaves)
    if known is None:
        return False
    return not any(all(_is_met(one, value) for one in stable) for value in known)


def _depends_on_today(leaf: dict) -> bool:
    return isinstance(leaf.get("value"), dict) or leaf["op"] in AGES


def _is_met(literal: _Literal, value) -> bool:
    leaf = {"q": "x", "op": literal.leaf["op"], "value": literal.leaf.get("value")}
    answers = {} if value is None else {"x": value}
    return holds(leaf, answers, today=ANY_DAY) == literal.sign


# === DAYS === #


def _days_exclude(item: dict, group: list[_Literal]) -> bool:
    """Tell whether limits on the same day, or on the same age, exclude each other."""
    if not any(one.needs_value for one in group):
        return False
    limits = [(leaf["op"], leaf["value"]) for leaf in _positive(group)]
    limits += [("ge", item.get("min")), ("le", item.get("max"))]
    ages = [limit for limit in limits if limit[0] in AGES]
    least = max((age for op, age in ages if op == "age_ge"), default=0)
    if any(op == "age_lt" and age <= least for op, age in ages):
        return True
    lower = [(op, day) for op, day in limits if op in _LOWER and _is_day(day)]
    upper = [(op, day) for op, day in limits if op in _UPPER and _is_day(day)]
    return any(_is_empty_between(low, high) for low, high in product(lower, upper))


def _positive(group: list[_Literal]) -> list[dict]:
    """Return the leaves that must be true, knowing that there is an answer.

    What is not « lt » is « ge » when both compare: a date always compares with a day,
    and has an age when another literal says that it has one.
    """
    has_age = any(one.sign and one.leaf["op"] in AGES for one in group)
    found = []
    for leaf, sign in group:
        operator = leaf["op"]
        if operator == "ne":
            operator, sign = "eq", not sign
        if sign and operator != "eq":
            found.append(leaf)
        elif sign:
            found.append(leaf | {"op": "eq"})
        elif operator in AGES:
            if has_age:
                found.append(leaf | {"op": _OPPOSITE[operator]})
        elif operator in _OPPOSITE and _is_day(leaf.get("value")):
            found.append(leaf | {"op": _OPPOSITE[operator]})
    return [leaf for leaf in found if leaf.get("value") is not None]


def _is_day(value) -> bool:
    if isinstance(value, dict):
        months, days = _amounts(value)
        return 32 * abs(months) + abs(days) <= FARTHEST
    return values.day(value) is not None and "T" not in value


def _is_empty_between(low: tuple, high: tuple) -> bool:
    (low_op, first), (high_op, last) = low, high
    if _is_before(last, first):
        return True
    is_strict = "gt" in (low_op, high_op) or "lt" in (low_op, high_op)
    return is_strict and first == last


def _is_before(left, right) -> bool:
    """Tell whether a day is certain to be before another, whatever today is."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, str) or isinstance(right, str):
        return False
    left_months, left_days = _amounts(left)
    right_months, right_days = _amounts(right)
    months, days = right_months - left_months, right_days - left_days
    # A month lasts 27 to 32 days here: the clamping to its end included, with margin.
    return (27 if months > 0 else 32) * months + days > 0


def _amounts(relative: dict) -> tuple[int, int]:
    amounts = relative["today"]
    months = 12 * amounts.get("years", 0) + amounts.get("months", 0)
    return months, amounts.get("days", 0)
