"""What each object of a schema may hold: the keys and the checks of their values."""

import re
from collections.abc import Callable

from . import markup

FORMAT = 1
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
SOURCE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
DOCUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}", re.ASCII)
ITEM_KINDS = ("section", "question", "explanation", "block", "piece")


def _is_text(limit: int, least: int = 0) -> Callable:
    return lambda value: isinstance(value, str) and least <= len(value) <= limit


def _is_flag(value) -> bool:
    return isinstance(value, bool)


def is_count(value) -> bool:
    """Tell whether a value is a number of rows.

    Source: none (technical)
    """
    return type(value) is int and 0 <= value <= 100


def _is_list(value) -> bool:
    return isinstance(value, list)


def _is_condition(value) -> bool:
    return value is None or isinstance(value, dict)


def _is_document(value) -> bool:
    return isinstance(value, str) and bool(DOCUMENT.fullmatch(value))


def _is_source(value) -> bool:
    return isinstance(value, str) and bool(SOURCE.fullmatch(value))


def _or_none(check) -> Callable:
    return lambda value: value is None or check(value)


# By kind of object: key -> check of the value; a key that ends in « ! » must be there.
_COMMON = {"kind": _is_text(20), "code!": _is_text(60), "visible_if": _is_condition}
_ASKED = {"label": _is_text(500), "help": _or_none(_is_text(2000))}
KEYS = {
    "schema": {
        "format!": lambda value: value == FORMAT and type(value) is int,
        "pages!": _is_list,
        "checks": _is_list,
        "stops": _is_list,
    },
    "page": {
        "code!": _is_text(60),
        "title!": _is_text(200),
        "visible_if": _is_condition,
        "items!": _is_list,
    },
    "section": _COMMON | {"title!": _is_text(200), "help": _or_none(_is_text(2000))},
    "question": _COMMON
    | _ASKED
    | {
        "type!": _is_text(40),
        "required": _is_flag,
        "sensitive": _is_flag,
        "prefill": _or_none(_is_text(120, 1)),
        "autocomplete": _or_none(_is_text(40, 1)),
    },
    "explanation": _COMMON
    | {
        "html!": _is_text(20_000),
        "image": _or_none(markup.is_image),
        # What the picture says to who cannot see it; nothing when it is decorative.
        "image_alt": _or_none(_is_text(500)),
        "image_decorative": _or_none(_is_flag),
        "video_url": _or_none(markup.is_video),
    },
    "block": _COMMON
    | _ASKED
    | {
        "item_label": _or_none(_is_text(100)),
        "min": _or_none(is_count),
        "max": _or_none(is_count),
        "items!": _is_list,
    },
    "piece": _COMMON
    | _ASKED
    | {
        "document!": _is_document,
        "required": _is_flag,
        # Data service whose answer makes this document needless.
        "replaced_by": _or_none(_is_source),
    },
    "check": {
        "code!": _is_text(60),
        "refuse_if!": _is_condition,
        "message!": _is_text(1000, 1),
        "at": _is_list,
    },
    "stop": {
        "code!": _is_text(60),
        "if!": _is_condition,
        "title": _is_text(200),
        "message!": _is_text(5000, 1),
    },
}
