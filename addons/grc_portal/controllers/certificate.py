from werkzeug.exceptions import NotFound

from odoo.http import request, route

from .account import GrcAccount


class GrcCertificate(GrcAccount):
    """The certificate of implicit acceptance, at any time after the acceptance."""

    @route(
        "/my/demandes/<int:demand_id>/attestation",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def certificate(self, demand_id, **post):
        """Give the certificate of acceptance to the citizen (CRPA, art. L232-3).

        It is written when it is asked for (POST); an address kept (GET) gives what
        was written, or leads to the button.
        """
        demand_sudo = self._own_demand(demand_id)
        if not demand_sudo._can_have_certificate():
            raise NotFound()
        document_sudo = demand_sudo.implicit_certificate_id
        if not document_sudo:
            if request.httprequest.method != "POST":
                return request.redirect(
                    f"/my/demandes/{demand_id}#attestation", code=303
                )
            document_sudo = demand_sudo._implicit_certificate()
        # sudo: the document is the certificate of the citizen's own request
        binary_sudo = request.env["ir.binary"].sudo()
        stream = binary_sudo._get_stream_from(
            document_sudo.attachment_id, filename=document_sudo.name
        )
        return stream.get_response(as_attachment=True)
