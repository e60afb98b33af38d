"""Where everything stands in a form, and what is wrong in what its conditions read."""

from collections.abc import Iterator

from . import values
from .conditions import leaves, sources
from .contradictions import Spreader, is_never
from .domains import PROFILE, SUITED, kind_of, options_of
from .schema import walk

PARTS = {
    "address": ("street", "street2", "zip", "city", "country"),
    "commune": ("code", "name"),
    "department": ("code", "name"),
    "country": ("code", "name"),
    "point": ("lat", "lon", "text"),
    "time_range": ("start", "end"),
    "member": ("role", "last_name", "first_name", "birth_date"),
    "identity": (
        *("kind", "last_name", "first_name", "birth_date"),
        *("organization", "siret", "rna"),
    ),
    "linked_choice": ("0", "1"),
    "ranking": ("0", "1", "2", "3"),
}
_CHOSEN = ("eq", "ne", "in", "not_in", "contains", "not_contains")
_COMPARED = ("eq", "ne", "lt", "le", "gt", "ge", "in", "not_in")
END = 10**6


class FormIndex:
    """Hold a schema with the rank, the place and the guards of each item.

    :param schema: checked by ``check_schema``

    Source: none (technical)
    """

    def __init__(self, schema: dict):
        self.schema = schema
        self.places = {place.item["code"]: place for place in walk(schema)}
        self.items = {code: place.item for code, place in self.places.items()}
        self.ranks = {code: rank for rank, code in enumerate(self.places)}
        self._guards = {}
        self._spreader = Spreader(self.guard)

    def block_of(self, code: str) -> str | None:
        """Return the code of the block or the table that repeats an item.

        Source: none (technical)
        """
        block = self.places[code].block if code in self.places else None
        return block and block["code"]

    def page_rank(self, page: dict) -> int:
        """Return the rank of what a page's own condition must stay above.

        Source: none (technical)
        """
        return self.ranks[page["items"][0]["code"]] if page["items"] else END

    def guard(self, code: str) -> dict:
        """Return the condition under which an item is shown: its own, its parents'.

        Conditions that read what they may not are left out.

        :param code: of an item; an unknown one has no guard

        Source: none (technical)
        """
        if code not in self._guards:
            self._guards[code] = {"all": list(self._guards_of(code))}
        return self._guards[code]

    def _guards_of(self, code: str) -> Iterator[dict]:
        if code not in self.places:
            return
        place = self.places[code]
        holders = [(place.page, self.page_rank(place.page), None)]
        for parent in (place.section, place.block):
            if parent is not None:
                holders.append((parent, self.ranks[parent["code"]], None))
        holders.append((place.item, self.ranks[code], self.block_of(code)))
        for holder, rank, block in holders:
            condition = holder.get("visible_if")
            if condition is not None and not self.misplaced(condition, rank, block):
                yield condition

    def is_never(self, *conditions) -> bool:
        """Tell whether conditions are certain never to be true together.

        Source: none (technical)
        """
        return is_never({"all": [*conditions]}, self.items, self._spreader)

    def misplaced(self, condition, rank: int, block: str | None) -> list:
        """Return the sources that a condition may not read, as ``(code, params)``.

        :param rank: only what stands above it may be read
        :param block: the block whose row the condition is about, None at the root

        Source: none (technical)
        """
        found = []
        for code in sorted(sources(condition)):
            item = self.items.get(code)
            own = self.block_of(code)
            if item is None:
                found.append(("source_unknown", {"source": code}))
            elif item.get("kind") in ("section", "explanation"):
                found.append(("source_unanswered", {"source": code}))
            elif self.ranks[code] >= rank:
                found.append(("source_below", {"source": code}))
            elif own is not None and own != block:
                found.append(("source_in_rows", {"source": code, "block": own}))
        return found

    def unsuited(self, condition) -> list:
        """Return what a condition compares that cannot be compared so.

        Source: none (technical)
        """
        found = []
        for leaf in leaves(condition):
            if "profile" in leaf:
                part = "kind" if leaf["profile"] == "kind" else ""
                name, item = leaf["profile"], PROFILE[leaf["profile"]]
            else:
                name, _dot, part = leaf["q"].partition(".")
                item = self.items.get(name)
            if item is not None:
                found += _unsuited(leaf, name, item, part)
        return found


def parts_of(item: dict) -> tuple[str, ...]:
    """Return the parts of an answer that a condition may read.

    Source: none (technical)
    """
    question_type = item.get("type")
    if question_type in ("choice", "choices"):
        return ("other",) if item.get("other") else ()
    return PARTS.get(question_type, ())


def _unsuited(leaf: dict, name: str, item: dict, part: str) -> list:
    if part and part not in parts_of(item):
        return [("source_part_unknown", {"source": name, "part": part})]
    kind, operator = kind_of(item, part), leaf["op"]
    if operator not in SUITED[kind]:
        return [("operator_unsuited", {"source": name, "op": operator})]
    if "other" in leaf or "value" not in leaf or operator in ("empty", "filled"):
        return []
    value = leaf["value"]
    wrong = [
        one
        for one in (value if isinstance(value, list) else [value])
        if not _may_be(one, kind, operator, item, part)
    ]
    return [("value_unknown", {"source": name, "value": str(one)}) for one in wrong]


def _may_be(value, kind: str, operator: str, item: dict, part: str) -> bool:
    known = options_of(item, part)
    if known is not None and operator in _CHOSEN:
        return value in known
    if kind == "flag" and operator in _CHOSEN:
        return isinstance(value, bool)
    if kind == "number" and operator in _COMPARED:
        return values.number(value) is not None
    if kind == "day" and operator in _COMPARED:
        return isinstance(value, dict) or values.day(value) is not None
    return True
