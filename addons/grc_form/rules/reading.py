"""Posted names and texts to answers: questions, rows of blocks."""

import re

from .types import TYPES, Context, InvalidAnswer, Problem

MOST_NAMES, MOST_ROWS = 3000, 100
ROW_INDEX = re.compile(r"[0-9]{1,3}", re.ASCII)
ROW_ID = re.compile(r"r[0-9]{1,6}", re.ASCII)


def read_items(
    items: list, raw: dict, answers: dict, shown, context: Context
) -> tuple[dict, dict[str, Problem]]:
    """Read what was posted for the items of a page.

    :param raw: text or list of texts by name
    :param answers: what was answered so far
    :param shown: paths that the page showed: nothing posted for one is no answer
    :return: new answers, and what could not be read by path

    Source: none (technical)
    """
    posted = _grouped(dict(list(raw.items())[:MOST_NAMES]))
    given, unread = dict(answers), {}
    for item in items:
        code = item["code"]
        if item["kind"] not in ("question", "block") or item.get("type") == "computed":
            continue
        if code not in posted and code not in shown:
            continue
        names = posted.get(code) or {}
        if item["kind"] == "block":
            value = _read_rows(item, names, given.get(code), unread, context)
        else:
            value = _read(item, code, names, unread, context)
        given.pop(code, None)
        if value is not None and value != []:
            given[code] = value
    return given, unread


def _grouped(raw: dict) -> dict[str, dict]:
    """Return ``{"a": {"": …, "part": …}}`` out of ``{"a": …, "a.part": …}``."""
    groups: dict[str, dict] = {}
    for name, text in raw.items():
        first, _dot, rest = str(name).partition(".")
        groups.setdefault(first, {})[rest] = text
    return groups


def _read(question: dict, path: str, names: dict, unread: dict, context: Context):
    try:
        return TYPES[question["type"]].read(question, names, context)
    except InvalidAnswer as error:
        full = f"{path}.{error.part}" if error.part else path
        unread[full] = error.problem
        return None


def _read_rows(
    block: dict, names: dict, before, unread: dict, context: Context
) -> list:
    before = before if isinstance(before, list) else []
    rows_before = [row for row in before if isinstance(row, dict)]
    known = {str(row.get("_id")): row for row in rows_before}
    groups = _grouped(names)
    indexes = sorted((int(i), i) for i in groups if ROW_INDEX.fullmatch(i))[:MOST_ROWS]
    rows, taken = [], set()
    for _number, index in indexes:
        cells = _grouped(groups[index])
        row_id = _row_id(cells.pop("_id", {}).get(""), taken, known)
        taken.add(row_id)
        rows.append(_read_row(block, cells, known.get(row_id) or {}, context))
        rows[-1][0]["_id"] = row_id
    _drop_blank(rows, block.get("min") or 0)
    for index, (_row, problems) in enumerate(rows):
        for path, problem in problems.items():
            unread[f"{block['code']}.{index}.{path}"] = problem
    return [row for row, _problems in rows]


def _row_id(text, taken: set, known: dict) -> str:
    """Return the identifier posted, or one that no row has."""
    text = text[0] if isinstance(text, list) and text else text
    if isinstance(text, str) and ROW_ID.fullmatch(text) and text not in taken:
        return text
    number = 1
    while f"r{number}" in taken or f"r{number}" in known:
        number += 1
    return f"r{number}"


def _read_row(block: dict, cells: dict, before: dict, context: Context) -> tuple:
    row, problems = {"_id": ""}, {}
    for item in block["items"]:
        code = item["code"]
        if item.get("kind", "question") == "piece":
            value = before.get(code)
        elif item["type"] == "computed":
            continue
        else:
            value = _read(item, code, cells.get(code) or {}, problems, context)
        if value is not None:
            row[code] = value
    return row, problems


def _drop_blank(rows: list, least: int) -> None:
    """Drop the rows left blank, from the last, as long as enough rows stay."""
    for index in reversed(range(len(rows))):
        row, problems = rows[index]
        if len(rows) > least and set(row) == {"_id"} and not problems:
            del rows[index]
