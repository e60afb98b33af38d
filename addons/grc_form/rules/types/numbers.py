"""Integers, decimals, amounts in euros, and values that the form computes."""

import re
from decimal import ROUND_HALF_UP, Decimal

from .base import InvalidAnswer, Problem, QuestionType, bounds_crossed, typed
from .checkers import is_int, is_number, is_one_of, is_text
from .cleaning import plain_digits
from .days import day_text, read_iso

MAX_DIGITS = 15
# Conditions and formulas count in millionths.
DECIMALS = 6
_CURRENCY = re.compile(r"(?:€|euros?|eur)$", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.'][0-9]{3})+,[0-9]+")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:[,'][0-9]{3})+\.[0-9]+")
_PLAIN = re.compile(r"([+-]?)([0-9]*)(?:[.,]([0-9]*))?")


def parse_number(text: str) -> Decimal | None:
    """Return the number that a text writes, or None.

    Spaces are no matter; a comma or a point begins the decimals. « 1.234,50 » and
    « 1,234.50 » are understood, since only one reading is possible.

    :param text: one line of text

    Source: none (technical)
    """
    text = re.sub(r"\s", "", plain_digits(text))
    sign, body = (text[:1], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if _GROUPED.fullmatch(body):
        body = re.sub(r"[.']", "", body)
    elif _ENGLISH.fullmatch(body):
        body = re.sub(r"[,']", "", body)
    match = _PLAIN.fullmatch(sign + body)
    if not match:
        return None
    sign, whole, decimals = match.group(1), match.group(2), match.group(3) or ""
    if not whole + decimals or len(whole.lstrip("0")) > MAX_DIGITS:
        return None
    if len(decimals) > MAX_DIGITS:
        return None
    return Decimal(f"{sign}{whole or '0'}.{decimals or '0'}")


def canonical(number: Decimal) -> str:
    """Return a number as answers keep it: ``12.5``, no exponent, no idle zero.

    Source: none (technical)
    """
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def number_text(number: Decimal, locale: str, digits: int | None = None) -> str:
    """Return a number as people write it: ``1 234,5`` in French.

    :param digits: decimals to show; None for those that it has

    Source: none (technical)
    """
    text = f"{number:,.{digits}f}" if digits is not None else f"{number:,f}"
    if locale.startswith("fr"):
        text = text.replace(",", "\u202f").replace(".", ",")
    return text


def with_unit(text: str, question: dict) -> str:
    """Return a written number with the unit of its question.

    Source: none (technical)
    """
    unit = question.get("unit")
    return f"{text}\u00a0{unit}" if unit else text


class _Number(QuestionType):
    def _typed(self, question, raw):
        text = typed(raw)
        unit = question.get("unit")
        if unit and text.casefold().endswith(unit.casefold()):
            text = text[: -len(unit)]
        return text.strip()

    def _problems(self, question, value, context):
        number = Decimal(str(value))
        low, high = question.get("min"), question.get("max")
        if low is not None and number < Decimal(str(low)):
            text = self._text(question, self._like(low), context.locale)
            yield Problem("too_small", {"min": text})
        if high is not None and number > Decimal(str(high)):
            text = self._text(question, self._like(high), context.locale)
            yield Problem("too_large", {"max": text})

    def _like(self, bound):
        return str(bound)

    def _write(self, question, value):
        return {"": str(value).replace(".", ",")}

    def _inputs(self, question):
        item = {"type": "text", "inputmode": "decimal", "maxlength": 40}
        return [item | {"spellcheck": "false"}]

    def _property(self, question):
        return "float"

    def _project(self, question, value, context):
        return float(value)

    def _crossed(self, question):
        return bounds_crossed(question, "min", "max", lambda bound: Decimal(str(bound)))


class Integer(_Number):
    """Be a whole number."""

    code = "integer"
    attributes = {
        "min": is_int(-(10**12), 10**12),
        "max": is_int(-(10**12), 10**12),
        "unit": is_text(30),
    }

    def _read(self, question, raw, context):
        text = self._typed(question, raw)
        if not text:
            return None
        if re.fullmatch(r"[+-]?[0-9]{1,3}([.][0-9]{3})+", plain_digits(text)):
            text = text.replace(".", "")
        number = parse_number(text)
        if number is None or number != int(number):
            raise InvalidAnswer("not_integer", example=self._example(question))
        return int(number)

    def _like(self, bound):
        return int(bound)

    def _example(self, question):
        low, high = question.get("min"), question.get("max")
        example = 12
        if low is not None:
            example = max(example, low)
        return str(min(example, high) if high is not None else example)

    def _text(self, question, value, locale):
        return with_unit(number_text(Decimal(value), locale), question)

    def _inputs(self, question):
        low = question.get("min")
        negative = low is not None and low < 0
        item = {"type": "text", "inputmode": "text" if negative else "numeric"}
        return [item | {"maxlength": 30, "spellcheck": "false"}]

    def _property(self, question):
        # Odoo keeps integers on 32 bits.
        bounds = [question.get("min"), question.get("max")]
        large = any(bound is not None and abs(bound) >= 2**31 for bound in bounds)
        return "float" if large else "integer"

    def _project(self, question, value, context):
        if self._property(question) == "float":
            return float(value)
        return value if abs(value) < 2**31 else False


class Decimals(_Number):
    """Be a number with decimals, kept as text."""

    code = "decimal"
    attributes = {
        "min": is_number,
        "max": is_number,
        "digits": is_int(0, DECIMALS),
        "unit": is_text(30),
    }

    def _read(self, question, raw, context):
        text = self._typed(question, raw)
        if not text:
            return None
        number = parse_number(text)
        if number is None:
            raise InvalidAnswer("not_number", example="12,5")
        text = canonical(number)
        if len(text.partition(".")[2]) > DECIMALS:
            params = {"digits": str(DECIMALS), "example": "12,5"}
            raise InvalidAnswer("too_many_digits", **params)
        return text

    def _problems(self, question, value, context):
        digits = question.get("digits")
        if digits is not None and len(value.partition(".")[2]) > digits:
            example = number_text(Decimal("12.345678"), context.locale, digits)
            params = {"digits": str(digits), "example": example}
            yield Problem("too_many_digits", params)
        yield from super()._problems(question, value, context)

    def _text(self, question, value, locale):
        return with_unit(number_text(Decimal(value), locale), question)


class Amount(_Number):
    """Be an amount in euros, to the cent, kept as text."""

    code = "amount"
    attributes = {"min": is_number, "max": is_number}

    def _read(self, question, raw, context):
        text = _CURRENCY.sub("", typed(raw)).strip()
        text = text.removeprefix("€").strip()
        if not text:
            return None
        text = re.sub(r"(?<=[0-9])\s?€\s?(?=[0-9]{2}$)", ",", text)
        number = parse_number(text)
        if number is None:
            raise InvalidAnswer("not_amount", example="12,50")
        cents = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if cents != number:
            raise InvalidAnswer("too_many_digits", digits="2", example="12,50")
        return f"{cents:f}" if cents else "0.00"

    def _text(self, question, value, locale):
        return number_text(Decimal(value), locale, 2) + "\u00a0€"


class Computed(QuestionType):
    """Be a value that the form computes; nobody types it."""

    code = "computed"
    attributes = {
        "formula": is_text(1000),
        "result": is_one_of("number", "text", "date"),
        "digits": is_int(0, DECIMALS),
        "unit": is_text(30),
    }
    required_attributes = ("formula",)

    def _read(self, question, raw, context):
        text = typed(raw)
        if not text:
            return None
        result = question.get("result") or "number"
        if result == "text":
            return text
        value = read_iso(text) if result == "date" else parse_number(text)
        if value is None:
            raise InvalidAnswer("not_computed")
        return value.isoformat() if result == "date" else canonical(value)

    def _text(self, question, value, locale):
        result = question.get("result") or "number"
        if result == "text":
            return value
        if result == "date":
            return day_text(value, locale)
        number = Decimal(value)
        return with_unit(number_text(number, locale, question.get("digits")), question)

    def _inputs(self, question):
        return []

    def _property(self, question):
        kinds = {"text": "char", "date": "date"}
        return kinds.get(question.get("result"), "float")

    def _project(self, question, value, context):
        return float(value) if self._property(question) == "float" else value
