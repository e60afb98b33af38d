"""Which steps of the clock give each legal day, and which of them the public reads."""

from collections.abc import Iterable

from .facts import Step

_SILENCE = (
    "received",
    "event_before_reception",
    "transfer_pending",
    "received_by_competent",
    "no_silence",
    "silence_not_started",
    "silence_starts",
    "piece_not_indispensable",
    "pieces_suspended",
    "pieces_restarted",
    "pieces_pending",
    "pieces_too_late",
    "implicit_acceptance",
    "implicit_rejection",
    "express_decision_in_time",
    "express_decision_late",
)
_COURT = (
    "distance_added",
    "appeal_limit",
    "reasons_awaited",
    "reasons_extend_appeal",
)
# Day of a clock -> codes of the steps that lead to it.
STEPS_OF_DAYS = {
    "received_on": ("received",),
    "aee_latest": (
        "received",
        "acknowledgement_not_owed",
        "aee_limit",
        "aee_replaced_by_are",
    ),
    "are_latest": (
        "received",
        "acknowledgement_not_owed",
        "transfer_pending",
        "received_by_competent",
        "are_limit",
        "are_instant",
    ),
    "implicit_on": (*_SILENCE, "prior_appeal_first"),
    "appeal_last_day": (*_SILENCE, "prior_appeal_first", *_COURT),
}
# A fact recorded with an impossible day is the service's to mend, and the last day
# before the court is computed for the service alone: a period told too short or too
# long would bind nobody and mislead the public.
AGENT_ONLY_STEPS = frozenset(("event_before_reception", *_COURT))


def reasons(
    steps: Iterable[Step], day: str, *, for_citizen: bool, is_electronic: bool = True
) -> tuple[Step, ...]:
    """Return the steps that give one legal day, in their order.

    :param steps: every step of a clock
    :param day: a key of ``STEPS_OF_DAYS``
    :param for_citizen: True to leave out what only agents read
    :param is_electronic: False when it came by letter, telephone or at the counter:
        the two limits of the electronic acknowledgements do not exist then
    :raise ValueError: when the day is unknown, or is not one for citizens

    Source: CRPA art. L112-3, L112-11, R112-11-1; docs/legal.md F9
    """
    if day not in STEPS_OF_DAYS:
        raise ValueError(f"not a legal day: {day!r}")
    if for_citizen and day == "appeal_last_day":
        raise ValueError("the last day before the court is never told to the public")
    return tuple(
        step
        for step in steps
        if step.code in STEPS_OF_DAYS[day]
        and not (for_citizen and step.code in AGENT_ONLY_STEPS)
        and (is_electronic or not step.code.startswith(("aee", "are")))
    )
