"""Typed text, cleaned: control characters, direction marks, spaces, digits."""

import re
import unicodedata

# Of a single-line answer; nothing longer is looked at.
MAX_RAW = 2000

_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_NO_BREAK = re.compile(r"[\u00a0\u2007\u202f]")
# Control and format characters (direction marks, zero width, tags, surrogates), but
# the joiners that some scripts and emoji need.
_JOINERS = "\u200c\u200d"
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_APOSTROPHES = re.compile(r"[\u2018\u2019\u201b\u02bc\u00b4`]")


def printable(text: str) -> str:
    """Return text without control, format, private or unassigned characters.

    Line ends become ``\\n`` and stay; so do tabs, as spaces.

    Source: none (technical)
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(
        char
        for char in text
        if char.isprintable()
        or char in "\n" + _JOINERS
        or unicodedata.category(char) == "Zs"
    )


def one_line(text: str) -> str:
    """Return text on one line, with plain single spaces, none at the ends.

    Source: none (technical)
    """
    return _SPACES.sub(" ", printable(text)).strip(" " + _JOINERS)


def several_lines(text: str) -> str:
    """Return text with its lines and their spaces, nothing blank around.

    Source: none (technical)
    """
    lines = printable(text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n ")


def plain_digits(text: str) -> str:
    """Return text with the decimal digits of any script as 0-9, dashes as ``-``.

    Superscripts and fractions are no decimal digits: they stay, to be refused.

    Source: none (technical)
    """
    if text.isascii():
        return text
    text = _APOSTROPHES.sub("'", _DASHES.sub("-", text))
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text
    )


def compact(text: str, separators: str = r"[\s.\-_/]") -> str:
    """Return an identifier in capitals, with plain digits and no separators.

    Only ASCII letters are put in capitals: no other becomes one.

    :param separators: pattern of what is dropped

    Source: none (technical)
    """
    text = re.sub(separators, "", plain_digits(text))
    return "".join(char.upper() if char.isascii() else char for char in text)
