"""Names compared: what differs by accents, hyphens or spaces is the same name.

For comparison only: what is stored stays as it was received.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "O",
        "Ł": "L",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "ẞ": "SS",
        "Ħ": "H",
        "Ŧ": "T",
        "Ŋ": "N",
        "Ə": "E",
    }
)
_NEUTRAL = re.compile(r"[\s\-\u2010-\u2015\u2212\u00ad'\u2018\u2019\u02bc`´.,]+")
_KEY = re.compile(r"[A-Z]+")


def name_key(text: str) -> str:
    """Return the letters A to Z of a name, or nothing when it has others.

    Accents, case, ligatures, apostrophes, hyphens and spaces do not count. A name in
    another script has no key: an empty key never equals another.

    Source: none (technical): names of the RNIPP have no guaranteed case nor accents.
    """
    text = _NEUTRAL.sub("", text or "").upper().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", text).upper()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = _NEUTRAL.sub("", plain)
    return plain if _KEY.fullmatch(plain) else ""


def name_keys(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the key of each given name, in order; none when one has no key.

    Source: none (technical).
    """
    keys = tuple(map(name_key, names))
    return keys if all(keys) else ()


def split_given_names(text: str) -> tuple[str, ...]:
    """Return the given names written in one text, in order.

    Commas separate them when there is one, spaces otherwise: « Jean Noël » is then
    read as two names, which is why the list that FranceConnect sends is preferred.

    Source: none (technical).
    """
    text = text or ""
    parts = text.split(",") if "," in text else text.split()
    return tuple(filter(None, (" ".join(part.split()) for part in parts)))


def given_names_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two lists of given names may be those of one person.

    The first given name is the same or begins the other (Jean, Jean-Pierre), or one
    list is within the other (a usual name that is the second one of the record).

    Source: none (technical).
    """
    first, second = name_keys(a), name_keys(b)
    if not first or not second:
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    short, long = sorted((first[0], second[0]), key=len)
    return len(short) >= 3 and long.startswith(short)
