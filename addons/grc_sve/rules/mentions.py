"""What an acknowledgement must say, and the regime that a nature implies."""

import re
from collections.abc import Mapping

# Natures whose silence becomes a decision (law.md section 2 of the reading).
SILENCE_NATURES = frozenset(("request", "complaint", "appeal"))

_PERIOD = re.compile(
    r"\b(jours?|semaines?|mois|ans?|années?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_BASE = ("received_on", "service", "address", "phone")
_SVA = ("implicit_on", "attestation")
_SVR = ("implicit_on", "appeal_period", "appeal_ways")


def required_mentions(kind: str, regime: str) -> tuple[str, ...]:
    """Return the mentions that an acknowledgement must carry.

    :param kind: ``aee`` (registration), ``are`` (reception) or ``addition`` (what
        was added to a request: a sending of its own, but no new request)
    :param regime: ``sva``, ``svr`` or ``none``
    :return: names of mentions
    :raise ValueError: when the kind or the regime is unknown

    Source: CRPA art. L112-11 al. 1, R112-11-1, R112-11-2
    """
    if kind not in ("aee", "are", "addition"):
        raise ValueError(f"unknown acknowledgement: {kind!r}")
    if kind == "aee":
        return ("received_on",)
    if kind == "addition":
        return _BASE
    if regime not in ("sva", "svr", "none"):
        raise ValueError(f"no acknowledgement under the regime {regime!r}")
    return _BASE + {"sva": _SVA, "svr": _SVR, "none": ()}[regime]


def missing_mentions(
    kind: str, regime: str, values: Mapping[str, object]
) -> tuple[str, ...]:
    """Return the mandatory mentions that ``values`` leaves empty.

    :param kind: ``aee`` or ``are``
    :param regime: ``sva``, ``svr`` or ``none``
    :param values: name of a mention -> what is printed

    Source: CRPA art. R112-11-1, L112-12
    """
    return tuple(
        name for name in required_mentions(kind, regime) if not values.get(name)
    )


def implied_regime(nature: str) -> tuple[str, int | None]:
    """Return the regime and the months of silence that a nature alone implies.

    A complaint or an administrative appeal is rejected by two months of silence,
    whatever it is about. A request depends on what is asked: unknown. Anything else
    starts no silence.

    :param nature: a nature of request
    :return: ``(regime, months)``; the regime may be ``unknown``

    Source: CRPA art. L231-4 2°
    """
    if nature in ("complaint", "appeal"):
        return "svr", 2
    if nature == "request":
        return "unknown", None
    return "none", None


def names_a_period(text: str) -> bool:
    """Tell whether a wording of the ways of appeal says how long one has.

    :param text: what an administrator wrote, in French or in English

    Source: CRPA art. R112-11-1; CJA art. R421-5
    """
    return bool(_PERIOD.search(text or ""))
