from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from .common import town


class GrcVerification(Controller):
    @route(
        "/verifier/<string:number>/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def verify(self, number, code, **kw):
        """Confirm an acknowledgement to whoever holds it, naming nobody.

        A wrong number, a wrong code and those of another town are the same page
        that does not exist.

        :param str number: number of the request, as printed
        :param str code: code printed with the QR code
        """
        # sudo: the code printed on the document opens this page; nothing personal
        # stands on it
        acknowledgement_sudo = (
            request.env["grc.acknowledgement"]
            .sudo()
            ._verify_document(town(), number, code)
        )
        if not acknowledgement_sudo:
            raise NotFound()
        response = request.render(
            "grc_portal.verification", acknowledgement_sudo._verification_values()
        )
        # The address is a secret of whoever holds the document.
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response
