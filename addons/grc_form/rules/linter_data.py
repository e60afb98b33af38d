"""The check of what a form wants of the data services."""

from collections.abc import Iterator

from .data.wanted import split
from .findings import Facts, Finding, name_of, warning
from .form_index import FormIndex

_NUMBERS = {"integer", "decimal", "amount"}
# Whatever is told can be written as a text.
_TEXTS = ("text", "long_text")


def data_findings(index: FormIndex, facts: Facts) -> Iterator[Finding]:
    """Yield what a form expects of data services and will not get.

    Nothing stops a publication: without the data, citizens type.

    :param facts: its ``services``; None: not known, nothing is said

    Source: CRPA art. L114-8 (what another administration holds is not asked again)
    """
    if facts.services is None:
        return
    for place in index.places.values():
        item = place.item
        if item.get("kind") == "piece" and item.get("replaced_by"):
            path = f"{place.path}.replaced_by"
            yield from _service(item["replaced_by"], path, item, facts)
        named = split(item.get("prefill"))
        if not named:
            continue
        path = f"{place.path}.prefill"
        found = list(_service(named[0], path, item, facts))
        yield from found
        service = facts.services.get(named[0])
        if service is None:
            continue
        told = service["data"].get(named[1])
        if told is None:
            source = f"{named[0]}.{named[1]}"
            yield warning("data_unknown", path, name=name_of(item), source=source)
        elif not is_suited(told, item["type"]):
            yield warning("data_unsuited", path, name=name_of(item))


def is_suited(told: str, asked: str) -> bool:
    """Tell whether a datum of a type fills a question of another.

    Source: none (technical)
    """
    return told == asked or asked in _TEXTS or {told, asked} <= _NUMBERS


def _service(code, path, item, facts) -> Iterator[Finding]:
    service = facts.services.get(code)
    if service is None:
        yield warning("data_unknown", path, name=name_of(item), source=code)
    elif not service["used"]:
        yield warning(
            "data_unused", path, "CRPA L114-8", name=name_of(item), source=code
        )
