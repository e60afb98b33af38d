"""Suggestions of addresses: citizens' browsers ask our server, and nobody else."""

from werkzeug.exceptions import TooManyRequests

from odoo.http import Controller, request, route

from odoo.addons.grc_base.flood import Flood
from odoo.addons.grc_form.rules.data import DataError

from .common import town

# A citizen who types an address asks for it some ten times.
FLOOD = Flood(120, 60)


class GrcAddresses(Controller):
    @route(
        "/demarches/adresses",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def addresses(self, q="", **kw):
        """Suggest addresses, in JSON; none when the source is down or not in use.

        :param str q: beginning of an address
        """
        if not FLOOD.allows(request.httprequest.remote_addr or ""):
            raise TooManyRequests()
        source = request.env["grc.data.source"]._for(town(), "ban")
        found = []
        try:
            found = source._suggest(str(q)[:200]) if source else []
        except DataError:
            # Without suggestions the citizen types it all.
            found = []
        return request.make_json_response(
            found,
            headers=[
                # What is typed is her address: no cache between her and us keeps it.
                ("Cache-Control", "private, max-age=600" if found else "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
