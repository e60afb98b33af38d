import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import config

from odoo.addons.grc_base.client import Unavailable, call

from ..const import (
    MAP_ATTRIBUTION,
    MAP_CACHE_AGE,
    MAP_CACHE_LIMIT,
    MAP_PAUSE,
    MAP_TEMPLATE,
    MAP_TILE_LIMIT,
    MAP_TIMEOUT,
)
from ..rules import tiles
from ..tile_cache import TileCache, key_of


class ResCompany(models.Model):
    """The map of the town: its settings, and the tiles that our server fetches."""

    _inherit = "res.company"

    grc_map_template = fields.Char(
        string="Address of the tiles",
        default=MAP_TEMPLATE,
        help="With {z}, {x} and {y} where the service expects the zoom, the column and "
        "the row. Empty: no map.",
    )
    grc_map_attribution = fields.Char(
        string="Source to name under the map", default=MAP_ATTRIBUTION
    )
    grc_map_latitude = fields.Float(
        string="Latitude of the centre",
        digits=(8, 5),
        help="In degrees, such as 48,10000: the middle of the map and of the town.",
    )
    grc_map_longitude = fields.Float(
        string="Longitude of the centre",
        digits=(8, 5),
        help="In degrees, negative to the west of Greenwich.",
    )
    grc_map_radius_km = fields.Integer(
        string="Radius of the territory (km)",
        default=6,
        help="From the centre to the farthest limit of the town. Beyond, the citizen "
        "is warned and the map is not detailed.",
    )
    grc_map_zoom = fields.Integer(
        string="Zoom at the opening",
        default=14,
        help="From 5 (a country) to 19 (a house). 14 shows a small town.",
    )

    @api.constrains("grc_map_template")
    def _check_grc_map_template(self):
        messages = {
            "written": self.env._("it holds spaces or accents, or it is too long"),
            "scheme": self.env._("it begins with https://"),
            "host": self.env._("the name of the service is written in full"),
            "places": self.env._("{z}, {x} and {y} each stand in it"),
        }
        for company in self.filtered("grc_map_template"):
            fault = tiles.template_fault(company.grc_map_template)
            if fault:
                raise ValidationError(
                    self.env._(
                        "The address of the tiles is not usable: %(why)s.",
                        why=messages[fault],
                    )
                )

    @api.constrains(
        "grc_map_latitude", "grc_map_longitude", "grc_map_radius_km", "grc_map_zoom"
    )
    def _check_grc_map_numbers(self):
        for company in self:
            if abs(company.grc_map_latitude) > 85:
                raise ValidationError(self.env._("The latitude is between -85 and 85."))
            if abs(company.grc_map_longitude) > 180:
                raise ValidationError(
                    self.env._("The longitude is between -180 and 180.")
                )
            if not 1 <= company.grc_map_radius_km <= tiles.MOST_RADIUS_KM:
                raise ValidationError(
                    self.env._(
                        "The radius of the territory is between 1 and %(most)s km.",
                        most=tiles.MOST_RADIUS_KM,
                    )
                )
            if not tiles.LEAST_ZOOM <= company.grc_map_zoom <= tiles.MOST_ZOOM:
                raise ValidationError(
                    self.env._(
                        "The zoom is between %(least)s and %(most)s.",
                        least=tiles.LEAST_ZOOM,
                        most=tiles.MOST_ZOOM,
                    )
                )

    # === WHAT A MAP NEEDS === #

    def _grc_map_area(self):
        """Return the territory, None when the town shows no map.

        :rtype: rules.tiles.Area | None
        """
        self.ensure_one()
        # Nobody lives at zero degree and zero degree: it is what is not filled in.
        if not self.grc_map_template or not (
            self.grc_map_latitude or self.grc_map_longitude
        ):
            return None
        return tiles.Area(
            self.grc_map_latitude, self.grc_map_longitude, self.grc_map_radius_km
        )

    def _grc_map(self, *, names_town=False):
        """Return what the browser needs to show the map, None without one.

        :param bool names_town: the tiles are asked from the pages of agents, whose
            site may be that of another town
        :return: ``tiles`` (address), ``ranges`` (by zoom), ``attribution``,
            ``center``, ``zoom``, ``box`` (south, west, north, east)
        :rtype: dict | None
        """
        area = self._grc_map_area()
        if not area:
            return None
        # Another service, another address: browsers keep tiles for a week.
        version = hashlib.sha256(self.grc_map_template.encode()).hexdigest()[:8]
        end = f"&commune={self.id}" if names_town else ""
        return {
            "tiles": f"/demarches/carte/{{z}}/{{x}}/{{y}}?v={version}{end}",
            "ranges": tiles.pyramid(area),
            "attribution": self.grc_map_attribution or "",
            "center": [self.grc_map_latitude, self.grc_map_longitude],
            "zoom": self.grc_map_zoom,
            "box": list(area.box()),
        }

    # === TILES === #

    def _grc_tile_cache(self):
        """Return the tiles that this server keeps for this database."""
        folder = Path(config["data_dir"]) / "grc_map" / self.env.cr.dbname
        return TileCache(folder, MAP_CACHE_LIMIT)

    def _grc_tile(self, zoom, x, y, may_ask=lambda: True):
        """Return one tile of the map of the town.

        :param int zoom: and ``x``, ``y``: a square of ``rules.tiles.is_served``
        :param may_ask: called before the service is: False forbids it
        :return: its bytes, and an empty text or why there is none: ``flood``,
            ``paused``, ``missing`` or ``unusable``
        :rtype: tuple[bytes, str]
        """
        self.ensure_one()
        url = tiles.tile_url(self.grc_map_template, zoom, x, y)
        cache, key = self._grc_tile_cache(), key_of(url)
        kept, age = cache.find(key)
        if kept and age < MAP_CACHE_AGE:
            return kept, ""
        host = urlsplit(url).netloc
        if cache.is_paused(host, MAP_PAUSE):
            return kept, "" if kept else "paused"
        if not may_ask():
            return kept, "" if kept else "flood"
        body, why = self._grc_ask_tile(url)
        if body:
            cache.keep(key, body)
            return body, ""
        if why != "missing":
            cache.pause(host)
        return kept, "" if kept else why

    @api.model
    def _grc_ask_tile(self, url):
        """Ask the service of the town for one tile.

        :return: its bytes, and why there is none
        :rtype: tuple[bytes, str]
        """
        try:
            answer = call("GET", url, timeout=MAP_TIMEOUT, limit=MAP_TILE_LIMIT)
        except Unavailable:
            return b"", "unusable"
        if answer.status == 404:
            return b"", "missing"
        is_picture = answer.content_type.partition("/")[0].strip().lower() == "image"
        if answer.is_ok and is_picture and tiles.image_type(answer.body):
            return answer.body, ""
        return b"", "unusable"

    def action_grc_test_map(self):
        """Ask for the tile of the centre and say whether it came."""
        self.ensure_one()
        self.check_access("write")
        area = self._grc_map_area()
        if not area:
            raise UserError(
                self.env._(
                    "Write the address of the tiles, the latitude and the longitude of "
                    "the centre first. Without them the forms show no map."
                )
            )
        x, y = tiles.tile_at(area.latitude, area.longitude, self.grc_map_zoom)
        url = tiles.tile_url(self.grc_map_template, self.grc_map_zoom, x, y)
        body, _why = self._grc_ask_tile(url)
        if not body:
            raise UserError(
                self.env._(
                    "The service of the map gives no picture. Check the address of the "
                    "tiles, and that this server may reach it. Meanwhile the forms "
                    "show a grey map; a description in words is enough."
                )
            )
        self._grc_tile_cache().resume(urlsplit(url).netloc)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The map answers: the forms show it."),
            },
        }
