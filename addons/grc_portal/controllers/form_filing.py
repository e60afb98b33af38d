"""The filing of a prestation that has a form: its pages stand in the middle."""

from odoo.http import request, route

from odoo.addons.grc_form.models.grc_form_prefill import LONGEST_URL_TEXT
from odoo.addons.grc_form.rules.schema import questions

from .common import published_prestation
from .form_pages import GrcFormPages


class GrcFormFiling(GrcFormPages):
    """Identity, then the pages of the form, then the verification and the sending."""

    @route()
    def file(self, slug, **post):
        """Keep what the address tells of the answers, then show the first page."""
        if request.httprequest.method == "GET":
            self._remember_url(published_prestation(slug), post)
        return super().file(slug, **post)

    @route()
    def review(self, token, **kw):
        """Show the whole form before sending; lead to what is not right yet."""
        draft = self._own_draft(token)
        if not draft.form_version_id:
            return super().review(token, **kw)
        if draft.request_id:
            return self._see_other(f"/demarches/confirmation/{draft.token}")
        obstacle = self._obstacle(draft)
        if obstacle:
            return obstacle
        values = self._page_values(draft)
        return self._no_store(
            request.render(
                "grc_portal.form_review",
                values
                | {
                    "values": draft.values or {},
                    "filled": draft._filled(),
                    "kinds_of_documents": draft._document_names(),
                    "edit": self._identity_url(draft),
                    "findings": draft.form_version_id._findings()
                    if draft.is_trial
                    else [],
                },
            )
        )

    @route()
    def send(self, token, **kw):
        """File the request when the form is right, whatever was shown before."""
        draft = self._own_draft(token)
        if draft.form_version_id and not draft.request_id:
            if draft.is_trial:
                return self._see_other(f"/demarches/verification/{draft.token}")
            obstacle = self._obstacle(draft)
            if obstacle:
                return obstacle
        return super().send(token, **kw)

    def _obstacle(self, draft):
        """Return the answer that leads to what keeps from sending, None otherwise."""
        if draft._follow_version():
            return self._go_to(self._first_url(draft))
        if not draft.is_trial and self._errors(draft, {}):
            return self._incomplete(draft)
        wrong = draft._wrong_page()
        if draft._stop():
            return self._go_to(f"/demarches/non-concerne/{draft.token}")
        if wrong:
            return self._go_to(f"{self._page_url(draft, wrong)}?erreurs=1")
        return None

    @route(
        "/demarches/reprise/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def resume(self, token, **kw):
        """Lead to the first page that is not finished, without a word of reproach."""
        draft = self._form_draft(token)
        draft._follow_version()
        if not draft.is_trial and self._errors(draft, {}):
            return self._go_to(self._identity_url(draft))
        wrong = draft._wrong_page()
        if wrong:
            return self._go_to(self._page_url(draft, wrong))
        return self._go_to(f"/demarches/verification/{draft.token}")

    # === THE FIRST PAGE === #

    def _after_identity(self, draft):
        if not draft.form_version_id:
            return super()._after_identity(draft)
        draft._follow_version()
        remembered = request.session.get("grc_form_url") or {}
        draft._propose_known(remembered.get(str(draft.prestation_id.id)))
        return self._first_url(draft)

    def _errors(self, draft, post):
        """Say on the first page what is wrong in it, not in the pages to come."""
        errors = super()._errors(draft, post)
        if not draft.form_version_id:
            return errors
        return {
            name: text for name, text in errors.items() if not name.startswith("form.")
        }

    def _render_form(self, prestation, token, values, draft=None, *args, **kwargs):
        response = super()._render_form(
            prestation, token, values, draft, *args, **kwargs
        )
        has_form = bool(
            draft.form_version_id if draft else prestation.published_version_id
        )
        response.qcontext["has_form"] = has_form
        return response

    def _remember_url(self, prestation, given):
        """Keep in the session what the address says for the questions that want it."""
        version = prestation.published_version_id
        if not version or not given:
            return
        names = {
            question["prefill"].partition(".")[2]
            for question in questions(version._asked(), rows=False)
            if (question.get("prefill") or "").startswith("url.")
        }
        values = {
            name: text
            for name, text in given.items()
            if name in names and isinstance(text, str) and len(text) <= LONGEST_URL_TEXT
        }
        if values:
            request.session["grc_form_url"] = {str(prestation.id): values}
