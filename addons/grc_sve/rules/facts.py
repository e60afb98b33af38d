"""What the legal clock reads (facts, conventions) and what it answers (clock, steps).

Plain frozen values. The constructors refuse malformed input with ``ValueError``, so
that the rules can be total.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from .working_days import territory_holidays

EVENT_KINDS = (
    "missing_notified",
    "missing_waived",
    "missing_extended",
    "partial_produced",
    "all_produced",
    "transferred",
    "received_by_competent",
    "internal_reassign",
    "ack_sent",
    "are_instant",
    "express_decision",
    "reasons_requested",
    "reasons_given",
)
NATURES = ("request", "question", "abusive", "wrong_channel")
REGIMES = ("sva", "svr", "none")
START_BASES = ("default", "competent", "ack_sent")
DISTANCE_MONTHS = (0, 1, 2)


def check_choice(name: str, value: object, choices: tuple) -> None:
    """Refuse a value outside a closed list.

    :param name: name of the field, for the message
    :param value: value to check
    :param choices: the values allowed
    :raise ValueError: if the value is not in the list

    Source: none (technical)
    """
    if value not in choices:
        raise ValueError(f"{name}: unknown value {value!r}")


def check_day(name: str, value: object) -> None:
    """Refuse anything but a civil day: an instant has no place in the rules.

    :param name: name of the field, for the message
    :param value: value to check
    :raise ValueError: if the value is not a ``date``, or is a ``datetime``

    Source: CRPA art. L112-13; docs/legal.md F1
    """
    is_civil_day = isinstance(value, date) and not isinstance(value, datetime)
    if not is_civil_day:
        raise ValueError(f"{name}: {value!r} is not a civil day")


@dataclass(frozen=True)
class Event:
    """Hold one fact of the life of a request.

    :param kind: a value of ``EVENT_KINDS``
    :param on: local civil day of the fact
    :param deadline: last day given to produce the pieces; for ``missing_notified``
        only, where it is required. A deadline before ``on`` gives no time at all.
    :param indispensable: False when the file can be studied without the pieces
    :param pieces: names of the pieces asked for, for a correction to find them; may
        be empty
    :raise ValueError: if the kind is unknown, a day is not a civil day, or the
        deadline of a ``missing_notified`` is missing

    Source: CRPA art. L114-5, L114-5-1
    """

    kind: str
    on: date
    deadline: date | None = None
    indispensable: bool = True
    pieces: tuple[str, ...] = ()

    def __post_init__(self):
        check_choice("kind", self.kind, EVENT_KINDS)
        check_day("on", self.on)
        if self.kind == "missing_notified" or self.deadline is not None:
            check_day("deadline", self.deadline)

    def sort_key(self) -> tuple:
        """Return what orders the events of a file, whatever the order received.

        :return: day, kind, deadline and indispensability

        Source: none (technical)
        """
        return (self.on, self.kind, self.deadline or self.on, self.indispensable)


@dataclass(frozen=True)
class Facts:
    """Hold all that the clock of one request depends on.

    :param territory: code of the working-day territory of the collectivité
    :param received_on: local civil day of reception by the authority first seized
    :param nature: ``request`` (demande, réclamation, recours), ``question`` (owed an
        acknowledgement, starts no silence whatever the regime), ``abusive`` or
        ``wrong_channel`` (sent elsewhere than to the reserved téléservice: seizes
        nobody)
    :param regime: ``sva`` (silence accepts), ``svr`` (silence rejects) or ``none``
    :param period_months: silence period in calendar months, >= 1; ignored (may be
        None) when the regime is ``none``
    :param start_basis: what starts the silence: ``default``, ``competent`` or
        ``ack_sent``
    :param events: the ``Event`` values, in any order, duplicates allowed
    :param distance_months: months added to the appeal period: 0, 1 or 2
    :param mandatory_prior_appeal: True when the court cannot be seized directly
    :raise ValueError: if one of the above is not respected

    Source: CRPA art. L112-11, L114-3, L231-1, L231-4; CJA art. R421-7
    """

    territory: str
    received_on: date
    nature: str = "request"
    regime: str = "none"
    period_months: int | None = None
    start_basis: str = "default"
    events: tuple[Event, ...] = ()
    distance_months: int = 0
    mandatory_prior_appeal: bool = False

    def __post_init__(self):
        territory_holidays(self.territory)
        check_day("received_on", self.received_on)
        check_choice("nature", self.nature, NATURES)
        check_choice("regime", self.regime, REGIMES)
        check_choice("start_basis", self.start_basis, START_BASES)
        check_choice("distance_months", self.distance_months, DISTANCE_MONTHS)
        months = self.period_months
        if self.regime != "none" and not (isinstance(months, int) and months >= 1):
            raise ValueError(f"period_months: {months!r} is not a number of months")
        object.__setattr__(self, "events", tuple(self.events))

    def live_events(self) -> tuple[Event, ...]:
        """Return the events that count: sorted by day, once each.

        An event dated before the reception belongs to another file: it is ignored.

        :return: the events from the day of reception on

        Source: none (technical)
        """
        return self._live_events

    # The rules ask for them again and again: sorted once.
    @cached_property
    def _live_events(self) -> tuple[Event, ...]:
        live = {event for event in self.events if event.on >= self.received_on}
        return tuple(sorted(live, key=Event.sort_key))

    def days(self, kind: str) -> tuple[date, ...]:
        """Return the days of the live events of one kind, in order.

        :param kind: a value of ``EVENT_KINDS``
        :return: local civil days

        Source: none (technical)
        """
        return tuple(event.on for event in self._live_events if event.kind == kind)


@dataclass(frozen=True)
class Conventions:
    """Hold the choices on which a jurist must still rule; the defaults are ours.

    :param extra_weekdays: G10, weekend days that the service works (5 = Saturday);
        they count for the acknowledgements only, never for a court deadline
    :param effect_from_next_day: G1, count the months from the day after the start
        (démarches-simplifiées), which differs at month ends only
    :param extend_silence: G2, a silence period that ends on a day off runs to the
        next working day
    :param appeal_from_effect: G3, formula B: two months from J + 1
    :param overlap_once: G4, a day covered by two requests for pieces suspends once
        (False: the days given by each request are cumulated, docs/legal.md F10)
    :param non_indispensable_suspends: G6, L114-5 applies to every missing piece
    :param abusive_keeps_silence: G7, an abusive demande still gives a decision
    :param local_holidays_at_court: G8, the holidays of the territory extend the
        appeal period (False: the national ones only)

    Source: docs/legal.md section 6
    """

    extra_weekdays: frozenset[int] = frozenset()
    effect_from_next_day: bool = False
    extend_silence: bool = False
    appeal_from_effect: bool = False
    overlap_once: bool = False
    non_indispensable_suspends: bool = False
    abusive_keeps_silence: bool = True
    local_holidays_at_court: bool = True


DEFAULTS = Conventions()


@dataclass(frozen=True)
class Step:
    """Hold one line of the explanation of a clock; the model words it for people.

    :param code: a value of ``STEP_CODES``: the rule applied
    :param on: the day the rule gives, or None when it gives none
    :param article: the article applied; empty when it depends on the prestation
    :param params: the facts used: days (``date``), numbers and codes, by name

    Source: none (technical)
    """

    code: str
    on: date | None
    article: str
    params: dict[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Clock:
    """Hold the legal days of a request; None means that there must be none.

    :param received_on: local civil day of reception
    :param aee_latest: last day to send the accusé d'enregistrement électronique
    :param are_latest: last day to send the accusé de réception électronique
    :param implicit_on: J, at the end of which silence becomes a decision
    :param implicit_effective_from: J + 1, first day of effect of that decision
    :param appeal_last_day: last day to seize the court; never shown to the public
    :param steps: the explanation, in the order of the reasoning

    Source: CRPA art. R112-11-2, L231-1, L231-4; CJA art. R421-2
    """

    received_on: date
    aee_latest: date | None
    are_latest: date | None
    implicit_on: date | None
    implicit_effective_from: date | None
    appeal_last_day: date | None
    steps: tuple[Step, ...] = ()

    def as_vals(self) -> dict[str, date | None]:
        """Return the days by field name, without the explanation.

        :return: the six days, as the model stores them

        Source: none (technical)
        """
        return {name: getattr(self, name) for name in CLOCK_DAYS}


CLOCK_DAYS = (
    "received_on",
    "aee_latest",
    "are_latest",
    "implicit_on",
    "implicit_effective_from",
    "appeal_last_day",
)
