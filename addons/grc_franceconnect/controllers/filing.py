from odoo.http import request, route

from odoo.addons.grc_portal.controllers.common import open_draft, typed
from odoo.addons.grc_portal.controllers.filing import GrcFiling
from odoo.addons.grc_portal.controllers.form import prefilled

from .common import leave, provider_named


class GrcIdentityFiling(GrcFiling):
    """Signing in in the middle of a form: what was typed is kept, and found back."""

    @route()
    def file(self, slug, **post):
        """Keep the draft, then leave for the provider, when that button is pressed."""
        if request.httprequest.method != "POST" or post.get("step") != "franceconnect":
            return super().file(slug, **post)
        provider = provider_named(post.get("fournisseur"))
        answer = super().file(slug, **(post | {"step": "files"}))
        if not provider or answer.status_code != 303 or request.session.uid:
            return answer
        draft = open_draft(typed(post, "token"))
        if not draft.prestation_id:
            return answer
        here = f"/demarches/{draft.prestation_id.website_slug}/deposer"
        return leave(provider, "sign_in", return_path=f"{here}?brouillon={draft.token}")

    def _render_form(self, prestation, token, values, draft=None, *args, **kwargs):
        """Fill what is still empty of a draft with what the account holds."""
        is_new_here = draft and not draft.partner_id and not draft.request_id
        if is_new_here and not request.env.user._is_public():
            known = prefilled(values.get("requester_kind") or "person")
            values = known | {name: text for name, text in values.items() if text}
        return super()._render_form(prestation, token, values, draft, *args, **kwargs)
