"""What a new version of a form changes of the one in use."""

from collections.abc import Iterator, Mapping

# What moves with an item without being a change of its own.
_STRUCTURE = ("items", "columns")


def changes(before: Mapping, after: Mapping) -> list[dict]:
    """Return what ``after`` changes of ``before``, in the order of the form.

    :param before: schema in use
    :param after: schema in preparation
    :return: dicts ``{kind, code, label, what}``: kind is ``added``, ``removed``,
        ``moved`` or ``changed``; ``what`` lists the attributes that changed

    Source: none (technical)
    """
    old, new = dict(_lines(before)), dict(_lines(after))
    found = [
        {"kind": "removed", "code": code, "label": line["label"], "what": []}
        for code, line in old.items()
        if code not in new
    ]
    kept = [code for code in new if code in old]
    moved = set(kept) - _longest_common([code for code in old if code in new], kept)
    for code, line in new.items():
        if code not in old:
            found.append(_change("added", code, line))
            continue
        what = _attributes_changed(old[code]["item"], line["item"])
        if what:
            found.append(_change("changed", code, line, what))
        elif code in moved or old[code]["parent"] != line["parent"]:
            found.append(_change("moved", code, line))
    return found


def lines_by_code(schema: Mapping) -> dict[str, Mapping]:
    """Return each line of a form that may change: pages, items, rules, by code.

    Source: none (technical)
    """
    return {code: line["item"] for code, line in _lines(schema)}


def _change(kind, code, line, what=()):
    return {"kind": kind, "code": code, "label": line["label"], "what": list(what)}


def _lines(schema: Mapping) -> Iterator[tuple[str, dict]]:
    for page in schema["pages"]:
        yield page["code"], _line(page, "")
        for item in page["items"]:
            yield item["code"], _line(item, page["code"])
            for key in _STRUCTURE:
                for child in item.get(key) or []:
                    yield child["code"], _line(child, item["code"])
    for key in ("checks", "stops"):
        for rule in schema.get(key) or []:
            yield rule["code"], _line(rule, key)


def _line(item, parent):
    label = item.get("label") or item.get("title") or item.get("message") or ""
    return {"item": item, "parent": parent, "label": label or item["code"]}


def _attributes_changed(before, after):
    names = [*before, *(name for name in after if name not in before)]
    return [
        name
        for name in names
        if name not in _STRUCTURE
        and (before.get(name) or None) != (after.get(name) or None)
    ]


def _longest_common(before, after):
    """Return the codes that keep their order: the others are those that moved."""
    rank = {code: place for place, code in enumerate(before)}
    best: list[tuple[int, list[str]]] = []
    for code in after:
        place = rank[code]
        shorter = [chain for last, chain in best if last < place]
        chain = max(shorter, key=len, default=[])
        best.append((place, [*chain, code]))
    return set(max((chain for _last, chain in best), key=len, default=[]))
