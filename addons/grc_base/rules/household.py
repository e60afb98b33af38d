"""A household: who is a child today, who may act for whom. Facts in, answers out."""

import re
import unicodedata
from datetime import date

# What the other person is for the citizen.
CHILD, PARTNER, DEPENDANT, WARD, RELATIVE = (
    "child",
    "partner",
    "dependant",
    "ward",
    "relative",
)
ROLES = (CHILD, PARTNER, DEPENDANT, WARD, RELATIVE)
MAJORITY = 18
# Of a person whose day of birth is unknown, the earliest possible one is taken.
_EARLIEST = "01"


def birthday(text: str) -> date | None:
    """Return the earliest day on which somebody may be born.

    :param text: ``YYYY-MM-DD``; the day, or the day and the month, may be ``00``
    :return: None when nothing is known

    Source: none (technical): civil status of people born abroad.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text or "")
    if not match:
        return None
    year, month, day = (part if part != "00" else _EARLIEST for part in match.groups())
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def age(text: str, today: date) -> int | None:
    """Return the age in whole years; born on 29 February, older on 1 March.

    :param text: day of birth, see ``birthday``
    :return: None when it is unknown, or to come

    Source: Code civil art. 388 (years of age are complete years).
    """
    born = birthday(text)
    if not born or born > today:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_minor(text: str, today: date) -> bool:
    """Tell whether somebody is surely a minor today.

    :param text: day of birth, see ``birthday``; an unknown one says nothing: False

    Source: Code civil art. 388 (under 18 years of age).
    """
    years = age(text, today)
    return years is not None and years < MAJORITY


def is_minor_child(role: str, birth: str, today: date) -> bool:
    """Tell whether a person of the household counts as a child of the citizen today.

    Source: Code civil art. 388.
    """
    return role == CHILD and is_minor(birth, today)


def is_current(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Tell whether a link holds today.

    :param starts_on: first day; None: always
    :param ends_on: first day on which it does not hold any more; None: no end

    Source: none (technical)
    """
    return not (starts_on and today < starts_on) and not (ends_on and today >= ends_on)


def acting_article(role: str, has_authority: bool, birth: str, today: date) -> str:
    """Return the article by which the citizen may act for the person, "" if none.

    A parent who acts alone for a usual act is deemed to agree with the other one; a
    grandparent or another third person may act for a minor when the authority was
    delegated; a guardian stands for the person under guardianship.

    :param has_authority: parental authority, its delegation, or the guardianship
    :param birth: of the person, see ``birthday``

    Source: Code civil art. 388 (minors), 371-1, 372-2, 377; art. 473 (guardianship of
    an adult); art. 408 (guardianship of a minor).
    """
    minor = is_minor(birth, today)
    if not has_authority:
        return ""
    if role == CHILD:
        return "372-2" if minor else ""
    if role == RELATIVE:
        return "377" if minor else ""
    if role == WARD:
        return "408" if minor else "473"
    return ""


def folded(text: str) -> str:
    """Return a name as it is compared: no accent, no hyphen, no capital.

    Source: none (technical)
    """
    plain = unicodedata.normalize("NFKD", (text or "").replace("œ", "oe"))
    letters = (c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", "".join(letters).casefold()).strip()


def is_same_person(one: tuple, other: tuple) -> bool:
    """Tell whether two ``(last name, first name, birth)`` name one person.

    The first given name is enough; a birth that is unknown on one side says nothing.

    Source: none (technical)
    """
    if folded(one[0]) != folded(other[0]):
        return False
    first, second = (folded(names[1]).split() for names in (one, other))
    if not first or not second or first[0] != second[0]:
        return False
    return not one[2] or not other[2] or one[2] == other[2]
