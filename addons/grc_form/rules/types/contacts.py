"""E-mail address, telephone, postal address."""

import re
from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from .. import geography
from ..base_rules import identifiers
from .base import InvalidAnswer, QuestionType, typed
from .checkers import is_bool, is_one_of
from .cleaning import plain_digits
from .texts import AUTOCOMPLETE_OFF, read_free

EMAIL_LENGTH = 254
# French numbers of ten digits, then of the collectivités whose numbers have six.
_OVERSEAS = ("GP", "MQ", "GF", "RE", "YT", "BL", "MF")
FRENCH_REGIONS = ("FR", *_OVERSEAS, "PM", "NC", "PF", "WF")
# 0590, 0596… are theirs alone: metropolitan numbers never begin so.
_OVERSEAS_NUMBER = re.compile(r"0(?:590|594|596|262|263|269|639|69\d|976)")
FRENCH_PREFIX = 33
# What is pasted from a mail.
_WRAPPED = re.compile(r"(?:mailto:)?<?([^<>]*)>?", re.IGNORECASE)
_LOCAL = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}")
_LABEL = re.compile(r"[^\W_](?:[\w\-]{0,61}[^\W_])?")


class Email(QuestionType):
    """Be an e-mail address; its domain in small letters."""

    code = "email"
    attributes = AUTOCOMPLETE_OFF

    def _read(self, question, raw, context):
        text = _WRAPPED.sub(r"\1", typed(raw)).rstrip(" .,;").lstrip()
        if not text:
            return None
        local, _at, domain = text.rpartition("@")
        local, domain = local.strip(), domain.strip().lower()
        address = f"{local}@{domain}"
        if not _is_address(local, domain) or not identifiers.is_email(address):
            raise InvalidAnswer("not_email", example="nom@exemple.fr")
        return address

    def _inputs(self, question):
        return [
            {
                "type": "email",
                "inputmode": "email",
                "autocomplete": "email",
                "maxlength": EMAIL_LENGTH,
                "spellcheck": "false",
                "autocapitalize": "none",
            }
        ]


def _is_address(local, domain):
    labels = domain.split(".")
    return (
        len(local) + len(domain) < EMAIL_LENGTH
        and bool(_LOCAL.fullmatch(local))
        and ".." not in local
        and local[0] != "."
        and local[-1] != "."
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
    )


class Phone(QuestionType):
    """Be a telephone number, kept as E.164.

    ``countries``: the regions (ISO codes) whose numbers are read without prefix, and
    alone accepted when ``only_countries``; French ones when not given.
    """

    code = "phone"
    attributes = {
        "countries": lambda value: _are_regions(value),
        "only_countries": is_bool,
        "autocomplete": is_one_of("off"),
    }

    def _read(self, question, raw, context):
        text = plain_digits(typed(raw))
        if not text:
            return None
        text = re.sub(r"\(0\)", "", text) if text.startswith(("+", "00")) else text
        text = re.sub(r"^00(?=[1-9\s])", "+", text)
        if len(text) > 40 or re.search(r"[^\d\s+().\-/]", text):
            raise self._wrong()
        regions = question.get("countries") or FRENCH_REGIONS
        number = _number(text, regions)
        if not number:
            raise self._wrong()
        found = phonenumbers.region_code_for_number(number)
        if question.get("only_countries") and found not in regions:
            raise InvalidAnswer("phone_country", countries=", ".join(regions))
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)

    def _wrong(self):
        return InvalidAnswer("not_phone", example="01 23 45 67 89")

    def _write(self, question, value):
        text = self._text(question, value, "")
        number = _number(text, question.get("countries") or FRENCH_REGIONS)
        # Written without prefix, it may be another country's number.
        same = number and value == phonenumbers.format_number(
            number, PhoneNumberFormat.E164
        )
        return {"": text if same else value}

    def _text(self, question, value, locale):
        try:
            number = phonenumbers.parse(value, None)
        except NumberParseException:
            return value
        is_french = number.country_code == FRENCH_PREFIX
        kind = "NATIONAL" if is_french else "INTERNATIONAL"
        return phonenumbers.format_number(number, getattr(PhoneNumberFormat, kind))

    def _inputs(self, question):
        return [
            {
                "type": "tel",
                "inputmode": "tel",
                "autocomplete": "tel",
                "maxlength": 30,
            }
        ]

    def _project(self, question, value, context):
        return value


def _number(text, regions):
    """Return the number that a text is in the first region where it is one."""
    if regions is FRENCH_REGIONS and _OVERSEAS_NUMBER.match(re.sub(r"\D", "", text)):
        regions = (*_OVERSEAS, *FRENCH_REGIONS)
    return next(filter(None, (_parsed(text, region) for region in regions)), None)


def _parsed(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return number


def _are_regions(value):
    return (
        isinstance(value, list)
        and 0 < len(value) <= 60
        and all(item in phonenumbers.SUPPORTED_REGIONS for item in value)
    )


class Address(QuestionType):
    """Be a postal address: in France, with a postcode of five digits."""

    code = "address"
    parts = ("street", "street2", "zip", "city", "country")
    attributes = {"abroad": is_bool, "autocomplete": is_one_of("off")}
    # As in La Poste's norm 38 characters print on a line; people may type more.
    _limits = {"street": 100, "street2": 100, "zip": 12, "city": 100, "country": 60}

    def _read(self, question, raw, context):
        value = {
            part: read_free(raw, part, self._limits[part])
            for part in self.parts
            if part != "country" or question.get("abroad")
        }
        value = {part: text for part, text in value.items() if text}
        if not value.keys() - {"country"}:
            return None
        country = value.pop("country", "")
        if country:
            found = context.places.country(country)
            found = found or context.places.country_named(country)
            if not found:
                raise InvalidAnswer("unknown_country", "country", example="Belgique")
            if found.iso != "FR":
                value["country"] = found.name
        for part in ("street", "zip", "city"):
            if part not in value and (part != "zip" or "country" not in value):
                raise InvalidAnswer(f"{part}_missing", part)
        if "zip" in value:
            value["zip"] = self._zip(value)
        return value

    def _zip(self, value):
        if "country" in value:
            return value["zip"].upper()
        text = re.sub(r"\s", "", plain_digits(value["zip"]))
        text = re.sub(r"^[Ff]-?", "", text)
        if not re.fullmatch(r"(?:0[1-9]|[1-8][0-9]|9[0-9])[0-9]{3}", text):
            raise InvalidAnswer("not_zip", "zip", example="57000")
        return text

    def _write(self, question, value):
        return dict(value)

    def _text(self, question, value, locale):
        town = f"{value.get('zip', '')} {value['city']}".strip()
        lines = [value["street"], value.get("street2"), town, value.get("country")]
        return ", ".join(line for line in lines if line)

    def _inputs(self, question):
        tokens = {"street": "address-line1", "street2": "address-line2"}
        tokens |= {"zip": "postal-code", "city": "address-level2"}
        tokens |= {"country": "country-name"}
        inputs = []
        for part in self.parts:
            if part == "country" and not question.get("abroad"):
                continue
            if part == "country":
                country = {"widget": "select", "options": _country_names()}
                inputs.append({"part": part, **country, "autocomplete": tokens[part]})
                continue
            item = {"part": part, "type": "text", "autocomplete": tokens[part]}
            item["maxlength"] = self._limits[part]
            if part == "street":
                item["suggest"] = "addresses"
            if part == "zip" and not question.get("abroad"):
                item |= {"inputmode": "numeric", "spellcheck": "false"}
            inputs.append(item)
        return inputs


@cache
def _country_names():
    """Return the options of a list of countries: a name typed would be read here."""
    return [{"value": item.name, "label": item.name} for item in geography.countries()]
