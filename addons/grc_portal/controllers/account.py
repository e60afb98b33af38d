from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.grc_base.const import OPEN_STATES
from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..const import MAX_ID, REQUESTS_PER_PAGE
from .common import (
    ensure_draft,
    largest_sending,
    length_errors,
    new_token,
    open_draft,
    session_hash,
    town,
    typed,
    uploaded_files,
)

_FILTERS = {
    "toutes": Domain.TRUE,
    "en-cours": Domain("state", "in", OPEN_STATES),
    "terminees": Domain("state", "not in", OPEN_STATES),
}


class GrcAccount(CustomerPortal):
    """What a citizen signed in reads of her own requests, and of no other."""

    # === HOME AND LIST === #

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "grc_request_count" in counters:
            values["grc_request_count"] = request.env["grc.request"].search_count(
                self._own_domain()
            )
        return values

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        demands = request.env["grc.request"]
        still_open = self._own_domain() & _FILTERS["en-cours"]
        return values | {
            "open_demands": demands.search(still_open, limit=3),
            "open_count": demands.search_count(still_open),
            "demand_count": demands.search_count(self._own_domain()),
        }

    def _own_domain(self):
        return Domain("partner_id", "=", request.env.user.partner_id.id)

    @route(
        ["/my/demandes", "/my/demandes/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def my_demands(self, page=1, etat="toutes", **kw):
        """List the requests of the citizen signed in.

        :param int page: from 1
        :param str etat: ``toutes``, ``en-cours`` or ``terminees``
        """
        etat = etat if etat in _FILTERS else "toutes"
        demands = request.env["grc.request"]
        domain = self._own_domain() & _FILTERS[etat]
        pages = pager(
            url="/my/demandes",
            url_args={"etat": etat},
            total=demands.search_count(domain),
            page=min(page, MAX_ID),
            step=REQUESTS_PER_PAGE,
        )
        found = demands.search(domain, limit=REQUESTS_PER_PAGE, offset=pages["offset"])
        return request.render(
            "grc_portal.my_demands",
            {
                "page_name": "grc_demands",
                # sudo: found above with the rights of the citizen; the names of
                # prestation and service are not readable otherwise
                "demands": found.sudo(),
                "pager": pages,
                "etat": etat,
                "demand_count": demands.search_count(self._own_domain()),
            },
        )

    # === ONE REQUEST === #

    @route(
        "/my/demandes/<int:demand_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def my_demand(self, demand_id, envoye=None, brouillon=None, **kw):
        """Show one request of the citizen signed in.

        :param str envoye: set when an answer has just been sent
        :param str brouillon: token of an answer being prepared
        """
        demand_sudo = self._own_demand(demand_id)
        draft = open_draft(brouillon, answered_request_id=demand_sudo)
        if brouillon and not draft:
            raise NotFound()
        if draft.sent_at:
            draft = draft.browse()
        return self._render_demand(demand_sudo, draft, is_sent=bool(envoye))

    @route(
        "/my/demandes/<int:demand_id>/repondre",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=largest_sending,
    )
    def answer(self, demand_id, **post):
        """Add what the citizen writes to the request."""
        demand_sudo = self._own_demand(demand_id)
        here = f"/my/demandes/{demand_id}"
        draft = ensure_draft(typed(post, "token"), answered_request_id=demand_sudo)
        if draft.sent_at:
            return request.redirect(f"{here}?envoye=1#echanges", code=303)
        draft.values = {"message": typed(post, "message")}
        refused = draft._keep_files(uploaded_files())
        if post.get("remove_file"):
            draft._drop_file(typed(post, "remove_file"))
        elif post.get("step") != "files":
            errors = self._answer_errors(draft)
            if not errors and not refused:
                draft._send_answer()
                return request.redirect(f"{here}?envoye=1#echanges", code=303)
            return self._render_demand(demand_sudo, draft, errors, refused)
        if refused:
            return self._render_demand(demand_sudo, draft, {}, refused)
        return request.redirect(f"{here}?brouillon={draft.token}#repondre", code=303)

    @route(
        "/my/demandes/<int:demand_id>/documents/<int:document_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def download(self, demand_id, document_id, **kw):
        """Give a document of the request to its citizen, as a file to keep."""
        demand_sudo = self._own_demand(demand_id)
        document_sudo = demand_sudo._citizen_documents().filtered(
            lambda document: document.id == document_id
        )
        if not document_sudo.attachment_id:
            raise NotFound()
        # sudo: the document was found among those the citizen may read
        binary_sudo = request.env["ir.binary"].sudo()
        stream = binary_sudo._get_stream_from(
            document_sudo.attachment_id, filename=document_sudo.name
        )
        return stream.get_response(as_attachment=True)

    # === CORE'S PAGES === #

    @route()
    def my_addresses(self, **query_params):
        """A citizen has one address: core's delivery and billing ones are a shop's."""
        return request.redirect("/my/account")

    def _get_mandatory_billing_address_fields(self, country_sudo):
        """Ask for no more than an account needs (RGPD, art. 5.1.c)."""
        return {"name", "email"}

    def _get_mandatory_delivery_address_fields(self, country_sudo):
        return {"name", "email"}

    # === HELPERS === #

    def _own_demand(self, demand_id):
        """Return the request, in sudo, when it is the citizen's.

        :raise NotFound: otherwise; nothing tells that another's request exists
        """
        if not 0 < demand_id <= MAX_ID:
            raise NotFound()
        try:
            demand_sudo = self._document_check_access("grc.request", demand_id)
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        if demand_sudo.partner_id != request.env.user.partner_id:
            raise NotFound()
        # sudo: checked above; core's check gives a record of the software's own user,
        # and the history must name the citizen. The language is that of the page.
        return (
            demand_sudo.with_user(request.env.user)
            .sudo()
            .with_context(**request.env.context)
        )

    def _answer_errors(self, draft):
        errors = length_errors(draft.values)
        if not draft.values.get("message"):
            errors["message"] = request.env._("Write your message.")
        return errors

    def _render_demand(self, demand, draft, errors=None, refused=(), is_sent=False):
        errors = dict(errors or {})
        error_list = list(errors.items()) + [("files", text) for text in refused]
        session_hash(create=True)
        return request.render(
            "grc_portal.my_demand",
            {
                "page_name": "grc_demand",
                "demand": demand,
                "service": demand.service_id,
                "messages": demand._grc_exchanges(),
                "documents": demand._citizen_documents(),
                "town": town(),
                "draft": draft,
                "token": draft.token if draft else new_token(),
                "values": draft.values if draft else {},
                "errors": errors | ({"files": list(refused)} if refused else {}),
                "error_list": error_list,
                "is_sent": is_sent,
            },
        )
