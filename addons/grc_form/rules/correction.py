"""A typing error in a filed form: what an agent may mend, and what is kept of it.

The form as it was filed never changes; each correction is kept beside it, with the
answer before and the answer after.
"""

import copy
from collections.abc import Iterator, Mapping

from . import geography
from .snapshot import lines_by_path
from .types import OTHER, TYPES
from .types.options import find_option, word
from .types.places import label as commune_label

# What nobody types for another: a statement, a result, a document.
_KEPT = ("certified", "computed")
_SEPARATOR = ";"
_TEXTS = ("text", "value")


def answers_of(filled: Mapping) -> dict:
    """Return the canonical answers that a filled form holds, pieces included.

    :param filled: the whole of it, see ``snapshot.snapshot``

    Source: none (technical)
    """
    answers: dict = {}
    for page in filled["pages"]:
        for line in page["lines"]:
            if line["kind"] == "block":
                rows = [_cells(row["lines"]) for row in line["rows"]]
                answers[line["code"]] = [
                    {"_id": f"r{rank}"} | row for rank, row in enumerate(rows, 1)
                ]
            else:
                answers |= _cells([line])
    return {code: value for code, value in answers.items() if value not in (None, [])}


def _cells(lines) -> dict:
    found = {}
    for line in lines:
        if line["kind"] in ("piece", "answer"):
            value = line["files"] if line["kind"] == "piece" else line.get("value")
            if value not in (None, []):
                found[line["code"]] = value
    return found


def correctable(filled: Mapping) -> Iterator[tuple[str, dict]]:
    """Yield the path and the line of each answer given that may be corrected.

    Source: none (technical)
    """
    for path, line in lines_by_path(filled):
        if line["type"] not in _KEPT and line.get("value") is not None:
            yield path, line


def with_answer(answers: Mapping, path: str, value) -> dict:
    """Return the answers with another one at a path; None: no answer any more.

    :param path: ``code``, or ``block.0.code``

    Source: none (technical)
    """
    changed = copy.deepcopy(dict(answers))
    block, _dot, rest = path.partition(".")
    rank, _dot, code = rest.partition(".")
    target = changed[block][int(rank)] if rest else changed
    target.pop(code or block, None)
    if value is not None:
        target[code or block] = value
    return changed


# === WHAT IS TYPED === #


def cells(question: Mapping, value, words: Mapping) -> list[dict]:
    """Return the texts that an answer is, as an agent types them in one column.

    :param question: of the schema
    :param value: canonical
    :param words: ``parts`` and ``answers`` (see ``grc.form.version._form_words``)
    :return: dicts ``part`` ("" for the whole), ``label`` of the part, ``text``

    Source: none (technical)
    """
    texts = _texts(question, value, words)
    return [
        {"part": part, "label": words["parts"].get(part, ""), "text": text}
        for part, text in texts.items()
    ]


def raw_of(question: Mapping, texts: Mapping, words: Mapping) -> dict:
    """Return what the page would have posted for the texts of ``cells``.

    :param texts: by part

    Source: none (technical)
    """
    kind = question["type"]
    raw = dict(texts)
    whole = raw.get("") or ""
    if kind == "table":
        return _table_raw(question, texts, words)
    if kind in ("choice", "choices"):
        typed = [whole] if kind == "choice" else whole.split(_SEPARATOR)
        return _chosen(question, [one.strip() for one in typed if one.strip()])
    if kind == "ranking":
        return {"": [one.strip() for one in whole.split(_SEPARATOR) if one.strip()]}
    if kind == "identity" and raw.get("kind"):
        codes = {text.casefold(): code for code, text in words["answers"].items()}
        raw["kind"] = codes.get(raw["kind"].strip().casefold(), raw["kind"])
    return raw


def _texts(question, value, words) -> dict:
    kind = question["type"]
    if kind in ("choice", "choices", "ranking"):
        chosen = value if isinstance(value, list) else [value]
        labels = [_option_label(question, one) for one in chosen]
        return {"": f"{_SEPARATOR} ".join(labels)}
    if kind == "yes_no":
        return {"": word("yes" if value else "no", "fr_FR")}
    if kind == "table":
        return _table_texts(question, value, words)
    if kind in ("commune", "department", "country"):
        return {"": _place_text(kind, value)}
    if kind in ("date", "datetime"):
        day, _t, hour = value.partition("T")
        return {"": " ".join(filter(None, (_day(day), hour)))}
    if kind == "linked_choice":
        first = find_option(question["options"], value[0]) or {}
        second = find_option(first.get("options"), value[1]) or {}
        labels = (first.get("label", value[0]), second.get("label", value[1]))
        return dict(zip(("first", "second"), labels, strict=True))
    if not TYPES[kind].parts:
        return {"": str(TYPES[kind].write(question, value)[""])}
    return _parts(question, value, words)


def _parts(question, value, words) -> dict:
    kind, texts = question["type"], {}
    for part in TYPES[kind].parts:
        text = value.get(part) or ""
        if part == "country" and not question.get("abroad"):
            continue
        if part == "birth_date":
            text = _day(text)
        elif part == "kind":
            text = words["answers"].get(text, text)
        elif part == "role":
            option = find_option(question.get("roles"), text)
            text = option["label"] if option else text
        texts[part] = text
    return texts


def _option_label(question, value) -> str:
    if isinstance(value, dict):
        return value["other"]
    option = find_option(question["options"], value)
    return option["label"] if option else str(value)


def _chosen(question, typed) -> dict:
    """Return the options of the texts; the text that is none is « autre »."""
    values, other = [], ""
    for text in typed:
        option = find_option(question["options"], text)
        if option:
            values.append(option["value"])
        elif question.get("other") and not other:
            other = text
            values.append(OTHER)
        else:
            values.append(text)
    raw = {"": values if question["type"] == "choices" else (values or [""])[0]}
    return raw | ({"other": other} if other else {})


def _day(text: str) -> str:
    return "/".join(reversed(text.split("-"))) if text else ""


def _place_text(kind, value) -> str:
    if kind == "commune":
        found = geography.commune(value["code"])
        return commune_label(found) if found else value["name"]
    return f"{value['code']} {value['name']}" if kind == "department" else value["name"]


def _table_texts(question, rows, words) -> dict:
    texts = {}
    for rank, row in enumerate(rows):
        for column in question["columns"]:
            value = row.get(column["code"])
            inner = {"": ""} if value is None else _texts(column, value, words)
            for part, text in inner.items():
                texts[_joined(rank, column["code"], part)] = text
    return texts


def _table_raw(question, texts, words) -> dict:
    columns = {column["code"]: column for column in question["columns"]}
    cells_by: dict = {}
    for name, text in texts.items():
        rank, code, *part = name.split(".")
        cells_by.setdefault((rank, code), {})[".".join(part)] = text
    return {
        _joined(rank, code, part): text
        for (rank, code), cell in cells_by.items()
        for part, text in raw_of(columns[code], cell, words).items()
    }


def _joined(*names) -> str:
    return ".".join(str(name) for name in names if name != "")


# === WHAT IS KEPT === #


def differences(before: Mapping, after: Mapping) -> list[dict] | None:
    """Return the answers that differ between two filled forms.

    :param before: the whole of it
    :param after: the same form filled again
    :return: dicts ``path``, ``sensitive``, ``before`` and ``after`` (``text``,
        ``value``); None when the two do not ask the same questions

    Source: none (technical)
    """
    old, new = dict(lines_by_path(before)), dict(lines_by_path(after))
    if list(old) != list(new):
        return None
    return [
        {
            "path": path,
            "sensitive": bool(line.get("sensitive")),
            "before": {key: line.get(key) for key in _TEXTS},
            "after": {key: new[path].get(key) for key in _TEXTS},
        }
        for path, line in old.items()
        if line.get("value") != new[path].get("value")
    ]


def applied(filled: Mapping, corrections: list) -> dict:
    """Return a filled form with its corrections, each told beside its answer.

    :param filled: as it was filed; without the sensitive answers, corrections of these
        are left out
    :param corrections: the oldest first: ``path``, ``at``, ``by``, ``reason``,
        ``before``, ``after``
    :return: the same, a corrected line with ``corrections``

    Source: none (technical)
    """
    if not corrections:
        return dict(filled)
    shown = copy.deepcopy(dict(filled))
    lines = dict(lines_by_path(shown))
    for one in corrections:
        line = lines.get(one["path"])
        if line is not None and "text" in line:
            line |= one["after"]
            line.setdefault("corrections", []).append(one)
    return shown
