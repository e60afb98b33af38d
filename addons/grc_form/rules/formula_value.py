"""Value of a formula: integers of millionths, rounded half up, as in the browser."""

from datetime import date

from . import values
from .conditions import lookup
from .formula import DEEPEST

LIMIT = 10**15 * values.SCALE
RESULTS = ("number", "text", "date")


def evaluate(tree, answers: dict, *, today: date, row=None, result="number"):
    """Return what a formula gives.

    :param tree: from ``formula.parse``
    :param answers: values by question code, hidden ones already dropped
    :param today: local civil day, for ``today`` and ``age()``
    :param row: values of the same row of a block, looked up before the root
    :param result: number (canonical decimal), text or date (ISO)
    :return: a string; None when a source is missing, at a division by zero…

    Source: none (technical)
    """
    value = _Evaluation(answers, today, row).value(tree, 0)
    if value is None or isinstance(value, bool):
        return None
    if result == "date":
        found = values.day(value)
        return found and found.isoformat()
    if result == "text":
        return values.decimal_text(value) if isinstance(value, int) else value
    scaled = _number(value)
    return None if scaled is None else values.decimal_text(scaled)


def _number(value) -> int | None:
    if isinstance(value, str):
        return values.number(value)
    return None if isinstance(value, bool) else value


def _bounded(scaled: int) -> int | None:
    return scaled if abs(scaled) <= LIMIT else None


def _divide(left: int, right: int) -> int | None:
    if not right:
        return None
    half_up = (2 * abs(left) + abs(right)) // (2 * abs(right))
    return half_up if (left < 0) == (right < 0) else -half_up


def _round(scaled: int, digits: int = 0) -> int | None:
    if digits % values.SCALE or not 0 <= digits <= 6 * values.SCALE:
        return None
    unit = 10 ** (6 - digits // values.SCALE)
    rounded = _divide(scaled, unit)
    return rounded * unit


NUMERIC = {
    "add": lambda a, b: _bounded(a + b),
    "sub": lambda a, b: _bounded(a - b),
    "mul": lambda a, b: _bounded(_divide(a * b, values.SCALE)),
    "div": lambda a, b: _bounded(_divide(a * values.SCALE, b)) if b else None,
    "neg": lambda a: -a,
    "min": lambda *numbers: min(numbers),
    "max": lambda *numbers: max(numbers),
    "round": _round,
}
TESTS = {
    "eq": lambda found: found == 0,
    "ne": lambda found: found != 0,
    "lt": lambda found: found < 0,
    "le": lambda found: found <= 0,
    "gt": lambda found: found > 0,
    "ge": lambda found: found >= 0,
}


class _Evaluation:
    def __init__(self, answers: dict, today: date, row):
        self.answers, self.today, self.row = answers, today, row

    def value(self, tree, depth: int):
        if depth > DEEPEST:
            return None
        if isinstance(tree, str):
            return values.number(tree)
        if not isinstance(tree, dict):
            return tree if isinstance(tree, bool) else None
        if "q" in tree:
            return self.answer(tree["q"])
        if "text" in tree:
            return tree["text"] or None
        if "today" in tree:
            return self.today.isoformat()
        return self.operation(tree, depth + 1)

    def answer(self, path):
        value = lookup(path, self.answers, self.row)
        if isinstance(value, (bool, str)):
            return None if value == "" else value
        return values.number(value)

    def operation(self, tree: dict, depth: int):
        name, args = tree.get("op"), tree.get("args") or []
        if name in ("sum", "count", "filled", "empty"):
            return self.aggregate(name, args[0].get("q"))
        if name == "if":
            branch = 1 if self.value(args[0], depth) is True else 2
            return self.value(args[branch], depth)
        found = [self.value(arg, depth) for arg in args]
        if name in NUMERIC:
            numbers = [_number(value) for value in found]
            return None if None in numbers else NUMERIC[name](*numbers)
        if name in TESTS:
            return self.test(name, *found)
        if name in ("and", "or"):
            combine = all if name == "and" else any
            return combine(value is True for value in found)
        if name == "not":
            return found[0] is not True
        return self.on_days(name, found)

    def aggregate(self, name: str, path):
        if name in ("filled", "empty"):
            value = lookup(path, self.answers, self.row)
            return values.is_empty(value) == (name == "empty")
        code, _dot, rest = path.partition(".")
        rows = lookup(code, self.answers, self.row)
        rows = rows if isinstance(rows, list) else []
        if name == "count":
            return len(rows) * values.SCALE
        numbers = (
            values.number(lookup(rest, row)) for row in rows if isinstance(row, dict)
        )
        return _bounded(sum(number for number in numbers if number is not None))

    def test(self, name: str, left, right) -> bool:
        if left is None or right is None:
            return False
        if isinstance(left, bool) or isinstance(right, bool):
            equal = left is right
            return equal if name == "eq" else name == "ne" and not equal
        numbers = _number(left), _number(right)
        if None not in numbers:
            return TESTS[name]((numbers[0] > numbers[1]) - (numbers[0] < numbers[1]))
        found = None
        if isinstance(left, str) and isinstance(right, str):
            found = values.order(left, right)
        if found is not None:
            return TESTS[name](found)
        equal = isinstance(left, str) and left == right
        return equal if name == "eq" else name == "ne" and not equal

    def on_days(self, name: str, found: list):
        start = values.day(found[0])
        if start is None:
            return None
        if name == "age":
            years = values.age(start, self.today)
            return None if years is None else years * values.SCALE
        if name == "days":
            end = values.day(found[1])
            return end and (end - start).days * values.SCALE
        amount = _number(found[1])
        if amount is None or amount % values.SCALE or name[:4] != "add_":
            return None
        moved = values.shift(start, **{name[4:]: amount // values.SCALE})
        return moved and moved.isoformat()
