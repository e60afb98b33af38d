"""Answers to any form, right or with one thing wrong, always the same for a seed.

Only the rules are imported: unit tests use this module without Odoo.
"""

import json
import random
from collections.abc import Iterator
from datetime import date

from ..rules import (
    conditions,
    filling,
    formula,
    posting,
    schema,
    scopes,
    types,
    visibility,
)
from .answer_files import descriptor
from .answer_mistakes import Mistakes, Wrong
from .answer_values import Draw

# How many changes of one answer may be tried before giving up.
MOST_TRIES = 250


def valid_answers(form: dict, seed, today: date, profile=None, formats=None) -> dict:
    """Return answers that a form accepts, hidden ones left out.

    :param form: schema, checked
    :param seed: the same seed gives the same answers
    :param profile: what is known of the citizen
    :param formats: code of a document -> formats that it accepts
    """
    return Filler(form, today, profile, formats).valid(seed)


def refused_answers(form: dict, seed, today: date, profile=None) -> dict:
    """Return, for each check and each stop, answers that it alone refuses.

    :return: code -> answers; None when none was found
    """
    filler = Filler(form, today, profile)
    return {rule: filler.refused_by(rule, seed) for rule in filler.rules}


def invalid_answers(form: dict, seed, today: date, profile=None) -> Iterator[Wrong]:
    """Yield wrong answers: each thing left out, each value beyond its limits."""
    filler = Filler(form, today, profile)
    yield from Mistakes(filler, filler.valid(seed))


def posted(form: dict, answers: dict) -> dict[str, dict]:
    """Return what the browser would post for each page, without its files."""
    return {page["code"]: posting.written(page, answers) for page in form["pages"]}


def files_only(form: dict, answers: dict) -> dict:
    """Return what of the answers is not posted with a page: the files."""
    kept = {}
    for item in (item for page in form["pages"] for item in page["items"]):
        code = item["code"]
        if item["kind"] == "piece" and code in answers:
            kept[code] = answers[code]
        if item["kind"] == "block" and code in answers:
            pieces = {child["code"] for child in item["items"] if _is_piece(child)}
            kept[code] = [
                {key: row[key] for key in row if key == "_id" or key in pieces}
                for row in answers[code]
            ]
    return kept


def descriptors(answers: dict) -> Iterator[dict]:
    """Yield what the answers keep of each file."""
    for value in answers.values():
        for row in value if isinstance(value, list) else ():
            if isinstance(row, dict) and "sha256" in row:
                yield row
            elif isinstance(row, dict):
                yield from descriptors(row)


def _is_piece(item):
    return item.get("kind") == "piece"


class _Pass(visibility._Pass):
    """Go through a form as it is filled, drawing what is not answered yet."""

    def __init__(self, filler, given):
        super().__init__(given, filler.today, filler.profile)
        self.filler = filler

    def rows(self, block, given):
        code = block["code"]
        if not given and code not in self.filler.blank:
            least = block.get("min") or 0
            most = min(block.get("max") or least + 3, least + 2)
            count = self.filler.rng.randint(least, most)
            given = [{"_id": f"r{rank}"} for rank in range(1, count + 1)]
            self.filler.blank |= set() if count else {code}
            rows = super().rows(block, given)
            return self.filler.draw.balanced(block["items"], rows, self.known)
        return super().rows(block, given)

    def value(self, item, path, given, row):
        if given is None and path not in self.filler.blank:
            given = self.drawn(item, path, row)
            if given is None:
                self.filler.blank.add(path)
        return super().value(item, path, given, row)

    def drawn(self, item, path, row):
        kind, filler = item.get("kind", "question"), self.filler
        if kind not in ("question", "piece") or item.get("type") == "computed":
            return None
        if not item.get("required", True) and filler.rng.random() < 0.4:
            return None
        if kind == "piece":
            return [descriptor(filler.file_name(item, path))]
        known = self.known | (row or {})
        return filler.draw.value(item, item["code"], known, self.options_of(item, row))

    def options_of(self, item, row):
        found = []
        for option in item.get("options") or ():
            if self.holds(option, row) and "options" not in option:
                found.append(option["value"])
            elif self.holds(option, row):
                found += [
                    (option["value"], second["value"])
                    for second in option["options"]
                    if self.holds(second, row)
                ]
        return found


class Filler:
    """Fill a form until it says what is wanted of it."""

    def __init__(self, form, today, profile=None, formats=None):
        self.form, self.today, self.profile = form, today, profile
        self.formats, self.context = formats or {}, types.Context(today)
        self.index()

    def start(self, seed):
        self.seed, self.rng = seed, random.Random(f"{seed}")
        self.blank: set[str] = set()
        self.draw = Draw(self.rng, self.context, self.hints)

    def index(self):
        """Learn which conditions read each question, and what each item depends on."""
        self.root, self.reads, self.shown_by, self.hints = {}, {}, {}, {}
        self.rules = {
            rule["code"]: rule.get("refuse_if") or rule.get("if")
            for key in ("checks", "stops")
            for rule in self.form.get(key) or ()
        }
        for place in schema.walk(self.form):
            item, code = place.item, place.item["code"]
            self.root[code] = (place.block or item)["code"]
            around = (place.page, place.section or {}, place.block or {}, item)
            shown = [one.get("visible_if") for one in around]
            self.shown_by[code] = set().union(*map(conditions.sources, shown))
            if item.get("type") == "computed":
                self.reads[code] = formula.reads(visibility.tree_of(item["formula"]))
            self.learn(item.get("visible_if"))
        known = scopes.Scopes(self.form)
        self.blocks = {}
        for code, condition in self.rules.items():
            self.learn(condition)
            self.blocks[code] = known.block(condition)

    def learn(self, condition):
        for leaf in conditions.leaves(condition):
            for key in ("q", "other"):
                if isinstance(leaf.get(key), str):
                    self.hints.setdefault(leaf[key], []).append(leaf)

    def sources(self, codes, seen=frozenset()):
        """Return the codes to answer otherwise to change ``codes``, shown or not."""
        found = set()
        for code in codes:
            if code in seen or code not in self.root:
                continue
            more = self.reads.get(code, set()) | self.shown_by[code]
            found |= self.sources(more, seen | {code})
            if code not in self.reads:
                found.add(self.root[code])
        return found

    def file_name(self, piece, path):
        accepted = self.formats.get(piece["document"]) or ("pdf",)
        kind = "pdf" if "pdf" in accepted else "png"
        return f"{path.replace('.', '-')}-{self.seed}.{kind}"

    # === FILLING === #

    def filled(self, given):
        """Return the answers to all that is shown, those of ``given`` kept."""
        form = _Pass(self, given)
        for page in self.form["pages"]:
            form.page(page)
        self.shown = {path.split(".")[-1] for path in form.shown}
        return form.known

    def without(self, answers, code):
        """Return the answers without one, to be drawn again."""
        self.blank = {
            path
            for path in self.blank
            if path != code and not path.startswith(f"{code}.")
        }
        return {key: value for key, value in answers.items() if key != code}

    def fired(self, answers) -> set[str]:
        """Return the checks and the stops that refuse the answers."""
        return {code for code in self.rules if self._fires(code, answers)}

    def _fires(self, code, answers):
        condition = self.rules[code]
        block = self.blocks.get(code)
        return any(
            conditions.holds(
                condition, answers, today=self.today, profile=self.profile, row=row
            )
            for row in (answers.get(block) or () if block else (None,))
        )

    def faults(self, answers) -> set[str]:
        """Return all that is refused: codes of checks and stops, paths of answers."""
        found = filling.problems(self.form, answers, self.context, profile=self.profile)
        faults = {
            problem.params["code"] if problem.code == "refused" else path
            for path, problems in found.items()
            for problem in problems
        }
        stop = filling.stop(self.form, answers, today=self.today, profile=self.profile)
        return faults | ({stop["code"]} if stop else set())

    def valid(self, seed) -> dict:
        """Return answers in which nothing is refused."""
        found = self.search(None, seed)
        if found is None:
            raise AssertionError(f"no right answer found, seed {seed}")
        return found

    def refused_by(self, rule: str, seed) -> dict | None:
        """Return answers which that check or stop alone refuses."""
        return self.search(rule, seed)

    def showing(self, code: str, seed) -> dict | None:
        """Return right answers that show an item of the root."""
        return self.search(None, seed, show=code)

    def search(self, wanted, seed, show=None):
        """Change one answer after the other until only ``wanted`` refuses them."""
        self.start(seed)
        aim = {wanted} if wanted else set()
        answers = self.filled({})
        for _try in range(MOST_TRIES):
            faults = self.fired(answers)
            if show and show not in self.shown:
                faults.add(show)
            if faults == aim:
                faults = self.faults(answers)
            if faults == aim:
                return json.loads(json.dumps(answers))
            wrong = wanted if aim - faults else self.rng.choice(sorted(faults - aim))
            code = self.rng.choice(self.to_change(wrong))
            answers = self.filled(self.without(answers, code))
        return None

    def to_change(self, wrong):
        """Return the codes of the answers on which a rule, or an answer, depends."""
        if wrong in self.rules:
            return sorted(self.sources(conditions.sources(self.rules[wrong])))
        return sorted(self.sources({wrong.partition(".")[0]}))
