"""The evidence: what was asked and answered, as the citizen saw it, and its seal."""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping

from .types import TYPES


def snapshot(schema: Mapping, answers: Mapping, visibility, context) -> dict:
    """Return the filled form, page by page, as text and values.

    Only what was shown is in it; an optional question left empty has the text "".

    :param schema: of the version
    :param answers: canonical answers, hidden ones dropped (``filling.prune``)
    :param visibility: ``filling.visible`` of the same answers
    :param context: day and locale of the texts
    :return: ``{"pages": [{"code", "title", "lines": [...]}]}``

    Source: none (technical)
    """
    return {
        "pages": [
            {
                "code": page["code"],
                "title": page["title"],
                "lines": [
                    line
                    for item in page["items"]
                    if item["code"] in visibility.shown
                    for line in _lines(item, answers, visibility, context)
                ],
            }
            for page in schema["pages"]
            if page["code"] in visibility.shown
        ]
    }


def _lines(item, answers, visibility, context) -> Iterator[dict]:
    match item["kind"]:
        case "section":
            yield {"kind": "section", "title": item["title"]}
        case "piece":
            yield {
                "kind": "piece",
                "code": item["code"],
                "label": item.get("label") or "",
                "document": item["document"],
                "files": list(answers.get(item["code"]) or []),
            }
        case "block":
            yield _block(item, answers, visibility, context)
        case "question":
            yield _answer(item, answers.get(item["code"]), context)


def _block(item, answers, visibility, context):
    rows = []
    for rank, row in enumerate(answers.get(item["code"]) or []):
        lines = [
            line
            for child in item["items"]
            if f"{item['code']}.{rank}.{child['code']}" in visibility.shown
            for line in _lines({"kind": "question"} | child, row, visibility, context)
        ]
        title = f"{item.get('item_label') or ''} {rank + 1}".strip()
        rows.append({"title": title, "lines": lines})
    return {
        "kind": "block",
        "code": item["code"],
        "label": item.get("label") or "",
        "rows": rows,
    }


def _answer(question, value, context):
    kind = TYPES[question["type"]]
    return {
        "kind": "answer",
        "code": question["code"],
        "label": question["label"],
        "type": question["type"],
        "text": "" if value is None else kind.text(question, value, context),
        "value": value,
        "sensitive": bool(question.get("sensitive")),
    }


def split(filled: Mapping) -> tuple[dict, dict]:
    """Part what only some agents may read from what all readers of the file may.

    :param filled: what ``snapshot`` returned
    :return: the same without the sensitive answers, and these: path -> text and value

    Source: none (technical)
    """
    ordinary, secrets = copy.deepcopy(dict(filled)), {}
    for path, line in lines_by_path(ordinary):
        if line.get("sensitive"):
            secrets[path] = {"text": line.pop("text"), "value": line.pop("value")}
    return ordinary, secrets


def joined(ordinary: Mapping, secrets: Mapping) -> dict:
    """Return the whole filled form again: the reverse of ``split``.

    Source: none (technical)
    """
    filled = copy.deepcopy(dict(ordinary))
    for path, line in lines_by_path(filled):
        if line.get("sensitive") and path in secrets:
            line |= secrets[path]
    return filled


def pieces(filled: Mapping) -> Iterator[dict]:
    """Yield each document asked for, with the files given, rows of blocks included.

    Source: none (technical)
    """
    for page in filled["pages"]:
        for line in page["lines"]:
            if line["kind"] == "piece":
                yield line
            for row in line.get("rows") or []:
                yield from (cell for cell in row["lines"] if cell["kind"] == "piece")


def of_type(filled: Mapping, kind: str) -> Iterator[dict]:
    """Yield each answer of a type, those of rows included.

    :param filled: without ``value`` where the reader may not know the answer
    :param kind: a type of question, such as ``point``

    Source: none (technical)
    """
    for page in filled["pages"]:
        for line in page["lines"]:
            for one in (
                line,
                *(c for row in line.get("rows", ()) for c in row["lines"]),
            ):
                if one["kind"] == "answer" and one["type"] == kind:
                    yield one


def answered(filled: Mapping) -> Iterator[tuple[str, dict]]:
    """Yield each answer outside blocks: its code and its line, with its value.

    :param filled: the whole of it, sensitive answers included

    Source: none (technical)
    """
    for page in filled["pages"]:
        for line in page["lines"]:
            if line["kind"] == "answer" and "value" in line:
                yield line["code"], line


def lines_by_path(filled: Mapping) -> Iterator[tuple[str, dict]]:
    """Yield each answer with its path: ``code``, ``block.0.code`` in a row.

    Source: none (technical)
    """
    for page in filled["pages"]:
        for line in page["lines"]:
            if line["kind"] == "answer":
                yield line["code"], line
            for rank, row in enumerate(line.get("rows") or []):
                for cell in row["lines"]:
                    if cell["kind"] == "answer":
                        yield f"{line['code']}.{rank}.{cell['code']}", cell


def fingerprint(filled: Mapping, schema_sha256: str) -> str:
    """Return the SHA-256 that proves a filled form and the version it was filed under.

    :param filled: the whole of it, sensitive answers included
    :param schema_sha256: of the version
    :return: 64 hexadecimal characters

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    text = json.dumps(
        [schema_sha256, filled],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
