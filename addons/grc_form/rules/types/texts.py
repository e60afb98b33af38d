"""Short and long texts, and the statement that one certifies."""

import re

from ..base_rules import identifiers
from .base import InvalidAnswer, Problem, QuestionType, bounds_crossed, typed
from .checkers import (
    AUTOCOMPLETE,
    is_bool,
    is_int,
    is_one_of,
    is_pattern,
    is_text,
)
from .cleaning import plain_digits, several_lines
from .pattern import compiled, is_safe_pattern

SHORT, LONG, LONGEST = 255, 5000, 20_000
_LETTERS = re.compile(r"[^\W\d_]+(?:[ '’.\-][^\W\d_]+|[ '’.\-])*")


def masked(text: str) -> str:
    """Return free text with the social security numbers that it has masked.

    Digits of any script are digits.

    Source: none (technical): ``grc_base`` keeps the rule and its articles
    """
    if not text:
        return text
    plain = text if text.isascii() else plain_digits(text)
    hidden = identifiers.mask_nir(plain)
    return text if hidden == plain else hidden


def read_free(raw: dict, part: str = "", limit: int = SHORT) -> str:
    """Return a line of free text, numbers that must not be kept masked.

    :param limit: characters
    :raise InvalidAnswer: ``too_long``

    Source: none (technical)
    """
    text = typed(raw, part)
    if len(text) > limit:
        raise InvalidAnswer("too_long", part, max=str(limit))
    return masked(text)


def length(text: str) -> int:
    """Return the length of a text as it was typed, before any masking.

    Source: none (technical)
    """
    return len(text.replace(identifiers.NIR_MASK, "0" * 13))


class Text(QuestionType):
    """Be one line of text.

    ``format``: digits, letters, or regex (``pattern``, with ``pattern_hint`` to say
    in words what is expected).
    """

    code = "text"
    attributes = {
        "min_length": is_int(0, SHORT),
        "max_length": is_int(1, SHORT),
        "format": is_one_of("digits", "letters", "regex"),
        "pattern": is_pattern,
        "pattern_hint": is_text(200),
        "autocomplete": is_one_of(*AUTOCOMPLETE),
    }

    def _read(self, question, raw, context):
        text = typed(raw)
        if not text:
            return None
        kind = question.get("format")
        if kind == "digits":
            text = re.sub(r"[\s.\-]", "", plain_digits(text))
        if len(text) > LONGEST:
            raise InvalidAnswer("too_long", max=str(SHORT))
        hidden = masked(text)
        if hidden != text and kind:
            raise InvalidAnswer("nir_refused")
        return hidden

    def _problems(self, question, value, context):
        yield from _length_problems(question, value, SHORT)
        kind = question.get("format")
        if kind == "digits" and not re.fullmatch(r"[0-9]+", value):
            yield Problem("digits_only", {"example": _example(question, "1234567890")})
        elif kind == "letters" and not _LETTERS.fullmatch(value):
            yield Problem("letters_only", {"example": _example(question, "Dupont")})
        elif kind == "regex" and not _matches(question, value):
            yield Problem("wrong_pattern", {"hint": question.get("pattern_hint") or ""})

    def _inputs(self, question):
        item = {"type": "text", "maxlength": question.get("max_length") or SHORT}
        if question.get("format") == "digits":
            item |= {"inputmode": "numeric", "spellcheck": "false"}
        if question.get("format") == "regex":
            item |= {"spellcheck": "false", "autocapitalize": "off"}
            if question.get("pattern"):
                item["pattern"] = question["pattern"]
        return [item]

    def _crossed(self, question):
        missing = [
            (name, "attribute_missing")
            for name in ("pattern", "pattern_hint")
            if question.get("format") == "regex" and not question.get(name)
        ]
        return missing or bounds_crossed(question, "min_length", "max_length")


class LongText(QuestionType):
    """Be several lines of text."""

    code = "long_text"
    attributes = {
        "min_length": is_int(0, LONGEST),
        "max_length": is_int(1, LONGEST),
        "rows": is_int(2, 30),
        "autocomplete": is_one_of(*AUTOCOMPLETE),
    }

    def _read(self, question, raw, context):
        text = raw.get("")
        text = text[0] if isinstance(text, list | tuple) and text else text
        if not isinstance(text, str):
            return None
        if len(text) > 2 * LONGEST:
            maximum = question.get("max_length") or LONG
            raise InvalidAnswer("too_long", max=str(maximum))
        return masked(several_lines(text)) or None

    def _problems(self, question, value, context):
        return _length_problems(question, value, LONG)

    def _inputs(self, question):
        return [
            {
                "widget": "textarea",
                "rows": question.get("rows") or 5,
                "maxlength": question.get("max_length") or LONG,
            }
        ]

    def _property(self, question):
        return "text"

    def _crossed(self, question):
        return bounds_crossed(question, "min_length", "max_length")


class Certified(QuestionType):
    """Be a statement that one certifies by ticking it: true, or nothing."""

    code = "certified"
    attributes = {"text": is_text(2000)}
    required_attributes = ("text",)

    def _read(self, question, raw, context):
        value = raw.get("")
        value = value[-1] if isinstance(value, list | tuple) and value else value
        if value is True:
            return True
        ticked = isinstance(value, str) and value.strip().lower() in TRUE_WORDS
        return True if ticked else None

    def _write(self, question, value):
        return {"": "yes"} if value is True else {}

    def _text(self, question, value, locale):
        return "Oui" if locale.startswith("fr") else "Yes"

    def _inputs(self, question):
        label = question.get("text", "")
        return [{"widget": "checkboxes", "options": [{"value": "yes", "label": label}]}]

    def _property(self, question):
        return "boolean"

    def _project(self, question, value, context):
        return value is True


TRUE_WORDS = frozenset(("yes", "oui", "on", "true", "1", "vrai"))
# Attribute shared by the types of which a form may ask someone else's datum.
AUTOCOMPLETE_OFF = {"autocomplete": is_one_of("off")}
MULTIPLE = {"other": is_bool}


def _length_problems(question, value, default):
    maximum = question.get("max_length") or default
    if length(value) > maximum:
        yield Problem("too_long", {"max": str(maximum)})
    minimum = question.get("min_length") or 0
    if length(value) < minimum:
        yield Problem("too_short", {"min": str(minimum)})


def _matches(question, value):
    pattern = question.get("pattern") or ""
    if len(value) > SHORT or not is_safe_pattern(pattern):
        return False
    return bool(compiled(pattern).fullmatch(value))


def _example(question, default):
    size = question.get("max_length") or len(default)
    return question.get("pattern_hint") or default[:size]
