"""Requests for pieces put right: a piece asked for by mistake, more time given."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .facts import Event


def _names(event: Event) -> set[str]:
    return {name.casefold() for name in event.pieces}


def _without(request: Event, waived: set[str]) -> Event | None:
    """Return the request for pieces without some of them, None when none is left."""
    left = tuple(name for name in request.pieces if name.casefold() not in waived)
    if left == request.pieces:
        return request
    return replace(request, pieces=left) if left else None


def _extended(request: Event, extension: Event) -> Event:
    """Return the request for pieces with the time given again, if it came in time."""
    in_time = extension.on <= request.deadline < extension.deadline
    if in_time and _names(request) & _names(extension):
        return replace(request, deadline=extension.deadline)
    return request


def apply_corrections(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events as if the requests for pieces had been right at once.

    A piece that no text requires, asked for by mistake, stops no period: a request
    whose pieces are all waived is no event. More time given before the end of the
    first is the time given; given after it, it moves no period, since the suspension
    was over. A correction concerns the requests recorded before it only.

    :param events: events in the order in which they were recorded; the corrections
        are ``missing_waived`` and ``missing_extended``, which name their pieces
    :return: the same, corrected, without the corrections

    Source: CRPA art. L114-5; CE Sect. 9 December 2022 n° 454521
    """
    kept: list[Event] = []
    for event in events:
        if event.kind == "missing_waived":
            waived = _names(event)
            left = (
                _without(one, waived) if one.kind == "missing_notified" else one
                for one in kept
            )
            kept = [one for one in left if one]
        elif event.kind == "missing_extended":
            kept = [
                _extended(one, event) if one.kind == "missing_notified" else one
                for one in kept
            ]
        else:
            kept.append(event)
    return tuple(kept)


def waiver_completes(
    blocking_waived: bool, blocking_received: bool, blocking_left: bool
) -> bool:
    """Tell whether the file was complete all along without the pieces waived.

    :param blocking_waived: one of the pieces waived stopped the study
    :param blocking_received: another one stopped it, and came
    :param blocking_left: another one stops it still

    Source: CRPA art. L114-5, L114-5-1; CE Sect. 9 December 2022 n° 454521
    """
    return blocking_waived and blocking_received and not blocking_left


def correction_effect(before: date | None, after: date | None, today: date) -> str:
    """Return what a correction does to J, for whoever is about to make it.

    :param before: J without the correction, None when there is none
    :param after: J with it
    :param today: local civil day
    :return: ``none``, ``moves`` or ``past``: silence has decided already, on a day
        that is over and that the mistake hid

    Source: CRPA art. L114-5, L231-1, L231-4
    """
    if before == after:
        return "none"
    if after is not None and after < today and (before is None or before >= today):
        return "past"
    return "moves"
