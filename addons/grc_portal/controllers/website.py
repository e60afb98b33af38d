from werkzeug.exceptions import NotFound

from odoo.http import request, route
from odoo.tools.translate import get_translation

from odoo.addons.website.controllers.main import Website

from .common import catalogue_sudo, town


class TownWebsite(Website):
    @route()
    def web_login(self, *args, **kw):
        """Say what was wrong in the words of the form, not of a user name."""
        response = super().web_login(*args, **kw)
        values = getattr(response, "qcontext", None) or {}
        core_message = get_translation(
            "web", request.env.lang or "en_US", "Wrong login/password", ()
        )
        if values.get("error") == core_message:
            values["error"] = request.env._(
                "The e-mail address or the password is not right."
            )
        return response

    @route()
    def index(self, **kw):
        """Serve the town's home page.

        A town that prefers a page of its own names it in the settings of the
        website (its home page), and core serves that one.
        """
        homepage_url = request.website._get_cached("homepage_url")
        if homepage_url and homepage_url != "/":
            return super().index(**kw)
        company = town()
        prestations_sudo = catalogue_sudo()
        published = prestations_sudo._grc_search(company)
        return request.render(
            "grc_portal.home",
            {
                "themes": published.theme_id.sorted(),
                "most_asked": prestations_sudo._grc_most_asked(company),
                "desk": company._grc_front_desk(),
            },
        )

    @route(
        "/contact",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=True,
    )
    def contact(self, **kw):
        """Lead whoever has a question to the form that files it.

        Without such a prestation, the page gives the address and the telephone.
        """
        prestation_sudo = town().grc_contact_prestation_id
        if prestation_sudo and prestation_sudo._is_open("portal"):
            return request.redirect(
                f"/demarches/{prestation_sudo.website_slug}/deposer"
            )
        return request.render(
            "grc_portal.contact_page", {"desk": town()._grc_front_desk()}
        )

    @route(
        ["/contactus", "/contactus-thank-you"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def core_contact(self, **kw):
        """Replace core's contact form: what it sends is not a saisine.

        Source: CRPA art. L112-8.
        """
        return request.redirect("/contact")

    @route(
        "/<any('accessibilite','mentions-legales','donnees-personnelles'):page>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=True,
    )
    def legal_page(self, page, **kw):
        """Show one of the pages that the law wants on every public site."""
        template = {
            "accessibilite": "grc_portal.accessibility_page",
            "mentions-legales": "grc_portal.legal_notice_page",
            "donnees-personnelles": "grc_portal.personal_data_page",
        }.get(page)
        if not template:
            raise NotFound()
        company = town()
        return request.render(
            template, {"desk": company._grc_front_desk(), "town": company}
        )
