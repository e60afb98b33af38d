from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo.http import Controller, request, route

from ..const import HONEYPOT
from .common import (
    citizen,
    ensure_draft,
    largest_sending,
    length_errors,
    new_token,
    open_draft,
    published_prestation,
    session_hash,
    town,
    typed,
    uploaded_files,
)
from .form import form_values, kinds_of, listed_errors, prefilled


class GrcFiling(Controller):
    """Form, verification, sending, confirmation: four addresses, one draft."""

    @route(
        "/demarches/<string:slug>/deposer",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        max_content_length=largest_sending,
    )
    def file(self, slug, **post):
        """Show the form, or take what was typed in it.

        :param str slug: names a published prestation
        :param post: ``qui`` (kind of citizen), ``brouillon`` (token of a draft to go
            on with), and the fields of the form
        """
        prestation_sudo = published_prestation(slug)
        if not prestation_sudo._is_open("portal"):
            return request.redirect(f"/demarches/{prestation_sudo.website_slug}")
        if request.httprequest.method == "POST":
            return self._take(prestation_sudo, post)
        if post.get("brouillon"):
            return self._go_on(prestation_sudo, post["brouillon"])
        kinds = kinds_of(prestation_sudo)
        kind = post.get("qui") if post.get("qui") in kinds else None
        if not kind and len(kinds) > 1:
            return self._ask_kind(prestation_sudo, kinds, bool(post.get("suite")))
        kind = kind or kinds[0]
        return self._render_form(prestation_sudo, new_token(), prefilled(kind))

    def _go_on(self, prestation, token):
        draft = open_draft(token, prestation_id=prestation)
        if not draft:
            raise NotFound()
        if draft.request_id:
            return self._see_other(f"/demarches/confirmation/{draft.token}")
        return self._render_form(prestation, draft.token, draft.values, draft)

    def _take(self, prestation, post):
        values = form_values(prestation, post)
        draft = ensure_draft(typed(post, "token"), prestation_id=prestation)
        if draft.request_id:
            return self._see_other(f"/demarches/confirmation/{draft.token}")
        draft.values = values
        refused = draft._keep_files(uploaded_files())
        here = f"/demarches/{prestation.website_slug}/deposer?brouillon={draft.token}"
        if post.get("remove_file"):
            draft._drop_file(typed(post, "remove_file"))
            return self._see_other(f"{here}#pieces")
        if post.get("step") == "files" and not refused:
            return self._see_other(f"{here}#pieces")
        errors = {} if post.get("step") == "files" else self._errors(draft, post)
        if errors or refused:
            return self._render_form(
                prestation, draft.token, values, draft, errors, refused
            )
        return self._see_other(self._after_identity(draft))

    def _after_identity(self, draft):
        """Return the address that follows the first page, when nothing is wrong."""
        return f"/demarches/verification/{draft.token}"

    @route(
        "/demarches/verification/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def review(self, token, **kw):
        """Show what is about to be sent, to be read again."""
        draft = self._own_draft(token)
        if draft.request_id:
            return self._see_other(f"/demarches/confirmation/{draft.token}")
        if self._errors(draft, {}):
            return self._incomplete(draft)
        response = request.render(
            "grc_portal.filing_review",
            {"draft": draft, "prestation": draft.prestation_id, "values": draft.values},
        )
        # Going back after the sending must ask us again, not show an old page.
        response.headers["Cache-Control"] = "no-store"
        return response

    @route(
        "/demarches/envoi/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def send(self, token, **kw):
        """File the request: once, however many times the button is pressed."""
        draft = self._own_draft(token)
        if not draft.request_id:
            if not draft.partner_id:
                draft.partner_id = citizen()
            if self._errors(draft, {}):
                return self._incomplete(draft)
            draft._send()
        return self._see_other(f"/demarches/confirmation/{draft.token}")

    @route(
        "/demarches/confirmation/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def confirmation(self, token, **kw):
        """Show the number of the request and what happens next."""
        draft = self._own_draft(token)
        if not draft.request_id:
            raise NotFound()
        return request.render(
            "grc_portal.filing_confirmation",
            {
                "draft": draft,
                "demand": draft.request_id,
                "service": draft.request_id.service_id,
                "is_mine": bool(citizen()) and draft.request_id.partner_id == citizen(),
                "visitor": not citizen(),
            },
        )

    @route(
        "/demarches/rattacher/<string:token>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def link(self, token, **kw):
        """Add to the account the request that this browser filed before."""
        draft = self._own_draft(token)
        demand = draft.request_id
        if not demand or (demand.partner_id and demand.partner_id != citizen()):
            raise NotFound()
        demand._grc_link_filer(request.env.user)
        return self._see_other(f"/my/demandes/{demand.id}")

    @route(
        [
            "/demarches/envoi/<string:token>",
            "/demarches/rattacher/<string:token>",
            "/my/demandes/<int:demand_id>/repondre",
        ],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def not_a_page(self, **kw):
        """Answer a form's address opened as a page with a page of the town.

        Without it, the answer is werkzeug's: bare, and in English.
        """
        raise MethodNotAllowed(["POST"])

    # === HELPERS === #

    def _own_draft(self, token):
        draft = open_draft(token)
        if not draft.prestation_id:
            raise NotFound()
        return draft

    def _incomplete(self, draft):
        return self._render_form(
            draft.prestation_id,
            draft.token,
            draft.values,
            draft,
            self._errors(draft, {}),
        )

    def _see_other(self, location):
        return request.redirect(location, code=303)

    def _ask_kind(self, prestation, kinds, is_missing):
        return request.render(
            "grc_portal.filing_kind",
            {
                "prestation": prestation,
                "kinds": kinds,
                "chosen": citizen().grc_kind if citizen() else None,
                "error_list": [("qui", request.env._("Say in whose name you ask."))]
                if is_missing
                else [],
            },
        )

    def _errors(self, draft, post):
        errors = draft._errors() | length_errors(draft.values)
        if post.get(HONEYPOT):
            # Perhaps a robot, perhaps a browser that fills everything: nothing is
            # thrown away, it is asked again.
            errors[HONEYPOT] = request.env._(
                "A field that stays empty was filled, perhaps by your browser: it "
                "has been emptied, press “Continue” again."
            )
        return errors

    def _render_form(
        self, prestation, token, values, draft=None, errors=None, refused=()
    ):
        errors = dict(errors or {})
        error_list = listed_errors(values["requester_kind"], errors, refused)
        # Made before the form is sent: two clicks at once must be one session.
        session_hash(create=True)
        response = request.render(
            "grc_portal.filing_form",
            {
                "prestation": prestation,
                "service": prestation.service_id,
                "token": token,
                "values": values,
                "draft": draft,
                "errors": errors | ({"files": list(refused)} if refused else {}),
                "error_list": error_list,
                "honeypot": HONEYPOT,
                "town": town(),
                "is_contact": prestation == town().grc_contact_prestation_id,
                "kinds": kinds_of(prestation),
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response
