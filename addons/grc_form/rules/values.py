"""Answers as values: emptiness, numbers, days and texts that can be compared.

``static/src/form_rules.js`` does the same in the browser: change both, and run
``tests/unit/test_form_twin.py``.
"""

import calendar
import re
import unicodedata
from datetime import date, timedelta

SCALE = 10**6
SAFE_INTEGER = 2**53 - 1
LOWERED_BELOW = 0x530  # Latin, Greek, Cyrillic: the same in each Unicode version
LETTERS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
SIGNS = {"’": "'", "\u00a0": " ", "\u202f": " "}
NUMBER = re.compile(r"(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,6}))?")
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def is_empty(value) -> bool:
    """Tell whether an answer says nothing: absent, "", no row, only empty parts.

    ``False`` (« no ») and 0 say something.

    Source: none (technical)
    """
    if isinstance(value, dict):
        return all(is_empty(part) for part in value.values())
    return value is None or value == "" or value == []


def fold(text: str) -> str:
    """Return the text without accents, case, ligatures or typographic spaces.

    Source: none (technical)
    """
    folded = []
    for char in unicodedata.normalize("NFD", text):
        if "\u0300" <= char <= "\u036f":
            continue
        char = SIGNS.get(char) or LETTERS.get(char) or char
        folded.append(char.lower() if ord(char[0]) < LOWERED_BELOW else char)
    return "".join(folded)


def number(value) -> int | None:
    """Return the value in millionths, None unless an integer or a canonical decimal.

    :param value: any answer; "12.5" is canonical, "012" and "1e3" are texts

    Source: none (technical)
    """
    if isinstance(value, str):
        found = NUMBER.fullmatch(value)
        if not found:
            return None
        sign, whole, digits = found.groups()
        scaled = int(whole) * SCALE + int((digits or "").ljust(6, "0"))
        return -scaled if sign else scaled
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value * SCALE if abs(value) <= SAFE_INTEGER else None


def decimal_text(scaled: int) -> str:
    """Return a number of millionths as a canonical decimal, such as "12.5".

    Source: none (technical)
    """
    whole, digits = divmod(abs(scaled), SCALE)
    text = f"{whole}.{digits:06}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def day(value) -> date | None:
    """Return the civil day of a date or of a date and time, None for the rest.

    :param value: any answer; "2026-05-01" and "2026-05-01T10:30" have a day

    Source: none (technical)
    """
    if not isinstance(value, str):
        return None
    text, separator, time = value.partition("T")
    found = DAY.fullmatch(text)
    if not found or (separator and not TIME.fullmatch(time)):
        return None
    year, month, number_of_day = (int(group) for group in found.groups())
    if not (1 <= year and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, number_of_day) if 1 <= number_of_day <= last else None


def shift(start: date, *, years=0, months=0, days=0) -> date | None:
    """Return the day moved by years and months (clamped to the month), then by days.

    :return: None outside of the years 1 to 9999 or for absurd amounts

    Source: none (technical)
    """
    amounts = (years, months, days)
    if any(type(n) is not int or abs(n) > 4_000_000 for n in amounts):
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + years * 12 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    try:
        return date(year, month + 1, min(start.day, last)) + timedelta(days=days)
    except OverflowError:
        return None


def age(birth: date, today: date) -> int | None:
    """Return the completed years; born on 29 February, one is older on 1 March.

    :return: None when the birth is to come

    Source: none (technical)
    """
    if birth > today:
        return None
    before = (today.month, today.day) < (birth.month, birth.day)
    return today.year - birth.year - before


def order(left, right) -> int | None:
    """Compare two numbers, two days (with or without time) or two times.

    :return: -1, 0 or 1; None when they have no order (texts, yes/no, lists…)

    Source: none (technical)
    """
    numbers = number(left), number(right)
    if None not in numbers:
        return _sign(*numbers)
    days = day(left), day(right)
    if None not in days:
        if "T" in left and "T" in right:
            return _sign(left, right)
        return _sign(*days)
    if all(isinstance(one, str) and TIME.fullmatch(one) for one in (left, right)):
        return _sign(left, right)
    return None


def _sign(left, right) -> int:
    return (left > right) - (left < right)


def same(left, right) -> bool:
    """Tell whether two values are equal; a composite is never equal to anything.

    Source: none (technical)
    """
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    found = order(left, right)
    if found is not None:
        return found == 0
    return isinstance(left, str) and isinstance(right, str) and left == right
