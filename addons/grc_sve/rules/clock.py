"""The legal clock of a request: events in, dates and their explanation out.

The one door of the engine. ``evaluate`` has no clock of its own: the same facts give
the same days, whenever they are read. Other modules hold the rules, one subject each;
the names a model needs are gathered here.
"""

from dataclasses import replace

from .acknowledgement import aee_latest, are_latest
from .appeal import appeal_last_day
from .explanation import STEP_CODES, explain
from .facts import (
    CLOCK_DAYS,
    DEFAULTS,
    EVENT_KINDS,
    NATURES,
    REGIMES,
    START_BASES,
    Clock,
    Conventions,
    Event,
    Facts,
    Step,
)
from .periods import add_months, local_day
from .silence import implicit_effective_from, implicit_on

__all__ = [
    "CLOCK_DAYS",
    "DEFAULTS",
    "EVENT_KINDS",
    "NATURES",
    "REGIMES",
    "START_BASES",
    "STEP_CODES",
    "Clock",
    "Conventions",
    "Event",
    "Facts",
    "Step",
    "add_months",
    "evaluate",
    "local_day",
]


def evaluate(
    facts: Facts, conventions: Conventions = DEFAULTS, *, with_steps: bool = True
) -> Clock:
    """Return the legal days of a request and the reasoning that gives them.

    :param facts: facts of the request, checked by their constructors
    :param conventions: choices on the disputed points
    :param with_steps: False for the days alone, when many clocks are computed
    :return: the clock; a day that must not exist is None
    :raise ValueError: if a day falls outside the calendar (year 1583 to 9999)

    Source: CRPA art. L112-11, L114-5, L231-1, L231-4; CJA art. R421-2
    """
    try:
        tacit_on = implicit_on(facts, conventions)
        clock = Clock(
            received_on=facts.received_on,
            aee_latest=aee_latest(facts, conventions),
            are_latest=are_latest(facts, conventions),
            implicit_on=tacit_on,
            implicit_effective_from=implicit_effective_from(tacit_on),
            appeal_last_day=appeal_last_day(tacit_on, facts, conventions),
        )
        if not with_steps:
            return clock
        return replace(clock, steps=explain(clock, facts, conventions))
    except OverflowError as error:
        raise ValueError("a legal day falls outside the calendar") from error
