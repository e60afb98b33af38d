"""When a citizen who was asked for documents is reminded of the last day given."""

from datetime import date, timedelta


def reminder_on(asked_on: date, deadline: date, days_before: int) -> date | None:
    """Return the day from which the citizen is reminded.

    :param asked_on: local civil day of the request for documents
    :param deadline: last day given
    :param days_before: how long before the last day, in days; 0 for never
    :return: None when there is no reminder: not wanted, or the time given is so short
        that the reminder would come with the request
    :raise ValueError: if ``days_before`` is negative

    Source: none (good administration; the time given is that of CRPA art. L114-5)
    """
    if days_before < 0:
        raise ValueError(f"days before the last day: {days_before}")
    day = deadline - timedelta(days=days_before)
    return day if days_before and day > asked_on else None


def is_reminder_due(
    asked_on: date, deadline: date, days_before: int, today: date
) -> bool:
    """Tell whether today is a day to remind: a job that is late still reminds.

    :param asked_on: local civil day of the request for documents
    :param deadline: last day given; the day after, nothing is reminded any more
    :param days_before: how long before the last day, in days
    :param today: local civil day

    Source: none (good administration; the time given is that of CRPA art. L114-5)
    """
    first = reminder_on(asked_on, deadline, days_before)
    return first is not None and first <= today <= deadline
