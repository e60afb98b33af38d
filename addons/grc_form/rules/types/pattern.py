"""Patterns that an administrator types: few constructions, matched in bounded time."""

import re
from functools import lru_cache

MAX_LENGTH = 200
# Ways to match that a text of 255 characters may be given at most, roughly.
MAX_WAYS = 10**6
_LONG = 256
_REPEAT = re.compile(r"\{(\d{1,3})(?:(,)(\d{0,3}))?\}", re.ASCII)
_CLASS = re.compile(r"\[\^?(?:\\[dDwWsS\\\]\[\-./^]|[^\\\[\]])+\]")
_ESCAPED = re.compile(r"\\[dDwWsS.\\/()\[\]{}+*?|^$\-]")


def is_safe_pattern(pattern: str) -> bool:
    """Tell whether a pattern is valid and cannot take long.

    Characters, ``[a-z]``, ``\\d \\w \\s``, groups, ``|`` and ``? * + {n,m}``; a
    group may be repeated a fixed number of times only, and nothing may look around,
    back, or have options.

    Source: none (technical): a pattern of exponential cost stops the server
    """
    if not 0 < len(pattern) <= MAX_LENGTH:
        return False
    ways = _ways(pattern)
    if ways is None or ways > MAX_WAYS:
        return False
    try:
        compiled(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern:
    """Return a pattern, compiled: ASCII meaning of ``\\d`` and ``\\w``.

    Source: none (technical)
    """
    return re.compile(pattern, re.ASCII)


def _ways(pattern: str) -> int | None:
    """Return in how many ways a text can be split, or None for a refused pattern."""
    ways, position, previous = 1, 0, ""
    while position < len(pattern) and ways <= MAX_WAYS:
        char = pattern[position]
        if char in "?*+{":
            factor, position = _repetition(pattern, position)
            if (
                not factor
                or previous in ("", "(", "|")
                or (previous == ")" and factor > 1)
            ):
                return None
            if previous == ")" and _has_group_choice(pattern):
                factor = MAX_WAYS + 1
            ways, previous = ways * factor, ""
            continue
        token = _token(pattern, position)
        if not token:
            return None
        ways *= 2 if char == "|" else 1
        position, previous = position + len(token), char
    return ways


def _repetition(pattern: str, position: int) -> tuple[int, int]:
    """Return the number of choices of a repetition (0: refused), and where it ends."""
    char = pattern[position]
    if char == "?":
        return 2, position + 1
    if char in "*+":
        return _LONG, position + 1
    match = _REPEAT.match(pattern, position)
    if not match:
        return 0, position
    low, comma, high = match.groups()
    if not comma:
        return 1, match.end()
    return max((int(high) if high else _LONG) - int(low) + 1, 0), match.end()


def _token(pattern: str, position: int) -> str:
    """Return the character, class, escape or bracket at a position; "" if refused."""
    char = pattern[position]
    if char == "\\":
        match = _ESCAPED.match(pattern, position)
    elif char == "[":
        match = _CLASS.match(pattern, position)
    elif pattern.startswith("(?", position):
        match = re.compile(r"\(\?:").match(pattern, position)
    else:
        return "" if char in "]}" else char
    return match.group() if match else ""


def _has_group_choice(pattern: str) -> bool:
    return any(char in pattern for char in "|?*+,")
