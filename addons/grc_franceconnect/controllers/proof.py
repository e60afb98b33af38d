import time

from odoo.exceptions import AccessDenied
from odoo.http import Controller, request, route

from odoo.addons.grc_portal.controllers.common import typed

from .. import snapshots
from ..const import PROOF_ATTEMPTS
from ..models.grc_identity_client_mixin import Verified
from ..rules import authorization, errors, recognition
from ..rules.proofs import LINK_MINUTES
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
        # The id_token, which closes the session at the provider, stays in the session.
        request.session["grc_identity_hint"] = verified.id_token
        kept = {
            "sub": verified.sub,
            "acr": verified.acr,
            "email": verified.claims.get("email"),
            "pivot": snapshots.as_snapshot(verified.pivot),
            "citizen": decision.citizen,
            "attempts": 0,
            "links": 0,
            "at": time.time(),
        }
        token = self._keep(provider, trip["return_path"], kept)
        return request.redirect(f"/franceconnect/preuve/{token}", code=303)

    def _keep(self, provider, return_path, kept, **vals):
        """Begin a proof in this browser, and return what names it."""
        token = authorization.new_state()
        transactions()._begin(
            provider,
            browser_secret(create=True),
            token,
            "proof",
            return_path=return_path,
            payload=kept,
            **vals,
        )
        return token

    def _taken(self, token, purpose):
        """Take what this browser began, once, even when Odoo tries a request again."""
        memory = request.httprequest.environ.setdefault("grc.identity", {})
        if purpose not in memory:
            memory[purpose] = transactions()._take(token, browser_secret(), (purpose,))
        return memory[purpose]

    def _verified_of(self, kept):
        """Return who came back, as it was kept; without any access token."""
        return Verified(
            sub=kept["sub"],
            acr=kept["acr"],
            claims={"email": kept["email"]},
            pivot=snapshots.as_pivot(kept["pivot"]),
            id_token=request.session.get("grc_identity_hint") or "",
        )

    @route(
        "/franceconnect/preuve/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def proof(self, token, essai=None, lien=None, **kw):
        """Ask for the password of the account that may be hers; name nothing of it."""
        return request.render(
            "grc_franceconnect.proof_page",
            {
                "token": token,
                "has_failed": bool(essai),
                "link": lien if lien in ("envoye", "trop") else "",
                "minutes": LINK_MINUTES,
            },
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
        trip = self._taken(token, "proof")
        if not trip:
            return failed(EXPIRED)
        # sudo: the provider that this browser came back from
        providers_sudo = request.env["grc.identity.provider"].sudo()
        provider = providers_sudo.browse(trip["provider_id"])
        kept = trip["payload"]
        verified = self._verified_of(kept)
        if post.get("sans_compte"):
            return self._without(provider, trip, verified)
        if post.get("par_courriel"):
            return self._mail_link(provider, trip, kept)
        user = self._proved(kept["citizen"], post)
        if user:
            return self._enter_proved(provider, trip, verified, user)
        return self._try_again(provider, trip, verified, kept)

    def _without(self, provider, trip, verified):
        """Go on without the account: a new one, and an agent decides."""
        decision = identities()._recognise(provider, verified, is_declined=True)
        return self._enter(provider, trip, verified, decision)

    def _mail_link(self, provider, trip, kept):
        """Hook: send a link to the address on file."""
        raise NotImplementedError()

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
        transactions()._forget_proofs(browser_secret())
        answer = open_session(provider, user, verified, trip["return_path"])
        if opened := request.session.get("grc_identity"):
            # The provider was left some time ago: that is when it said who is there.
            request.session["grc_identity"] = opened | {"fresh": trip["payload"]["at"]}
        return answer

    def _try_again(self, provider, trip, verified, kept):
        attempts = kept["attempts"] + 1
        if attempts >= PROOF_ATTEMPTS:
            return self._without(provider, trip, verified)
        kept = kept | {"attempts": attempts}
        # What waits for a link lasts as long as the link.
        lasts = {"expires_at": trip["expires_at"]} if kept["links"] else {}
        token = self._keep(provider, trip["return_path"], kept, **lasts)
        return request.redirect(f"/franceconnect/preuve/{token}?essai=1", code=303)
