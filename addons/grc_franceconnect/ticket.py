"""What opens a session after a provider said who came back."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Ticket:
    """Opens the session of one account, once, in the request that made it.

    It is an object of this process: no browser, form nor call from elsewhere can name
    or replay it, and nothing of it is stored.
    """

    provider_id: int
    user_id: int
    _is_used: bool = field(default=False, init=False)

    def use(self, user_id: int) -> int | None:
        """Return the provider that it comes from: once, for its account."""
        if self._is_used or user_id != self.user_id:
            return None
        self._is_used = True
        return self.provider_id
