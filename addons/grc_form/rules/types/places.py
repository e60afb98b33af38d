"""Commune, département, country; a point of the town, with or without a map."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

from .. import geography
from .base import Context, InvalidAnswer, Problem, QuestionType, bounds_crossed, typed
from .checkers import is_number
from .numbers import parse_number
from .texts import length, read_free

_CODE = re.compile(r"(?:0[1-9]|[1-9][0-9]|2[ab])[0-9]{3}", re.IGNORECASE)
_POSTCODE_BESIDE = re.compile(
    r"^(?P<before>.*?)[\s(]*(?P<code>[0-9]{5})\)?(?P<after>.*)$"
)
_COUNTRY_KEY = re.compile(r"[0-9]{5}-([A-Z]{2})")
POINT_TEXT = 500
# Degrees; five decimals are one metre.
PRECISION = Decimal("0.00001")


class Commune(QuestionType):
    """Be a French commune of today: its INSEE code and its name.

    Read from the INSEE code (``insee`` part, which a suggestion fills) or from the
    name, with a postcode or a département when several have it.
    """

    code = "commune"
    parts = ("insee",)

    def _read(self, question, raw, context):
        text, insee, places = typed(raw), typed(raw, "insee"), context.places
        found = places.commune(insee.upper()) if insee else None
        if found and text and not _is_named(found, text):
            found = None
        if not found and not text:
            if insee:
                raise InvalidAnswer("unknown_commune", example="Metz (57000)")
            return None
        found = found or self._named(text, places)
        return {"code": found.code, "name": found.name}

    def _named(self, text, places):
        name, digits = text[:200], ""
        if _CODE.fullmatch(text):
            found = places.communes_of(text) or [places.commune(text.upper())]
            return self._one([item for item in found if item])
        if match := _POSTCODE_BESIDE.match(name):
            digits = match["code"]
            name = f"{match['before']} {match['after']}"
        elif match := re.match(r"(.*\S)\s?\(\s?([0-9]{2,3}|2[abAB])\s?\)$", name):
            name, digits = match.groups()
        found = [
            item
            for item in places.communes_named(name)
            if not digits
            or digits in item.postcodes
            or digits.upper() in (item.code, item.department)
        ]
        return self._one(found)

    def _one(self, found):
        if not found:
            raise InvalidAnswer("unknown_commune", example="Metz (57000)")
        if len(found) > 1:
            examples = ", ".join(label(item) for item in found[:5])
            raise InvalidAnswer("several_communes", examples=examples)
        return found[0]

    def _write(self, question, value):
        return {"": value["name"], "insee": value["code"]}

    def _text(self, question, value, locale):
        found = geography.commune(value["code"])
        return f"{value['name']} ({found.department})" if found else value["name"]

    def _inputs(self, question):
        return [
            {
                "type": "text",
                "maxlength": 100,
                "spellcheck": "false",
                "suggest": "communes",
            },
            {"part": "insee", "type": "hidden"},
        ]


def label(item) -> str:
    """Return a commune as suggestions show it: ``Metz (57000)``.

    Source: none (technical)
    """
    digits = item.postcodes[0] if item.postcodes else item.code
    return f"{item.name} ({digits})"


def commune_read(text: str):
    """Return the commune that a form reads in a text, None when it asks again.

    :param text: as typed, without the choice of a suggestion
    :rtype: geography.Commune | None

    Source: none (technical)
    """
    try:
        value = Commune().read({"type": "commune"}, {"": text}, Context(date.min))
    except InvalidAnswer:
        return None
    return value and geography.commune(value["code"])


def _is_named(item, text):
    """Tell whether the text beside a suggested code still says that commune."""
    name = geography.fold(item.name)
    text = geography.fold(text[:200])
    rest = text.removeprefix(name)
    return rest != text and bool(re.fullmatch(r"[ 0-9]*|(?: 2[ab])", rest))


class Department(QuestionType):
    """Be a département, or an overseas collectivité: code and name."""

    code = "department"

    def _read(self, question, raw, context):
        text = typed(raw)
        if not text:
            return None
        places, short = context.places, text[:200]
        found = places.department(short.split(" ")[0])
        found = found or places.department_named(short)
        if not found:
            raise InvalidAnswer("unknown_department", example="57")
        return {"code": found.code, "name": found.name}

    def _write(self, question, value):
        return {"": value["code"]}

    def _text(self, question, value, locale):
        return f"{value['name']} ({value['code']})"

    def _inputs(self, question):
        options = [
            {"value": item.code, "label": f"{item.code} {item.name}"}
            for item in geography.departments()
        ]
        return [{"widget": "select", "options": options}]


class Country(QuestionType):
    """Be a country: its code in the Code officiel géographique, and its name.

    What the page posts is that code, followed by the ISO code for the territories that
    share the code of their State: ``99101-FO``.
    """

    code = "country"

    def _read(self, question, raw, context):
        text = typed(raw)
        if not text:
            return None
        places = context.places
        key = _COUNTRY_KEY.fullmatch(text)
        found = places.country(key[1] if key else text)
        found = found or places.country_named(text[:200])
        if not found:
            raise InvalidAnswer("unknown_country", example="Belgique")
        return {"code": found.code, "name": found.name}

    def _write(self, question, value):
        found = geography.country_named(value["name"])
        return {"": _country_key(found) if found else value["name"]}

    def _text(self, question, value, locale):
        return value["name"]

    def _inputs(self, question):
        item = {"widget": "select", "options": _country_options()}
        return [item | {"autocomplete": "country"}]


@cache
def _country_options():
    return [
        {"value": _country_key(item), "label": item.name}
        for item in geography.countries()
    ]


def _country_key(item):
    is_main = geography.country(item.code) is item
    return item.code if is_main else f"{item.code}-{item.iso}"


class Point(QuestionType):
    """Be a place: a point on a map, or a description in words, which is as good.

    ``lat`` and ``lon`` are degrees, as text; limits of the town may be given.
    """

    code = "point"
    parts = ("text", "lat", "lon")
    attributes = {
        "south": is_number,
        "north": is_number,
        "west": is_number,
        "east": is_number,
    }

    def _read(self, question, raw, context):
        place = read_free(raw, "text", POINT_TEXT)
        texts = {part: typed(raw, part) for part in ("lat", "lon")}
        if not any(texts.values()):
            return {"text": place} if place else None
        if not all(texts.values()):
            raise InvalidAnswer("coordinates_incomplete", "text")
        value = {}
        for part, limit in (("lat", 90), ("lon", 180)):
            number = parse_number(texts[part])
            if number is None or abs(number) > limit:
                raise InvalidAnswer("not_coordinates", part, example="49,11911")
            # plain text without an idle minus: round trips are exact
            value[part] = f"{number.quantize(PRECISION) + 0:f}"
        return value | ({"text": place} if place else {})

    def _problems(self, question, value, context):
        if length(value.get("text", "")) > POINT_TEXT:
            yield Problem("too_long", {"max": str(POINT_TEXT)}, "text")
        for part, low, high in (("lat", "south", "north"), ("lon", "west", "east")):
            if part not in value:
                continue
            number = Decimal(value[part])
            bounds = [question.get(low), question.get(high)]
            under = bounds[0] is not None and number < Decimal(str(bounds[0]))
            over = bounds[1] is not None and number > Decimal(str(bounds[1]))
            if under or over:
                yield Problem("outside_map", {}, "text")
                return

    def _write(self, question, value):
        return dict(value)

    def _text(self, question, value, locale):
        if "lat" not in value:
            return value["text"]
        point = f"{value['lat']}, {value['lon']}"
        return f"{value['text']} ({point})" if value.get("text") else point

    def _inputs(self, question):
        return [
            {
                "part": "text",
                "widget": "textarea",
                "rows": 3,
                "maxlength": POINT_TEXT,
            },
            {"part": "lat", "type": "hidden"},
            {"part": "lon", "type": "hidden"},
        ]

    def _crossed(self, question):
        def number(bound):
            return Decimal(str(bound))

        return bounds_crossed(question, "south", "north", number) + bounds_crossed(
            question, "west", "east", number
        )
