from odoo.exceptions import AccessDenied
from odoo.http import Controller, request, route

from odoo.addons.grc_portal.controllers.common import typed

from .. import snapshots
from ..const import PROOF_ATTEMPTS
from ..models.grc_identity_client_mixin import Verified
from ..rules import authorization, errors, recognition
from .common import (
    EXPIRED,
    UNKNOWN_AGENT,
    browser_secret,
    failed,
    identities,
    open_session,
    transactions,
)


class GrcProof(Controller):
    """Entering, or first proving the account that may be hers."""

    def _enter(self, provider, trip, verified, decision):
        path = trip["return_path"]
        if decision.action == recognition.REFUSED:
            page = errors.TECHNICAL
            if decision.reason == "account_closed":
                page = errors.NOT_RECOGNISED
            return failed(page, path)
        is_new = decision.action != recognition.KNOWN_SUB
        if provider.audience == "agents" and is_new:
            return failed(UNKNOWN_AGENT, path)
        user = identities()._apply(decision, provider, verified)
        return open_session(provider, user, verified, path)

    def _ask_proof(self, provider, trip, verified, decision):
        """Keep who came back, and ask for the proof of the account that exists."""
        token = authorization.new_state()
        transactions()._begin(
            provider,
            browser_secret(create=True),
            token,
            "proof",
            return_path=trip["return_path"],
            payload=self._kept(verified, decision.citizen),
        )
        return request.redirect(f"/franceconnect/preuve/{token}", code=303)

    def _kept(self, verified, citizen, attempts=0):
        return {
            "sub": verified.sub,
            "acr": verified.acr,
            "email": verified.claims.get("email"),
            "pivot": snapshots.as_snapshot(verified.pivot),
            "citizen": citizen,
            "attempts": attempts,
        }

    @route(
        "/franceconnect/preuve/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def proof(self, token, essai=None, **kw):
        """Ask for the password of the account that may be hers; name nothing of it."""
        return request.render(
            "grc_franceconnect.proof_page",
            {"token": token, "has_failed": bool(essai)},
            headers={"Cache-Control": "no-store"},
        )

    @route(
        "/franceconnect/preuve/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def prove(self, token, **post):
        """Check the proof given, five times at most, or do without."""
        trip = transactions()._take(token, browser_secret(), ("proof",))
        if not trip:
            return failed(EXPIRED)
        # sudo: the provider that this browser came back from
        providers_sudo = request.env["grc.identity.provider"].sudo()
        provider = providers_sudo.browse(trip["provider_id"])
        kept = trip["payload"]
        verified = Verified(
            sub=kept["sub"],
            acr=kept["acr"],
            claims={"email": kept["email"]},
            pivot=snapshots.as_pivot(kept["pivot"]),
        )
        if post.get("sans_compte"):
            decision = identities()._recognise(provider, verified, is_declined=True)
            return self._enter(provider, trip, verified, decision)
        user = self._proved(kept["citizen"], post)
        if user:
            return self._enter_proved(provider, trip, verified, user)
        return self._try_again(provider, trip, verified, kept)

    def _proved(self, citizen, post):
        """Return the account of ``citizen`` when its password was given, or nothing."""
        credential = {
            "type": "password",
            "login": typed(post, "login"),
            "password": post.get("password") or "",
        }
        try:
            auth = request.env["res.users"]._login(credential, {"interactive": True})
        except AccessDenied:
            return None
        # sudo: the password of this account was just given
        user_sudo = request.env["res.users"].sudo().browse(auth["uid"])
        return user_sudo if user_sudo.partner_id.id == citizen else None

    def _enter_proved(self, provider, trip, verified, user):
        decision = identities()._recognise(provider, verified, account=user)
        if decision.action == recognition.REFUSED:
            return failed(errors.TECHNICAL, trip["return_path"])
        identities()._apply(decision, provider, verified, account=user)
        if decision.action == recognition.LINK_TO:
            user._grc_notify_link(provider)
        return open_session(provider, user, verified, trip["return_path"])

    def _try_again(self, provider, trip, verified, kept):
        attempts = kept["attempts"] + 1
        if attempts >= PROOF_ATTEMPTS:
            decision = identities()._recognise(provider, verified, is_declined=True)
            return self._enter(provider, trip, verified, decision)
        token = authorization.new_state()
        transactions()._begin(
            provider,
            browser_secret(),
            token,
            "proof",
            return_path=trip["return_path"],
            payload=self._kept(verified, kept["citizen"], attempts),
        )
        return request.redirect(f"/franceconnect/preuve/{token}?essai=1", code=303)
