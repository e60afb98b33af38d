"""How often one address of the network may ask for what costs: a count in memory.

Each process counts for itself: it stops a flood, it is not an account. A limit that
holds for all processes belongs to the reverse proxy.
"""

import time
from collections import OrderedDict

MOST_KEYS = 10_000


class Flood:
    """At most ``limit`` in a window of ``seconds``, by key.

    :param limit: how many times in a window
    :param seconds: length of the window
    """

    def __init__(self, limit: int, seconds: float):
        self.limit = limit
        self.seconds = seconds
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Count one more time for ``key``; False when it is too many."""
        now = time.monotonic()
        start, count = self._counts.pop(key, (now, 0))
        if now - start >= self.seconds:
            start, count = now, 0
        self._counts[key] = (start, count + 1)
        while len(self._counts) > MOST_KEYS:
            self._counts.popitem(last=False)
        return count < self.limit

    def forget(self) -> None:
        """Forget every count."""
        self._counts.clear()
