"""When a message that could not leave is tried again."""

from datetime import timedelta

# Minutes between two attempts: quick first, then a few times a day. The sum is
# a little over three days, after which somebody must act.
_DELAYS = (1, 2, 5, 15, 30, 60, 120, 240, 240, 480, 480, 720, 720, 1440)


def retry_delay(attempts: int) -> timedelta | None:
    """Return how long to wait after ``attempts`` failures, None to give up.

    :param attempts: number of attempts made, at least 1
    :raise ValueError: when ``attempts`` is below 1

    Source: none (technical).
    """
    if attempts < 1:
        raise ValueError("attempts starts at 1")
    if attempts > len(_DELAYS):
        return None
    return timedelta(minutes=_DELAYS[attempts - 1])
