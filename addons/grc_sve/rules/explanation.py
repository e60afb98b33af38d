"""The explanation of a clock: fact, rule, article and effect, line by line.

Codes only: the model words each code in the language of the reader. ``params`` of a
step hold what the sentence needs.
"""

from collections.abc import Iterator
from datetime import date

from .acknowledgement import competent_on, is_are_instant, owes_acknowledgement
from .appeal import (
    appeal_months,
    can_seize_court,
    direct_last_day,
    reasons_asked_on,
    reasons_told_on,
)
from .facts import DEFAULTS, Clock, Conventions, Facts, Step
from .pieces import PieceEffect, is_blocking, piece_effects
from .silence import express_decision_on, has_silence, silence_end, silence_start

STEP_CODES = (
    "received",
    "event_before_reception",
    "acknowledgement_not_owed",
    "aee_limit",
    "aee_replaced_by_are",
    "transfer_pending",
    "received_by_competent",
    "are_limit",
    "are_instant",
    "no_silence",
    "silence_not_started",
    "silence_starts",
    "piece_not_indispensable",
    "pieces_suspended",
    "pieces_restarted",
    "pieces_pending",
    "pieces_too_late",
    "express_decision_in_time",
    "express_decision_late",
    "implicit_acceptance",
    "implicit_rejection",
    "distance_added",
    "appeal_limit",
    "reasons_awaited",
    "reasons_extend_appeal",
    "prior_appeal_first",
)

START_ARTICLES = {
    "default": "CRPA L114-3",
    "competent": "CRPA R311-13",
    "ack_sent": "C. urb. R474-1",
}
NATURE_ARTICLES = {"wrong_channel": "CRPA L112-9 al. 3"}
SILENCE_ARTICLES = {"sva": "CRPA L231-1", "svr": "CRPA L231-4"}
PIECE_ARTICLES = {"sva": "CRPA L114-5 al. 2", "svr": "CRPA L114-5 al. 3"}
TACIT_CODES = {"sva": "implicit_acceptance", "svr": "implicit_rejection"}


def explain(
    clock: Clock, facts: Facts, conventions: Conventions = DEFAULTS
) -> tuple[Step, ...]:
    """Return the reasoning that leads from the facts to the days of a clock.

    :param clock: days computed from the same facts and conventions
    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: the steps: reception, acknowledgements, silence, pieces, decision, appeal

    Source: none (technical)
    """
    return (
        *reception_steps(facts),
        *acknowledgement_steps(clock, facts),
        *silence_steps(facts, conventions),
        *decision_steps(clock, facts, conventions),
        *appeal_steps(clock, facts, conventions),
    )


def reception_steps(facts: Facts) -> Iterator[Step]:
    """Yield the day of reception, then the events that it makes irrelevant.

    :param facts: facts of the request

    Source: CRPA art. L112-13
    """
    params = {"territory": facts.territory, "nature": facts.nature}
    yield Step("received", facts.received_on, "CRPA L112-13", params)
    early = {(e.on, e.kind) for e in facts.events if e.on < facts.received_on}
    for on, kind in sorted(early):
        params = {"kind": kind, "event_on": on}
        yield Step("event_before_reception", None, "CRPA L112-13", params)


def acknowledgement_steps(clock: Clock, facts: Facts) -> Iterator[Step]:
    """Yield what is owed to the sender, and when.

    :param clock: days computed from the facts
    :param facts: facts of the request

    Source: CRPA art. L112-9, L112-11, L114-2, R112-11-2
    """
    if not owes_acknowledgement(facts):
        article = NATURE_ARTICLES.get(facts.nature, "CRPA L112-11")
        yield Step("acknowledgement_not_owed", None, article)
        return
    code = "aee_limit" if clock.aee_latest else "aee_replaced_by_are"
    yield Step(code, clock.aee_latest, "CRPA R112-11-2")
    competent = competent_on(facts)
    if competent is None:
        yield Step("transfer_pending", None, "CRPA L114-2")
        return
    if facts.days("transferred") or facts.days("received_by_competent"):
        yield Step("received_by_competent", competent, "CRPA L114-2")
    code = "are_instant" if is_are_instant(facts, competent) else "are_limit"
    params = {"since": competent}
    yield Step(code, clock.are_latest, "CRPA R112-11-2", params)


def silence_steps(facts: Facts, conventions: Conventions = DEFAULTS) -> Iterator[Step]:
    """Yield the start of the silence, then the effect of each request for pieces.

    :param facts: facts of the request
    :param conventions: choices on the disputed points

    Source: CRPA art. L114-3, L114-5, L114-5-1, L231-1, L231-4; C. urb. art. R474-1
    """
    if not has_silence(facts, conventions):
        params = {"nature": facts.nature, "regime": facts.regime}
        article = NATURE_ARTICLES.get(facts.nature, "CRPA L231-1")
        yield Step("no_silence", None, article, params)
        return
    start = silence_start(facts)
    code = "silence_starts" if start else "silence_not_started"
    params = {"regime": facts.regime, "months": facts.period_months}
    params["basis"] = facts.start_basis
    yield Step(code, start, START_ARTICLES[facts.start_basis], params)
    yield from _harmless_piece_steps(facts, conventions)
    if start:
        for effect in piece_effects(start, facts, conventions):
            yield piece_step(effect, facts)


def _harmless_piece_steps(facts: Facts, conventions: Conventions) -> Iterator[Step]:
    for event in facts.live_events():
        if event.kind == "missing_notified" and not is_blocking(event, conventions):
            params = {"notified_on": event.on, "deadline": event.deadline}
            yield Step("piece_not_indispensable", None, "CRPA L114-5-1", params)


def piece_step(effect: PieceEffect, facts: Facts) -> Step:
    """Return the line of one request for pieces; its day is the new end of silence.

    :param effect: effect of the request for pieces
    :param facts: facts of the request, for the regime

    Source: CRPA art. L114-5
    """
    params = {
        "notified_on": effect.request.on,
        "deadline": effect.request.deadline,
        "until": effect.until,
        "days": effect.days,
    }
    article = PIECE_ARTICLES[facts.regime]
    return Step(f"pieces_{effect.kind}", effect.end, article, params)


def decision_steps(
    clock: Clock, facts: Facts, conventions: Conventions = DEFAULTS
) -> Iterator[Step]:
    """Yield the implicit decision, or the express one that took its place.

    :param clock: days computed from the facts
    :param facts: facts of the request
    :param conventions: choices on the disputed points

    Source: CRPA art. L231-1, L231-4; CJA art. R421-1, R421-2
    """
    decided, end = express_decision_on(facts), silence_end(facts, conventions)
    if clock.implicit_on:
        params = {"effective_from": clock.implicit_effective_from}
        article = SILENCE_ARTICLES[facts.regime]
        yield Step(TACIT_CODES[facts.regime], clock.implicit_on, article, params)
    if decided:
        yield _express_step(decided, end, clock)


def _express_step(decided: date, end: date | None, clock: Clock) -> Step:
    if clock.implicit_on:
        return Step("express_decision_late", decided, "CJA R421-2", {"after": end})
    return Step("express_decision_in_time", decided, "CJA R421-1", {"before": end})


def appeal_steps(
    clock: Clock, facts: Facts, conventions: Conventions = DEFAULTS
) -> Iterator[Step]:
    """Yield the way to the court against an implicit rejection.

    :param clock: days computed from the facts
    :param facts: facts of the request
    :param conventions: choices on the disputed points

    Source: CRPA art. L232-4, R311-15; CJA art. R421-2, R421-7
    """
    if clock.implicit_on is None or facts.regime != "svr":
        return
    if not can_seize_court(facts):
        yield Step("prior_appeal_first", None, "")
        return
    if facts.distance_months:
        params = {"months": facts.distance_months}
        yield Step("distance_added", None, "CJA R421-7", params)
    direct = direct_last_day(clock.implicit_on, facts, conventions)
    yield Step("appeal_limit", direct, "CJA R421-2", {"months": appeal_months(facts)})
    asked = reasons_asked_on(clock.implicit_on, direct, facts)
    told = reasons_told_on(asked, facts)
    if told:
        params = {"asked_on": asked, "told_on": told}
        day = clock.appeal_last_day
        yield Step("reasons_extend_appeal", day, "CRPA L232-4", params)
    elif asked:
        yield Step("reasons_awaited", None, "CRPA L232-4", {"asked_on": asked})
