"""Effect of the requests for missing pieces on the silence period."""

from dataclasses import dataclass
from datetime import date, timedelta

from .facts import DEFAULTS, Conventions, Event, Facts
from .periods import add_months
from .working_days import roll_forward

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PieceEffect:
    """Hold what one request for pieces did to the silence period.

    :param kind: ``suspended`` (SVR), ``restarted`` or ``pending`` (SVA), ``too_late``
    :param request: the request for pieces
    :param until: day on which the suspension ended or the file became complete
    :param days: length of the suspension in days (SVR)
    :param end: end of the silence period after this request; None if it cannot end

    Source: CRPA art. L114-5
    """

    kind: str
    request: Event
    until: date | None
    days: int
    end: date | None


def period_end(start: date, facts: Facts, conventions: Conventions = DEFAULTS) -> date:
    """Return the last day of a silence period: the same quantième, not franc.

    :param start: local civil day that starts the period, not counted
    :param facts: facts of the request, for the period in months
    :param conventions: choices on the disputed points (G1)
    :return: J, at the end of which silence becomes a decision

    Source: CRPA art. L231-1, L231-4, L231-6; docs/legal.md F5, F6
    """
    if conventions.effect_from_next_day:
        return add_months(start + ONE_DAY, facts.period_months) - ONE_DAY
    return add_months(start, facts.period_months)


def closing_day(end: date, facts: Facts, conventions: Conventions = DEFAULTS) -> date:
    """Return J from the computed end: no text extends it over a day off.

    :param end: computed end of the silence period
    :param facts: facts of the request, for the territory
    :param conventions: choices on the disputed points (G2)
    :return: local civil day

    Source: CPC art. 642 (not transposed); docs/legal.md F7
    """
    return roll_forward(end, facts.territory) if conventions.extend_silence else end


def is_blocking(event: Event, conventions: Conventions = DEFAULTS) -> bool:
    """Tell whether an event asks for pieces without which the file cannot be studied.

    A piece that is not indispensable stops nothing, under both regimes.

    :param event: any event
    :param conventions: choices on the disputed points (G6)

    Source: CRPA art. L114-5, L114-5-1
    """
    needed = event.indispensable or conventions.non_indispensable_suspends
    return event.kind == "missing_notified" and needed


def piece_requests(
    facts: Facts, conventions: Conventions = DEFAULTS
) -> tuple[Event, ...]:
    """Return the requests for pieces that can touch the silence, in order.

    Requests sent on the same day are one request, with the latest deadline.

    :param facts: facts of the request
    :param conventions: choices on the disputed points (G6)
    :return: one ``missing_notified`` at most a day

    Source: CRPA art. L114-5
    """
    by_day = {}
    for event in facts.live_events():
        if is_blocking(event, conventions):
            known = by_day.setdefault(event.on, event)
            by_day[event.on] = max(known, event, key=lambda one: one.deadline)
    return tuple(by_day.values())


def produced_on(facts: Facts, since: date) -> date | None:
    """Return the day on which all the pieces asked were in.

    A partial production changes nothing, nor a production before the request.

    :param facts: facts of the request
    :param since: local civil day of the request for pieces
    :return: first full production on or after that day, or None

    Source: CRPA art. L114-5
    """
    return next((day for day in facts.days("all_produced") if day >= since), None)


def sva_effect(
    request: Event, start: date, facts: Facts, conventions: Conventions = DEFAULTS
) -> PieceEffect:
    """Return the effect of a request for pieces where silence accepts.

    The *whole* period restarts when the last piece comes, before or after the
    deadline given. Never complete, never accepted.

    :param request: the request for pieces, sent on J at the latest
    :param start: local civil day that starts the silence
    :param facts: facts of the request
    :param conventions: choices on the disputed points
    :return: ``restarted`` or ``pending``

    Source: CRPA art. L114-5 al. 2
    """
    produced = produced_on(facts, request.on)
    if produced is None:
        return PieceEffect("pending", request, None, 0, None)
    complete = max(start, produced)
    end = period_end(complete, facts, conventions)
    return PieceEffect("restarted", request, complete, 0, end)


def svr_effect(request: Event, since: date, end: date, facts: Facts) -> PieceEffect:
    """Return the effect of a request for pieces where silence rejects.

    The period is suspended from the sending of the request to the deadline given, or
    to the production of all the pieces if it comes first. Producing later has no
    effect. A deadline before the request suspends nothing.

    :param request: the request for pieces, sent on J at the latest
    :param since: day before which no suspension can begin (the silence must run)
    :param end: end of the silence period before this request
    :param facts: facts of the request
    :return: ``suspended``

    Source: CRPA art. L114-5 al. 3; docs/legal.md F10
    """
    produced = produced_on(facts, request.on)
    until = min(request.deadline, produced or request.deadline)
    days = max(0, (until - max(request.on, since)).days)
    return PieceEffect("suspended", request, until, days, end + days * ONE_DAY)


def piece_effects(
    start: date, facts: Facts, conventions: Conventions = DEFAULTS
) -> tuple[PieceEffect, ...]:
    """Return the effect of each request for pieces on the silence, in order.

    A request sent on J counts (J ends at midnight); after J it has no effect. J is the
    one that results from the requests before it. Requests cumulate; the days that two
    of them share count twice unless ``overlap_once``.

    :param start: local civil day that starts the silence
    :param facts: facts of the request, with a regime
    :param conventions: choices on the disputed points
    :return: the effects; the ``end`` of the last is the end of the period

    Source: CRPA art. L114-5; docs/legal.md C7, F10, G4
    """
    effects, since = [], start
    end = period_end(start, facts, conventions)
    for request in piece_requests(facts, conventions):
        if end is not None and request.on > closing_day(end, facts, conventions):
            effect = PieceEffect("too_late", request, None, 0, end)
        elif facts.regime == "sva":
            effect = sva_effect(request, start, facts, conventions)
        else:
            effect = svr_effect(request, since, end, facts)
            if conventions.overlap_once:
                since = max(since, effect.until)
        effects.append(effect)
        end = effect.end
    return tuple(effects)
