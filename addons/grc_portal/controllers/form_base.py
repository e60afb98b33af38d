"""What the pages of a form share: their addresses, and how one is shown."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.grc_form.rules import drawing, filling

from .common import open_draft, session_hash
from .filing import GrcFiling


class GrcFormBase(GrcFiling):
    # === ADDRESSES === #

    def _form_draft(self, token):
        draft = open_draft(token)
        if not draft.form_version_id:
            raise NotFound()
        return draft

    def _page_url(self, draft, code):
        return f"/demarches/formulaire/{draft.token}/{code}"

    def _first_url(self, draft):
        return self._next_url(draft, None)

    def _next_url(self, draft, code):
        schema = draft._schema()
        following = filling.next_page(schema, draft._seen(schema), code)
        if following:
            return self._page_url(draft, following)
        return f"/demarches/verification/{draft.token}"

    def _previous_url(self, draft, code):
        schema = draft._schema()
        before = filling.previous_page(schema, draft._seen(schema), code)
        return self._page_url(draft, before) if before else self._identity_url(draft)

    def _identity_url(self, draft):
        if draft.is_trial:
            return f"/demarches/essai/{draft.form_version_id.id}"
        slug = draft.prestation_id.website_slug
        return f"/demarches/{slug}/deposer?brouillon={draft.token}"

    def _go_to(self, location):
        return request.redirect(location, code=303)

    def _no_store(self, response):
        response.headers["Cache-Control"] = "no-store"
        return response

    # === SHOWING A PAGE === #

    def _render_page(self, draft, page, raw, errors=None, new=()):
        session_hash(create=True)
        schema, errors = draft._schema(), errors or {}
        view = draft.form_version_id._page_view(
            page["code"],
            draft._answers(),
            raw,
            errors,
            schema=schema,
            partner=draft._citizen(),
            kind=(draft.values or {}).get("requester_kind"),
            files=draft._files_by_path(page, raw),
            known=draft.known_codes,
        )
        values = self._page_values(draft, page["code"])
        known, asked = draft._known_share()
        return self._no_store(
            request.render(
                "grc_portal.form_page",
                values
                | view
                | {
                    "page": page,
                    "new_questions": [
                        (drawing.first_id(path), label) for path, label in new
                    ],
                    "known_count": known,
                    "asked_count": asked,
                    "changes": draft.version_changes or [],
                },
            )
        )

    def _page_values(self, draft, code=None):
        schema = draft._schema()
        pages = filling.shown_pages(schema, draft._seen(schema))
        before = 0 if draft.is_trial or draft.is_assisted else 1
        return {
            "draft": draft,
            "token": draft.token,
            "prestation": draft.prestation_id,
            "service": draft.prestation_id.service_id,
            "town": draft.company_id,
            "step": (pages.index(code) if code in pages else 0) + before + 1,
            "steps": len(pages) + before + 1,
            "first_step": before + 1,
        }
