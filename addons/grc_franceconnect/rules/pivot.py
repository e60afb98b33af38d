"""The pivot identity: as received, compared, and with what confidence it is one person.

Nobody is recognised by an e-mail address: it is declared, shared, and changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from . import birth
from .names import given_names_agree, name_key, name_keys, split_given_names
from .refusal import Refused

EXACT, NEAR, NONE = "exact", "near", "none"
GENDERS = ("female", "male")
MAX_NAME = 200
MAX_GIVEN_NAMES = 30
# The six facts of the pivot identity, in the order in which they are shown.
FIELDS = (
    "family_name",
    "given_names",
    "birth_date",
    "gender",
    "birth_place",
    "birth_country",
)


@dataclass(frozen=True)
class Pivot:
    """A civil identity, as received; empty is unknown. Nothing of it in ``repr``.

    :param given_names: all, in the order of the birth record
    :param family_name: birth name; some people have none
    :param preferred_username: name in use, not checked by the register
    :param birth_date: ``1962-08-24``; what is unknown is 00
    :param gender: ``female``, ``male`` or empty
    :param birth_place: COG code, empty when born abroad
    :param birth_country: COG code, 99100 for France
    :param is_date_certain: False when 01 may stand for a day that nobody knows
    """

    given_names: tuple[str, ...] = field(default=(), repr=False)
    family_name: str = field(default="", repr=False)
    preferred_username: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    gender: str = field(default="", repr=False)
    birth_place: str = field(default="", repr=False)
    birth_country: str = field(default="", repr=False)
    is_date_certain: bool = field(default=True, compare=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which of ``FIELDS`` the identity lacks.

        A person may have no family name, or no given name, but not neither; who is
        born abroad has no place. A partial date is a date.

        Source: none (technical): FranceConnect's identité pivot.
        """
        missing = []
        if not self.family_name and not self.given_names:
            missing += ["family_name", "given_names"]
        missing += [
            name for name in ("birth_date", "gender") if not getattr(self, name)
        ]
        if not self.birth_place and self.birth_country in ("", birth.FRANCE):
            missing.append("birth_place")
        if not self.birth_country:
            missing.append("birth_country")
        return tuple(missing)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is missing.

        Source: none (technical).
        """
        return not self.missing


class Confidence(NamedTuple):
    """How sure it is that two identities are one person's.

    :param level: ``exact``, ``near`` or ``none``
    :param reasons: what differs or is not sure, closed list: those of ``FIELDS``, or
        ``usage_name``, ``partial_date``, ``uncertain_date``, ``former_place``,
        ``incomplete``; empty when exact
    """

    level: str
    reasons: tuple[str, ...] = ()


# === WHAT IS RECEIVED === #


def pivot_from_claims(claims: Mapping, *, is_franceconnect: bool = True) -> Pivot:
    """Return the identity that verified claims give; what they lack stays empty.

    :param claims: of the userinfo, names as written by OpenID Connect
    :param is_franceconnect: ``preferred_username`` is then the name in use; elsewhere
        it is a login, and ProConnect gives the name in use as ``usual_name``
    :raise Refused: ``malformed`` when a claim has the wrong type or an absurd size

    Source: CRPA art. R112-9-1 (a person is known by name and given name).
    """
    country = _code(claims, "birthcountry", birth.is_country)
    place = _code(claims, "birthplace", birth.is_place)
    received = birth.clean_date(text_claim(claims, "birthdate"))
    provider = birth.clean_date(text_claim(claims, "idp_birthdate"))
    birth_date = birth.presumed_date(received, provider)
    gender = text_claim(claims, "gender")
    usage = "preferred_username" if is_franceconnect else "usual_name"
    return Pivot(
        given_names=_given_names(claims),
        family_name=text_claim(claims, "family_name"),
        preferred_username=text_claim(claims, usage),
        birth_date=birth_date,
        gender=gender if gender in GENDERS else "",
        # abroad, it may be free text or an odd code: never read
        birth_place=place if country == birth.FRANCE else "",
        birth_country=country,
        is_date_certain=(
            provider == birth_date or not _may_be_presumed(birth_date, country)
        ),
    )


def _may_be_presumed(birth_date: str, country: str) -> bool:
    """Tell whether 01 may have been put for an unknown day of the register."""
    is_abroad = country != birth.FRANCE
    return birth_date.endswith("-01-01") or (is_abroad and birth_date.endswith("-01"))


def text_claim(claims: Mapping, name: str) -> str:
    """Return one line of text, empty when there is none.

    :raise Refused: ``malformed`` when it has the wrong type or an absurd size

    Source: none (technical): OpenID Connect Core 5.1.
    """
    value = claims.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MAX_NAME:
        raise Refused("malformed")
    if not all(char.isprintable() or char.isspace() for char in value):
        raise Refused("malformed")
    return " ".join(value.split())


def _code(claims: Mapping, name: str, is_code) -> str:
    code = text_claim(claims, name).upper()
    return code if is_code(code) else ""


def _given_names(claims: Mapping) -> tuple[str, ...]:
    names = claims.get("given_name_array")
    if names is None or names == []:
        return split_given_names(text_claim(claims, "given_name"))
    if not isinstance(names, list) or len(names) > MAX_GIVEN_NAMES:
        raise Refused("malformed")
    cleaned = (text_claim({"name": name}, "name") for name in names)
    return tuple(name for name in cleaned if name)


# === WHAT IS COMPARED === #


def differences(a: Pivot, b: Pivot) -> tuple[str, ...]:
    """Return which of ``FIELDS`` differ once normalised, in their order.

    Source: none (technical).
    """
    pairs = zip(FIELDS, _comparable(a), _comparable(b), strict=True)
    return tuple(name for name, x, y in pairs if x != y)


def same_pivot(a: Pivot, b: Pivot) -> bool:
    """Tell whether two identities say the same, whatever is missing in both.

    To see whether what was received at this sign-in is news; not to recognise.

    Source: none (technical).
    """
    return not differences(a, b)


def confidence(a: Pivot, b: Pivot) -> Confidence:
    """Tell how sure it is that two identities are one person's, and why not surer.

    Exact: everything equal, complete, and a full date that no 01 stands for. Near:
    birth name or name in use, a given name and the date agree, and neither country
    nor place says the contrary; a gender that differs alone stays near (change of
    civil status). Never by sound, never by likeness of spelling.

    :return: never more than near for a presumed birth: many share 1 January

    Source: RGPD art. 5 (accuracy, confidentiality): nobody is taken for another.
    """
    if not _may_be_one(a, b):
        return Confidence(NONE)
    reasons = _doubts(a, b)
    return Confidence(NEAR if reasons else EXACT, reasons)


def search_keys(pivot: Pivot) -> tuple[str, ...]:
    """Return keys, at most two, one of which any exact or near identity shares.

    Year of birth and name: to be kept beside each citizen and indexed.

    :return: such as ``("1962:DUBOIS", "1962:MARTIN")``, empty when nothing to seek by

    Source: none (technical).
    """
    year = birth.clean_date(pivot.birth_date)[:4]
    if not year:
        return ()
    return tuple(f"{year}:{name}" for name in sorted(_names(pivot)))


def search_dates(pivot: Pivot) -> tuple[str, ...]:
    """Return how the date of birth of an exact or near identity may be written.

    To be asked for beside ``search_keys``: a town of a million has fifty people born
    in one year under its most common name.

    :return: such as ``("1962-08-24", "1962-08-00", "1962-00-00")``, the first that of
        the identity; empty when it is partial: any day of the year may then agree

    Source: none (technical).
    """
    whole = birth.clean_date(pivot.birth_date)
    if not birth.is_full(whole):
        return ()
    return whole, f"{whole[:7]}-00", f"{whole[:4]}-00-00"


def _comparable(pivot: Pivot) -> tuple:
    return (
        name_key(pivot.family_name) or pivot.family_name,
        name_keys(pivot.given_names) or pivot.given_names,
        pivot.birth_date,
        pivot.gender,
        pivot.birth_place,
        pivot.birth_country,
    )


def _names(pivot: Pivot) -> set[str]:
    """Return the keys of the birth name and the name in use.

    Who has no family name is found by the given names: near at most.
    """
    keys = {name_key(pivot.family_name), name_key(pivot.preferred_username)} - {""}
    if not pivot.family_name and (given := name_keys(pivot.given_names)):
        keys.add("+" + "+".join(given))
    return keys


def _may_be_one(a: Pivot, b: Pivot) -> bool:
    if not _names(a) & _names(b) or not given_names_agree(a.given_names, b.given_names):
        return False
    if not birth.dates_agree(a.birth_date, b.birth_date):
        return False
    if a.birth_country and b.birth_country and a.birth_country != b.birth_country:
        return False
    if not a.birth_place or not b.birth_place:
        return True
    return birth.places_agree(a.birth_place, b.birth_place)


def _doubts(a: Pivot, b: Pivot) -> tuple[str, ...]:
    is_same_name = name_key(a.family_name) == name_key(b.family_name) != ""
    is_full = birth.is_full(a.birth_date) and birth.is_full(b.birth_date)
    has_places = bool(a.birth_place and b.birth_place)
    doubts = {
        "incomplete": not (a.is_complete and b.is_complete),
        "usage_name": not is_same_name and bool(a.family_name or b.family_name),
        "family_name": not a.family_name and not b.family_name,
        "given_names": name_keys(a.given_names) != name_keys(b.given_names),
        "partial_date": not is_full,
        "uncertain_date": is_full and not (a.is_date_certain and b.is_date_certain),
        "gender": bool(a.gender and b.gender) and a.gender != b.gender,
        "former_place": has_places and a.birth_place != b.birth_place,
    }
    return tuple(name for name, is_doubt in doubts.items() if is_doubt)
