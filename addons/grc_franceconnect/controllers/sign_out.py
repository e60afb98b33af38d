from odoo.http import Controller, request, route

from .common import (
    FAILURES,
    browser_secret,
    name_of,
    provider_named,
    transactions,
)


class GrcSignOut(Controller):
    """Signing out here first, then at FranceConnect: the next person finds nothing."""

    @route(
        "/franceconnect/deconnexion",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def leave(self, **post):
        """Close the session here, then at the provider."""
        opened = request.session.get("grc_identity") or {}
        request.session.logout(keep_db=True)
        # sudo: the provider that this session came from
        providers_sudo = request.env["grc.identity.provider"].sudo()
        provider = providers_sudo.browse(opened.get("provider") or []).exists()
        url = ""
        if provider and opened.get("id_token"):
            secret = browser_secret(create=True)
            try:
                url = transactions()._leave_session(
                    provider, secret, opened["id_token"]
                )
            except FAILURES:
                url = ""
        if url:
            return request.redirect(url, code=303, local=False)
        return request.redirect("/franceconnect/deconnecte", code=303)

    @route(
        "/franceconnect/retour-deconnexion",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def back(self, state=None, **kw):
        """Come back from the provider: the state is checked once, nothing changes."""
        trip = transactions()._take(state, browser_secret(), ("logout",))
        suffix = f"?fin={trip['provider_id']}" if trip else ""
        return request.redirect(f"/franceconnect/deconnecte{suffix}", code=303)

    @route(
        "/franceconnect/deconnecte",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def gone(self, fin=None, **kw):
        """Say that the session is closed, and whether it is everywhere."""
        if request.session.uid:
            return request.redirect("/my", code=303)
        return request.render(
            "grc_franceconnect.signed_out_page",
            {"is_everywhere": bool(fin), "who": name_of(provider_named(fin))},
        )
