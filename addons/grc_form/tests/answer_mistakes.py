"""Right answers in which one thing is done wrong. Only the rules are imported."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from ..rules import types, visibility

NONSENSE = {"inconnu": 1}


def wrong_values(question: dict, right, today: date) -> list:
    """Return values of ``question`` that a form must refuse.

    :param right: a right value of it
    """
    kind = question["type"]
    draw = WRONG.get(kind, lambda question, right, today: ["§"])
    return [*draw(question, right, today), NONSENSE]


def _texts(question, right, today):
    usual = 255 if question["type"] == "text" else 5000
    yield "a" * ((question.get("max_length") or usual) + 1)
    if question.get("format"):
        yield "?"


def _numbers(question, right, today):
    for side, step in (("min", -1), ("max", 1)):
        if question.get(side) is not None:
            number = Decimal(str(question[side])) + step
            kind = question["type"]
            if kind == "integer":
                yield int(number)
            else:
                yield f"{number:.2f}" if kind == "amount" else f"{number:f}"
    yield "12,a"


def _days(question, right, today):
    clock = "T10:00" if question["type"] == "datetime" else ""
    for side, days in (("min", -1), ("max", 1)):
        if question.get(side):
            day = types.bound_day(question[side], today) + timedelta(days=days)
            yield day.isoformat() + clock
    yield "2026-02-30" + clock


def _addresses(question, right, today):
    if not question.get("abroad"):
        yield right | {"zip": ""}
    yield {"street": right["street"]}


def _people(question, right, today):
    gone = "organization" if "organization" in right else "last_name"
    yield {key: right[key] for key in right if key != gone}
    if "birth_date" in right:
        yield right | {"birth_date": (today + timedelta(days=9)).isoformat()}


def _places(question, right, today):
    yield {"code": "00", "name": "Nulle-Part"}


def _points(question, right, today):
    yield {"lat": "95.00000", "lon": "6.00000"}
    yield {"lat": "49.00000"}


def _tables(question, right, today):
    yield [right[0]] * ((question.get("max") or 20) + 1)


WRONG = {
    **dict.fromkeys(("text", "long_text"), _texts),
    **dict.fromkeys(("integer", "decimal", "amount"), _numbers),
    **dict.fromkeys(("date", "datetime"), _days),
    **dict.fromkeys(("identity", "member"), _people),
    **dict.fromkeys(("commune", "department", "country"), _places),
    "address": _addresses,
    "point": _points,
    "table": _tables,
    "time_range": lambda *_: [{"start": "18:00", "end": "08:00"}],
    "choices": lambda *_: [["__none__"]],
    "linked_choice": lambda question, right, today: [[right[0], "__none__"]],
    "certified": lambda *_: [False],
}


class Wrong(NamedTuple):
    """Hold answers of which one thing is wrong.

    :param what: what was done to right answers
    :param answers: canonical, as ``valid_answers`` gives them
    :param page: code of the page
    :param path: where the form must say so
    :param is_alone: no other path of the page may be wrong
    """

    what: str
    answers: dict
    page: str
    path: str
    is_alone: bool


class Mistakes:
    """Do one thing wrong in right answers, one at a time."""

    def __init__(self, filler, right):
        self.filler, self.right = filler, right
        self.seen = visibility.visible(
            filler.form, right, today=filler.today, profile=filler.profile
        )
        self.read = set(filler.hints) | {
            code for read in filler.reads.values() for code in read
        }
        self.read = {str(path).split(".")[0] for path in self.read}

    def __iter__(self):
        for page in self.filler.form["pages"]:
            self.page = page["code"]
            for item in page["items"]:
                if item["code"] not in self.seen.shown:
                    continue
                if item["kind"] == "block":
                    yield from self.block(item)
                else:
                    yield from self.item(item, self.right, item["code"])

    def wrong(self, what, code, value, path, item):
        answers = dict(self.right)
        answers.pop(code, None)
        if value is not None:
            answers[code] = value
        is_alone = not {code, item["code"]} & self.read
        return Wrong(what, answers, self.page, path, is_alone)

    def item(self, item, answers, path):
        """Yield what may go wrong in an item of the root."""
        code = item["code"]
        for what, value in self.values(item, answers.get(code)):
            yield self.wrong(what, code, value, path, item)

    def values(self, item, right):
        kind = item.get("kind", "question")
        if kind not in ("question", "piece") or item.get("type") == "computed":
            return
        if item.get("required", True):
            yield "missing", None
        if kind == "question" and right is not None:
            for value in wrong_values(item, right, self.filler.today):
                yield f"{item['type']} {value!r:.60}", value

    def block(self, block):
        code = block["code"]
        rows = self.right.get(code) or []
        if block.get("min") and rows:
            yield self.wrong("no row", code, None, code, block)
        if rows:
            many = [
                rows[0] | {"_id": f"r{n}"} for n in range((block.get("max") or 50) + 1)
            ]
            yield self.wrong("too many rows", code, many, code, block)
        for item in block["items"]:
            path = f"{code}.0.{item['code']}"
            if path not in self.seen.shown:
                continue
            for what, value in self.values(item, rows[0].get(item["code"])):
                row = {key: rows[0][key] for key in rows[0] if key != item["code"]}
                row |= {} if value is None else {item["code"]: value}
                yield self.wrong(what, code, [row, *rows[1:]], path, item)
