"""Numbers that an authority gave: read with any separators, kept without."""

import re

from ..base_rules import identifiers
from .base import InvalidAnswer, QuestionType, typed
from .checkers import is_bool
from .cleaning import compact

SIRET_DIGITS, SIREN_DIGITS = 14, 9
_LETTERS = "A-HJ-NP-TV-Z"
# Neither I, O, U nor SS; numbers from 001. WW (provisional) and W (garage) included.
_SIV = re.compile(
    rf"((?!SS)[{_LETTERS}]{{2}}|W)(?!000)([0-9]{{3}})((?!SS)[{_LETTERS}]{{2}})"
)
# 1 to 4 digits, 1 to 3 letters, département of the owner in those days.
_DEPARTMENTS = "0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-6]"
_FNI = re.compile(rf"([1-9][0-9]{{0,3}})((?!SS)[{_LETTERS}]{{1,3}})({_DEPARTMENTS})")


class _Identifier(QuestionType):
    maxlength = 20
    inputmode = "text"

    def _inputs(self, question):
        item = {"type": "text", "maxlength": self.maxlength, "spellcheck": "false"}
        if self.inputmode == "numeric":
            return [item | {"inputmode": "numeric"}]
        return [item | {"autocapitalize": "characters"}]

    def _read(self, question, raw, context):
        text = compact(typed(raw))
        return self._checked(question, text) if text else None

    def _checked(self, question, text):
        raise NotImplementedError

    def _project(self, question, value, context):
        return value


class Siret(_Identifier):
    """Be a SIRET.

    Source: CRPA art. R112-9-1, as ``grc_base`` checks it
    """

    code = "siret"
    maxlength, inputmode = 24, "numeric"

    def _checked(self, question, text):
        return checked_siret(text)

    def _text(self, question, value, locale):
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}".replace(
            " ", "\u00a0"
        )


class Rna(_Identifier):
    """Be the RNA number of an association.

    Source: CRPA art. R112-9-1, as ``grc_base`` checks it
    """

    code = "rna"

    def _checked(self, question, text):
        return checked_rna(text)


class Plate(_Identifier):
    """Be a licence plate: AB-123-CD, or 1234 AB 57 from before 2009.

    ``abroad``: other formats are kept as typed.

    Source: SIV since 2009 (two letters, three digits, two letters; neither I, O, U nor
    SS), FNI before (1 to 4 digits, 1 to 3 letters, département)
    """

    code = "plate"
    attributes = {"abroad": is_bool}
    maxlength = 15

    def _checked(self, question, text):
        if match := _SIV.fullmatch(text):
            return "-".join(match.groups())
        if match := _FNI.fullmatch(text):
            return " ".join(match.groups())
        if question.get("abroad") and re.fullmatch(r"[A-Z0-9]{2,12}", text):
            return text
        raise InvalidAnswer("not_plate", example="AB-123-CD")


class AntsNumber(_Identifier):
    """Be the number of a pre-application for an identity card or a passport.

    Source: none official; 10 letters and digits, as the State's own appointment
    service checks it (betagouv/rdv-service-public, docs/interconnexions/ants.md)
    """

    code = "ants_number"

    def _checked(self, question, text):
        if not re.fullmatch(r"[A-Z0-9]{10}", text):
            raise InvalidAnswer("not_ants_number", example="AB12345678")
        return text


class CafNumber(_Identifier):
    """Be the number of a beneficiary of the CAF: up to 7 digits, zeros put before.

    A letter that follows them (the key printed on some letters; not verified) is
    dropped. A NIR, which the MSA uses, is refused.

    Source: none official; API Particulier (numeroAllocataire, 7 digits), and
    demarche.numerique.gouv.fr (1 to 7 digits)
    """

    code = "caf_number"
    maxlength, inputmode = 12, "text"

    def _checked(self, question, text):
        if identifiers.mask_nir(text) != text:
            raise InvalidAnswer("nir_refused")
        match = re.fullmatch(r"([0-9]{1,7})[A-Z]?", text)
        if not match or not int(match.group(1)):
            raise InvalidAnswer("not_caf_number", example="1234567")
        return match.group(1).zfill(7)


class TaxReference(_Identifier):
    """Be the reference of a tax notice: 13 letters and digits.

    A fourteenth character (key letter) is dropped, as API Particulier does.

    Source: none official; betagouv/api-particulier, dgfip-input-validation
    """

    code = "tax_reference"
    maxlength = 25

    def _checked(self, question, text):
        if not re.fullmatch(r"[A-Z0-9]{13}[A-Z]?", text) or not re.search(
            "[0-9]", text
        ):
            raise InvalidAnswer("not_tax_reference", example="25 57 A123456 78")
        return text[:13]


def checked_siret(text: str, part: str = "") -> str:
    """Return a SIRET.

    :param text: compact text
    :raise InvalidAnswer: saying what is wrong: length, SIREN instead, key

    Source: none (technical): ``grc_base`` keeps the rule and its articles
    """
    example = "123 456 782 00013"
    if re.fullmatch(rf"[0-9]{{{SIREN_DIGITS}}}", text):
        raise InvalidAnswer("siret_is_siren", part, example=example)
    if not re.fullmatch(rf"[0-9]{{{SIRET_DIGITS}}}", text):
        count = sum(char.isdigit() for char in text)
        raise InvalidAnswer("siret_length", part, count=str(count), example=example)
    if not identifiers.is_siret(text):
        raise InvalidAnswer("siret_key", part)
    return text


def checked_rna(text: str, part: str = "") -> str:
    """Return an RNA number.

    :param text: compact text
    :raise InvalidAnswer: ``not_rna``

    Source: none (technical): ``grc_base`` keeps the rule and its articles
    """
    if not text.isascii() or not identifiers.is_rna(text):
        raise InvalidAnswer("not_rna", part, example="W571234567")
    return identifiers.clean_rna(text)
