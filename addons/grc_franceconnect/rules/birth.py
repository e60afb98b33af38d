"""Dates and places of birth: partial dates, codes of the COG, past codes included."""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

FRANCE = "99100"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_PLACE = re.compile(r"(?:2[AB]|\d{2})\d{3}", re.ASCII)
_COUNTRY = re.compile(r"99\d{3}", re.ASCII)
# Départements cut into others, whose communes kept their number: Corsica in 1976,
# Seine and Seine-et-Oise in 1968.
_SPLIT = {
    "20": {"2A", "2B"},
    "75": {"92", "93", "94"},
    "78": {"91", "92", "93", "94", "95"},
}
# Communes and their districts (arrondissements), both used as a place of birth.
_DISTRICTS = {
    "75056": range(75101, 75121),
    "69123": range(69381, 69390),
    "13055": range(13201, 13217),
}


def clean_date(text: object) -> str:
    """Return a date of birth as ``1962-08-24``, what is unknown being 00.

    « 1962 » and « 1962-08 » are read as 1962-00-00 and 1962-08-00.

    :return: empty when it is no date
    Source: none (technical): OpenID Connect Core 5.1.
    """
    match = _DATE.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return ""
    year, month, day = (int(part or 0) for part in match.groups())
    if month == 0 and day:
        return ""
    try:  # which refuses the year 0 too
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def is_full(birth_date: str) -> bool:
    """Tell whether the year, the month and the day are known.

    Source: none (technical).
    """
    return "-00" not in (clean_date(birth_date) or "-00")


def dates_agree(a: str, b: str) -> bool:
    """Tell whether two dates, partial or not, may be the same day.

    Source: none (technical): presumed births.
    """
    a, b = clean_date(a), clean_date(b)
    if not a or not b:
        return False
    pairs = zip(a.split("-"), b.split("-"), strict=True)
    return all(x == y or "00" in (x, y) for x, y in pairs)


def presumed_date(birth_date: str, provider_date: str) -> str:
    """Return the date of birth, its unknown parts put back to 00.

    FranceConnect completes a presumed date of the register with 01; only the identity
    provider's own date, when asked for, says that this 01 is not a real day.

    :param birth_date: ``birthdate``, of the register
    :param provider_date: ``idp_birthdate``, empty when not received

    Source: none (technical).
    """
    completed = provider_date.replace("-00", "-01")
    return provider_date if completed == birth_date else birth_date


def is_place(code: object) -> bool:
    """Tell whether ``code`` has the form of a commune's code, existing or past.

    Communes merge: a code of birth may be that of a commune that is no more.

    Source: none (technical): COG (INSEE).
    """
    return isinstance(code, str) and bool(_PLACE.fullmatch(code))


def is_country(code: object) -> bool:
    """Tell whether ``code`` has the form of a country's code (99100 for France).

    Source: none (technical): COG (INSEE).
    """
    return isinstance(code, str) and bool(_COUNTRY.fullmatch(code))


def places_agree(a: str, b: str) -> bool:
    """Tell whether two codes may be one place under its past and present codes.

    Two communes merged into a third are still two places of birth.

    Source: none (technical): COG (INSEE).
    """
    if a == b:
        return True
    return any(
        _is_former(x, y) or _is_district(x, y) or _was_merged(x, y)
        for x, y in ((a, b), (b, a))
    )


def merged_into(code: str) -> str:
    """Return the commune of today that a former one, or a part of one, is now in.

    :param code: code of the COG
    :return: empty for a commune of today, or a code that the table does not know
    Source: none (technical): COG (INSEE) as of 1 January 2026, by Etalab's
    decoupage-administratif 6.0.0; communes that were merged and brought back are left
    out by it.
    """
    return _merged().get(code, "")


@cache
def _merged() -> dict[str, str]:
    path = Path(__file__).with_name("former_communes.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {old: row["commune"] for row in rows for old in row["former"].split()}


def _was_merged(old: str, new: str) -> bool:
    return bool(new) and merged_into(old) == new


def _is_former(old: str, new: str) -> bool:
    return old[2:] == new[2:] and new[:2] in _SPLIT.get(old[:2], ())


def _is_district(city: str, code: str) -> bool:
    return code.isdecimal() and int(code) in _DISTRICTS.get(city, ())
