"""What the law says of what a form asks: proofs, pieces, numbers, information."""

import re
from collections.abc import Iterator
from itertools import combinations

from .findings import Facts, Finding, error, name_of, warning
from .form_index import FormIndex
from .values import fold
from .words import without_doubts

# The only cases in which a natural person must prove her domicile.
DOMICILE_ARTICLE = "CRPA art. R113-8"
DOMICILE_CASES = {
    "identity_title": "identity or travel document, residence permit",
    "vehicle_registration": "vehicle registration certificate",
    "accommodation_certificate": "certificate of accommodation of a foreigner",
    "electoral_roll": "registration on the electoral roll",
    "nationality": "nationality",
    "school_enrolment": "school enrolment, for which it may be required",
}
PRIVACY = ("purpose", "legal_basis", "recipients")
_NIR = re.compile(
    r"\bnir\b|\bnumero (?:d')?inscription au (?:repertoire des personnes|rnipp)"
    r"|(?:\bnumero|\bn°|\bno|\bn) ?(?:de |d')?(?:immatriculation (?:a la )?)?"
    r"(?:securite sociale|secu\b|assure social)"
)
_UNIQUE = ("email", "phone", "siret", "rna", "iban", "caf_number", "tax_reference")
_LEGAL_PERSONS = ["company", "association"]


def law_findings(index: FormIndex, facts: Facts) -> list[Finding]:
    """Return what the law refuses or warns of in a form.

    :param index: form, checked
    :param facts: what the prestation and its documents say

    Source: CRPA art. R113-8, L114-5, L114-5-1, L113-12; RGPD art. 13
    """
    return [
        *pieces(index, facts),
        *proofs_of_domicile(index, facts),
        *asked_twice(index),
        *social_security_numbers(index),
        *information(facts),
    ]


def _pieces(index: FormIndex) -> Iterator[tuple]:
    for code, place in index.places.items():
        if place.item.get("kind") == "piece":
            yield code, place.path, place.item


def pieces(index: FormIndex, facts: Facts) -> Iterator[Finding]:
    """Warn of pieces that no text requires, or without which the study can go on.

    Source: CRPA art. L114-5 (pieces that the texts require), L114-5-1
    """
    for _code, path, item in _pieces(index):
        name, document = name_of(item), facts.documents.get(item["document"])
        if document is None:
            yield error("piece_unknown", path, name=name, document=item["document"])
        elif item.get("required", True):
            if not document.get("legal_basis"):
                article = "CRPA art. L114-5"
                yield warning("piece_without_basis", path, article, name=name)
            if not document.get("indispensable", True):
                article = "CRPA art. L114-5-1"
                yield warning("piece_not_indispensable", path, article, name=name)


def proofs_of_domicile(index: FormIndex, facts: Facts) -> Iterator[Finding]:
    """Refuse the proofs of domicile asked of natural persons outside the legal list.

    A piece that only companies or associations can see is not asked of persons.

    Source: CRPA art. R113-8, L113-12, L113-13 (her word is enough)
    """
    if facts.domicile_case in DOMICILE_CASES:
        return
    if facts.audience and "person" not in facts.audience:
        return
    for code, path, item in _pieces(index):
        document = facts.documents.get(item["document"]) or {}
        if document.get("nature") != "proof_of_domicile":
            continue
        if index.is_never(index.guard(code), *_of_a_person(index)):
            continue
        finding = error if item.get("required", True) else warning
        kind = "domicile_refused" if finding is error else "domicile_optional"
        yield finding(kind, path, DOMICILE_ARTICLE, name=name_of(item))


def _of_a_person(index: FormIndex) -> Iterator[dict]:
    """Yield what is true of a natural person who fills the form."""
    leaf = {"op": "in", "value": _LEGAL_PERSONS}
    yield {"not": {"profile": "kind"} | leaf}
    for code, place in index.places.items():
        if place.item.get("type") == "identity" and place.block is None:
            yield {"not": {"q": f"{code}.kind"} | leaf}


def asked_twice(index: FormIndex) -> Iterator[Finding]:
    """Warn of two questions, or two pieces, that ask the same of the same person.

    Source: CRPA art. L113-12 (what the administration holds is not asked again)
    """
    groups: dict[tuple, list[str]] = {}
    for code, place in index.places.items():
        item = place.item
        kind, text = item.get("kind", "question"), fold(item.get("label") or "").strip()
        if kind == "piece":
            key = (kind, index.block_of(code), item["document"])
        else:
            # « Nom » under two titles asks it of two persons.
            is_unique = item.get("type") in _UNIQUE
            title = place.section["code"] if place.section and not is_unique else None
            key = (item.get("type"), index.block_of(code), title, text)
        if kind in ("question", "piece") and key[-1] and key[0] != "computed":
            groups.setdefault(key, []).append(code)
    for (kind, *_rest), codes in groups.items():
        for first, second in combinations(codes[:10], 2):
            if index.is_never(index.guard(first), index.guard(second)):
                continue
            yield warning(
                "piece_twice" if kind == "piece" else "asked_twice",
                index.places[second].path,
                "CRPA art. L113-12",
                name=name_of(index.items[second]),
                other=first,
            )


def social_security_numbers(index: FormIndex) -> Iterator[Finding]:
    """Refuse the questions that ask a social security number (NIR).

    Source: loi n° 78-17 art. 30; décret n° 2019-341
    """
    for place in index.places.values():
        item = place.item
        if item.get("kind", "question") not in ("question", "block"):
            continue
        text = fold(f"{item.get('label') or ''} ; {item.get('help') or ''}")
        words = re.sub(r"[_\s]+", " ", f"{text} ; {item['code']}")
        if _NIR.search(words):
            article = "loi n° 78-17 art. 30 ; décret n° 2019-341"
            yield error("nir_asked", place.path, article, name=name_of(item))


def information(facts: Facts) -> Iterator[Finding]:
    """Refuse a form without what must be told when data are collected.

    Source: RGPD art. 13
    """
    for what in PRIVACY:
        if not (facts.privacy or {}).get(what):
            yield error("privacy_missing", "", "RGPD art. 13", what=what)
    if not facts.retention.strip():
        yield error("retention_missing", "", "RGPD art. 13")
    elif without_doubts(facts.retention) != facts.retention.strip():
        yield warning("retention_to_confirm", "", "C. patrimoine L212-2")
