"""Which indexes make the searches on one answer fast."""

from typing import NamedTuple

_BY_VALUE = ("selection", "integer", "float")
_BY_TEXT = ("date", "datetime")
_WORDS = ("char", "text")


class AnswerIndex(NamedTuple):
    """Hold one index of the column of the answers.

    :param suffix: what tells it from the other indexes of the same answer
    :param method: of PostgreSQL: btree, hash, gin
    :param text: True when it is on the text of the answer (``->>``), False when it is
        on its JSON (``->``)
    :param operators: class of operators, "" for the default

    Source: none (technical)
    """

    suffix: str
    method: str
    text: bool
    operators: str = ""


def answer_indexes(property_type: str, *, trigrams: bool) -> list[AnswerIndex]:
    """Return the indexes that the searches of Odoo on a property can use.

    « = » is written ``(a -> 'x' = v OR a -> 'x' @> [v])``: without an index for both
    sides the whole table is read. Days are compared as texts (``a ->> 'x'``), words
    are looked for in the text too. A text may be too long for a B-tree: a hash has no
    limit.

    :param property_type: type of the property of Odoo
    :param trigrams: True when the database has the extension pg_trgm

    Source: none (technical)
    """
    inside = AnswerIndex("in", "gin", text=False, operators="jsonb_path_ops")
    equal = "btree" if property_type in _BY_VALUE else "hash"
    if property_type == "boolean":
        # Odoo searches « is not false »: nearly all rows, whatever the index.
        return []
    found = [AnswerIndex("eq", equal, text=False), inside]
    if property_type in _BY_TEXT:
        found.append(AnswerIndex("day", "btree", text=True))
    if property_type in _WORDS and trigrams:
        found.append(AnswerIndex("words", "gin", text=True, operators="gin_trgm_ops"))
    return found
