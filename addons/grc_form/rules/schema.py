"""Structure of a form: what a schema may hold, and how to go through it."""

from collections.abc import Iterator
from typing import NamedTuple

from . import markup
from .condition_check import check_condition
from .formula import FormulaError, check_tree, parse
from .schema_keys import CODE, ITEM_KINDS, KEYS, is_count
from .types import TYPES

MOST_PAGES, MOST_ITEMS, MOST_RULES = 50, 300, 100


class SchemaFault(NamedTuple):
    """Hold what is wrong in a schema.

    :param path: where, such as ``pages[0].items[2].label``
    :param code: one of ``codes.FAULTS``
    :param params: texts, by name

    Source: none (technical)
    """

    path: str
    code: str
    params: dict


class Place(NamedTuple):
    """Hold an item of a form and what it stands in.

    :param path: as in ``SchemaFault``
    :param item: section, question, explanation, block, piece, or column of a table
    :param page: its page
    :param section: the section above it in the page, None before the first
    :param block: the block or the table that repeats it, None at the root

    Source: none (technical)
    """

    path: str
    item: dict
    page: dict
    section: dict | None
    block: dict | None


RULES = {"checks": ("check", "refuse_if"), "stops": ("stop", "if")}


def check_schema(schema, types=None) -> list[SchemaFault]:
    """Return what is wrong in the structure of a schema, whatever it is.

    Nothing else of the engine may be called before it returned ``[]``.

    :param schema: JSON value of the contract, from a file or from the builder
    :param types: registry of question types; None for the one that ships
    :return: faults in the order of the form

    Source: none (technical)
    """
    checker = _Checker(types or TYPES)
    checker.schema(schema)
    return checker.faults


class _Checker:
    def __init__(self, types: dict):
        self.types, self.faults, self.codes = types, [], set()
        self.items_left = MOST_ITEMS

    def fault(self, path: str, fault: str, /, **params) -> None:
        texts = {key: str(value)[:80] for key, value in params.items()}
        self.faults.append(SchemaFault(path, fault, texts))

    def object(self, path: str, value, kind: str, more=()) -> bool:
        """Check keys and values of an object; tell whether what matters is there."""
        if not isinstance(value, dict):
            self.fault(path, "not_an_object")
            return False
        known = {key.rstrip("!"): check for key, check in KEYS[kind].items()}
        for key in value:
            if key not in known and key not in more:
                self.fault(path, "key_unknown", key=key)
        is_right = True
        for key in KEYS[kind]:
            if key.endswith("!") and key[:-1] not in value:
                self.fault(path, "key_missing", key=key[:-1])
                is_right = False
        for key, check in known.items():
            if key in value and not check(value[key]):
                self.fault(f"{path}.{key}".lstrip("."), "value_wrong", key=key)
                is_right = is_right and key not in ("pages", "items", "code", "type")
        return is_right

    def code(self, path: str, code) -> None:
        if not CODE.fullmatch(code):
            self.fault(f"{path}.code", "code_wrong", code=code)
        elif code in self.codes:
            self.fault(f"{path}.code", "code_twice", code=code)
        self.codes.add(code)

    def condition(self, path: str, value) -> None:
        for code, params in check_condition(value):
            self.fault(path, code, **params)

    def schema(self, schema) -> None:
        if not self.object("", schema, "schema"):
            return
        pages = schema["pages"]
        if not pages:
            self.fault("pages", "no_page")
        if len(pages) > MOST_PAGES:
            self.fault("pages", "too_many", max=MOST_PAGES)
        for index, page in enumerate(pages[:MOST_PAGES]):
            path = f"pages[{index}]"
            if self.object(path, page, "page"):
                self.code(path, page["code"])
                self.condition(f"{path}.visible_if", page.get("visible_if"))
                self.items(f"{path}.items", page["items"], ITEM_KINDS)
        for key, (kind, condition) in RULES.items():
            self.rules(key, schema.get(key), kind, condition)

    def items(self, path: str, items: list, kinds: tuple, in_table=False) -> None:
        self.items_left -= len(items)
        if self.items_left < 0:
            self.fault(path, "too_many", max=MOST_ITEMS)
            return
        for index, item in enumerate(items):
            self.item(f"{path}[{index}]", item, kinds, in_table)

    def item(self, path: str, item, kinds: tuple, in_table: bool) -> None:
        kind = "question"
        if isinstance(item, dict) and (kinds[0] == "section" or "kind" in item):
            kind = item.get("kind")
        if kind not in kinds:
            self.fault(path, "kind_unknown", kind=kind)
            return
        known = self.types.get(item.get("type")) if _is_typed(item, kind) else None
        if not self.object(path, item, kind, known.attributes if known else ()):
            return
        self.code(path, item["code"])
        self.condition(f"{path}.visible_if", item.get("visible_if"))
        if in_table and item.get("visible_if") is not None:
            self.fault(f"{path}.visible_if", "condition_in_table")
        if kind == "question":
            self.question(path, item, known)
        elif kind == "block":
            self.items(f"{path}.items", item["items"], ("question", "piece"))
            bounds = item.get("min") or 0, item.get("max") or 100
            if all(map(is_count, bounds)) and bounds[0] > bounds[1]:
                self.fault(f"{path}.max", "bounds_crossed", attribute="max")
        elif kind == "explanation":
            self.html(f"{path}.html", item["html"])

    def html(self, path: str, text) -> None:
        for what in markup.refused_in(text)[:5] if isinstance(text, str) else ():
            self.fault(path, "html_refused", what=what)

    def question(self, path: str, question: dict, known) -> None:
        if known is None:
            self.fault(f"{path}.type", "type_unknown", type=question["type"])
            return
        if isinstance(question.get("columns"), list):
            self.items(f"{path}.columns", question["columns"], ("question",), True)
        before = len(self.faults)
        for attribute, code in known.attribute_faults(question):
            if attribute == "formula" and isinstance(question.get("formula"), dict):
                continue
            self.fault(f"{path}.{attribute}", code, attribute=attribute)
        if question["type"] == "computed" and "formula" in question:
            self.formula(f"{path}.formula", question["formula"])
        if len(self.faults) == before:
            self.options(f"{path}.options", question.get("options"))

    def formula(self, path: str, formula) -> None:
        try:
            parse(formula) if isinstance(formula, str) else check_tree(formula)
        except FormulaError as error:
            self.fault(path, error.code, **error.params)

    def options(self, path: str, options) -> None:
        for index, option in enumerate(options if isinstance(options, list) else ()):
            if not isinstance(option, dict):
                continue
            here = f"{path}[{index}]"
            self.condition(f"{here}.visible_if", option.get("visible_if"))
            self.options(f"{here}.options", option.get("options"))

    def rules(self, key: str, rules, kind: str, condition: str) -> None:
        rules = rules if isinstance(rules, list) else []
        if len(rules) > MOST_RULES:
            self.fault(key, "too_many", max=MOST_RULES)
        for index, rule in enumerate(rules[:MOST_RULES]):
            path = f"{key}[{index}]"
            if not self.object(path, rule, kind):
                continue
            known = set(self.codes)
            self.code(path, rule["code"])
            self.condition(f"{path}.{condition}", rule[condition])
            if rule[condition] is None:
                self.fault(f"{path}.{condition}", "condition_missing")
            at = rule.get("at")
            for code in at if isinstance(at, list) else ():
                if not isinstance(code, str) or code.split(".")[0] not in known:
                    self.fault(f"{path}.at", "at_unknown", code=code)
            if kind == "stop":
                self.html(f"{path}.message", rule["message"])


def _is_typed(item, kind) -> bool:
    return (
        kind == "question"
        and isinstance(item, dict)
        and isinstance(item.get("type"), str)
    )


# === GOING THROUGH === #


def walk(schema: dict) -> Iterator[Place]:
    """Yield each item in order, those of blocks and columns of tables after their own.

    :param schema: checked

    Source: none (technical)
    """
    for number, page in enumerate(schema["pages"]):
        section = None
        for index, item in enumerate(page["items"]):
            path = f"pages[{number}].items[{index}]"
            if item["kind"] == "section":
                section = item
            own = None if item is section else section
            yield Place(path, item, page, own, None)
            for key in ("items", "columns"):
                for rank, child in enumerate(item.get(key) or ()):
                    inner = f"{path}.{key}[{rank}]"
                    yield Place(inner, child, page, own, item)


def questions(schema: dict, rows: bool = True) -> Iterator[dict]:
    """Yield the questions in order.

    :param schema: checked
    :param rows: those of blocks and tables too

    Source: none (technical)
    """
    for place in walk(schema):
        is_question = place.item.get("kind", "question") == "question"
        if is_question and (rows or place.block is None):
            yield place.item


def items_by_code(schema: dict) -> dict[str, dict]:
    """Return the items by their code, those of blocks and tables too.

    Source: none (technical)
    """
    return {place.item["code"]: place.item for place in walk(schema)}
