"""The tiles of the map: citizens' browsers ask our server, and nobody else."""

import hashlib

from werkzeug.exceptions import (
    BadGateway,
    NotFound,
    ServiceUnavailable,
    TooManyRequests,
)

from odoo.http import Controller, request, route

from odoo.addons.grc_base.flood import Flood

from ..const import MAP_BROWSER_AGE, MAP_FLOOD, MAP_PAUSE
from ..rules import tiles
from .common import town

FLOOD = Flood(MAP_FLOOD, 60)
_REFUSALS = {
    "flood": TooManyRequests,
    "paused": ServiceUnavailable,
    "missing": NotFound,
    "unusable": BadGateway,
}


class GrcMap(Controller):
    @route(
        "/demarches/carte/<int:zoom>/<int:x>/<int:y>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        readonly=True,
    )
    def map_tile(self, zoom, x, y, commune=None, **kw):
        """Give one square of the map of the town, around its territory only.

        :param int zoom: and ``x``, ``y``: numbers of the square, see ``rules.tiles``
        :param str commune: of which town, for an agent of it; that of the site without
        """
        company = self._map_town(commune)
        area = company._grc_map_area()
        if not area or not tiles.is_served(area, zoom, x, y):
            raise NotFound()
        address = request.httprequest.remote_addr or ""
        body, why = company._grc_tile(zoom, x, y, lambda: FLOOD.allows(address))
        if not body:
            return self._refusal(why)
        kept = "private" if commune else "public"
        response = request.make_response(
            body,
            [
                ("Content-Type", tiles.image_type(body)),
                ("Cache-Control", f"{kept}, max-age={MAP_BROWSER_AGE}"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        response.set_etag(hashlib.sha256(body).hexdigest()[:32])
        return response.make_conditional(request.httprequest)

    def _map_town(self, commune):
        if not commune:
            return town()
        mine = request.env.user.company_ids
        company = mine.filtered(lambda one: str(one.id) == commune)
        if not company or not request.env.user._is_internal():
            raise NotFound()
        # sudo: an agent reads the tiles of a town that is hers, not its settings
        return company.sudo()

    def _refusal(self, why):
        """Answer without a page: the map shows a grey square."""
        status = _REFUSALS[why].code
        headers = [("Cache-Control", "no-store"), ("Retry-After", str(MAP_PAUSE))]
        return request.make_response("", headers, status=status)
