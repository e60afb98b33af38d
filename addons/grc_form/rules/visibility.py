"""What a form shows, and the answers that stay: one pass, from top to bottom.

A hidden question has no value for what stands below it, so hiding cascades. The
browser's twin is ``static/src/form_rules.js``.
"""

from dataclasses import dataclass
from datetime import date

from . import values
from .conditions import holds
from .formula import FormulaError, parse
from .formula_value import evaluate


@dataclass(frozen=True)
class Visibility:
    """Hold what a form shows for given answers.

    :param shown: codes of pages, sections and items, and ``block.0.code`` in rows; a
        page that shows nothing but section titles is not shown
    :param options: for questions with a hidden option only, by path: the values of the
        options that are shown (pairs ``[a, b]`` for two linked lists)
    :param answers: values of what is shown, computed ones included, empty ones left out

    Source: none (technical)
    """

    shown: frozenset
    options: dict
    answers: dict


def visible(schema: dict, answers: dict, *, today: date, profile=None) -> Visibility:
    """Say what a form shows, and keep the answers to it.

    :param schema: as frozen by a version, checked by ``schema.check_schema``
    :param answers: JSON values by code, from whatever source
    :param today: local civil day
    :param profile: what is known of the citizen, see ``conditions.PROFILE_KEYS``

    Source: none (technical)
    """
    form = _Pass(answers, today, profile)
    for page in schema["pages"]:
        form.page(page)
    return Visibility(frozenset(form.shown), form.options, form.known)


class _Pass:
    def __init__(self, answers: dict, today: date, profile):
        self.given = answers if isinstance(answers, dict) else {}
        self.today, self.profile = today, profile
        self.shown, self.options, self.known = [], {}, {}

    def holds(self, item: dict, row=None) -> bool:
        return holds(
            item.get("visible_if"),
            self.known,
            today=self.today,
            profile=self.profile,
            row=row,
        )

    def page(self, page: dict) -> None:
        if not self.holds(page):
            return
        in_section, has_content = True, False
        for item in page["items"]:
            if item["kind"] == "section":
                in_section = self.holds(item)
                if in_section:
                    self.shown.append(item["code"])
            elif in_section and self.holds(item):
                has_content = True
                self.item(item)
        if has_content:
            self.shown.append(page["code"])

    def item(self, item: dict) -> None:
        code = item["code"]
        self.shown.append(code)
        if item["kind"] == "block":
            value = self.rows(item, self.given.get(code))
        else:
            value = self.value(item, code, self.given.get(code), None)
        if not values.is_empty(value):
            self.known[code] = value

    def rows(self, block: dict, given) -> list:
        given = given if isinstance(given, list) else []
        rows = []
        for index, raw in enumerate(row for row in given if isinstance(row, dict)):
            row = {"_id": raw["_id"]} if isinstance(raw.get("_id"), str) else {}
            for item in block["items"]:
                if not self.holds(item, row):
                    continue
                code = item["code"]
                path = f"{block['code']}.{index}.{code}"
                self.shown.append(path)
                value = self.value(item, path, raw.get(code), row)
                if not values.is_empty(value):
                    row[code] = value
            rows.append(row)
        return rows

    def value(self, item: dict, path: str, given, row):
        if item.get("kind", "question") not in ("question", "piece"):
            return None
        if item.get("type") == "computed":
            return self.computed(item, row)
        if item.get("options"):
            return self.without_hidden_options(item, path, given, row)
        return given

    def computed(self, item: dict, row):
        return evaluate(
            tree_of(item.get("formula")),
            self.known,
            today=self.today,
            row=row,
            result=item.get("result") or "number",
        )

    def without_hidden_options(self, item: dict, path: str, given, row):
        shown, hidden = [], []
        for option in item["options"]:
            own = self.holds(option, row)
            if "options" not in option:
                (shown if own else hidden).append(option["value"])
                continue
            for second in option["options"]:
                both = own and self.holds(second, row)
                (shown if both else hidden).append([option["value"], second["value"]])
        if not hidden:
            return given
        self.options[path] = shown
        if given in hidden:
            return None
        if isinstance(given, list):
            return [value for value in given if value not in hidden]
        return given


def tree_of(formula):
    """Return the tree of a formula given as text or as a tree.

    :return: None when the text cannot be read

    Source: none (technical)
    """
    if not isinstance(formula, str):
        return formula
    try:
        return parse(formula)
    except FormulaError:
        return None


_BROWSER_KEYS = (
    *("kind", "code", "type", "visible_if", "value", "result"),
    # What the reading of a composite depends on.
    *("abroad", "kinds", "ask_birth_date", "number_required"),
)


def for_browser(schema: dict) -> dict:
    """Return what the browser needs of a schema to show and hide, and nothing else.

    :param schema: as frozen by a version
    :return: schema without texts, formulas as trees

    Source: none (technical)
    """
    return {"pages": [_bare(page) for page in schema["pages"]]}


def _bare(item: dict) -> dict:
    bare = {key: item[key] for key in _BROWSER_KEYS if item.get(key) is not None}
    if "formula" in item:
        bare["formula"] = tree_of(item["formula"])
    for key in ("items", "options", "roles"):
        if isinstance(item.get(key), list):
            bare[key] = [_bare(child) for child in item[key]]
    return bare
