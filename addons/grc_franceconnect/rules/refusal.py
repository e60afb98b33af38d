"""Why a sign-in is refused: a closed list of codes, and nothing personal."""

from hmac import compare_digest

CODES = frozenset(
    {
        "acr",
        "algorithm",
        "audience",
        "bad_signature",
        "discovery",
        "expired",
        "incomplete",
        "issuer",
        "key_unknown",
        "keys",
        "malformed",
        "nonce",
        "not_yet",
        "subject",
        "too_large",
        "unsigned",
    }
)
# A key withdrawn or replaced since the key set was read may give these.
_KEY_CODES = frozenset({"bad_signature", "key_unknown"})


class Refused(Exception):
    """What came from the provider is not believed.

    Its text is its code: it may be logged, since it holds nothing that was received.

    :param code: one of ``CODES``
    """

    def __init__(self, code: str):
        if code not in CODES:
            raise ValueError(code)
        super().__init__(code)
        self.code = code

    @property
    def is_about_keys(self) -> bool:
        """Tell whether newer keys may change the answer (see ``may_refresh``).

        Source: none (technical): rotation of keys, OpenID Connect Core 10.1.1.
        """
        return self.code in _KEY_CODES


def same_text(expected: str, received: object) -> bool:
    """Compare a secret or an address with what was received, in constant time.

    An empty ``expected`` equals nothing.

    Source: none (technical).
    """
    if not expected or not isinstance(received, str):
        return False
    return compare_digest(expected.encode(), received.encode("utf-8", "replace"))
