"""The trial of a form by an administrator: the citizen's pages, nothing is filed."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

from odoo.addons.grc_form.rules import filling

from ..const import MAX_ID
from .common import drafts_sudo, new_token, session_hash


class GrcFormTrial(Controller):
    @route(
        "/demarches/essai/<int:version_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def trial(self, version_id, **post):
        """Say what the trial is, then begin it on the pages of the citizens.

        :param int version_id: of a version of a form, in preparation or not
        """
        version = self._tried_version(version_id)
        if request.httprequest.method == "GET":
            return request.render(
                "grc_portal.form_trial",
                {
                    "version": version,
                    "prestation": version.prestation_id,
                    "findings": version._findings(),
                },
            )
        token = new_token()
        # sudo: nobody has rights on drafts; this one is of this session alone
        draft = drafts_sudo()._start(
            {
                "token": token,
                "session_hash": session_hash(create=True),
                "company_id": version.prestation_id.company_id.id,
                "partner_id": request.env.user.partner_id.id,
                "prestation_id": version.prestation_id.id,
                "form_version_id": version.id,
                "is_trial": True,
            }
        )
        draft._propose_known()
        return request.redirect(self._begin_url(draft), code=303)

    def _begin_url(self, draft):
        schema = draft._schema()
        first = filling.next_page(schema, draft._seen(schema))
        if not first:
            return f"/demarches/verification/{draft.token}"
        return f"/demarches/formulaire/{draft.token}/{first}"

    def _tried_version(self, version_id):
        """Return the version, with the rights of the administrator.

        :raise NotFound: for whoever does not build forms, or for another town's form
        """
        if not request.env.user.has_group("grc_base.group_grc_manager"):
            raise NotFound()
        if not 0 < version_id <= MAX_ID:
            raise NotFound()
        version = request.env["grc.form.version"].browse(version_id).exists()
        try:
            version.check_access("read")
            version.prestation_id.check_access("read")
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        if not version:
            raise NotFound()
        return version
