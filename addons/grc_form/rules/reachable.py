"""What a condition may read at one place of a form."""

from .domains import kind_of
from .form_index import END, FormIndex, parts_of

# Comparisons offered, by kind of answer, in the order in which they are looked for.
OFFERED = {
    "flag": ("eq", "filled", "empty"),
    "one": ("eq", "ne", "in", "not_in", "filled", "empty"),
    "number": ("eq", "ne", "lt", "le", "gt", "ge", "filled", "empty"),
    "day": ("lt", "le", "eq", "ge", "gt", "age_ge", "age_lt", "filled", "empty"),
    "several": (
        *("contains", "not_contains", "count_ge", "count_le", "count_eq"),
        *("filled", "empty"),
    ),
    "pair": ("contains", "not_contains", "filled", "empty"),
    "rows": ("filled", "empty", "count_ge", "count_le", "count_eq"),
    "text": (
        *("eq", "ne", "contains", "not_contains", "starts_with"),
        *("filled", "empty"),
    ),
    "whole": ("filled", "empty"),
    "any": ("eq", "ne", "contains", "starts_with", "filled", "empty"),
}


def reachable(schema: dict, code=None, block=None, rows: bool = False) -> list[dict]:
    """Return what may be read above a line, in the order of the form.

    :param schema: compiled; may have faults still
    :param code: of the line (or of the page) whose condition it is; None: the end
    :param block: code of the block of a line that is not in ``schema`` yet
    :param rows: also what each block repeats, as a check or a stop may
    :return: ``{"path", "label", "part", "kind", "type", "options", "page", "block"}``;
        options are ``[value, label]`` pairs or None; block: the code of the block that
        repeats the line

    Source: none (technical)
    """
    index = FormIndex(schema)
    rank, own = _place(index, code, block)
    found = []
    for name, place in index.places.items():
        item = place.item
        holder = index.block_of(name)
        if item.get("kind") in ("section", "explanation"):
            continue
        is_row = holder is not None and place.block.get("kind") == "block"
        if index.ranks[name] >= rank or name == own:
            continue
        if holder is not None and not (is_row and (rows or holder == own)):
            continue
        lines = _lines(item, place.page)
        found += [line | {"block": holder if is_row else None} for line in lines]
    return found


def _place(index: FormIndex, code, block) -> tuple[int, str | None]:
    if code in index.places:
        return index.ranks[code], index.block_of(code)
    for page in index.schema["pages"]:
        if page["code"] == code:
            return index.page_rank(page), None
    if block in index.places:
        inside = [name for name in index.places if index.block_of(name) == block]
        last = max([index.ranks[block], *(index.ranks[name] for name in inside)])
        return last + 1, block
    return END, None


def _lines(item: dict, page: dict) -> list[dict]:
    label = item.get("label") or item.get("document") or item["code"]
    lines = [
        {
            "path": f"{item['code']}.{part}" if part else item["code"],
            "label": label,
            "part": part,
            "kind": kind_of(item, part),
            "type": item.get("type") or item.get("kind"),
            "options": _options(item, part),
            "page": page["title"],
        }
        for part in ("", *parts_of(item))
    ]
    return lines


def _options(item: dict, part: str) -> list | None:
    options = item.get("options") or []
    kind = item.get("type")
    if kind == "identity" and part == "kind":
        return [[one, ""] for one in item.get("kinds") or ()]
    if kind == "linked_choice":
        first = [[one["value"], one["label"]] for one in options]
        second = [
            [two["value"], f"{one['label']} – {two['label']}"]
            for one in options
            for two in one.get("options") or ()
        ]
        return {"0": first, "1": second, "": [*first, *second]}.get(part)
    if part or kind not in ("choice", "choices", "ranking"):
        return None
    return [[one["value"], one["label"]] for one in options]
