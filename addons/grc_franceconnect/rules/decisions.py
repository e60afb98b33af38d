"""Who decides: one agent or two, and for how long a certified fact is believed."""

from datetime import date, timedelta

DECIDE, PROPOSE, REFUSE = "decide", "propose", "refuse"


def next_step(*, needs_two: bool, proposed_by: int | None, agent: int) -> str:
    """Return what a decision of ``agent`` is: done, proposed, or refused.

    :param needs_two: the town wants two agents for a merge
    :param proposed_by: who proposed it, None when nobody did
    :return: ``DECIDE``, ``PROPOSE`` or ``REFUSE`` (nobody confirms what she proposed)

    Source: none (technical): the town's own rule.
    """
    if not needs_two:
        return DECIDE
    if proposed_by is None:
        return PROPOSE
    return REFUSE if proposed_by == agent else DECIDE


def is_to_ask_again(certified_on: date | None, today: date, days: int) -> bool:
    """Tell whether a certified fact is too old to be believed without asking.

    :param certified_on: civil day of the certificate, None when nothing is certified
    :param days: how long it is believed, in days; 0 for ever

    Source: RGPD art. 5 (accuracy); the number of days is the town's own rule.
    """
    if certified_on is None or days <= 0:
        return False
    return today > certified_on + timedelta(days=days)
