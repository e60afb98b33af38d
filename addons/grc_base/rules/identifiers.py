"""Identifiers of citizens: what may be stored, and what must never be."""

import re
from datetime import date

from stdnum.fr import siret

_RNA = re.compile(r"W\d[0-9A-Z]\d{7}")
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]{2,}")
_SEPARATOR = r"[ .\-\u00a0\u202f]?"
# sex, year, month (or an administrative code), department (2A and 2B included),
# commune, rank, and the two digits of the key when they are there
_NIR = re.compile(
    r"(?<![0-9A-Za-z])"
    rf"([1-478]){_SEPARATOR}(\d{{2}}){_SEPARATOR}"
    rf"(0[1-9]|1[0-2]|[2-9]\d){_SEPARATOR}"
    rf"(\d{{2}}|2[ABab]){_SEPARATOR}(\d{{3}}){_SEPARATOR}(\d{{3}})"
    rf"(?:{_SEPARATOR}(\d{{2}}))?"
    r"(?![0-9A-Za-z])"
)
NIR_MASK = "[numéro de sécurité sociale masqué]"


def is_siret(number: str) -> bool:
    """Tell whether ``number`` is a well-formed SIRET with a right check digit.

    :param number: 14 digits, spaces and dots allowed

    Source: CRPA art. R112-9-1 (a company gives its number in the register).
    """
    return siret.is_valid(number or "")


def clean_siret(number: str) -> str:
    """Return the 14 digits of ``number`` without separators.

    Source: none (technical).
    """
    return siret.compact(number or "")


def clean_rna(number: str) -> str:
    """Return ``number`` in capitals, without separators.

    Source: none (technical).
    """
    return re.sub(r"[\s.\-]", "", number or "").upper()


def is_rna(number: str) -> bool:
    """Tell whether ``number`` is a well-formed RNA number (W and 9 characters).

    The second character after W may be a letter (2A and 2B are Corsica).

    Source: CRPA art. R112-9-1 (an association gives its RNA number).
    """
    return bool(_RNA.fullmatch(clean_rna(number)))


def is_email(address: str) -> bool:
    """Tell whether ``address`` looks like one e-mail address.

    Source: none (technical).
    """
    return bool(_EMAIL.fullmatch(address or ""))


def is_sending_address(address: str) -> bool:
    """Tell whether messages may leave from ``address``.

    An accent is refused: few servers take it, and the message cannot be built.

    Source: none (technical): RFC 5322, 3.4.1 (RFC 6531 extends it, seldom supported).
    """
    return is_email(address) and address.isascii()


def is_partial_date(text: str) -> bool:
    """Tell whether ``text`` is a date whose day, or day and month, may be 00.

    Source: none (technical): civil status of people born abroad.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text or "")
    if not match:
        return False
    year, month, day = (int(part) for part in match.groups())
    if month == 0 or day == 0:
        return year > 0 and day == 0 and month <= 12
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def mask_nir(text: str) -> str:
    """Return ``text`` with every social security number (NIR) masked.

    A number with its key is masked when the key is right; a number of 13
    characters without key is always masked, since nothing can clear it.

    :param text: free text, or the name of a file

    Source: loi 78-17 art. 30; décret 2019-341.
    """

    def mask(match: re.Match) -> str:
        *parts, key = match.groups()
        if key is not None and not _key_is_right("".join(parts), int(key)):
            return match.group(0)
        return NIR_MASK

    return _NIR.sub(mask, text or "")


def _key_is_right(number: str, key: int) -> bool:
    number = number.upper()
    offset = {"2A": 1_000_000, "2B": 2_000_000}.get(number[5:7], 0)
    digits = int(number.replace("A", "0").replace("B", "0"))
    return key == 97 - (digits - offset) % 97
