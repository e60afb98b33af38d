"""The hash chain of the events of a request."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=1)


def event_hash(previous_hash: str, facts: Mapping) -> str:
    """Return the SHA-256 that seals ``facts`` after ``previous_hash``.

    :param previous_hash: hexadecimal, empty for the first event of a request
    :param facts: what must not change; values JSON can hold
    :return: 64 hexadecimal characters

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    sealed = json.dumps(
        [previous_hash, facts],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(sealed.encode()).hexdigest()


def first_broken_link(
    links: Sequence[tuple[str, str, Mapping]], start: str = ""
) -> int | None:
    """Return the position of the first event that the chain does not prove.

    :param links: ``(previous_hash, hash, facts)`` of each event, in order
    :param start: hash of the event before the first one, empty at the beginning
    :return: position from 0, or None when the whole chain holds

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    expected = start
    for position, (previous_hash, own_hash, facts) in enumerate(links):
        if previous_hash != expected or own_hash != event_hash(expected, facts):
            return position
        expected = own_hash
    return None


def text_hash(text: str | None) -> str:
    """Return the SHA-256 of a text: proves it without repeating it in the chain.

    :return: 64 hexadecimal characters

    Source: CRPA art. L112-11 (process that guarantees integrity).
    """
    return hashlib.sha256((text or "").encode()).hexdigest()


def went_back(last_at: datetime, now: datetime) -> bool:
    """Tell whether the clock went back since the last fact, by more than a minute.

    Clocks that are kept right by the network move by less.

    :param last_at: instant of the fact before
    :param now: instant of the new one, in the same time zone

    Source: none (technical)
    """
    return now < last_at - TOLERANCE
