from urllib.parse import urlencode

from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo.http import request, route

from ..models.grc_identity_client_mixin import ProviderError
from ..rules import authorization, errors, recognition
from .common import (
    EXPIRED,
    FAILURES,
    OUR_PAGES,
    TAKEN,
    browser_secret,
    failed,
    identities,
    leave,
    name_of,
    provider_named,
    remember,
    transactions,
)
from .proof_link import GrcProofLink


class GrcSignIn(GrcProofLink):
    """Leaving for FranceConnect, coming back, and what may happen between."""

    @route(
        "/franceconnect/connexion",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def start(self, **post):
        """Leave for the provider.

        :param post: ``retour`` (where to come back), ``fournisseur``
        """
        back = authorization.safe_return(post.get("retour"))
        if request.session.uid:
            return request.redirect(back, code=303)
        provider = provider_named(post.get("fournisseur"))
        if not provider:
            raise NotFound()
        return leave(provider, "sign_in", return_path=back)

    @route(
        [
            "/franceconnect/connexion",
            "/franceconnect/deconnexion",
            "/franceconnect/relier",
            "/franceconnect/confirmer",
            "/franceconnect/delier",
            "/franceconnect/mot-de-passe",
        ],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def not_a_page(self, **kw):
        """Answer a form's address opened as a page with a page of the town."""
        raise MethodNotAllowed(["POST"])

    @route(
        "/franceconnect/retour",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def back(self, **query):
        """Come back from the provider, once."""
        # Odoo tries a request again when two write at once: the code was used, so
        # what it gave is kept for as long as this request lives.
        memory = request.httprequest.environ.setdefault("grc.identity", {})
        if "trip" not in memory:
            memory["trip"] = transactions()._take(query.get("state"), browser_secret())
        trip = memory["trip"]
        if not trip:
            return failed(EXPIRED)
        provider = request.env["grc.identity.provider"]._come_back_to(
            trip["provider_id"]
        )
        try:
            if "verified" not in memory:
                memory["verified"] = self._verified(provider, trip, query)
        except FAILURES as failure:
            return self._end_badly(provider, trip, failure)
        ending = getattr(self, f"_end_{trip['purpose']}")
        return ending(provider, trip, memory["verified"])

    def _verified(self, provider, trip, query):
        """Return who came back, everything verified."""
        returned = authorization.read_return(provider._rules(), query)
        if returned.error:
            page = errors.page_for(returned.error, returned.description)
            detail = f"{errors.loggable(returned.error)} {errors.incident(query)}"
            raise ProviderError(page, detail.strip())
        return provider._verify_return(
            returned.code, trip["nonce"], trip["verifier"] or "", trip["acr"] or ""
        )

    def _end_badly(self, provider, trip, failure):
        """Hook: what a trip that failed leads to."""
        return failed(failure, trip["return_path"], provider)

    # === WHAT THE TRIP WAS FOR === #

    def _end_sign_in(self, provider, trip, verified):
        decision = identities()._recognise(provider, verified)
        if decision.action == recognition.ASK_PROOF:
            return self._ask_proof(provider, trip, verified, decision)
        return self._enter(provider, trip, verified, decision)

    def _end_link(self, provider, trip, verified):
        user = request.env.user
        path = "/my/franceconnect"
        if user._is_public() or user.id != trip["user_id"]:
            return failed(EXPIRED, path)
        # sudo: an account reads its own sheet; the identity is compared, not shown
        user = user.sudo()
        decision = identities()._recognise(provider, verified, account=user)
        if decision.action == recognition.REFUSED:
            page = TAKEN if decision.reason == "sub_taken" else errors.TECHNICAL
            return failed(page, path)
        identities()._apply(decision, provider, verified, account=user)
        is_linked = decision.action in (recognition.LINK_TO, recognition.KNOWN_SUB)
        if is_linked:
            remember(provider, verified)
            user._grc_notify_link(provider)
        return request.redirect(
            f"{path}?fait={'relie' if is_linked else 'attente'}", 303
        )

    def _end_confirm(self, provider, trip, verified):
        user = request.env.user
        known = identities()._of_subject(provider, verified.sub)
        if not known or known.user_id != user or user.id != trip["user_id"]:
            return failed(TAKEN, trip["return_path"])
        known._seen(verified)
        remember(provider, verified)
        return request.redirect(trip["return_path"], code=303)

    def _end_data(self, provider, trip, verified):
        """Hook: what a trip for data does of its token, at once, while it lives."""
        user = request.env.user
        known = identities()._of_subject(provider, verified.sub)
        if not known or known.user_id != user or user.id != trip["user_id"]:
            return failed(TAKEN, trip["return_path"])
        return self._use_token(provider, trip, verified)

    def _use_token(self, provider, trip, verified):
        """Hook: call what the access token opens; it lives a minute, never stored.

        :param dict trip: ``payload`` is what was given when leaving
        """
        return request.redirect(trip["return_path"], code=303)

    # === WHAT WENT WRONG === #

    @route(
        "/franceconnect/incident",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def incident(self, motif=None, ref=None, retour=None, chez=None, **kw):
        """Say what happened and what to do; a closed list of pages."""
        page = motif if motif in (*errors.PAGES, *OUR_PAGES) else errors.UNKNOWN
        reference = ref if ref and ref.isalnum() and len(ref) == 8 else ""
        provider = provider_named(chez)
        return request.render(
            "grc_franceconnect.incident_page",
            {
                "motif": page,
                "reference": reference,
                "back": authorization.safe_return(retour),
                "way": urlencode({"redirect": authorization.safe_return(retour)}),
                "is_visitor": request.env.user._is_public(),
                "who": name_of(provider),
                "is_franceconnect": provider.kind == "franceconnect",
            },
        )
