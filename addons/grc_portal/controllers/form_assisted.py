"""The form of a prestation, filled by an agent for the citizen who calls or comes."""

from werkzeug.exceptions import NotFound

from odoo.http import request, route

from .common import drafts_sudo, session_hash
from .form_filing import GrcFormFiling

_ROLES = ("grc_base.group_grc_desk", "grc_base.group_grc_agent")


class GrcFormAssisted(GrcFormFiling):
    @route(
        "/demarches/guichet/<string:token>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def desk_form(self, token, **kw):
        """Open the form of a contact that the agent is entering, in her browser.

        :param str token: given by the screen of the contact, to this agent alone
        """
        user = request.env.user
        draft = drafts_sudo().search(
            [
                ("token", "=", token),
                ("is_assisted", "=", True),
                ("partner_id", "=", user.partner_id.id),
            ],
            limit=1,
        )
        if not draft or not any(user.has_group(role) for role in _ROLES):
            raise NotFound()
        if draft.request_id:
            return self._go_to(f"/demarches/confirmation/{token}")
        draft.session_hash = session_hash(create=True)
        draft._propose_known()
        return self._go_to(self._first_url(draft))

    @route()
    def confirmation(self, token, **kw):
        """Lead the agent back to the request that she has just recorded."""
        draft = self._own_draft(token)
        if not draft.is_assisted or not draft.request_id:
            return super().confirmation(token, **kw)
        filed = draft.request_id.with_user(request.env.user)
        if filed.has_access("read"):
            return self._go_to(f"/odoo/grc.request/{filed.id}")
        return request.render("grc_portal.form_recorded", {"demand": draft.request_id})

    @route()
    def link(self, token, **kw):
        """Never give to the agent's account what she entered for a citizen."""
        if self._own_draft(token).is_assisted:
            raise NotFound()
        return super().link(token, **kw)

    def _identity_url(self, draft):
        if draft.is_assisted:
            return f"/demarches/guichet/{draft.token}"
        return super()._identity_url(draft)
