"""What the attributes of a question may be: functions that say yes or no."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from .pattern import is_safe_pattern

# The autofill tokens that a form of a town asks for; "off" for someone else's datum.
AUTOCOMPLETE = frozenset(
    (
        *("off", "name", "honorific-prefix", "given-name", "additional-name"),
        *("family-name", "nickname", "organization-title", "organization"),
        *("street-address", "address-line1", "address-line2", "address-level1"),
        *("address-level2", "country", "country-name", "postal-code", "language"),
        *("bday", "sex", "url", "tel", "email"),
    )
)
MAX_OPTIONS = 200
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}")


def is_bool(value) -> bool:
    """Tell whether an attribute is true or false.

    Source: none (technical)
    """
    return isinstance(value, bool)


def is_text(limit: int) -> Callable:
    """Return the check of a non-empty text of at most ``limit`` characters.

    Source: none (technical)
    """
    return lambda value: isinstance(value, str) and 0 < len(value) <= limit


def is_int(low: int, high: int) -> Callable:
    """Return the check of an integer between two bounds, included.

    Source: none (technical)
    """
    return lambda value: type(value) is int and low <= value <= high


def is_one_of(*allowed: str) -> Callable:
    """Return the check of a text out of a closed list.

    Source: none (technical)
    """
    return lambda value: isinstance(value, str) and value in allowed


def are_some_of(*allowed: str) -> Callable:
    """Return the check of a list of texts, without twins, out of a closed list.

    Source: none (technical)
    """
    return lambda value: (
        isinstance(value, list)
        and 0 < len(value) == len({str(item) for item in value})
        and all(isinstance(item, str) and item in allowed for item in value)
    )


def is_number(value) -> bool:
    """Tell whether an attribute is a number: an integer, or text such as ``12.5``.

    Source: none (technical)
    """
    if type(value) is int:
        return abs(value) < 10**15
    if not isinstance(value, str) or not re.fullmatch(
        r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value
    ):
        return False
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def is_day(value) -> bool:
    """Tell whether an attribute is a day: ISO, or so far from today.

    ``{"today": {"days": -1, "months": 0, "years": 18}}``; what is left out is 0.

    Source: none (technical)
    """
    if isinstance(value, dict):
        shift = value.get("today")
        return (
            set(value) == {"today"}
            and isinstance(shift, dict)
            and set(shift) <= {"days", "months", "years"}
            and all(is_int(-99_999, 99_999)(number) for number in shift.values())
        )
    return is_iso_day(value)


def is_iso_day(value) -> bool:
    """Tell whether a value is a day written ``YYYY-MM-DD``.

    Source: none (technical)
    """
    if not isinstance(value, str) or not re.fullmatch(
        r"\d{4}-\d\d-\d\d", value, re.ASCII
    ):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_instant(value) -> bool:
    """Tell whether an attribute is a local instant, or a day as ``is_day``.

    Source: none (technical)
    """
    if isinstance(value, str) and "T" in value:
        day, _t, hour = value.partition("T")
        return is_iso_day(day) and is_hour(hour)
    return is_day(value)


def is_hour(value) -> bool:
    """Tell whether an attribute is an hour written ``HH:MM``.

    Source: none (technical)
    """
    return isinstance(value, str) and bool(
        re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value)
    )


def are_options(value) -> bool:
    """Tell whether an attribute is a list of options: value, label, condition.

    Source: none (technical)
    """
    return (
        isinstance(value, list)
        and 0 < len(value) <= MAX_OPTIONS
        and all(_is_option(item, {"value", "label", "visible_if"}) for item in value)
        and len({item["value"] for item in value}) == len(value)
    )


def are_linked_options(value) -> bool:
    """Tell whether an attribute is a list of options that have options of their own.

    Source: none (technical)
    """
    keys = {"value", "label", "visible_if", "options"}
    return (
        isinstance(value, list)
        and 0 < len(value) <= MAX_OPTIONS
        and all(
            _is_option(item, keys) and are_options(item.get("options"))
            for item in value
        )
        and len({item["value"] for item in value}) == len(value)
    )


def are_labels(value) -> bool:
    """Tell whether an attribute is the pair of labels of two linked lists.

    Source: none (technical)
    """
    return isinstance(value, list) and len(value) == 2 and all(map(is_text(500), value))


def is_pattern(value) -> bool:
    """Tell whether an attribute is a pattern that can be matched quickly.

    Source: none (technical)
    """
    return isinstance(value, str) and is_safe_pattern(value)


def _is_option(item, keys: set) -> bool:
    return (
        isinstance(item, dict)
        and set(item) <= keys
        and isinstance(item.get("value"), str)
        and bool(VALUE.fullmatch(item["value"]))
        and is_text(500)(item.get("label"))
    )
