"""What each object of the file of a prestation holds, but its form."""

import re
from collections.abc import Callable
from datetime import date

from . import markup
from .linter_law import DOMICILE_CASES
from .schema_keys import DOCUMENT

FORMAT = "grc-prestation/1"
NATURES = (
    *("request", "declaration", "question", "complaint", "appeal", "report"),
    "document",
)
AUDIENCE = ("person", "company", "association")
CHANNELS = ("portal", "mail", "phone", "desk", "letter")
REGIMES = ("sva", "svr", "none", "unknown")
START_BASES = ("default", "competent", "ack_sent")
DOCUMENT_NATURES = ("ordinary", "identity", "proof_of_domicile", "bank", "other")
FORMATS = ("pdf", "image", "office")


class Check:
    """Hold the check of a value, and how JSON Schema says it.

    :param is_right: function of a value that says yes or no
    :param schema: fragment of JSON Schema

    Source: none (technical)
    """

    def __init__(self, is_right: Callable, **schema):
        self.is_right, self.schema = is_right, schema

    def __call__(self, value) -> bool:
        return self.is_right(value)


def _text(limit: int, least: int = 0) -> Check:
    return Check(
        lambda value: isinstance(value, str) and least <= len(value) <= limit,
        type="string",
        maxLength=limit,
        minLength=least,
    )


def _one_of(*allowed: str) -> Check:
    return Check(
        lambda value: isinstance(value, str) and value in allowed, enum=list(allowed)
    )


def _some_of(*allowed: str) -> Check:
    return Check(
        lambda value: (
            isinstance(value, list)
            and all(isinstance(item, str) and item in allowed for item in value)
            and len(set(value)) == len(value)
        ),
        type="array",
        items={"enum": list(allowed)},
        uniqueItems=True,
    )


def _number(least: int, most: int) -> Check:
    return Check(
        lambda value: type(value) is int and least <= value <= most,
        type="integer",
        minimum=least,
        maximum=most,
    )


def _or_none(check: Check) -> Check:
    return Check(
        lambda value: value is None or check(value),
        anyOf=[{"type": "null"}, check.schema],
    )


def _is_code(value) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\S(.{0,58}\S)?", value))


def _is_day(value) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


_FLAG = Check(lambda value: isinstance(value, bool), type="boolean")
_LIST = Check(lambda value: isinstance(value, list), type="array")
_OBJECT = Check(lambda value: isinstance(value, dict), type="object")
_DAY = Check(_is_day, type="string", format="date")
_LINE, _LONG = _text(500), _text(5000)

# A key that ends in « ! » must be there. The order is that of a file we write.
KEYS: dict[str, dict[str, Check]] = {
    "file": {
        "format!": Check(lambda value: value == FORMAT, const=FORMAT),
        "code!": Check(_is_code, type="string", minLength=1, maxLength=60),
        "name!": _text(200, 1),
        "theme!": _text(200, 1),
        "nature!": _one_of(*NATURES),
        "summary!": _LINE,
        "description!": _text(50_000),
        "required_documents": _LONG,
        "cost!": _LINE,
        "duration!": _LINE,
        "legal_basis!": _text(2000),
        "retention!": _text(2000),
        "audience!": _some_of(*AUDIENCE),
        "channels!": _some_of(*CHANNELS),
        "needs_presence!": _FLAG,
        "presence_note!": _text(2000),
        "domicile_case": _or_none(_one_of(*DOMICILE_CASES)),
        "service!": _text(200),
        "references!": _OBJECT,
        "law!": _OBJECT,
        "privacy!": _OBJECT,
        "documents!": _LIST,
        "form!": _or_none(_OBJECT),
    },
    "references": {"cerfa!": _LINE, "white_paper!": _LINE},
    "law": {
        "regime!": _one_of(*REGIMES),
        "months!": _or_none(_number(0, 60)),
        "start_basis!": _one_of(*START_BASES),
        "source!": _text(2000),
        "checked_on!": _or_none(_DAY),
        "prior_appeal!": _FLAG,
        "appeal_text!": _LONG,
        "excluded!": _FLAG,
        "note!": _LONG,
        "reserved": _FLAG,
        "missing_days": _number(0, 365),
    },
    "privacy": {
        "purpose!": _text(2000),
        "legal_basis!": _text(2000),
        "recipients!": _text(2000),
    },
    "document": {
        "code!": Check(
            lambda value: isinstance(value, str) and bool(DOCUMENT.fullmatch(value)),
            type="string",
            pattern=f"^{DOCUMENT.pattern}$",
        ),
        "name!": _text(200, 1),
        "legal_basis!": _text(2000),
        "indispensable!": _FLAG,
        "nature!": _one_of(*DOCUMENT_NATURES),
        "formats!": Check(
            lambda value: bool(value) and _some_of(*FORMATS)(value),
            **_some_of(*FORMATS).schema,
            minItems=1,
        ),
        "max_files!": _number(1, 20),
        "max_mb!": _number(1, 100),
        "max_age_months!": _or_none(_number(1, 1200)),
        "help!": _text(2000),
    },
}
# What a file that says nothing of it means.
DEFAULTS = {
    "file": {"required_documents": "", "domicile_case": None},
    "law": {"reserved": False, "missing_days": 0},
}
# Texts of the file that are rich: what they may hold is in ``markup``.
RICH = ("description",)
refused_in = markup.refused_in


def names(kind: str) -> list[str]:
    """Return the keys of an object, in the order in which we write them.

    Source: none (technical)
    """
    return [key.rstrip("!") for key in KEYS[kind]]
