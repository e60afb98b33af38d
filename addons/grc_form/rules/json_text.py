"""JSON written by others, read with the line of each value; nothing is trusted."""

import re
from json.decoder import scanstring

DEEPEST = 40
MOST_VALUES = 200_000
MOST_FAULTS = 50
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
# What no text of a form holds: control characters (tabs and ends of lines may), marks
# that turn the direction of the text round, halves of characters, what is no character.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
# What acts, in a text that should only be read.
_ACTIVE = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|svg|math|style|link|meta|base|form)\b"
    r"|javascript\s*:|data\s*:\s*text/html|<[a-z][^>]*\son[a-z]+\s*=",
    re.IGNORECASE,
)


class JsonFault(Exception):
    """Say that a text cannot be read as JSON any further."""

    def __init__(self, offset: int, code: str, **params):
        super().__init__(code)
        self.offset, self.code, self.params = offset, code, params


class Reader:
    """Read one JSON text.

    ``places`` holds the offset of each value, by path (``pages[0].items[2].label``);
    ``faults`` what is wrong without stopping the reading: ``(offset, path, code,
    params)``.

    Source: none (technical); RFC 8259
    """

    def __init__(self, text: str):
        self.text, self.places, self.faults = text, {}, []

    def whole(self):
        """Return the value of the whole text.

        :raise JsonFault: at the first place that is not JSON

        Source: none (technical); RFC 8259
        """
        value, end = self._value(self._skip(0), "", 0)
        end = self._skip(end)
        if end != len(self.text):
            raise JsonFault(end, "json_syntax")
        return value

    def line(self, offset: int) -> int:
        """Return the number of the line of an offset, from 1.

        Source: none (technical)
        """
        return self.text.count("\n", 0, offset) + 1

    def _skip(self, at: int) -> int:
        return _SPACE.match(self.text, at).end()

    def _fault(self, offset: int, path: str, code: str, **params):
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((offset, path, code, params))

    def _value(self, at: int, path: str, depth: int):
        self.places.setdefault(path, at)
        if depth > DEEPEST:
            raise JsonFault(at, "nested_too_deep", max=str(DEEPEST))
        if len(self.places) > MOST_VALUES:
            raise JsonFault(at, "too_many_values", max=str(MOST_VALUES))
        match self.text[at : at + 1]:
            case "{":
                return self._object(at, path, depth)
            case "[":
                return self._list(at, path, depth)
            case '"':
                return self._text(at, path)
        for word, value in _WORDS.items():
            if self.text.startswith(word, at):
                return value, at + len(word)
        return self._number(at, path)

    def _text(self, at: int, path: str):
        try:
            text, end = scanstring(self.text, at + 1, False)
        except ValueError:
            raise JsonFault(at, "json_syntax") from None
        if _REFUSED.search(text):
            self._fault(at, path, "text_refused")
        elif _ACTIVE.search(text):
            self._fault(at, path, "text_active")
        return text, end

    def _number(self, at: int, path: str):
        found = _NUMBER.match(self.text, at)
        if not found:
            raise JsonFault(at, "json_syntax")
        text = found.group()
        if len(text) > 30 or found.group(2):
            self._fault(at, path, "number_refused")
            return 0, found.end()
        return (float(text) if found.group(1) else int(text)), found.end()

    def _list(self, at: int, path: str, depth: int):
        values, at = [], self._skip(at + 1)
        if self.text[at : at + 1] == "]":
            return values, at + 1
        while True:
            value, at = self._value(at, f"{path}[{len(values)}]", depth + 1)
            values.append(value)
            at, is_over = self._next(at, "]")
            if is_over:
                return values, at

    def _object(self, at: int, path: str, depth: int):
        values, at = {}, self._skip(at + 1)
        if self.text[at : at + 1] == "}":
            return values, at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise JsonFault(at, "json_syntax")
            start = at
            key, at = self._text(at, path)
            here = f"{path}.{key[:80]}" if path else key[:80]
            if key in values:
                self._fault(start, here, "key_twice", key=key[:80])
            self.places.setdefault(here, start)
            at = self._skip(at)
            if self.text[at : at + 1] != ":":
                raise JsonFault(at, "json_syntax")
            values[key], at = self._value(self._skip(at + 1), here, depth + 1)
            at, is_over = self._next(at, "}")
            if is_over:
                return values, at

    def _next(self, at: int, end: str):
        """Return where the next value begins, or where the list or object ends."""
        at = self._skip(at)
        found = self.text[at : at + 1]
        if found == end:
            return at + 1, True
        if found != ",":
            raise JsonFault(at, "json_syntax")
        return self._skip(at + 1), False
