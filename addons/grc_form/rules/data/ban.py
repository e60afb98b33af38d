"""The national base of addresses: what an address begun may be, and where it is."""

import re
from dataclasses import dataclass

from .base import (
    Ask,
    Connector,
    DataError,
    Datum,
    Settings,
    is_canonical,
    plain,
    read_as,
)

SUGGESTED = 5
# Under it another address than the one written may have been found.
SURE_SCORE = 0.6
SHORTEST, LONGEST = 3, 200


@dataclass(frozen=True)
class Suggestion:
    """Be one address proposed to whoever types.

    ``lat`` and ``lon`` are degrees, as text, "" when the answer has none.

    Source: none (technical)
    """

    label: str
    street: str
    zip: str
    city: str
    lat: str = ""
    lon: str = ""


class Ban(Connector):
    """Be the search of addresses of the State: no token, no person.

    Source: Géoplateforme, service of geocoding (IGN), /search
    """

    code = "ban"
    base_url = "https://data.geopf.fr/geocodage"
    key = "address"
    test_key = "20 avenue de Ségur 75007 Paris"
    data = (
        Datum("address", "address"),
        Datum("commune", "commune"),
        Datum("point", "point"),
    )

    def ask(self, key: str, settings: Settings) -> Ask:
        """Return the search of an address.

        :param key: the address on one line

        Source: Géoplateforme: ``q`` from 3 to 200 characters
        """
        text = searched(key)
        if not text:
            raise DataError("not_found")
        return Ask("/search/", {"q": text, "limit": str(SUGGESTED)})

    def _values(self, answer, key):
        found = [
            one
            for one in answer["features"][:SUGGESTED]
            if _score(one["properties"]) >= SURE_SCORE
        ]
        if not found:
            raise DataError("not_found")
        told, place = found[0]["properties"], found[0].get("geometry") or {}
        raw = {"street": plain(told.get("name"), 100)}
        raw |= {"zip": plain(told.get("postcode"), 5)}
        raw |= {"city": plain(told.get("city"), 100)}
        is_street = told.get("type") in ("housenumber", "street", "locality")
        code = plain(told.get("citycode"), 5)
        return {
            "address": read_as("address", raw) if is_street else None,
            "commune": read_as("commune", {"insee": code}) if code else None,
            "point": _point(place.get("coordinates"), plain(told.get("label"), 200)),
        }

    def suggestions(self, status: int, body: bytes) -> list[Suggestion]:
        """Return the addresses that may be proposed; none when the answer is odd.

        :param status: of HTTP
        :param body: as received
        :raise DataError: saying why there is nothing

        Source: none (technical)
        """
        found = self._told_by(
            status,
            body,
            lambda answer: [
                _suggestion(one["properties"], _where(one))
                for one in answer["features"][:SUGGESTED]
            ],
        )
        return [one for one in found if one]


def searched(text: str) -> str:
    """Return the text to search, "" when the service would refuse it.

    Source: none (technical): Géoplateforme, 3 to 200 characters, first a letter or a
    digit
    """
    text = re.sub(r"^[\W_]+", "", plain(text, LONGEST))
    return text if len(text) >= SHORTEST else ""


def _score(told):
    score = told.get("score")
    return score if isinstance(score, int | float) else 0


def _where(feature):
    """Return where an address is, in the parts of a place; nothing when it is odd."""
    found = _point((feature.get("geometry") or {}).get("coordinates"), "")
    return {part: found[part] for part in ("lat", "lon")} if found else {}


def _suggestion(told, where):
    if told.get("type") not in ("housenumber", "street", "locality"):
        return None
    raw = {
        "street": plain(told.get("name"), 100),
        "zip": plain(told.get("postcode"), 5),
        "city": plain(told.get("city"), 100),
    }
    label = plain(told.get("label"), 200)
    if not label or not is_canonical("address", raw):
        return None
    return Suggestion(label, **raw, **where)


def _point(coordinates, label):
    if not isinstance(coordinates, list) or len(coordinates) != 2:
        return None
    if not all(type(one) in (int, float) for one in coordinates):
        return None
    lon, lat = (f"{one:.5f}" for one in coordinates)
    return read_as("point", {"text": label, "lat": lat, "lon": lon})
