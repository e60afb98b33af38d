"""How a day and an hour are read, written and limited."""

import re
from calendar import monthrange
from datetime import date

from ..values import shift
from .base import InvalidAnswer, typed
from .checkers import is_iso_day
from .cleaning import plain_digits

FIRST_YEAR, LAST_YEAR = 1850, 2200
PARTS = ("day", "month", "year")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août")
MONTHS += ("septembre", "octobre", "novembre", "décembre")
_SHORT = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct")
_SHORT += ("nov", "dec")
_WEEKDAYS = re.compile(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s")
_HOUR = re.compile(r"([0-9]{1,2})\s?(?:h|:|\.|heures?|,)?\s?(?:([0-9]{2})(?:mn|min)?)?")


def read_iso(text: str) -> date | None:
    """Return the day of ``YYYY-MM-DD``, or None.

    Source: none (technical)
    """
    return date.fromisoformat(text) if is_iso_day(text) else None


def day_text(value: str, locale: str) -> str:
    """Return an ISO day as people write it: ``1er mars 2026`` in French.

    Source: none (technical)
    """
    day = date.fromisoformat(value)
    if not locale.startswith("fr"):
        return value
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def bound_day(bound, today: date) -> date:
    """Return the day that a limit means.

    :param bound: ISO day, or ``{"today": {"days": n, "months": n, "years": n}}``
    :param today: local civil day
    :return: years and months are added first (the last day of a shorter month), then
        days; kept inside the calendar

    Source: none (technical)
    """
    if isinstance(bound, str):
        return date.fromisoformat(bound[:10])
    moved = shift(today, **bound["today"])
    if moved:
        return moved
    is_past = any(number < 0 for number in bound["today"].values())
    return date.min if is_past else date.max


def read_day(raw: dict, part: str, context) -> date | None:
    """Return the day typed in three inputs, or in one.

    The three are ``day``, ``month`` (number or French name) and ``year``, after
    ``part`` and a point when ``part`` is given; the one is ``part`` itself: ISO,
    ``31/12/2026``, ``31.12.26``, ``31 décembre 2026`` or ``31122026``.

    :return: None when nothing was typed
    :raise InvalidAnswer: on the part that is wrong

    Source: none (technical)
    """
    names = {name: f"{part}.{name}" if part else name for name in PARTS}
    texts = {name: plain_digits(typed(raw, names[name])) for name in PARTS}
    example = f"31 12 {context.today.year}"
    if not any(texts.values()):
        text = plain_digits(typed(raw, part))
        if not text:
            return None
        texts = _split_day(text)
        if not texts:
            raise InvalidAnswer("not_date", part, example=f"31/12/{context.today.year}")
        names = dict.fromkeys(PARTS, part)
    for name in PARTS:
        if not texts[name]:
            raise InvalidAnswer(f"{name}_missing", names[name], example=example)
    return _checked_day(texts, names, example, context.today)


def _split_day(text):
    """Return the three texts of a day typed in one, or None."""
    text = _WEEKDAYS.sub("", text.lower()).strip()
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        return dict(zip(reversed(PARTS), match.groups(), strict=True))
    if match := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4})", text):
        return dict(zip(PARTS, match.groups(), strict=True))
    pieces = re.split(r"\s?[/.\-]\s?|\s", text)
    if len(pieces) != 3 or not all(pieces):
        return None
    return dict(zip(PARTS, pieces, strict=True))


def _checked_day(texts, names, example, today):
    day = re.fullmatch(r"([0-9]{1,2})(?:er)?", texts["day"].lower())
    if not day or not 1 <= int(day.group(1)) <= 31:
        raise InvalidAnswer("not_date", names["day"], example=example)
    month = _month(texts["month"])
    if not month:
        raise InvalidAnswer("month_not_real", names["month"], example=example)
    year = _year(texts["year"], today)
    if not year:
        raise InvalidAnswer("year_not_real", names["year"], example=example)
    last, number = monthrange(year, month)[1], int(day.group(1))
    if number > last:
        params = {"day": str(number), "last": str(last)}
        params["month"] = f"{MONTHS[month - 1]} {year}"
        raise InvalidAnswer("day_not_in_month", names["day"], **params)
    return date(year, month, number)


def _month(text):
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else 0
    name = text.lower().rstrip(".").replace("é", "e").replace("û", "u")
    for number, (full, short) in enumerate(zip(MONTHS, _SHORT, strict=True), 1):
        full = full.replace("é", "e").replace("û", "u")
        if len(name) >= 3 and full.startswith(name) and name.startswith(short):
            return number
    return 0


def _year(text, today):
    """Return a year; of two digits, the last that is at most ten years ahead."""
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", text):
        return 0
    year = int(text)
    if len(text) == 2:
        year += today.year // 100 * 100
        year -= 100 if year > today.year + 10 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0


def day_parts(value: str, part: str = "") -> dict:
    """Return what to put back in the three inputs of a day.

    Source: none (technical)
    """
    year, month, day = (str(int(number)) for number in value.split("-"))
    prefix = f"{part}." if part else ""
    return {f"{prefix}day": day, f"{prefix}month": month, f"{prefix}year": year}


def day_inputs(part: str = "", is_birth: bool = False) -> list[dict]:
    """Return the three inputs of a day: no picker, which many cannot use.

    Source: none (technical); GOV.UK Design System, date input
    """
    prefix = f"{part}." if part else ""
    inputs = []
    for name, size in zip(PARTS, (2, 9, 4), strict=True):
        item = {"part": prefix + name, "type": "text", "inputmode": "numeric"}
        item |= {"maxlength": size, "size": 4 if name == "year" else 2}
        item |= {"spellcheck": "false"}
        inputs.append(item | ({"autocomplete": f"bday-{name}"} if is_birth else {}))
    return inputs


def read_hour(text: str, part: str) -> str:
    """Return an hour as ``HH:MM``: « 8h », « 8 h 30 », « 08:30 », « 0830 ».

    :raise InvalidAnswer: ``not_hour``

    Source: none (technical)
    """
    text = plain_digits(text).lower()
    if match := re.fullmatch(r"([0-9]{2}):([0-9]{2}):[0-9]{2}", text):
        hour, minute = match.groups()
    elif match := re.fullmatch(r"([0-9]{3,4})", text):
        hour, minute = text[:-2], text[-2:]
    elif match := _HOUR.fullmatch({"midi": "12h", "minuit": "0h"}.get(text, text)):
        hour, minute = match.group(1), match.group(2) or "00"
    else:
        raise InvalidAnswer("not_hour", part, example="08:30")
    if int(hour) > 23 or int(minute) > 59:
        raise InvalidAnswer("not_hour", part, example="08:30")
    return f"{int(hour):02}:{minute}"


def hour_text(value: str, locale: str) -> str:
    """Return an hour as people write it: ``8 h 30`` in French.

    Source: none (technical)
    """
    if not locale.startswith("fr"):
        return value
    hour, minute = value.split(":")
    end = "" if minute == "00" else f"\u00a0{minute}"
    return f"{int(hour)}\u00a0h{end}"
