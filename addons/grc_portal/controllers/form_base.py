"""What the pages of a form share: their addresses, and how one is shown."""

import json

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
            lookups=draft._lookups(page),
            locked=draft._locked_answers(schema),
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
                    "map_json": self._map_json(draft, page),
                    "suggests_addresses": self._suggests_addresses(draft, page),
                },
            )
        )

    def _map_json(self, draft, page):
        """Return what the map of this page needs, nothing when it asks for no place."""
        if not self._asks(page, "point"):
            return ""
        # An agent may try or fill a form of a town that is not that of the site.
        is_agent = draft.is_trial or draft.is_assisted
        known = draft.company_id._grc_map(names_town=is_agent)
        return json.dumps(known) if known else ""

    def _suggests_addresses(self, draft, page):
        """Tell whether addresses are suggested to whoever fills this page."""
        if not (self._asks(page, "address") or self._asks(page, "point")):
            return False
        return bool(request.env["grc.data.source"]._for(draft.company_id, "ban"))

    def _asks(self, page, kind):
        return any(
            item.get("type") == kind
            for line in page["items"]
            for item in (line, *line.get("items", ()))
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
