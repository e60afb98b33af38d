import time

from odoo import api, models
from odoo.http import request

from ..const import IDLE_SECONDS, LONGEST_SECONDS, SEEN_EVERY_SECONDS


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        """Close a session opened with FranceConnect that nobody uses any more.

        On a shared computer the next person must not find it open.
        """
        opened = request.session.get("grc_identity")
        if opened and request.session.uid:
            now = time.time()
            is_idle = now - opened.get("seen", 0) > IDLE_SECONDS
            if is_idle or now - opened.get("at", 0) > LONGEST_SECONDS:
                request.session.logout(keep_db=True)
                request.env = api.Environment(
                    request.env.cr, None, request.session.context
                )
            elif now - opened.get("seen", 0) > SEEN_EVERY_SECONDS:
                request.session["grc_identity"] = opened | {"seen": now}
        return super()._authenticate_explicit(auth)
