"""What a page of a form holds while it is filled: texts by name of input.

``raw`` is ``{name: text or list of texts}``, names as in ``rules/filling.py``. It keeps
what was typed as it was typed, right or wrong, rows still blank included.
"""

from collections.abc import Iterable, Mapping

from .reading import MOST_NAMES, MOST_ROWS, ROW_ID, ROW_INDEX
from .types import TYPES
from .types.cleaning import MAX_RAW

# The longest answer a question may have, and what shows that it was longer.
LONGEST = 20_000
# All the texts of one page, in characters.
HEAVIEST = 400_000


class TooHeavy(Exception):
    """Say that a page holds more text than any form needs."""


def posted(page: dict, fields: Iterable[tuple[str, str]]) -> dict:
    """Return what was posted for the questions of a page, and nothing else.

    :param page: of the schema
    :param fields: names and texts, in the order of the form, names repeated for lists
    :return: raw, rows of blocks numbered from 0
    :raise TooHeavy: when no honest form is as large

    Source: none (technical)
    """
    kept: dict[str, list] = {}
    codes, weight = {item["code"] for item in page["items"]}, 0
    for name, text in fields:
        if str(name).partition(".")[0] not in codes or not isinstance(text, str):
            continue
        if name not in kept and len(kept) >= MOST_NAMES:
            continue
        weight += len(text)
        if weight > HEAVIEST:
            raise TooHeavy()
        texts = kept.setdefault(name, [])
        if len(texts) <= MOST_ROWS * 2:
            texts.append(text[: LONGEST + MAX_RAW])
    raw = {name: texts if len(texts) > 1 else texts[0] for name, texts in kept.items()}
    for item in page["items"]:
        if item["kind"] == "block":
            raw = _numbered(raw, item["code"])
    return raw


def written(page: dict, answers: Mapping) -> dict:
    """Return what the inputs of a page hold for the answers given so far.

    :param page: of the schema
    :param answers: canonical answers
    :return: raw

    Source: none (technical)
    """
    raw: dict = {}
    for item in page["items"]:
        value = answers.get(item["code"])
        if item["kind"] == "question":
            raw |= _written(item, item["code"], value)
        elif item["kind"] == "block":
            for index, row in enumerate(value or []):
                path = f"{item['code']}.{index}"
                raw[f"{path}._id"] = row.get("_id") or f"r{index + 1}"
                for child in item["items"]:
                    if child.get("kind", "question") == "question":
                        code = child["code"]
                        raw |= _written(child, f"{path}.{code}", row.get(code))
    return raw


def _written(question: dict, path: str, value) -> dict:
    if value is None or question["type"] == "computed":
        return {}
    return {
        f"{path}.{part}" if part else path: text
        for part, text in TYPES[question["type"]].write(question, value).items()
    }


# === ROWS === #


def row_ids(raw: Mapping, block: str) -> list[str]:
    """Return the identifiers of the rows of a block, in order.

    Source: none (technical)
    """
    indexes = row_indexes(raw, block)
    return [str(raw.get(f"{block}.{index}._id") or "") for index in indexes]


def row_indexes(raw: Mapping, code: str) -> list[int]:
    """Return the numbers of the rows of a block or a table that ``raw`` holds.

    Source: none (technical)
    """
    start = f"{code}."
    found = {
        int(index)
        for index in (
            name[len(start) :].partition(".")[0]
            for name in raw
            if name.startswith(start)
        )
        if ROW_INDEX.fullmatch(index)
    }
    return sorted(found)[:MOST_ROWS]


def _numbered(raw: dict, block: str) -> dict:
    """Return ``raw`` with the rows of a block numbered from 0, each with its own id."""
    start, taken = f"{block}.", set()
    indexes = row_indexes(raw, block)
    kept = {name: text for name, text in raw.items() if not name.startswith(start)}
    for rank, index in enumerate(indexes):
        old = f"{start}{index}."
        cells = {
            name[len(old) :]: text for name, text in raw.items() if name.startswith(old)
        }
        row_id = cells.pop("_id", "")
        if not isinstance(row_id, str) or not ROW_ID.fullmatch(row_id):
            row_id = ""
        if not row_id or row_id in taken:
            row_id = free_id({*taken, *_posted_ids(raw, block)})
        taken.add(row_id)
        kept[f"{start}{rank}._id"] = row_id
        kept |= {f"{start}{rank}.{name}": text for name, text in cells.items()}
    return kept


def _posted_ids(raw, block):
    return {raw.get(f"{block}.{index}._id") for index in row_indexes(raw, block)}


def free_id(taken) -> str:
    """Return an identifier that no row has.

    Source: none (technical)
    """
    number = 1
    while f"r{number}" in taken:
        number += 1
    return f"r{number}"


def with_row(raw: dict, item: dict) -> tuple[dict, int]:
    """Return ``raw`` with one more blank row, and the number of that row.

    :param item: block or question of type table

    Source: none (technical)
    """
    code = item["code"]
    indexes = row_indexes(raw, code)
    index = indexes[-1] + 1 if indexes else 0
    if len(indexes) >= MOST_ROWS:
        return raw, indexes[-1]
    if item["kind"] == "block":
        row_id = free_id(set(row_ids(raw, code)))
        return raw | {f"{code}.{index}._id": row_id}, index
    # A table shows one blank row when it has none.
    first = item["columns"][0]["code"]
    missing = range(index, max(index, shown_rows(item) if not indexes else 0) + 1)
    blank = {f"{code}.{number}.{first}": "" for number in missing}
    return raw | blank, missing[-1]


def shown_rows(table: dict) -> int:
    """Return how many rows a table with no answer shows.

    Source: none (technical)
    """
    return max(1, table.get("min") or 0)


def without_row(raw: dict, code: str, index: int) -> dict:
    """Return ``raw`` without one row of a block or a table, the others renumbered.

    Source: none (technical)
    """
    start = f"{code}."
    kept = {name: text for name, text in raw.items() if not name.startswith(start)}
    others = [number for number in row_indexes(raw, code) if number != index]
    for rank, number in enumerate(others):
        old = f"{start}{number}."
        for name, text in raw.items():
            if name.startswith(old):
                kept[f"{start}{rank}.{name[len(old) :]}"] = text
    return kept
