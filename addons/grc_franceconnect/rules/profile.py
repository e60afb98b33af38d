"""What a provider says beside the identity: to write to a person, and to name her."""

import re
from collections.abc import Mapping

from .pivot import text_claim
from .refusal import Refused

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def email_from_claims(claims: Mapping) -> str:
    """Return the e-mail address received, to write to; never to recognise anybody.

    :return: empty when there is none, or when it is no plain address

    Source: none (technical).
    """
    address = claims.get("email")
    is_short = isinstance(address, str) and len(address) <= 254
    return address if is_short and _EMAIL.fullmatch(address) else ""


def name_from_claims(claims: Mapping) -> str:
    """Return the whole name, for a provider that gives no name by part.

    :return: empty when there is none, or when it cannot be read

    Source: none (technical): OpenID Connect Core 5.1.
    """
    try:
        return text_claim(claims, "name")
    except Refused:
        return ""
