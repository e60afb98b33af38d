"""A nominal request that the tests of the legal clock change one fact at a time."""

from datetime import date

from grc_rules.grc_sve.clock import Event, Facts

RECEIVED = date(2026, 9, 15)  # a Tuesday; two months later is a Sunday

NOMINAL = {
    "territory": "FR-MET",
    "received_on": RECEIVED,
    "nature": "request",
    "regime": "svr",
    "period_months": 2,
}


def make_facts(*events: Event, **changes) -> Facts:
    """Return the facts of a two-month SVR request received on 15 September 2026."""
    return Facts(**{**NOMINAL, "events": events, **changes})


def event(kind: str, day: str, deadline: str | None = None, **changes) -> Event:
    """Return an event from ISO days."""
    limit = date.fromisoformat(deadline) if deadline else None
    return Event(kind, date.fromisoformat(day), limit, **changes)


def asked(day: str, deadline: str, **changes) -> Event:
    """Return a request for missing pieces from ISO days."""
    return event("missing_notified", day, deadline, **changes)
