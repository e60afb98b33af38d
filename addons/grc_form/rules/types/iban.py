"""The IBAN: lengths by country, and the key.

python-stdnum knows more (``stdnum.iban``), but cannot be imported inside Odoo 19, which
replaces the loader of the package: its data files are not found any more. Its
``iso7064`` has no data file.
"""

import re

from stdnum.iso7064 import mod_97_10

from .base import InvalidAnswer, QuestionType, typed
from .cleaning import compact

EXAMPLE = "FR76 3000 6000 0112 3456 7890 189"
# Source: SWIFT, IBAN registry, release 101
_COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FI FK FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
LENGTHS = {
    country: length
    for length, countries in _COUNTRIES.items()
    for country in countries.split()
}


class Iban(QuestionType):
    """Be an IBAN, of any country, with a right length and a right key.

    Source: ISO 13616; SWIFT, IBAN registry
    """

    code = "iban"

    def _read(self, question, raw, context):
        text = re.sub(r"^IBAN:?(?=[A-Z]{2})", "", compact(typed(raw)))
        if not text:
            return None
        expected = LENGTHS.get(text[:2])
        if not expected or not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", text):
            raise InvalidAnswer("not_iban", example=EXAMPLE)
        if len(text) != expected:
            params = {"count": str(len(text)), "expected": str(expected)}
            raise InvalidAnswer("iban_length", **params)
        if not mod_97_10.is_valid(text[4:] + text[:4]):
            raise InvalidAnswer("iban_key")
        return text

    def _text(self, question, value, locale):
        groups = (value[start : start + 4] for start in range(0, len(value), 4))
        return "\u00a0".join(groups)

    def _inputs(self, question):
        item = {"type": "text", "maxlength": 50, "spellcheck": "false"}
        return [item | {"autocapitalize": "characters"}]

    def _project(self, question, value, context):
        return value
