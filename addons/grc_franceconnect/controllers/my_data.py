from odoo.http import request, route

from odoo.addons.grc_portal.controllers.common import town
from odoo.addons.portal.controllers.portal import CustomerPortal

# More exchanges than anybody has in 36 months.
_MOST = 200


class GrcMyData(CustomerPortal):
    @route(
        "/my/donnees",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def my_data(self, **kw):
        """Show a citizen what was asked of other administrations in her place."""
        consents = request.env["grc.data.consent"].search(
            [("partner_id", "=", request.env.user.partner_id.id)], limit=_MOST
        )
        return request.render(
            "grc_franceconnect.my_data_page",
            {"page_name": "grc_data", "consents": consents, "town": town()},
        )
