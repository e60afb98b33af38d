"""Dates of birth known in part: kept as ``1962-08-00``, written « 08/1962 »."""

import re

_FRENCH = re.compile(r"(?:(?:(\d{1,2})[/. ])?(\d{1,2})[/. ])?(\d{4})", re.ASCII)


def in_french_order(text: str | None) -> str:
    """Return a date of birth as written in France, what is unknown left out.

    :param text: such as ``1962-08-24``, the unknown parts being 00
    :return: such as « 24/08/1962 », « 08/1962 », « 1962 », or empty

    Source: none (technical): civil status of people born abroad.
    """
    parts = (text or "").split("-")
    return "/".join(part for part in reversed(parts) if part != "00")


def from_french_order(text: str) -> str:
    """Return a date of birth typed as in France as ``1962-08-24``.

    The browser does the same: ``static/src/partial_date_field.js``.

    :return: what was typed, when it is written in another way

    Source: none (technical): civil status of people born abroad.
    """
    match = _FRENCH.fullmatch(text.strip())
    if not match:
        return text
    day, month, year = match.groups()
    return f"{year}-{int(month or 0):02d}-{int(day or 0):02d}"
