"""Missing pieces: what asking for them will do, and what their production means."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .facts import DEFAULTS, Conventions, Event, Facts
from .pieces import is_blocking
from .silence import express_decision_on, has_silence, implicit_on


@dataclass(frozen=True)
class Forecast:
    """Hold what a request for pieces would do to the silence period.

    :param kind: ``none`` (no silence here), ``harmless`` (nothing is delayed),
        ``too_late`` (silence has decided), ``restarts`` (SVA) or ``suspends`` (SVR)
    :param before: J without this request for pieces
    :param without: J if nothing is produced; None when there must be none
    :param complete: J if everything is produced on the last day given

    Source: CRPA art. L114-5, L114-5-1
    """

    kind: str
    before: date | None
    without: date | None
    complete: date | None


def forecast(
    facts: Facts, request: Event, conventions: Conventions = DEFAULTS
) -> Forecast:
    """Return what a request for pieces will do, before it is sent.

    :param facts: facts of the request so far
    :param request: the ``missing_notified`` that would be sent
    :param conventions: choices on the disputed points
    :rtype: Forecast

    Source: CRPA art. L114-5, L114-5-1, R112-11-4
    """
    before = implicit_on(facts, conventions)
    if not has_silence(facts, conventions) or express_decision_on(facts):
        return Forecast("none", before, before, before)
    if not is_blocking(request, conventions):
        return Forecast("harmless", before, before, before)
    if before is not None and request.on > before:
        return Forecast("too_late", before, before, before)
    asked = replace(facts, events=(*facts.events, request))
    produced = Event("all_produced", max(request.on, request.deadline))
    complete = replace(asked, events=(*asked.events, produced))
    return Forecast(
        "restarts" if facts.regime == "sva" else "suspends",
        before,
        implicit_on(asked, conventions),
        implicit_on(complete, conventions),
    )


def production_kind(blocking_received: bool, blocking_left: int, left: int) -> str:
    """Return the fact that a production of pieces makes.

    The file is complete when no piece that stops its study is missing any more: the
    pieces that are not indispensable, asked in the same letter, hold nothing back.

    :param blocking_received: one of the pieces received stopped the study
    :param blocking_left: how many such pieces are still missing
    :param left: how many pieces of any kind are still missing
    :return: ``all_produced`` or ``partial_produced``

    Source: CRPA art. L114-5, L114-5-1
    """
    if not blocking_left and (blocking_received or not left):
        return "all_produced"
    return "partial_produced"


def drop_contradicted(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events without the productions that a later request contradicts.

    Days do not say which of two facts of one day came first, the history does: a file
    complete in the morning and found incomplete in the afternoon is incomplete.

    :param events: events in the order in which they were recorded
    :return: the same, without an ``all_produced`` followed on its own day by a
        request for indispensable pieces

    Source: CRPA art. L114-5; docs/legal.md section C
    """
    kept = []
    for event in events:
        if event.kind == "missing_notified" and event.indispensable:
            kept = [
                one for one in kept if (one.kind, one.on) != ("all_produced", event.on)
            ]
        kept.append(event)
    return tuple(kept)
