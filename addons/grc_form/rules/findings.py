"""What the check of a form gives, and what it must know."""

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True)
class Facts:
    """Hold what the check must know beside the form.

    :param documents: by code of the type: ``{"nature", "legal_basis",
        "indispensable"}``
    :param audience: among person, company, association; empty: everybody
    :param domicile_case: key of ``linter_law.DOMICILE_CASES``, or None
    :param retention: how long requests are kept, in words; "" when unknown
    :param privacy: ``{"purpose", "legal_basis", "recipients"}``, in words
    :param services: data services by code: ``{"used", "data"}`` (type by code of
        datum); None when they are not known

    Source: none (technical)
    """

    documents: dict = field(default_factory=dict)
    audience: tuple[str, ...] = ()
    domicile_case: str | None = None
    retention: str = ""
    privacy: dict = field(default_factory=dict)
    services: dict | None = None


class Finding(NamedTuple):
    """Hold what the check found.

    :param level: ``error`` (not published) or ``warning``
    :param code: one of ``codes.FINDINGS``
    :param path: as in ``SchemaFault``; "" for the whole prestation
    :param article: of the text that says so, or ""
    :param params: texts, by name

    Source: none (technical)
    """

    level: str
    code: str
    path: str
    article: str
    params: dict


def error(code: str, path: str, /, article: str = "", **params) -> Finding:
    """Return a finding that stops the publication.

    Source: none (technical)
    """
    return Finding("error", code, path, article, _texts(params))


def warning(code: str, path: str, /, article: str = "", **params) -> Finding:
    """Return a finding that only warns.

    Source: none (technical)
    """
    return Finding("warning", code, path, article, _texts(params))


def _texts(params: dict) -> dict:
    return {key: str(value)[:120] for key, value in params.items()}


def name_of(item: dict) -> str:
    """Return how to call an item in a sentence.

    Source: none (technical)
    """
    return item.get("label") or item.get("title") or item["code"]
