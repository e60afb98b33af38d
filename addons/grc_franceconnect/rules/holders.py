"""Whether what a service tells is about the citizen who asked."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from . import birth
from .names import given_names_agree, name_key, split_given_names
from .pivot import Pivot

_GENDERS = {"F": "female", "M": "male"}
# Nobody shares a file with more people.
MOST_PEOPLE = 30


class Person(NamedTuple):
    """One holder of a file of family benefits, as the service writes it.

    :param birth_date: ``1962-08-24``, unknown parts 00; empty when the service has none
    """

    family_name: str
    usage_name: str
    given_names: tuple[str, ...]
    birth_date: str
    gender: str


def person(told: Mapping) -> Person:
    """Return one person out of an answer of API Particulier; odd texts are empty.

    Source: API Particulier v3, quotient familial (``allocataires``)
    """
    gender = told.get("sexe")
    return Person(
        family_name=_text(told.get("nom_naissance")),
        usage_name=_text(told.get("nom_usage")),
        given_names=split_given_names(_text(told.get("prenoms"))),
        birth_date=birth.clean_date(told.get("date_naissance")),
        gender=_GENDERS.get(gender, "") if isinstance(gender, str) else "",
    )


def is_among(holders: Iterable[Person], pivot: Pivot) -> bool:
    """Tell whether the citizen is one of the holders of a file.

    A birth name or a name in use, a given name, and what is known of the date agree;
    the gender does not say the contrary. A date that the service has not is no proof
    against her: FranceConnect already named her to it.

    Source: RGPD art. 5 (accuracy): nobody is given somebody else's data
    """
    return any(_may_be(holder, pivot) for holder in holders)


def _may_be(holder: Person, pivot: Pivot) -> bool:
    theirs = {name_key(holder.family_name), name_key(holder.usage_name)} - {""}
    hers = {name_key(pivot.family_name), name_key(pivot.preferred_username)} - {""}
    if not theirs & hers:
        return False
    if not given_names_agree(holder.given_names, pivot.given_names):
        return False
    has_dates = bool(holder.birth_date and pivot.birth_date)
    if has_dates and not birth.dates_agree(holder.birth_date, pivot.birth_date):
        return False
    return not (holder.gender and pivot.gender) or holder.gender == pivot.gender


def _text(value) -> str:
    if not isinstance(value, str) or len(value) > 200:
        return ""
    return " ".join(value.split())
