"""What a form wants of the data services, and where it says what to look for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..schema import walk
from ..types import TYPES

PREFIX = "data."
_UNFILLED = ("computed", "certified", "table")


@dataclass
class Want:
    """What a form wants of one service.

    :param fills: code of the datum by code of the question that it fills
    :param pieces: codes of the documents that its data replace
    :param key_code: question that says what to look for, None when only the profile
        of the citizen may
    :param key_part: part of that question, "" for the whole

    Source: none (technical)
    """

    fills: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    key_code: str | None = None
    key_part: str = ""


def split(prefill) -> tuple[str, str] | None:
    """Return the service and the datum that a source of first answers names.

    :param prefill: as a question says it: ``data.sirene.name``

    Source: none (technical)
    """
    if not isinstance(prefill, str) or not prefill.startswith(PREFIX):
        return None
    connector, _dot, datum = prefill[len(PREFIX) :].partition(".")
    return (connector, datum) if connector and datum else None


def wanted(schema: dict, connectors: Mapping) -> dict[str, Want]:
    """Return what a form wants of each service, by code of service.

    What to look for is the nearest question above that has the type of the key; it may
    be on the same page. A question in the rows of a block is neither filled nor read.

    :param schema: checked
    :param connectors: services known, by code

    Source: none (technical)
    """
    found: dict[str, Want] = {}
    above: list[dict] = []
    for place in walk(schema):
        item = place.item
        if place.block is not None:
            continue
        code, datum = _asked_of(item)
        if code in connectors:
            if code not in found:
                found[code] = _with_key(connectors[code].key, above)
            if datum:
                found[code].fills[item["code"]] = datum
            else:
                found[code].pieces.append(item["code"])
        if item.get("kind") == "question":
            above.append(item)
    return found


def _asked_of(item: dict) -> tuple[str, str]:
    """Return the service that a line wants, and the datum; no datum for a document."""
    if item.get("kind") == "piece":
        return item.get("replaced_by") or "", ""
    if item.get("kind") != "question" or item["type"] in _UNFILLED:
        return "", ""
    return split(item.get("prefill")) or ("", "")


def _with_key(key: str | None, above: list[dict]) -> Want:
    want = Want()
    for question in reversed(above) if key else ():
        if question["type"] == key:
            want.key_code = question["code"]
            break
        if question["type"] == "identity" and key in ("siret", "rna"):
            want.key_code, want.key_part = question["code"], key
            break
    return want


def key_text(connector, want: Want, answers: Mapping, profile: Mapping) -> str:
    """Return what to look for, "" when nothing says it yet.

    :param answers: shown answers, canonical
    :param profile: numbers of the citizen, by type of key, "" or None when unknown

    Source: none (technical)
    """
    if want.key_code is None:
        return profile.get(connector.key) or "" if connector.key else ""
    value = answers.get(want.key_code)
    if want.key_part:
        value = value.get(want.key_part) if isinstance(value, dict) else None
    if not value:
        return ""
    if connector.key == "address" and not want.key_part:
        return TYPES["address"].text({}, value)
    return value if isinstance(value, str) else ""
