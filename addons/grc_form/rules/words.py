"""Codes made from the words of an administrator."""

import re
import unicodedata
from collections.abc import Container

_LONGEST = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)


def is_code(text: str) -> bool:
    """Tell whether ``text`` may name a line of a form, and an answer in searches.

    Source: none (technical)
    """
    return bool(_CODE.fullmatch(text or ""))


def code_of(label: str, taken: Container[str] = ()) -> str:
    """Return a code made from ``label`` that is not in ``taken``.

    :param label: as typed, in French: « Nombre d’enfants »
    :param taken: codes that are already used
    :return: ``nombre_d_enfants``, followed by a number when it is taken

    Source: none (technical)
    """
    text = label.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    text = text.replace("’", " ")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    stem = re.sub(r"^[^a-z]+", "", words)[:_LONGEST].strip("_") or "question"
    code, rank = stem, 1
    while code in taken:
        rank += 1
        code = f"{stem}_{rank}"
    return code


def folded(text: str) -> str:
    """Return a name without case, accents nor punctuation, to compare it.

    Source: none (technical)
    """
    text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    plain = text.encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


# What a catalogue says to a town in brackets or after a dash, and not to citizens.
_DOUBTS = re.compile(
    r"\s*\((?:proposition|durées? (?:indicative|citée)|à (?:confirmer|vérifier))[^)]*\)"
    r"|\s*[–;,]?\s*(?:pour une durée )?à confirmer avec les Archives départementales"
)


def without_doubts(text: str) -> str:
    """Return a time of conservation as citizens read it: without what is to confirm.

    :param text: « 10 ans – à confirmer avec les Archives départementales »
    :return: « 10 ans »; nothing is left out when nothing would be left

    Source: RGPD art. 13; C. patrimoine art. L212-2 (retention is confirmed by archives)
    """
    told = (text or "").replace(
        "durée à confirmer avec les Archives", "durée fixée avec les Archives"
    )
    clean = _DOUBTS.sub("", told).strip(" \u00a0\u202f;,–")
    return clean or (text or "").strip()
