"""Tiles of a map: the squares that a town needs, and where they are asked for.

Squares are those that every web map numbers: ``zoom``, ``x`` to the east, ``y`` to the
south, in the projection of Mercator on a sphere.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LEAST_ZOOM, MOST_ZOOM = 5, 19
# From this zoom on, the box is that of the town; below, it doubles at each level.
TOWN_ZOOM = 12
# Squares around the box, so that its edge has a background too.
MARGIN = 2
MOST_RADIUS_KM = 100
_MOST_LATITUDE = 85.0511
_KM_PER_DEGREE = 111.32
_MOST_TEMPLATE = 500
_PLACES = ("{z}", "{x}", "{y}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_WRITTEN = re.compile(r"[!-~]+")
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


@dataclass(frozen=True)
class Area:
    """The territory, as a map needs to know it: degrees and kilometres."""

    latitude: float
    longitude: float
    radius_km: float

    def box(self, times: float = 1) -> tuple[float, float, float, float]:
        """Return south, west, north and east of the square around the territory.

        :param times: by how much the radius is multiplied

        Source: none (technical)
        """
        high = self.radius_km * times / _KM_PER_DEGREE
        wide = high / max(math.cos(math.radians(self.latitude)), 0.01)
        return (
            max(self.latitude - high, -_MOST_LATITUDE),
            max(self.longitude - wide, -180.0),
            min(self.latitude + high, _MOST_LATITUDE),
            min(self.longitude + wide, 180.0),
        )


def tile_at(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Return ``x`` and ``y`` of the square that holds a point, in degrees.

    Source: none (technical); OGC 17-083r4, annex D (WebMercatorQuad)
    """
    count = 2**zoom
    latitude = math.radians(max(-_MOST_LATITUDE, min(_MOST_LATITUDE, latitude)))
    across = (longitude + 180) / 360 * count
    down = (1 - math.asinh(math.tan(latitude)) / math.pi) / 2 * count
    last = count - 1
    return (max(0, min(last, int(across))), max(0, min(last, int(down))))


def tile_range(area: Area, zoom: int) -> tuple[int, int, int, int]:
    """Return the first ``x`` and ``y`` and the last ones that the town may need.

    Source: none (technical)
    """
    south, west, north, east = area.box(2 ** max(0, TOWN_ZOOM - zoom))
    first, last = tile_at(north, west, zoom), tile_at(south, east, zoom)
    most = 2**zoom - 1
    return (
        max(0, first[0] - MARGIN),
        max(0, first[1] - MARGIN),
        min(most, last[0] + MARGIN),
        min(most, last[1] + MARGIN),
    )


def pyramid(area: Area) -> dict[str, list[int]]:
    """Return the squares of every zoom, as a browser reads them (JSON).

    Source: none (technical)
    """
    zooms = range(LEAST_ZOOM, MOST_ZOOM + 1)
    return {str(zoom): list(tile_range(area, zoom)) for zoom in zooms}


def is_served(area: Area, zoom: int, x: int, y: int) -> bool:
    """Tell whether a square is one that the town may need.

    Source: none (technical)
    """
    if not LEAST_ZOOM <= zoom <= MOST_ZOOM:
        return False
    west, north, east, south = tile_range(area, zoom)
    return west <= x <= east and north <= y <= south


# === WHERE THEY ARE ASKED FOR === #


def template_fault(template: str) -> str:
    """Return what is wrong with an address of tiles, empty when it is sound.

    The host stands in it as it is: nothing that a browser sends may change it.

    :return: ``written``, ``scheme``, ``host`` or ``places``

    Source: none (technical); OWASP ASVS 4.0.3, 12.6.1 (no open proxy)
    """
    if len(template) > _MOST_TEMPLATE or not _WRITTEN.fullmatch(template):
        return "written"
    try:
        parts = urlsplit(template)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "host"
    if parts.scheme not in ("https", "http"):
        return "scheme"
    if parts.scheme == "http" and host not in _LOOPBACK:
        return "scheme"
    if not host or "@" in parts.netloc or set("{}\\") & set(parts.netloc):
        return "host"
    bare = template
    for place in _PLACES:
        bare = bare.replace(place, "")
    has_all = all(place in template for place in _PLACES)
    return "" if has_all and not set("{}#\\") & set(bare) else "places"


def tile_url(template: str, zoom: int, x: int, y: int) -> str:
    """Return the address of a square at the service of the town.

    Source: none (technical)
    """
    values: Mapping = {"{z}": zoom, "{x}": x, "{y}": y}
    return re.sub(r"\{[zxy]\}", lambda found: str(int(values[found[0]])), template)


def image_type(body: bytes) -> str:
    """Return the media type of a picture by its first bytes, empty for anything else.

    Source: none (technical); WHATWG MIME Sniffing, 6.1
    """
    for start, kind in _IMAGES:
        if body.startswith(start):
            return kind
    is_webp = body[:4] == b"RIFF" and body[8:12] == b"WEBP"
    return "image/webp" if is_webp else ""
