"""When silence becomes a decision: start, end and effect of the silence period."""

from datetime import date, timedelta

from .acknowledgement import competent_on
from .facts import DEFAULTS, Conventions, Facts
from .pieces import closing_day, period_end, piece_effects

ONE_DAY = timedelta(days=1)
SILENT_NATURES = ("question", "wrong_channel")


def has_silence(facts: Facts, conventions: Conventions = DEFAULTS) -> bool:
    """Tell whether silence can become a decision on this envoi.

    A question never, whatever its regime, nor what did not use the téléservice
    reserved for it. An abusive envoi keeps the regime given: it loses its
    acknowledgement, not its clock (G7).

    :param facts: facts of the request
    :param conventions: choices on the disputed points (G7)

    Source: CRPA art. L112-9 al. 3, L112-11, L231-1, L231-4
    """
    if facts.nature == "abusive" and not conventions.abusive_keeps_silence:
        return False
    return facts.regime != "none" and facts.nature not in SILENT_NATURES


def ack_sent_on(facts: Facts) -> date | None:
    """Return the day the first acknowledgement was sent, AEE or ARE.

    An instantaneous ARE is a sending too.

    :param facts: facts of the request
    :return: local civil day, or None when none was sent yet

    Source: C. urb. art. R474-1
    """
    return min(facts.days("ack_sent") + facts.days("are_instant"), default=None)


def silence_start(facts: Facts) -> date | None:
    """Return the day that starts the silence period.

    By default: reception by the authority first seized where silence rejects, by the
    competent one where it accepts. ``competent``: by the competent one in both cases
    (access to documents). ``ack_sent``: sending of the first acknowledgement
    (urbanisme).

    :param facts: facts of the request, with a regime
    :return: local civil day, not counted; None when the period does not run yet
        (transferred file not yet received, acknowledgement not yet sent)

    Source: CRPA art. L114-3, R311-13; C. urb. art. R474-1
    """
    if facts.start_basis == "ack_sent":
        return ack_sent_on(facts)
    if facts.start_basis == "competent" or facts.regime == "sva":
        return competent_on(facts)
    return facts.received_on


def silence_end(facts: Facts, conventions: Conventions = DEFAULTS) -> date | None:
    """Return J as if no express decision were taken.

    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: local civil day; None when silence gives no decision, the period has not
        started, or a file where silence accepts is not complete

    Source: CRPA art. L114-5, L231-1, L231-4
    """
    start = silence_start(facts) if has_silence(facts, conventions) else None
    if start is None:
        return None
    effects = piece_effects(start, facts, conventions)
    end = effects[-1].end if effects else period_end(start, facts, conventions)
    return None if end is None else closing_day(end, facts, conventions)


def express_decision_on(facts: Facts) -> date | None:
    """Return the day of the first express decision.

    :param facts: facts of the request
    :return: local civil day, or None

    Source: CRPA art. L231-1, L231-4
    """
    return next(iter(facts.days("express_decision")), None)


def implicit_on(facts: Facts, conventions: Conventions = DEFAULTS) -> date | None:
    """Return J, the day at the end of which silence becomes a decision.

    An express decision on J at the latest leaves no room for it (J ends at midnight);
    one taken after J does not undo it.

    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: local civil day, or None when no implicit decision can be born

    Source: CRPA art. L231-1, L231-4; CJA art. R421-2
    """
    end, decided = silence_end(facts, conventions), express_decision_on(facts)
    if end is not None and decided is not None and decided <= end:
        return None
    return end


def implicit_effective_from(implicit_day: date | None) -> date | None:
    """Return the first day of effect of an implicit decision, the day after J.

    :param implicit_day: J, or None
    :return: J + 1, or None

    Source: CRPA art. L231-1, L231-4; docs/legal.md F6
    """
    return None if implicit_day is None else implicit_day + ONE_DAY
