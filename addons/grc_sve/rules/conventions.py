"""The choices of a local authority on the disputed points, as a file keeps them.

A request keeps the choices of the day it was received: a setting changed later moves
no day of an open file.
"""

from dataclasses import fields

from .facts import DEFAULTS, Conventions

_NAMES = tuple(field.name for field in fields(Conventions))


def conventions_to_values(conventions: Conventions) -> dict[str, object]:
    """Return choices as JSON can hold them.

    :param conventions: choices on the disputed points
    :return: each choice by name; the weekdays as a sorted list

    Source: none (technical); docs/legal.md section G
    """
    values = {name: getattr(conventions, name) for name in _NAMES}
    return values | {"extra_weekdays": sorted(conventions.extra_weekdays)}


def conventions_from_values(values: dict[str, object] | None) -> Conventions:
    """Return the choices that a file keeps; one that it does not keep is ours.

    :param values: what ``conventions_to_values`` gave; empty for a file older than
        the settings
    :return: choices on the disputed points
    :raise ValueError: if a choice is unknown

    Source: none (technical); docs/legal.md section G
    """
    if not values:
        return DEFAULTS
    unknown = set(values) - set(_NAMES)
    if unknown:
        raise ValueError(f"unknown conventions: {', '.join(sorted(unknown))}")
    weekdays = frozenset(values.get("extra_weekdays", DEFAULTS.extra_weekdays))
    return Conventions(**values | {"extra_weekdays": weekdays})


def changed_conventions(conventions: Conventions) -> tuple[str, ...]:
    """Return the names of the choices that are not ours, in the order of the points.

    :param conventions: choices on the disputed points

    Source: none (technical); docs/legal.md section G
    """
    return tuple(
        name for name in _NAMES if getattr(conventions, name) != getattr(DEFAULTS, name)
    )
