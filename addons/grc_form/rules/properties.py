"""The part of a form that the ERP can search, group and export."""

from collections.abc import Iterable, Mapping, Sequence

from .schema import questions
from .types import TYPES


def schema_properties(
    schema: Mapping, options: Mapping[str, Sequence] | None = None
) -> tuple[list[dict], list[dict]]:
    """Return the definitions of the answers of ``schema``: ordinary, sensitive.

    Rows of blocks and tables are not projected: they have no single value.

    :param schema: of a version
    :param options: code -> every ``(value, label)`` that the dictionary knows
    :return: definitions in the format of Odoo's properties

    Source: none (technical)
    """
    ordinary, sensitive = [], []
    for question in questions(schema, rows=False):
        definition = TYPES[question["type"]].property(question)
        if definition is None:
            continue
        definition = dict(definition)
        known = (options or {}).get(question["code"])
        if known and definition["type"] == "selection":
            definition["selection"] = [list(pair) for pair in known]
        if known and definition["type"] == "tags":
            definition["tags"] = [
                [value, label, rank % 11] for rank, (value, label) in enumerate(known)
            ]
        definition |= {"name": question["code"], "string": question["label"]}
        (sensitive if question.get("sensitive") else ordinary).append(definition)
    return ordinary, sensitive


def merged_definition(known: Iterable[Mapping], added: Iterable[Mapping]) -> list[dict]:
    """Return ``known`` and ``added`` together: nothing that was searched is lost.

    :raise ValueError: when a code comes back with another type

    Source: none (technical)
    """
    merged = {definition["name"]: dict(definition) for definition in known or []}
    for definition in added:
        name = definition["name"]
        before = merged.get(name)
        if before and before["type"] != definition["type"]:
            raise ValueError(f"{name!r} was {before['type']!r}")
        merged[name] = dict(definition)
        for key in ("selection", "tags"):
            if before and before.get(key):
                merged[name][key] = _union(before[key], definition.get(key) or [])
    return list(merged.values())


def _union(before, after):
    """Return the options of both, under their latest label, in order of coming."""
    latest = {option[0]: list(option) for option in before}
    latest |= {option[0]: list(option) for option in after}
    return list(latest.values())


def project(schema: Mapping, answers: Mapping, context) -> tuple[dict, dict]:
    """Return the values that can be searched: ordinary, sensitive.

    :param answers: canonical answers, hidden ones dropped already
    :param context: time zone of the instants

    Source: none (technical)
    """
    ordinary, sensitive = {}, {}
    for question in questions(schema, rows=False):
        kind = TYPES[question["type"]]
        value = answers.get(question["code"])
        if value is None or kind.property(question) is None:
            continue
        side = sensitive if question.get("sensitive") else ordinary
        side[question["code"]] = kind.project(question, value, context)
    return ordinary, sensitive
