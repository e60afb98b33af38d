"""Some of the changes of a model, brought line by line in the form of a town."""

import copy
from collections.abc import Iterable, Iterator, Mapping

_PARTS = ("items", "columns")
_RULES = ("checks", "stops")


def merged(mine: Mapping, model: Mapping, taken: Iterable[Mapping]) -> dict:
    """Return the form of the town with the changes that she takes from the model.

    A page or a block that the model removes stays as long as the town has lines of her
    own in it. A line of a page that she does not have stands at the end.

    :param mine: schema of the town, in normal form
    :param model: new schema of the model, in normal form
    :param taken: changes of ``changes.changes``, those that the town takes
    :return: a schema; its conditions may read lines that are not there: the linter says

    Source: none (technical)
    """
    form = copy.deepcopy(dict(mine))
    kinds = {change["code"]: change["kind"] for change in taken}
    gone = [code for code, kind in kinds.items() if kind == "removed"]
    for code in reversed(gone):
        _remove(form, code)
    for code, parent, key, before, item in list(_places(model)):
        kind = kinds.get(code)
        if kind == "changed":
            _replace(form, code, item)
        elif kind == "added":
            _insert(form, _bare(item), parent, key, before)
        elif kind == "moved":
            kept = _take(form, code)
            if kept:
                _insert(form, kept, parent, key, before)
    return form


def _places(schema: Mapping) -> Iterator[tuple]:
    """Yield ``(code, what holds it, key, codes before it, item)`` of each line."""
    yield from _listed(schema["pages"], None, "pages")
    for key in _RULES:
        yield from _listed(schema.get(key) or [], None, key)


def _listed(items, parent, key):
    before: list[str] = []
    for item in items:
        yield item["code"], parent, key, list(before), item
        before.append(item["code"])
        for part in _PARTS:
            yield from _listed(item.get(part) or [], item, part)


def _homes(form: dict) -> Iterator[list]:
    """Yield each list that holds lines."""
    for key in ("pages", *_RULES):
        yield form.setdefault(key, [])
    for page in form["pages"]:
        yield page["items"]
        for item in page["items"]:
            yield from (item[part] for part in _PARTS if part in item)


def _find(form, code):
    for home in _homes(form):
        for rank, item in enumerate(home):
            if item["code"] == code:
                return home, rank
    return None, -1


def _take(form, code):
    home, rank = _find(form, code)
    return home.pop(rank) if home else None


def _remove(form, code):
    home, rank = _find(form, code)
    if not home:
        return
    left = [line for part in _PARTS for line in home[rank].get(part) or ()]
    if not left:
        del home[rank]
    elif home is form["pages"] and rank:
        # The town's own lines of a page that goes stand at the end of the one before.
        home[rank - 1]["items"] += left
        del home[rank]


def _replace(form, code, item):
    home, rank = _find(form, code)
    if home:
        kept = {part: home[rank][part] for part in _PARTS if part in home[rank]}
        home[rank] = copy.deepcopy({**item, **kept})


def _bare(item):
    """Return a line without those it holds: each is a change of its own."""
    return copy.deepcopy({**item, **{part: [] for part in _PARTS if part in item}})


def _insert(form, item, parent, key, before):
    if _find(form, item["code"])[0]:
        return
    if parent is None:
        home = form.setdefault(key, [])
    else:
        holder, rank = _find(form, parent["code"])
        if holder is None:
            # The page of the line was not taken: the end. A line of a block not
            # taken stays out.
            if "kind" not in parent and form["pages"]:
                form["pages"][-1]["items"].append(item)
            return
        home = holder[rank].setdefault(key, [])
    ranks = [rank for rank, line in enumerate(home) if line["code"] in before]
    home.insert(max(ranks, default=-1) + 1, item)
