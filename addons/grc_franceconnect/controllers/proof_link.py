from odoo.http import request, route

from ..rules.proofs import MAX_LINKS
from .common import (
    LINK_OVER,
    browser_secret,
    failed,
    transactions,
)
from .proof import GrcProof

# The address of the page is a secret: no other site learns it.
_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class GrcProofLink(GrcProof):
    """Proving an account without its password, by its address on file."""

    def _mail_link(self, provider, trip, kept):
        """Send the link; the answer is the same whether there is an address or not."""
        is_too_many = kept["links"] >= MAX_LINKS
        browser = browser_secret()
        if not is_too_many:
            transactions()._begin_link(provider, browser, kept, trip["return_path"])
        kept = kept | {"links": kept["links"] + 1}
        token = self._keep(
            provider, trip["return_path"], kept, expires_at=transactions()._link_ends()
        )
        said = "trop" if is_too_many else "envoye"
        return request.redirect(f"/franceconnect/preuve/{token}?lien={said}", code=303)

    @route(
        "/franceconnect/lien/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def proof_link(self, token, **kw):
        """Ask to go on; what reads messages for their readers uses nothing up."""
        if not transactions()._waits(token, browser_secret(), "proof_link"):
            return failed(LINK_OVER)
        return request.render(
            "grc_franceconnect.proof_link_page", {"token": token}, headers=_HEADERS
        )

    @route(
        "/franceconnect/lien/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def use_proof_link(self, token, **post):
        """Open the account that the link proves, once, in the browser that asked."""
        trip = self._taken(token, "proof_link")
        user = trip and transactions()._proved_by_link(trip)
        if not user:
            return failed(LINK_OVER)
        # sudo: the provider that this browser came back from
        providers_sudo = request.env["grc.identity.provider"].sudo()
        provider = providers_sudo.browse(trip["provider_id"])
        verified = self._verified_of(trip["payload"])
        return self._enter_proved(provider, trip, verified, user)
