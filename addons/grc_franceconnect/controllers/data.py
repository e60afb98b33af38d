"""Asking another administration, with the consent of the citizen who fills a form."""

from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.grc_form.rules.data import DataError
from odoo.addons.grc_portal.controllers.common import citizen, open_draft, typed
from odoo.addons.grc_portal.controllers.form_pages import GrcFormPages

from ..const import OUTCOME_OF
from ..models.grc_data_source import OtherPeople
from ..rules import errors
from .common import EXPIRED, failed, identities, leave, remember
from .data_panels import data_panel, is_linked
from .sign_in import GrcSignIn

_VERBS = {
    "data": "_ask_data",
    "refuse-data": "_refuse_data",
    "drop-data": "_drop_data",
}


def consents():
    # sudo: nobody writes them but our own methods, for the citizen of this session
    return request.env["grc.data.consent"].sudo()


class GrcDataPages(GrcFormPages):
    """The panel of a page that another administration can answer."""

    def _render_page(self, draft, page, raw, errors=None, new=()):
        response = super()._render_page(draft, page, raw, errors, new)
        panels = self._data_panels(draft, page)
        response.qcontext["data_panels"] = panels
        response.qcontext["error_list"] = [
            (panel["first_id"], panel["error"]) for panel in panels if panel["error"]
        ] + (response.qcontext.get("error_list") or [])
        return response

    def _data_panels(self, draft, page):
        kind = (draft.values or {}).get("requester_kind") or "person"
        if draft.is_assisted or kind != "person":
            return []
        wanted = draft._token_wanted()
        panels = [
            data_panel(draft, page, connector, wanted[connector])
            for connector in wanted
            if draft._token_items(page, connector)
        ]
        return [panel for panel in panels if panel]

    def _take_page(self, draft, page, post):
        """Keep the page as it is, then do what the button of a panel asks."""
        verb, _colon, connector = typed(post, "do").partition(":")
        wanted = draft._token_wanted() if verb in _VERBS else {}
        if connector not in wanted or draft.is_assisted or draft.is_trial:
            return super()._take_page(draft, page, post)
        answer = super()._take_page(draft, page, post | {"do": "files:"})
        if answer.status_code != 303:
            return answer
        act = getattr(self, _VERBS[verb])
        return act(draft, page, connector, wanted[connector]["codes"])

    def _ask_data(self, draft, page, connector, codes):
        """Keep the consent, then leave for FranceConnect with the rights it wants."""
        here = self._page_url(draft, page["code"])
        source = request.env["grc.data.source"]._for(draft.company_id, connector)
        provider = source and source._franceconnect()
        if not provider:
            return self._go_to(here)
        back = f"{here}?donnees={connector}"
        user = request.env.user
        if user._is_public():
            return leave(provider, "sign_in", return_path=back)
        if not is_linked(provider):
            return self._go_to("/my/franceconnect")
        ticked = {
            text.removeprefix(f"{connector}.")
            for text in request.httprequest.form.getlist("datum")
            if text.startswith(f"{connector}.")
        }
        chosen = [code for code in codes if code in ticked]
        if not chosen:
            return self._go_to(f"{here}?choisir={connector}")
        if not draft.partner_id:
            draft.partner_id = citizen()
        consent = consents()._answer(draft, source, chosen, user)
        answer = leave(
            provider,
            "data",
            return_path=back,
            draft_token=draft.token,
            user=user,
            scopes=source._scopes_for(chosen),
            payload={"consent": consent.id},
        )
        if "/franceconnect/incident" not in answer.location:
            return answer
        # She has not left: the page says that nothing was asked.
        consent._ended("unavailable", is_called=False)
        draft._keep_token_data(consent, "unavailable")
        return self._go_to(back)

    def _refuse_data(self, draft, page, connector, codes):
        source = request.env["grc.data.source"]._for(draft.company_id, connector)
        consent = consents()
        if source and not request.env.user._is_public():
            user = request.env.user
            consent = consents()._answer(draft, source, codes, user, state="refused")
        draft._decline_token_data(connector, consent)
        return self._go_to(self._at(draft, page, f"grc-data-{connector}"))

    def _drop_data(self, draft, page, connector, codes):
        draft._drop_token_data(connector)
        return self._go_to(self._at(draft, page, f"grc-data-{connector}"))


class GrcDataReturn(GrcSignIn):
    """Coming back from FranceConnect with what opens a file, for a minute."""

    def _use_token(self, provider, trip, verified):
        draft, consent = self._asked(trip)
        if not consent:
            return failed(EXPIRED, trip["return_path"])
        # Odoo may try this request again: the service is called once all the same.
        memory = request.httprequest.environ["grc.identity"]
        if "told" not in memory:
            try:
                memory["told"] = self._told(provider, consent, verified)
            except AccessError:
                return failed(EXPIRED, trip["return_path"])
        outcome, values = memory["told"]
        consent._ended(outcome)
        draft._keep_token_data(consent, outcome, values)
        remember(provider, verified)
        return request.redirect(trip["return_path"], code=303)

    def _asked(self, trip):
        """Return the form and the consent that this trip was for, empty otherwise."""
        draft = open_draft(trip["draft_token"] or "")
        number = (trip["payload"] or {}).get("consent")
        consent = consents().browse(number or []).exists()
        is_hers = consent.user_id == request.env.user and consent.draft_id == draft
        return draft, consent if draft and is_hers else consents()

    def _told(self, provider, consent, verified):
        """Call the service and return what came, with the values agreed to."""
        pivot = verified.pivot
        if not pivot.family_name and not pivot.given_names:
            pivot = identities()._of_subject(provider, verified.sub)._pivot()
        source = consent.source_id
        try:
            values = source._fetch_consented(consent, verified.access_token, pivot)
        except DataError as error:
            if error.code == "misconfigured":
                source._tell_administrators()
            return OUTCOME_OF[error.code], {}
        except OtherPeople:
            return "other_people", {}
        return "obtained" if values else "not_found", values

    def _end_badly(self, provider, trip, failure):
        """Show on the page of the form that nothing was asked: she fills it in."""
        answer = super()._end_badly(provider, trip, failure)
        if trip["purpose"] != "data":
            return answer
        draft, consent = self._asked(trip)
        if not consent:
            return answer
        has_left = getattr(failure, "page", "") in (errors.GAVE_UP,)
        outcome = "left" if has_left else "unavailable"
        consent._ended(outcome, is_called=False)
        draft._keep_token_data(consent, outcome)
        return request.redirect(trip["return_path"], code=303)
