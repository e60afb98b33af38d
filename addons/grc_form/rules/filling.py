"""A form being filled: pages, problems, stops, what is kept at the end."""

from collections.abc import Iterator
from datetime import date

from .conditions import holds
from .reading import read_items
from .scopes import Scopes
from .types import TYPES, Context, Problem
from .visibility import Visibility, visible

MOST_ROWS = 50


def prune(schema: dict, answers: dict, *, today: date, profile=None) -> dict:
    """Return the answers to what is shown, computed values filled in.

    :param schema: as frozen by a version
    :param answers: JSON values by code; unknown keys are dropped
    :param today: local civil day
    :param profile: what is known of the citizen

    Source: none (technical)
    """
    return visible(schema, answers, today=today, profile=profile).answers


def read_page(
    schema: dict,
    page_code: str,
    raw: dict,
    answers: dict,
    context: Context,
    profile=None,
) -> tuple[dict, dict[str, Problem]]:
    """Read what was posted for one page.

    Answers of other pages, files, and answers that the page did not show are kept:
    ``prune`` drops what is hidden in the end. What cannot be read has no answer.

    :param raw: text or list of texts by name: ``code``, ``code.part``,
        ``block.0.code.part``; each row of a block also posts ``block.0._id``
    :param answers: what was answered so far
    :param context: local day and language
    :param profile: what is known of the citizen
    :return: new answers, and by path (the names of ``raw``) what could not be read
    :raise KeyError: when there is no such page

    Source: none (technical)
    """
    page = {page["code"]: page for page in schema["pages"]}[page_code]
    shown = visible(schema, answers, today=context.today, profile=profile).shown
    given, unread = read_items(page["items"], raw, answers, shown, context)
    after = visible(schema, given, today=context.today, profile=profile).shown
    return given, {
        path: problem
        for path, problem in unread.items()
        if _without_part(path, problem) in after
    }


def _without_part(path: str, problem: Problem) -> str:
    return path.removesuffix(f".{problem.part}") if problem.part else path


def problems(
    schema: dict, answers: dict, context: Context, page: str | None = None, profile=None
) -> dict[str, list[Problem]]:
    """Return what is wrong or missing in the answers to what is shown.

    :param page: code of the only page to look at; None for the whole form
    :return: by path (``code``, ``code.part``, ``block.0.code``; "" for the form), in
        the order of the form

    Source: none (technical)
    """
    seen = visible(schema, answers, today=context.today, profile=profile)
    found: dict[str, list[Problem]] = {}
    pages = [p for p in schema["pages"] if page in (None, p["code"])]
    for item in (item for one in pages for item in one["items"]):
        if item["code"] in seen.shown:
            for path, problem in _item_problems(item, seen, context):
                found.setdefault(path, []).append(problem)
    for path, problem in _refusals(schema, seen, context, page, profile):
        found.setdefault(path, []).append(problem)
    return found


def _item_problems(item: dict, seen: Visibility, context: Context) -> Iterator:
    code = item["code"]
    if item["kind"] != "block":
        yield from _value_problems(item, code, seen.answers.get(code), context)
        return
    rows = seen.answers.get(code) or []
    least, most = item.get("min") or 0, item.get("max") or MOST_ROWS
    label = item.get("label") or ""
    if len(rows) < least:
        yield code, Problem("rows_missing", {"min": str(least), "label": label})
    if len(rows) > most:
        yield code, Problem("rows_too_many", {"max": str(most), "label": label})
    for index, row in enumerate(rows[:most]):
        for child in item["items"]:
            path = f"{code}.{index}.{child['code']}"
            if path in seen.shown:
                yield from _value_problems(child, path, row.get(child["code"]), context)


def _value_problems(item: dict, path: str, value, context: Context) -> Iterator:
    kind = item.get("kind", "question")
    if kind not in ("question", "piece") or item.get("type") == "computed":
        return
    if value is None:
        if item.get("required", True):
            params = {"label": item.get("label") or ""}
            if kind == "piece":
                params["document"] = item["document"]
            code = "required" if kind == "question" else "piece_missing"
            yield path, Problem(code, params)
    elif kind == "question":
        for problem in TYPES[item["type"]].problems(item, value, context):
            part = f".{problem.part}" if problem.part else ""
            yield path + part, problem


# === RULES ACROSS QUESTIONS === #


def _firing_rows(condition, block, seen: Visibility, today, profile) -> list:
    """Return the indexes of the rows of which the condition is true; [None]: root."""
    rows = [(None, None)]
    if block is not None:
        rows = list(enumerate(seen.answers.get(block) or ()))
    return [
        index
        for index, row in rows
        if holds(condition, seen.answers, today=today, profile=profile, row=row)
    ]


def _refusals(schema: dict, seen: Visibility, context: Context, page, profile):
    checks = schema.get("checks") or ()
    scopes = Scopes(schema) if checks else None
    for check in checks:
        at = check.get("at") or []
        condition = check["refuse_if"]
        if page is not None and scopes.last_page(condition, at) != page:
            continue
        block = scopes.block(condition, at)
        for index in _firing_rows(condition, block, seen, context.today, profile):
            params = {"code": check["code"], "message": check["message"]}
            paths = [_target(path, index, block, scopes) for path in at]
            shown = [full for base, full in paths if base in seen.shown]
            for path in shown or [""]:
                yield path, Problem("refused", params)


def _target(path: str, index, block, scopes: Scopes) -> tuple[str, str]:
    code, _dot, part = path.partition(".")
    base = code
    if index is not None and scopes.blocks.get(code) == block:
        base = f"{block}.{index}.{code}"
    return base, f"{base}.{part}" if part else base


def stop(
    schema: dict, answers: dict, *, today: date, profile=None, page: str | None = None
) -> dict | None:
    """Return the first stop of the form that applies: the citizen is not concerned.

    :param page: while filling, the page just answered: a stop that reads what is
        asked further on waits; None at the end
    :return: item of ``schema["stops"]``, or None

    Source: none (technical)
    """
    stops = schema.get("stops") or ()
    if not stops:
        return None
    seen = visible(schema, answers, today=today, profile=profile)
    scopes = Scopes(schema)
    for one in stops:
        last = scopes.last_page(one["if"])
        if page and last and scopes.ranks[last] > scopes.ranks[page]:
            continue
        if _firing_rows(one["if"], scopes.block(one["if"]), seen, today, profile):
            return one
    return None


# === PAGES === #


def shown_pages(schema: dict, seen: Visibility) -> list[str]:
    """Return the codes of the pages that show something, in order.

    Source: none (technical)
    """
    codes = (page["code"] for page in schema["pages"])
    return [code for code in codes if code in seen.shown]


def next_page(schema: dict, seen: Visibility, page: str | None = None) -> str | None:
    """Return the code of the page after this one; the first one after None.

    :return: None after the last

    Source: none (technical)
    """
    codes = [one["code"] for one in schema["pages"]]
    following = codes[codes.index(page) + 1 :] if page else codes
    return next((code for code in following if code in seen.shown), None)


def previous_page(schema: dict, seen: Visibility, page: str) -> str | None:
    """Return the code of the page before this one, None before the first.

    Source: none (technical)
    """
    codes = [one["code"] for one in schema["pages"]]
    before = reversed(codes[: codes.index(page)])
    return next((code for code in before if code in seen.shown), None)
