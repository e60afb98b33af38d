"""A condition as a sentence that an administrator reads.

The words come from outside (they are translated); here is only how they are joined.
"""

import re
from collections.abc import Mapping

from . import values

PROFILE_PREFIX = "profile:"
_DAY = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}:[0-9]{2}))?", re.ASCII
)
_UNFINISHED = "…"


def sentence(condition, names: Mapping, words: Mapping) -> str:
    """Return a condition in words: « “Hall” is “Large hall” and “Day” is filled ».

    :param condition: JSON tree of the contract, complete or not
    :param names: by path (``hall``, ``address.zip``, ``profile:age``):
        ``{"label", "kind", "options": [[value, label]]}``
    :param words: ``verbs`` (by operator, or ``operator.kind``), and ``and``, ``or``,
        ``not``, ``quoted``, ``group``, ``yes``, ``no``, ``today``, ``later``,
        ``sooner``, ``days``, ``months``, ``years``
    :return: "" when there is no condition

    Source: none (technical)
    """
    return _text(condition, names, words, within=None)


def _text(condition, names, words, within) -> str:
    if not condition:
        return ""
    if not isinstance(condition, dict):
        return _UNFINISHED
    for connector, joint in (("all", "and"), ("any", "or")):
        parts = condition.get(connector)
        if isinstance(parts, list):
            texts = [_text(part, names, words, connector) for part in parts]
            joined = f" {words[joint]} ".join(text or _UNFINISHED for text in texts)
            is_inner = within not in (None, connector) and len(texts) > 1
            return words["group"] % {"text": joined} if is_inner else joined
    if "not" in condition:
        inner = _text(condition["not"], names, words, "not") or _UNFINISHED
        return words["not"] % {"text": inner}
    return _leaf(condition, names, words)


def path_of(leaf: Mapping) -> str:
    """Return the path of what a leaf reads: a question's, or ``profile:…``.

    Source: none (technical)
    """
    if "profile" in leaf:
        return f"{PROFILE_PREFIX}{leaf['profile']}"
    return str(leaf.get("q") or "")


def _leaf(leaf, names, words) -> str:
    path, operator = path_of(leaf), str(leaf.get("op") or "")
    name = names.get(path) or {}
    kind = name.get("kind") or "any"
    verbs = words["verbs"]
    verb = verbs.get(f"{operator}.{kind}") or verbs.get(operator) or operator
    subject = _quoted(name.get("label") or path or _UNFINISHED, words)
    if operator in ("empty", "filled"):
        return f"{subject} {verb}"
    if "other" in leaf:
        other = names.get(leaf["other"]) or {}
        value = _quoted(other.get("label") or str(leaf["other"]), words)
    else:
        value = _value(leaf.get("value"), name, words)
    if operator in ("age_ge", "age_lt"):
        value = f"{value} {words['years']}"
    return f"{subject} {verb} {value or _UNFINISHED}"


def _value(value, name, words) -> str:
    if isinstance(value, list):
        texts = [_value(one, name, words) for one in value]
        *first, last = texts or [""]
        return f" {words['or']} ".join(
            part for part in (", ".join(first), last) if part
        )
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, dict):
        return relative_day(value.get("today"), words)
    options = {one[0]: one[1] for one in name.get("options") or []}
    if value in options:
        return _quoted(options[value], words)
    return _plain(value, words)


def _plain(value, words) -> str:
    if value in (None, ""):
        return ""
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    if day:
        year, month, number, hour = day.groups()
        return " ".join(filter(None, (f"{number}/{month}/{year}", hour)))
    if values.number(value) is not None:
        return str(value).replace(".", ",")
    return _quoted(str(value), words)


def relative_day(amounts, words: Mapping) -> str:
    """Return a day counted from today in words: « aujourd’hui + 15 jours ».

    :param amounts: ``{"days": n, "months": n, "years": n}``, each or none
    :param words: see ``sentence``

    Source: none (technical)
    """
    if not isinstance(amounts, dict):
        return _UNFINISHED
    text = words["today"]
    for unit in ("years", "months", "days"):
        amount = amounts.get(unit)
        if amount:
            sign = words["later" if amount > 0 else "sooner"]
            text = f"{text} {sign} {abs(amount)} {words[unit]}"
    return text


def _quoted(text: str, words) -> str:
    return words["quoted"] % {"text": text}
