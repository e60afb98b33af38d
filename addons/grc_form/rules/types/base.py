"""What every type of question has in common: reading, checking, writing, showing.

``raw`` is what a form posts for one question: typed text (or a list of texts) by part.
The key is what follows ``code.`` in the name of the input, ``""`` for the input named
as the question: ``{"": "12"}``, ``{"day": "1", "month": "2", "year": "2026"}``, and for
a table ``{"0.nom": "Ada", "1.debut.day": "3"}``. A value is JSON in one canonical form:
``read(write(value)) == value``.

Problems are codes (``codes.CODES``); their params are texts ready to be printed.
"""

from dataclasses import dataclass, field
from datetime import date

from .cleaning import MAX_RAW, one_line


@dataclass(frozen=True)
class Context:
    """Hold what the reading of an answer may depend on.

    :param today: local civil day of the town
    :param locale: language in which numbers and days are written, such as ``fr_FR``
    :param geography: module or object with the functions of ``rules/geography.py``;
        None for the tables that ship
    :param timezone: IANA name of the town's time zone, for instants given to Odoo

    Source: none (technical)
    """

    today: date
    locale: str = "fr_FR"
    geography: object = None
    timezone: str = "Europe/Paris"

    @property
    def places(self):
        """Return the geography to look places up in.

        Source: none (technical)
        """
        if self.geography is not None:
            return self.geography
        from .. import geography

        return geography


@dataclass(frozen=True)
class Problem:
    """Hold what is wrong in an answer.

    :param code: one of ``codes.CODES``
    :param params: texts that the sentence needs, by name
    :param part: part of the answer that is wrong, ``""`` for the whole

    Source: none (technical)
    """

    code: str
    params: dict = field(default_factory=dict)
    part: str = ""


class InvalidAnswer(Exception):
    """Say that a typed answer cannot be read."""

    def __init__(self, code: str, part: str = "", **params):
        super().__init__(code)
        self.code, self.part, self.params = code, part, params

    @property
    def problem(self) -> Problem:
        """Return the same as a problem.

        Source: none (technical)
        """
        return Problem(self.code, self.params, self.part)


class QuestionType:
    """Be one type of question. Subclasses write the methods that begin with ``_``."""

    code = ""
    # Names of the sub-inputs; () for a simple type.
    parts = ()
    # Attributes that a question of this type may have: name -> function(value) -> bool
    attributes = {}
    required_attributes = ()

    # === WHAT FORMS CALL === #

    # pylint: disable-next=method-required-super
    def read(self, question: dict, raw: dict, context: Context):
        """Return the value of what was typed, or None when nothing was.

        :param question: item of the schema
        :param raw: typed text, or list of texts, by part
        :param context: day and language
        :return: canonical JSON value, or None
        :raise InvalidAnswer: when it cannot be understood

        Source: none (technical)
        """
        raw = raw if isinstance(raw, dict) else {"": raw}
        return self._read(question, raw, context)

    def problems(self, question: dict, value, context: Context) -> list[Problem]:
        """Return what is wrong in a value: its form, its limits.

        A value that is not in canonical form (a draft tampered with, an option that
        is gone) is wrong too.

        :param question: item of the schema
        :param value: JSON value, or None (never wrong: forms check what is required)
        :param context: day and language

        Source: none (technical)
        """
        if value is None:
            return []
        try:
            if self.read(question, self.write(question, value), context) != value:
                return [Problem("invalid_value")]
            return list(self._problems(question, value, context))
        except InvalidAnswer as error:
            return [error.problem]
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return [Problem("invalid_value")]

    # pylint: disable-next=method-required-super
    def write(self, question: dict, value) -> dict:
        """Return what to put back in the inputs, by part; {} for None.

        Source: none (technical)
        """
        return {} if value is None else self._write(question, value)

    def text(self, question: dict, value, context: Context | None = None) -> str:
        """Return a value as people read it; "" for None.

        :param context: for the language; French when None

        Source: none (technical)
        """
        return "" if value is None else self._text(question, value, locale_of(context))

    def inputs(self, question: dict) -> list[dict]:
        """Return the inputs of a question, in order.

        Each has ``part`` (``""`` for a simple type), ``widget`` (``input``,
        ``textarea``, ``select``, ``radios``, ``checkboxes``, ``table``), ``options``
        for the last ones, and HTML attributes: type, inputmode, autocomplete,
        maxlength, min, max, pattern, spellcheck…

        Source: none (technical); WHATWG HTML, autofill; WCAG 2.1, 1.3.5
        """
        wanted = question.get("autocomplete")
        inputs = [dict(item) for item in self._inputs(question)]
        for item in inputs:
            item.setdefault("part", "")
            item.setdefault("widget", "input")
            if wanted == "off" and "autocomplete" in item:
                item["autocomplete"] = "off"
            elif wanted and not item["part"]:
                item["autocomplete"] = wanted
        return inputs

    def property(self, question: dict) -> dict | None:
        """Return the definition of an Odoo property, without name, or None.

        Source: none (technical)
        """
        kind = self._property(question)
        if kind is None:
            return None
        kind = {"type": kind} if isinstance(kind, str) else kind
        return kind | {"string": question.get("label") or question.get("code", "")}

    def project(self, question: dict, value, context: Context | None = None):
        """Return the value that the Odoo property keeps; False for None.

        Source: none (technical)
        """
        if value is None or self._property(question) is None:
            return False
        return self._project(question, value, context or Context(date.min))

    def attribute_faults(self, question: dict) -> list[tuple[str, str]]:
        """Return the attributes of this type that are wrong.

        Only the type's own: the caller refuses unknown keys.

        :return: ``(attribute, code)``, code being ``attribute_missing``,
            ``attribute_invalid`` or ``bounds_crossed``

        Source: none (technical)
        """
        faults = [
            (name, "attribute_missing")
            for name in self.required_attributes
            if question.get(name) is None
        ]
        for name, is_right in self.attributes.items():
            value = question.get(name)
            if value is not None and not is_right(value):
                faults.append((name, "attribute_invalid"))
        return faults or self._crossed(question)

    # === WHAT TYPES WRITE === #

    def _read(self, question, raw, context):
        raise NotImplementedError

    def _problems(self, question, value, context):
        return ()

    def _write(self, question, value):
        return {"": value}

    def _text(self, question, value, locale):
        return value

    def _inputs(self, question):
        return [{"type": "text"}]

    def _property(self, question):
        return "char"

    def _project(self, question, value, context):
        return self._text(question, value, context.locale)

    def _crossed(self, question):
        return []


def locale_of(context: Context | None) -> str:
    """Return the language to write in.

    Source: none (technical)
    """
    return context.locale if context else "fr_FR"


def typed(raw: dict, part: str = "", limit: int = MAX_RAW) -> str:
    """Return the text typed in one part, on one line, without what is not text.

    :param raw: typed texts by part; of a list the first is taken
    :param limit: characters; more are refused before anything reads them
    :raise InvalidAnswer: ``too_long``

    Source: none (technical)
    """
    text = raw.get(part)
    if isinstance(text, list | tuple):
        text = text[0] if text else ""
    if not isinstance(text, str):
        return ""
    if len(text) > limit:
        raise InvalidAnswer("too_long", part, max=str(limit))
    return one_line(text)


def bounds_crossed(question: dict, low: str, high: str, key=None) -> list:
    """Return the fault of a question whose lower limit is over the upper one.

    :param key: function of an attribute that gives what to compare

    Source: none (technical)
    """
    first, last = question.get(low), question.get(high)
    if first is None or last is None:
        return []
    key = key or (lambda value: value)
    return [(high, "bounds_crossed")] if key(first) > key(last) else []
