from werkzeug.exceptions import RequestEntityTooLarge

from odoo import models
from odoo.http import Response, request

from ..const import DRAIN_LIMIT


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_error_html(cls, env, code, values):
        """Answer errors with the town's page: what happened and what to do."""
        if str(code) in ("400", "403", "404", "405", "413", "415", "422"):
            values = values | {"grc_code": str(code)}
            return code, env["ir.ui.view"]._render_template(
                "grc_portal.error_page", values
            )
        return super()._get_error_html(env, code, values)

    @classmethod
    def _serve_fallback(cls):
        # Core asks the database for a file of this name; PostgreSQL has no such text.
        if "\x00" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _handle_error(cls, exception):
        if isinstance(exception, RequestEntityTooLarge) and getattr(
            request, "is_frontend", False
        ):
            return cls._grc_answer_too_large()
        return super()._handle_error(exception)

    @classmethod
    def _grc_answer_too_large(cls):
        # Core reads the form again to render its page, and fails the same way.
        request.env.cr.rollback()
        request.params = dict(request.httprequest.args)
        cls._grc_drain()
        code, html = cls._get_error_html(request.env, 413, {"status_code": 413})
        response = Response(html, status=code, content_type="text/html;charset=utf-8")
        cls._post_dispatch(response)
        return response

    @classmethod
    def _grc_drain(cls):
        """Read what is still arriving and throw it away.

        A connection closed on a browser that is still sending shows an error of the
        network instead of our page.
        """
        http_request = request.httprequest
        http_request.max_content_length = DRAIN_LIMIT
        try:
            # Reading the form writes its files on disk, never in memory.
            for upload in http_request.files.values():
                upload.close()
        except (RequestEntityTooLarge, OSError):
            return
