"""What every data service has in common: what to ask, and how to read the answer.

What another service answers is a text written by somebody else: it is bounded, typed
as a citizen's answer would be, and left out when it is odd.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..types import TYPES, Context, InvalidAnswer
from ..types.cleaning import one_line

# What may go wrong, for everybody: each has one sentence in ``grc.data.source``.
ERRORS = (
    "not_found",
    "refused",
    "expired",
    "unavailable",
    "busy",
    "too_many",
    "misconfigured",
    "malformed",
)
_RETRIED = frozenset(("unavailable", "busy", "too_many"))
# In characters.
LONGEST_TEXT = 250
# Days are read as they are written: no limit depends on today.
_CONTEXT = Context(date(2000, 1, 1))


class DataError(Exception):
    """The data were not obtained.

    :param code: one of ``ERRORS``; may be logged
    """

    def __init__(self, code: str):
        if code not in ERRORS:
            raise ValueError(f"not an error of a data service: {code}")
        super().__init__(code)
        self.code = code

    @property
    def may_retry(self) -> bool:
        """Tell whether the same call may succeed later.

        Source: none (technical)
        """
        return self.code in _RETRIED


@dataclass(frozen=True)
class Datum:
    """One thing that a service tells.

    :param code: unique in its connector
    :param type: type of the questions it fills; its values are canonical for it
    :param is_sensitive: shown to the agents who read sensitive answers only

    Source: none (technical)
    """

    code: str
    type: str
    is_sensitive: bool = False


@dataclass(frozen=True)
class Settings:
    """What a town says of a service.

    :param token: habilitation of the town, when the service wants one
    :param recipient: SIRET of the administration that receives the data

    Source: none (technical)
    """

    token: str = field(default="", repr=False)
    recipient: str = ""


@dataclass(frozen=True)
class Ask:
    """What to ask, after the address of the service.

    :param path: begins with ``/``
    :param params: values of the query
    :param headers: of the call; hidden, for the secrets it may hold

    Source: none (technical)
    """

    path: str
    params: Mapping = field(default_factory=dict)
    headers: Mapping = field(default_factory=dict, repr=False)


class Connector:
    """Be one service. Subclasses say ``code``, ``data``, and how to ask and read."""

    code = ""
    # Address of the real service, proposed to the town.
    base_url = ""
    # What names the thing to look for: "siret", "rna", "address"; None for the citizen
    # whose token it is.
    key: str | None = None
    # Whether the call wants the token of a citizen (never kept, so never tried again).
    needs_token = False
    # What the town must say of itself: the key of its habilitation, its SIRET.
    wants_key = False
    wants_recipient = False
    data: tuple[Datum, ...] = ()
    # What must be told for a document to be needless; none: it never is.
    essential: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    # A key that the test button may look for.
    test_key = ""

    def ask(self, key: str, settings: Settings) -> Ask:
        """Return what to ask.

        :param key: canonical value of a question of type ``self.key``, "" without key
        :param settings: what the town says of the service

        Source: none (technical)
        """
        raise NotImplementedError

    # pylint: disable-next=method-required-super
    def read(self, status: int, body: bytes, key: str = "") -> dict:
        """Return what was answered.

        :param status: of HTTP
        :param body: as received
        :param key: what was asked for, to refuse the answer on somebody else
        :return: canonical value by code of datum; what was not told is left out
        :raise DataError: saying why there is nothing

        Source: none (technical)
        """
        told = self._told_by(status, body, lambda answer: self._values(answer, key))
        types = {datum.code: datum.type for datum in self.data}
        return {
            code: value
            for code, value in told.items()
            if code in types and is_canonical(types[code], value)
        }

    def _told_by(self, status: int, body: bytes, tell):
        """Return what ``tell`` makes of the JSON of an answer 200.

        :raise DataError: the status's, or ``malformed`` when it is not the shape known

        Source: none (technical)
        """
        if status != 200:
            raise DataError(self._error_code(status, body))
        answer = parsed(body)
        try:
            return tell(answer)
        except (AttributeError, LookupError, TypeError, ValueError):
            raise DataError("malformed") from None

    def _error_code(self, status: int, body: bytes) -> str:
        """Return the code of the error that a status says.

        Source: RFC 9110, 15.5 and 15.6
        """
        if status == 404:
            return "not_found"
        if status in (401, 403):
            return "refused"
        if status == 409:
            return "busy"
        if status == 429:
            return "too_many"
        return "unavailable" if status >= 500 else "misconfigured"

    def _values(self, answer, key: str) -> dict:
        raise NotImplementedError


def parsed(body: bytes):
    """Return a body of JSON.

    :raise DataError: ``malformed``

    Source: none (technical)
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise DataError("malformed") from None


def is_canonical(type_code: str, value) -> bool:
    """Tell whether a value is the canonical one of a type of question.

    Source: none (technical)
    """
    if value is None:
        return False
    question = {"kind": "question", "code": "x", "type": type_code}
    return not TYPES[type_code].problems(question, value, _CONTEXT)


def read_as(type_code: str, raw: dict):
    """Return what is told as the value of a type of question, None when it is odd.

    :param raw: texts by part, as a form would post them

    Source: none (technical)
    """
    kind = TYPES[type_code]
    question = {"kind": "question", "code": "x", "type": type_code}
    try:
        value = kind.read(question, raw, _CONTEXT)
    except (ArithmeticError, LookupError, TypeError, ValueError, InvalidAnswer):
        return None
    return value if is_canonical(type_code, value) else None


def plain(value, limit: int = LONGEST_TEXT) -> str:
    """Return a text told by a service: one line, bounded, "" when it is no text.

    Source: none (technical)
    """
    if not isinstance(value, str) or len(value) > limit * 4:
        return ""
    text = one_line(value)
    return text if len(text) <= limit else ""
