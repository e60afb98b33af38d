"""Give other codes to lines put in a form that has theirs already."""

from collections.abc import Container, Mapping


def renamed(items: list, taken: Container[str]) -> list:
    """Return items whose codes are free, with the conditions that read them.

    :param items: of a schema
    :param taken: codes of the form that receives them

    Source: none (technical)
    """
    names: dict[str, str] = {}
    for item in items:
        for line in (item, *(item.get("items") or item.get("columns") or ())):
            names[line["code"]] = _free(line["code"], taken, names)
    return [_item(item, names) for item in items]


def _free(code, taken, names) -> str:
    free, rank = code, 1
    while free in taken or free in names.values():
        rank += 1
        free = f"{code}_{rank}"
    return free


def _item(item: Mapping, names) -> dict:
    changed = {**item, "code": names[item["code"]]}
    for key in ("items", "columns"):
        if item.get(key):
            changed[key] = [_item(line, names) for line in item[key]]
    if item.get("visible_if"):
        changed["visible_if"] = _condition(item["visible_if"], names)
    return changed


def _condition(condition, names):
    if isinstance(condition, list):
        return [_condition(part, names) for part in condition]
    if not isinstance(condition, Mapping):
        return condition
    changed = {
        key: _condition(part, names) if key in ("all", "any", "not") else part
        for key, part in condition.items()
    }
    for key in ("q", "other"):
        if isinstance(changed.get(key), str):
            code, dot, part = changed[key].partition(".")
            changed[key] = f"{names.get(code, code)}{dot}{part}"
    return changed
