"""Communes, départements and countries, from the tables that ship with the addon.

Read once, when first needed. Names are compared without accents, capitals,
apostrophes nor hyphens; « St » is « Saint », « œ » is « oe ».
Sources: data/geography/README.md.
"""

import csv
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "geography"
LIMIT = 20

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
)
_WORDS = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\bst(e?)(s?)\b")


@dataclass(frozen=True, slots=True)
class Commune:
    """Hold a commune of today.

    :param code: INSEE code, 5 characters
    :param postcodes: its postcodes; () where nobody lives
    :param population: inhabitants, 0 when unknown; orders what a search finds

    Source: INSEE, Code officiel géographique
    """

    code: str
    name: str
    postcodes: tuple[str, ...]
    population: int

    @property
    def department(self) -> str:
        """Return the code of its département or overseas collectivité.

        Source: none (technical)
        """
        return self.code[:3] if self.code[:2] in ("97", "98") else self.code[:2]


@dataclass(frozen=True, slots=True)
class Department:
    """Hold a département or an overseas collectivité.

    Source: INSEE, Code officiel géographique
    """

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """Hold a country, or a territory whose people it tells apart.

    :param code: COG code (99…); shared by the territories of a State
    :param iso: ISO 3166-1 alpha-2 code, unique

    Source: INSEE, Code officiel géographique
    """

    code: str
    iso: str
    name: str


def fold(name: str) -> str:
    """Return a name as it is compared: ``St-Étienne`` gives ``saint etienne``.

    Source: none (technical)
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
        name = "".join(char for char in name if not unicodedata.combining(char))
    name = _WORDS.sub(" ", name.lower()).strip()
    return _SAINT.sub(r"saint\1\2", name) if "st" in name else name


def commune(code: str) -> Commune | None:
    """Return the commune of an INSEE code, or None.

    Source: none (technical)
    """
    return _communes().get(code)


def communes_of(postcode: str) -> tuple[Commune, ...]:
    """Return the communes that have a postcode, by name.

    Source: none (technical)
    """
    return _by_postcode().get(postcode, ())


def communes_named(name: str) -> tuple[Commune, ...]:
    """Return the communes that have exactly this name, the largest first.

    Source: none (technical)
    """
    wanted, keys = fold(name), _keys()
    found = []
    for index in range(bisect_left(keys, (wanted,)), len(keys)):
        key, code = keys[index]
        if key != wanted:
            break
        found.append(_communes()[code])
    return tuple(sorted(set(found), key=_rank))


def search_communes(text: str, limit: int = LIMIT) -> list[Commune]:
    """Return the communes whose name, or postcode, begins as what was typed.

    « Metz 57 », « 57000 metz » and « Metz (57000) » are understood: the digits are
    the beginning of the postcode or of the INSEE code.

    :return: those named exactly so, then the largest

    Source: none (technical)
    """
    words = fold(text).split()
    digits = next((word for word in words if re.match(r"\d|2[ab]\d*$", word)), "")
    wanted = " ".join(word for word in words if word != digits)
    if not wanted:
        return _by_digits(digits.upper(), limit) if digits else []
    found = {
        code
        for key, code in _prefixed(wanted)
        if not digits or _has_digits(_communes()[code], digits.upper())
    }
    communes = [_communes()[code] for code in found]
    communes.sort(key=lambda item: (fold(item.name) != wanted, *_rank(item)))
    return communes[:limit]


def department(code: str) -> Department | None:
    """Return the département of a code (``1``, ``01``, ``2a``, ``974``), or None.

    Source: none (technical)
    """
    return _departments().get(code.upper().zfill(2))


def departments() -> list[Department]:
    """Return every département and overseas collectivité, by code.

    Source: none (technical)
    """
    return list(_departments().values())


def department_named(name: str) -> Department | None:
    """Return the département that has this name, or None.

    Source: none (technical)
    """
    wanted = fold(name)
    found = (item for item in departments() if wanted and fold(item.name) == wanted)
    return next(found, None)


def countries() -> list[Country]:
    """Return every country, by name.

    Source: none (technical)
    """
    return sorted(_countries()[0].values(), key=lambda item: fold(item.name))


def country(code: str) -> Country | None:
    """Return the country of a COG code or of an ISO code, or None.

    A COG code that several territories share without being their State's is no
    country's.

    Source: none (technical)
    """
    by_iso, by_cog = _countries()
    return by_iso.get(code.upper()) or by_cog.get(code)


def country_named(name: str) -> Country | None:
    """Return the country that has this French name, or None.

    Source: none (technical)
    """
    return _country_names().get(fold(name)) if name else None


def _rank(item: Commune) -> tuple:
    return -item.population, item.name, item.code


def _rows(name: str):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter=";")


def _table(name: str):
    rows = _rows(name)
    next(rows)
    return rows


@cache
def _communes() -> dict[str, Commune]:
    return {
        code: Commune(code, name, tuple(postcodes.split()), int(population or 0))
        for code, name, postcodes, population in _table("communes.csv")
    }


@cache
def _by_postcode() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, list[Commune]] = {}
    for item in _communes().values():
        for postcode in item.postcodes:
            found.setdefault(postcode, []).append(item)
    return {key: tuple(sorted(value, key=_rank)) for key, value in found.items()}


@cache
def _keys() -> list[tuple[str, str]]:
    """Return (folded name, code), sorted; a name with an article has a second key."""
    keys = []
    for item in _communes().values():
        key = fold(item.name)
        keys.append((key, item.code))
        article, _space, rest = key.partition(" ")
        if rest and article in ("l", "la", "le", "les"):
            keys.append((rest, item.code))
    keys.sort()
    return keys


def _prefixed(wanted: str):
    keys = _keys()
    for index in range(bisect_left(keys, (wanted,)), len(keys)):
        if not keys[index][0].startswith(wanted):
            break
        yield keys[index]


def _has_digits(item: Commune, digits: str) -> bool:
    return item.code.startswith(digits) or any(
        postcode.startswith(digits) for postcode in item.postcodes
    )


def _by_digits(digits: str, limit: int) -> list[Commune]:
    if exact := communes_of(digits):
        return list(exact[:limit])
    found = [item for item in _communes().values() if _has_digits(item, digits)]
    return sorted(found, key=_rank)[:limit]


@cache
def _departments() -> dict[str, Department]:
    return {code: Department(code, name) for code, name in _table("departments.csv")}


@cache
def _countries() -> tuple[dict[str, Country], dict[str, Country]]:
    by_iso, by_cog = {}, {}
    for code, iso, name, main in _table("countries.csv"):
        by_iso[iso] = Country(code, iso, name)
        if main == "1":
            by_cog[code] = by_iso[iso]
    return by_iso, by_cog


@cache
def _country_names() -> dict[str, Country]:
    return {fold(item.name): item for item in _countries()[0].values()}
