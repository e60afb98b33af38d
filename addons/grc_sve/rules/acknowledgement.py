"""Limits of the two acknowledgements: AEE (registration) and ARE (reception)."""

from datetime import date

from .facts import DEFAULTS, Conventions, Facts
from .working_days import add_working_days, next_working_day

ARE_WORKING_DAYS = 10


def owes_acknowledgement(facts: Facts) -> bool:
    """Tell whether the envoi is owed an acknowledgement.

    All are, but an abusive one, and one that did not use the téléservice reserved for
    what it asks: it seizes nobody.

    :param facts: facts of the request

    Source: CRPA art. L112-9 al. 3, L112-11
    """
    return facts.nature not in ("abusive", "wrong_channel")


def competent_on(facts: Facts) -> date | None:
    """Return the day on which the competent authority received the file.

    Without transfer nor reception elsewhere, the authority first seized is the
    competent one. After several transfers only the last counts, and the first
    reception on or after it. A transfer not yet followed by a reception gives None.
    A reassignment inside the same authority is no transfer (CRPA L100-3).

    :param facts: facts of the request
    :return: local civil day, or None while the file travels

    Source: CRPA art. L100-3, L114-2, L114-3
    """
    transfers = facts.days("transferred")
    since = transfers[-1] if transfers else facts.received_on
    received = [day for day in facts.days("received_by_competent") if day >= since]
    if received:
        return received[0]
    return None if transfers else facts.received_on


def is_are_instant(facts: Facts, received_on: date) -> bool:
    """Tell whether a reception was acknowledged by an instantaneous ARE.

    Instantaneous means on the very day of that reception. An ``are_instant`` dated
    later is only an ARE like another: its AEE was due, its limit stays.

    :param facts: facts of the request
    :param received_on: local civil day of the reception acknowledged

    Source: CRPA art. L112-11, R112-11-2
    """
    return received_on in facts.days("are_instant")


def aee_latest(facts: Facts, conventions: Conventions = DEFAULTS) -> date | None:
    """Return the last day to send the AEE: one working day after the reception.

    It is due by the authority first seized, transfer or not.

    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: local civil day, or None when nothing is owed or the ARE was instantaneous

    Source: CRPA art. L112-11, R112-11-2
    """
    if not owes_acknowledgement(facts) or is_are_instant(facts, facts.received_on):
        return None
    return next_working_day(
        facts.received_on, facts.territory, extra_weekdays=conventions.extra_weekdays
    )


def are_latest(facts: Facts, conventions: Conventions = DEFAULTS) -> date | None:
    """Return the last day to send the ARE: ten working days after the reception.

    It is due by the competent authority, from its own reception: no limit runs while
    a transferred file travels, and the instantaneous ARE of an authority that was not
    competent does not free the one that is (CRPA L114-4). An instantaneous ARE closes
    the limit on the day of the reception.

    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: local civil day, or None when nothing is owed or no limit runs yet

    Source: CRPA art. L112-11, L114-4, R112-11-2
    """
    competent = competent_on(facts)
    if not owes_acknowledgement(facts) or competent is None:
        return None
    if is_are_instant(facts, competent):
        return competent
    return add_working_days(
        competent,
        ARE_WORKING_DAYS,
        facts.territory,
        extra_weekdays=conventions.extra_weekdays,
    )
