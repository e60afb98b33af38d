from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class FormPreview(http.Controller):
    """What the citizen would see of a form, beside the list of its lines."""

    @http.route(
        "/grc_form/apercu/<int:version_id>", type="http", auth="user", methods=["GET"]
    )
    def preview(self, version_id, largeur="1100", **_query):
        """Render every page of a form, for those who may write it.

        :param int version_id: of a ``grc.form.version``
        :param str largeur: width of the window in pixels, only to tell them apart
        :return: the page; 404 when the form is not for the user
        """
        version = request.env["grc.form.version"].browse(version_id)
        try:
            version.check_access("write")
            pages = version._preview_pages() if version.exists() else None
        except (AccessError, MissingError):
            pages = None
        if pages is None:
            raise request.not_found()
        # A page of the back office: the templates of the citizens, not their website.
        page = request.env["ir.qweb"]._render(
            "grc_form.preview_page",
            {"version": version, "pages": pages, "width": largeur},
        )
        return request.make_response(
            f"<!DOCTYPE html>\n{page}",
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "X-Frame-Options": "SAMEORIGIN",
                "Cache-Control": "no-store",
            },
        )
