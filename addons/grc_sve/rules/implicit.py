"""The life of an implicit decision: its birth, its reasons, its withdrawal."""

from datetime import date, datetime, timedelta

from .facts import DEFAULTS, Conventions, Facts
from .periods import add_months, local_day
from .pieces import piece_effects
from .silence import has_silence, silence_start
from .working_days import previous_working_day

ONE_DAY = timedelta(days=1)
# A decision or a message of the last minute of J is written down before its birth.
BIRTH_MARGIN = timedelta(minutes=5)
REASONS_MONTHS = 1
WITHDRAWAL_MONTHS = 4
URBAN_WITHDRAWAL_MONTHS = 3
ESCALATION_DAYS = 7
KINDS = {"sva": "accepted", "svr": "rejected"}


def implicit_kind(regime: str) -> str | None:
    """Return what silence decides under a regime.

    :param regime: ``sva``, ``svr`` or any other
    :return: ``accepted``, ``rejected``, or None when silence decides nothing

    Source: CRPA art. L231-1, L231-4
    """
    return KINDS.get(regime)


def last_elapsed_day(instant_aware: datetime, timezone: str) -> date:
    """Return the last day that is over at the collectivité, five minutes ago.

    An implicit decision whose J is that day, or any day before it, is born.

    :param instant_aware: now, with an offset
    :param timezone: IANA name of the collectivité
    :return: local civil day
    :raise ValueError: if the instant is naive or the time zone is unknown

    Source: CRPA art. L231-1, L231-4; docs/legal.md F6
    """
    return local_day(instant_aware - BIRTH_MARGIN, timezone) - ONE_DAY


def completed_on(facts: Facts, conventions: Conventions = DEFAULTS) -> date | None:
    """Return the day on which the file was complete: the silence ran from it.

    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: local civil day; None without silence, or while the file is not complete

    Source: CRPA art. L114-5 al. 2, L232-3
    """
    start = silence_start(facts) if has_silence(facts, conventions) else None
    if start is None:
        return None
    effects = piece_effects(start, facts, conventions)
    restarts = [effect for effect in effects if effect.kind in ("restarted", "pending")]
    return restarts[-1].until if restarts else start


def agent_warning_on(implicit_day: date, territory: str) -> date:
    """Return the day on which the agent is told: the last one to decide at work.

    :param implicit_day: J
    :param territory: code of the working-day territory
    :return: last working day before J
    :raise ValueError: if the territory is unknown

    Source: none (technical); docs/legal.md F7
    """
    return previous_working_day(implicit_day, territory)


def head_warning_on(implicit_day: date) -> date:
    """Return the day on which the head of service is told: a week before J.

    :param implicit_day: J
    :return: local civil day

    Source: none (technical)
    """
    return implicit_day - ESCALATION_DAYS * ONE_DAY


def reasons_due_on(asked_on: date) -> date:
    """Return the last day to give the reasons of an implicit rejection.

    :param asked_on: local civil day on which the request for reasons was received
    :return: the same quantième a month later

    Source: CRPA art. L232-4
    """
    return add_months(asked_on, REASONS_MONTHS)


def reasons_asked_in_time(asked_on: date, appeal_day: date | None) -> bool:
    """Tell whether the reasons were asked for within the period of appeal.

    Without a known last day nothing tells that it is late.

    :param asked_on: local civil day on which the request for reasons was received
    :param appeal_day: last day to seize the court, or None

    Source: CRPA art. L232-4
    """
    return appeal_day is None or asked_on <= appeal_day


def withdrawal_months(is_urban: bool = False) -> int:
    """Return how long an unlawful implicit acceptance may be withdrawn.

    :param is_urban: True for a permit or a declaration of urbanisme
    :return: calendar months

    Source: CRPA art. L242-1; C. urb. art. L424-5
    """
    return URBAN_WITHDRAWAL_MONTHS if is_urban else WITHDRAWAL_MONTHS


def withdrawal_last_day(born_on: date, is_urban: bool = False) -> date:
    """Return the last day to withdraw an unlawful implicit acceptance.

    Counted from J, at the end of which it was taken, and not from its first day of
    effect: where they differ, the earlier is the one nobody can dispute.

    :param born_on: first day of effect, J + 1
    :param is_urban: True for a permit or a declaration of urbanisme
    :return: local civil day

    Source: CRPA art. L242-1; C. urb. art. L424-5; docs/legal.md F6
    """
    return add_months(born_on - ONE_DAY, withdrawal_months(is_urban))


def can_withdraw(
    on: date, born_on: date, is_fraud: bool = False, is_urban: bool = False
) -> bool:
    """Tell whether an implicit acceptance may still be withdrawn.

    :param on: local civil day of the withdrawal
    :param born_on: first day of effect of the acceptance
    :param is_fraud: True when it was obtained by fraud: then at any time
    :param is_urban: True for a permit or a declaration of urbanisme

    Source: CRPA art. L241-2, L242-1; C. urb. art. L424-5
    """
    return born_on <= on and (is_fraud or on <= withdrawal_last_day(born_on, is_urban))


def late_record_effect(kind: str, decided_on: date, born_on: date) -> str:
    """Return what an express decision does to the implicit one recorded before it.

    One taken on J at the latest leaves nothing to silence: the implicit decision was
    never born. One taken later takes the place of a rejection; it does not undo an
    acceptance, which only a withdrawal does.

    :param kind: ``accepted`` or ``rejected``: what silence was said to decide
    :param decided_on: local civil day of the express decision
    :param born_on: first day of effect of the implicit decision, J + 1
    :return: ``never_born``, ``replaces`` or ``withdrawal``

    Source: CRPA art. L231-1, L231-4, L242-1; CJA art. R421-2; docs/legal.md F6
    """
    if decided_on < born_on:
        return "never_born"
    return "replaces" if kind == "rejected" else "withdrawal"


def must_publish(is_flagged: bool, regime: str, implicit_day: date | None) -> bool:
    """Tell whether a request must be published, with the day of its acceptance.

    :param is_flagged: True when an express decision would be published for third
        parties
    :param regime: ``sva``, ``svr`` or any other
    :param implicit_day: J, the day to publish; None while it is not known

    Source: CRPA art. L232-2
    """
    return is_flagged and regime == "sva" and implicit_day is not None
