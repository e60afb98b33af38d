from odoo.exceptions import AccessDenied
from odoo.http import request, route

from odoo.addons.grc_portal.controllers.common import typed
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..const import CERTIFIED_FIELDS
from .common import (
    EXPIRED,
    failed,
    identities,
    is_fresh,
    leave,
    provider_named,
    providers,
)

_HERE = "/my/franceconnect"


class GrcIdentityAccount(CustomerPortal):
    """What a citizen sees and does of her own identity."""

    @route(
        _HERE,
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def my_identity(self, fait=None, erreur=None, **kw):
        """Show what is certified, and by whom the account is opened."""
        return self._render_identity(
            fait if fait in ("relie", "attente", "mot-de-passe") else None,
            erreur if erreur in ("mot-de-passe", "seul") else None,
        )

    @route(
        "/franceconnect/relier",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def link(self, **post):
        """Link the account of this session, its password given again."""
        provider = provider_named(post.get("fournisseur"))
        if not provider or self._own(provider):
            return request.redirect(_HERE, code=303)
        credential = {
            "type": "password",
            "login": request.env.user.login,
            "password": post.get("password") or "",
        }
        try:
            request.env["res.users"]._login(credential, {"interactive": True})
        except AccessDenied:
            return request.redirect(f"{_HERE}?erreur=mot-de-passe", code=303)
        return leave(
            provider,
            "link",
            return_path=_HERE,
            user=request.env.user,
            prompt="login" if not provider._rules().is_franceconnect else "",
        )

    @route(
        "/franceconnect/confirmer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def confirm(self, **post):
        """Prove again, at the provider, who is there."""
        provider = provider_named(post.get("fournisseur"))
        if not provider:
            return request.redirect(_HERE, code=303)
        return leave(provider, "confirm", return_path=_HERE, user=request.env.user)

    @route(
        "/franceconnect/delier",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def end_link(self, **post):
        """End the link, when the account can still be opened otherwise."""
        user = request.env.user
        known = self._own(provider_named(post.get("fournisseur")))
        if not known:
            return request.redirect(_HERE, code=303)
        # sudo: the account of this session
        if user.sudo().is_grc_identity_only:
            return request.redirect(f"{_HERE}?erreur=seul", code=303)
        if not is_fresh():
            return failed(EXPIRED, _HERE)
        known._end("citizen")
        provider = known.provider_id
        user.sudo()._grc_notify_link(provider, is_ended=True)  # sudo: own account
        # Every session of the account is closed, this one too.
        user.sudo()._grc_close_sessions()  # sudo: own account
        request.session.logout(keep_db=True)
        return request.redirect("/franceconnect/deconnecte", code=303)

    @route(
        "/franceconnect/mot-de-passe",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def add_password(self, **post):
        """Put a password on an account that has none, its owner just identified."""
        # sudo: the account of this session
        user_sudo = request.env.user.sudo()
        if not user_sudo.is_grc_identity_only:
            return request.redirect(_HERE, code=303)
        if not is_fresh():
            return failed(EXPIRED, _HERE)
        error = user_sudo._grc_password_error(
            typed(post, "login"), post.get("new1") or "", post.get("new2") or ""
        )
        if error:
            return self._render_identity(error=error, login=typed(post, "login"))
        user_sudo._grc_add_password(typed(post, "login"), post["new1"])
        # The password is part of the seal of a session: this one stays open.
        request.session.session_token = request.env.user._compute_session_token(
            request.session.sid
        )
        return request.redirect(f"{_HERE}?fait=mot-de-passe", code=303)

    # === CORE'S PAGES === #

    def _parse_form_data(self, form_data):
        """Leave out of the form of the account what a provider certified."""
        values, extra = super()._parse_form_data(form_data)
        for name in CERTIFIED_FIELDS:
            values.pop(name, None)
        partner = request.env.user.partner_id
        if "name" in values and partner.grc_identity_level == "franceconnect":
            values["name"] = partner.name
        return values, extra

    # === HELPERS === #

    def _own(self, provider):
        """Return the identity in use of this account at ``provider``."""
        return identities().search(
            [
                ("user_id", "=", request.env.uid),
                ("provider_id", "in", provider.ids),
                ("state", "=", "active"),
            ],
            limit=1,
        )

    def _render_identity(self, done=None, error=None, login=""):
        user = request.env.user
        audience = "agents" if user._is_internal() else "citizens"
        offered = providers().filtered(lambda p: p.audience == audience)
        known = {provider: self._own(provider) for provider in offered}
        waiting = identities().search_count(
            [("user_id", "=", user.id), ("state", "=", "waiting")], limit=1
        )
        return request.render(
            "grc_franceconnect.my_identity_page",
            {
                "page_name": "grc_identity",
                "known": known,
                "partner": user.partner_id,
                # sudo: whether the account of this session has a password
                "is_only": user.sudo().is_grc_identity_only,
                "is_waiting": bool(waiting),
                "is_fresh": is_fresh(),
                "done": done,
                "error": error,
                "login": login or user.email or "",
            },
        )
