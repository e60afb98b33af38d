"""The check of a form before it is published: what is refused, what is warned of."""

from collections.abc import Iterator

from .findings import Facts, Finding, error, name_of, warning
from .form_index import END, FormIndex
from .formula import reads
from .linter_data import data_findings
from .linter_law import law_findings
from .markup import words_of
from .scopes import Scopes
from .visibility import tree_of

# Source: RGAA 4.1, 1.1 (each image that informs has a text alternative) and 1.2; loi
# n° 2005-102, art. 47 (the sites of towns follow it)
IMAGE_ALT = "RGAA 4.1, 1.1; loi n° 2005-102, art. 47"


def lint(schema: dict, facts: Facts) -> list[Finding]:
    """Return what a form should not be published with, in the order of the form.

    :param schema: one in which ``check_schema`` found nothing
    :param facts: what the prestation and its documents say

    Source: none (technical)
    """
    index = FormIndex(schema)
    found = [
        *_wording(index),
        *_formulas(index),
        *_visibility(index),
        *_rules(index),
        *law_findings(index, facts),
        *data_findings(index, facts),
    ]
    return [one for rank, one in enumerate(found) if one not in found[:rank]]


# === WORDS AND EMPTY PAGES === #


def _wording(index: FormIndex) -> Iterator[Finding]:
    pages = index.schema["pages"]
    for number, page in enumerate(pages):
        if not page["title"].strip() and len(pages) > 1:
            yield error("title_missing", f"pages[{number}].title", name=page["code"])
        if not any(item["kind"] != "section" for item in page["items"]):
            yield warning("page_empty", f"pages[{number}]", name=name_of(page))
    for code, place in index.places.items():
        kind = place.item.get("kind", "question")
        if kind in ("question", "block") and not place.item.get("label", "").strip():
            yield error("label_missing", place.path, name=code)
        if kind == "section" and not place.item["title"].strip():
            yield error("title_missing", place.path, name=code)
        if kind == "explanation" and not _has_words(place.item):
            name = words_of(place.item["html"]) or code
            yield error("image_alt_missing", place.path, IMAGE_ALT, name=name)
        if kind == "block" and not place.item["items"]:
            yield error("block_empty", place.path, name=name_of(place.item))


def _has_words(explanation: dict) -> bool:
    """Tell whether a picture says what it shows, or is there to please only."""
    return bool(
        not explanation.get("image")
        or explanation.get("image_decorative")
        or (explanation.get("image_alt") or "").strip()
    )


# === COMPUTED VALUES === #


def _formulas(index: FormIndex) -> Iterator[Finding]:
    read = {
        code: reads(tree_of(item.get("formula")))
        for code, item in index.items.items()
        if item.get("type") == "computed"
    }
    for code, own in read.items():
        path = f"{index.places[code].path}.formula"
        if code in _reached(code, read):
            yield error("formula_loop", path, name=code)
            continue
        for source in sorted(own):
            if source not in index.items:
                yield error("source_unknown", path, source=source)
            elif index.ranks[source] > index.ranks[code]:
                yield error("source_below", path, source=source)
            elif index.block_of(source) not in (None, index.block_of(code)):
                block = index.block_of(source)
                yield error("source_in_rows", path, source=source, block=block)


def _reached(start: str, read: dict) -> set[str]:
    """Return all that a computed question reads, through others too."""
    reached, waiting = set(), list(read[start])
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting += read.get(code, ())
    return reached


# === CONDITIONS === #


def _condition(index: FormIndex, path: str, condition, rank: int, block) -> list:
    """Return what is wrong in one condition, whatever it is for."""
    if condition is None:
        return []
    faults = index.misplaced(condition, rank, block) + index.unsuited(condition)
    return [error(code, path, **params) for code, params in faults]


def _visibility(index: FormIndex) -> Iterator[Finding]:
    for number, page in enumerate(index.schema["pages"]):
        path = f"pages[{number}]"
        own = page.get("visible_if")
        wrong = _condition(
            index, f"{path}.visible_if", own, index.page_rank(page), None
        )
        yield from wrong
        if own is not None and not wrong and index.is_never(own):
            yield error("never_shown", path, name=name_of(page))
            continue
        never = []
        for item in page["items"]:
            yield from _item(index, item["code"], never)
        asked = [item["code"] for item in page["items"] if item["kind"] != "section"]
        if asked and set(asked) <= set(never):
            yield error("never_shown", path, name=name_of(page))


def _item(index: FormIndex, code: str, never: list) -> Iterator[Finding]:
    place, rank, block = index.places[code], index.ranks[code], index.block_of(code)
    item, own = place.item, place.item.get("visible_if")
    wrong = _condition(index, f"{place.path}.visible_if", own, rank, block)
    yield from wrong
    if own is not None and not wrong and index.is_never(index.guard(code)):
        never.append(code)
        yield error("never_shown", place.path, name=name_of(item))
        return
    if place.section is not None and place.section["code"] in never:
        never.append(code)
        return
    for path, option in _options(f"{place.path}.options", item.get("options")):
        own = option.get("visible_if")
        wrong = _condition(index, f"{path}.visible_if", own, rank, block)
        yield from wrong
        if own is not None and not wrong and index.is_never(own, index.guard(code)):
            yield error("option_never_shown", path, name=option["label"])
    for child in item.get("items") or ():
        yield from _item(index, child["code"], never)


def _options(path: str, options) -> Iterator[tuple[str, dict]]:
    for number, option in enumerate(options or ()):
        yield f"{path}[{number}]", option
        yield from _options(f"{path}[{number}].options", option.get("options"))


def _rules(index: FormIndex) -> Iterator[Finding]:
    places = Scopes(index.schema)
    kinds = (("checks", "refuse_if", "check"), ("stops", "if", "stop"))
    for key, name, kind in kinds:
        for number, rule in enumerate(index.schema.get(key) or ()):
            path, condition = f"{key}[{number}]", rule[name]
            block = places.block(condition, rule.get("at"))
            wrong = _condition(index, f"{path}.{name}", condition, END, block)
            yield from wrong
            if wrong:
                continue
            label = rule.get("title") or rule["message"]
            if index.is_never({"not": condition}):
                yield error(f"{kind}_always", path, name=label)
            elif index.is_never(condition):
                yield error(f"{kind}_never", path, name=label)
