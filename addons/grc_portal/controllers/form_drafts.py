"""The forms that a citizen signed in has begun: list, go on, delete; her filed form."""

from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.grc_form.rules import snapshot

from ..const import MAX_ID
from .account import GrcAccount
from .common import drafts_sudo, session_hash

# More than anybody begins and leaves.
_MOST_DRAFTS = 50


class GrcFormDrafts(GrcAccount):
    # === BEGUN FORMS === #

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        return values | {"begun_count": drafts_sudo().search_count(self._begun())}

    def _begun(self):
        return Domain(
            [
                ("partner_id", "=", request.env.user.partner_id.id),
                ("form_version_id", "!=", False),
                ("request_id", "=", False),
                ("sent_at", "=", False),
                ("is_trial", "=", False),
                ("is_assisted", "=", False),
            ]
        )

    @route(
        "/my/brouillons",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def my_drafts(self, supprime=None, **kw):
        """List the forms begun and not sent.

        :param str supprime: set when one has just been deleted
        """
        drafts = drafts_sudo().search(
            self._begun(), order="write_date desc", limit=_MOST_DRAFTS
        )
        return request.render(
            "grc_portal.my_drafts",
            {
                "page_name": "grc_drafts",
                "drafts": drafts,
                "is_deleted": bool(supprime),
            },
        )

    @route(
        "/my/brouillons/<int:draft_id>/reprendre",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def resume_draft(self, draft_id, **kw):
        """Go on with a form begun, in this browser from now on."""
        draft = self._own_begun(draft_id)
        draft.session_hash = session_hash(create=True)
        return request.redirect(f"/demarches/reprise/{draft.token}", code=303)

    @route(
        "/my/brouillons/<int:draft_id>/supprimer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def delete_draft(self, draft_id, **kw):
        """Forget a form begun, with its files."""
        draft = self._own_begun(draft_id)
        draft.attachment_ids.unlink()
        draft.unlink()
        return request.redirect("/my/brouillons?supprime=1", code=303)

    @route(
        [
            "/my/brouillons/<int:draft_id>/reprendre",
            "/my/brouillons/<int:draft_id>/supprimer",
        ],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def draft_is_not_a_page(self, **kw):
        """Answer a button's address opened as a page with a page of the town."""
        raise MethodNotAllowed(["POST"])

    def _own_begun(self, draft_id):
        if not 0 < draft_id <= MAX_ID:
            raise NotFound()
        draft = drafts_sudo().search(
            self._begun() & Domain("id", "=", draft_id), limit=1
        )
        if not draft:
            raise NotFound()
        return draft

    # === HER FORM, ONCE FILED === #

    def _render_demand(self, demand, draft, *args, **kwargs):
        """Add the form as the citizen filled it: all of it is hers to read."""
        response = super()._render_demand(demand, draft, *args, **kwargs)
        filled = demand._filled_form(whole=True)
        codes = {piece["document"] for piece in snapshot.pieces(filled)}
        kinds = demand.form_version_id._document_types(codes) if codes else {}
        response.qcontext |= {
            "filled": filled,
            "kinds_of_documents": {code: kind.name for code, kind in kinds.items()},
            "documents_by_hash": demand._citizen_documents()._by_hash(),
        }
        return response
