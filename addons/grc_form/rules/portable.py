"""A whole prestation as one file, ``grc-prestation/1``: read, checked, written."""

import hashlib
import json
from typing import NamedTuple

from . import normal
from .json_text import MOST_FAULTS, JsonFault, Reader
from .portable_keys import FORMAT, KEYS, RICH, names, refused_in
from .schema import check_schema, walk

LARGEST = 5 * 1024 * 1024
# What belongs to the town, not to the prestation: who handles it, under which heading,
# and her own description of a document.
OF_THE_TOWN = ("service", "theme", "code")
_NO_LINE = (*OF_THE_TOWN, "format", "form", "documents")

# What is wrong in a file, beside the faults of its form (``codes.FAULTS``).
FILE_FAULTS: dict[str, tuple[str, ...]] = {
    "file_empty": (),
    "file_too_large": ("max",),
    "not_utf8": (),
    "json_syntax": (),
    "nested_too_deep": ("max",),
    "too_many_values": ("max",),
    "number_refused": (),
    "text_refused": (),
    "text_active": (),
    "key_twice": ("key",),
    "file_format_unknown": ("format",),
    "document_twice": ("document",),
    "document_not_described": ("document",),
    "document_not_asked": ("document",),
    "type_differs": ("code", "known"),
}


class FileFault(NamedTuple):
    """Hold what is wrong in a file.

    :param line: where, from 1
    :param path: such as ``form.pages[0].items[2].label``; "" for the whole
    :param code: one of ``FILE_FAULTS`` or of ``codes.FAULTS``
    :param params: texts, by name

    Source: none (technical)
    """

    line: int
    path: str
    code: str
    params: dict


class Parsed(NamedTuple):
    """Hold what a file says, in its normal form, or why it is refused.

    :param data: None when there is a fault
    :param faults: in the order of the file
    :param types: where each question of the form says its type: ``(code, type, line,
        path)``, for the dictionary of the town

    Source: none (technical)
    """

    data: dict | None
    faults: list[FileFault]
    types: tuple = ()


def parse(content: bytes) -> Parsed:
    """Read the file of a prestation, whatever it is.

    :param content: the whole file
    :return: its content in normal form, or the faults with their lines

    Source: none (technical)
    """
    reader, early = _reader(content)
    if early:
        return Parsed(None, [early])
    try:
        data = reader.whole()
    except JsonFault as error:
        reader.faults.append((error.offset, "", error.code, error.params))
        return Parsed(None, _placed(reader, []))
    faults = _placed(reader, _Checker().file(data))
    if faults:
        return Parsed(None, faults)
    return Parsed(normal.file(data), [], tuple(_types(reader, data["form"])))


def _types(reader: Reader, form: dict | None):
    for place in walk(form) if form else ():
        if place.item.get("kind", "question") == "question":
            path = f"form.{place.path}.type"
            line = reader.line(_offset(reader.places, path, {}))
            yield place.item["code"], place.item["type"], line, path


def _reader(content: bytes):
    if len(content) > LARGEST:
        params = {"max": str(LARGEST // 1024 // 1024)}
        return None, FileFault(1, "", "file_too_large", params)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, FileFault(line, "", "not_utf8", {})
    if not text.strip():
        return None, FileFault(1, "", "file_empty", {})
    return Reader(text), None


def _placed(reader: Reader, found: list) -> list[FileFault]:
    """Return the faults with their lines, in the order of the file."""
    offsets = list(reader.faults) + [
        (_offset(reader.places, path, params), path, code, params)
        for path, code, params in found
    ]
    return [
        FileFault(reader.line(offset), path, code, params)
        for offset, path, code, params in sorted(offsets, key=lambda fault: fault[0])
    ][:MOST_FAULTS]


def _offset(places: dict, path: str, params: dict) -> int:
    """Return where a path is, or the nearest thing around it that is there."""
    key = params.get("key")
    if key and f"{path}.{key}".lstrip(".") in places:
        return places[f"{path}.{key}".lstrip(".")]
    while path and path not in places:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return places.get(path, 0)


class _Checker:
    def __init__(self):
        self.faults = []

    def fault(self, path: str, code: str, /, **params):
        texts = {key: str(value)[:80] for key, value in params.items()}
        self.faults.append((path, code, texts))

    def object(self, path: str, value, kind: str) -> bool:
        if not isinstance(value, dict):
            self.fault(path, "not_an_object")
            return False
        checks = {key.rstrip("!"): check for key, check in KEYS[kind].items()}
        for key in value:
            if key not in checks:
                self.fault(path, "key_unknown", key=key)
        for key in KEYS[kind]:
            if key.endswith("!") and key[:-1] not in value:
                self.fault(path, "key_missing", key=key[:-1])
        for key, check in checks.items():
            if key in value and not check(value[key]):
                self.fault(f"{path}.{key}".lstrip("."), "value_wrong", key=key)
        return True

    def file(self, data) -> list:
        if isinstance(data, dict) and data.get("format") != FORMAT:
            self.fault("format", "file_format_unknown", format=data.get("format"))
            return self.faults
        if not self.object("", data, "file"):
            return self.faults
        for key in RICH:
            for what in refused_in(data[key])[:5] if _is_text(data.get(key)) else ():
                self.fault(key, "html_refused", what=what)
        for key in ("references", "law", "privacy"):
            if isinstance(data.get(key), dict):
                self.object(key, data[key], key)
        self.form(data)
        return self.faults

    def form(self, data: dict):
        form, described = data.get("form"), self.documents(data.get("documents"))
        found = check_schema(form) if form is not None else []
        for fault in found:
            path = f"form.{fault.path}".rstrip(".")
            self.faults.append((path, fault.code, fault.params))
        if found:
            return
        asked = documents_asked(form) if form else {}
        for code, path in asked.items():
            if code not in described:
                self.fault(path, "document_not_described", document=code)
        for code, path in described.items():
            if code not in asked:
                self.fault(path, "document_not_asked", document=code)

    def documents(self, documents) -> dict[str, str]:
        """Check the documents described; return where each code is."""
        described = {}
        for index, document in enumerate(documents if _is_list(documents) else ()):
            path = f"documents[{index}]"
            if self.object(path, document, "document"):
                code = str(document.get("code"))
                if code in described:
                    self.fault(f"{path}.code", "document_twice", document=code)
                described.setdefault(code, f"{path}.code")
        return described


def documents_asked(form: dict) -> dict[str, str]:
    """Return the codes of the documents that a form asks, and where.

    :param form: checked
    :return: code -> path of the last piece that asks it

    Source: none (technical)
    """
    return {
        place.item["document"]: f"form.{place.path}.document"
        for place in walk(form)
        if place.item.get("kind") == "piece" and place.item["document"]
    }


def _is_text(value) -> bool:
    return isinstance(value, str)


def _is_list(value) -> bool:
    return isinstance(value, list)


# === WRITING === #


def dump(data: dict) -> bytes:
    """Return a prestation as the file that people read and exchange.

    :param data: in normal form

    Source: none (technical)
    """
    text = json.dumps(normal.ordered(data), ensure_ascii=False, indent=2)
    return text.encode() + b"\n"


def canonical(data) -> bytes:
    """Return the one way to write a JSON value, for its fingerprint.

    Source: none (technical)
    """
    return json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def fingerprint(data) -> str:
    """Return the SHA-256 of a JSON value, in hexadecimal.

    Source: none (technical)
    """
    return hashlib.sha256(canonical(data)).hexdigest()


def own(data: dict) -> dict:
    """Return what a prestation says by itself, whatever town runs it.

    The service and the theme are the town's organisation, and its kinds of documents
    are shared by all its prestations: their codes only count.

    :param data: in normal form

    Source: none (technical)
    """
    kept = {key: value for key, value in data.items() if key not in OF_THE_TOWN}
    return kept | {"documents": [document["code"] for document in data["documents"]]}


def sheet_changes(before: dict, after: dict) -> list[str]:
    """Return what changes between two files, but in the form.

    :param before: in normal form
    :param after: in normal form
    :return: keys, those of ``law``, ``privacy`` and ``references`` as ``law.regime``

    Source: none (technical)
    """
    before, after = flat(before), flat(after)
    return [key for key in after if before.get(key) != after[key]]


def flat(data: dict) -> dict:
    """Return the sheet of a prestation with the keys of its parts beside the others.

    Source: none (technical)
    """
    sheet = {}
    for key in names("file"):
        if key in _NO_LINE or key not in data:
            continue
        if isinstance(data[key], dict):
            sheet |= {f"{key}.{name}": value for name, value in data[key].items()}
        else:
            sheet[key] = data[key]
    return sheet
