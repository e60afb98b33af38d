from odoo.http import Controller, request, route

from odoo.addons.grc_base.const import KINDS

from ..const import MAX_ID
from .common import catalogue_sudo, published_prestation, town


def _sitemap_prestations(env, rule, qs):
    company = env["website"].get_current_website()._grc_town()
    # sudo: published prestations only, see _grc_public_domain
    for prestation in env["grc.prestation"].sudo()._grc_search(company):
        yield {"loc": f"/demarches/{prestation.website_slug}"}


class GrcCatalogue(Controller):
    @route(
        "/demarches",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=True,
    )
    def catalogue(self, q="", theme=None, public=None, **kw):
        """List the published prestations of the town.

        :param str q: words typed
        :param str theme: identifier of a theme
        :param str public: a kind of citizen
        """
        company = town()
        prestations_sudo = catalogue_sudo()
        everything = prestations_sudo._grc_search(company)
        themes = everything.theme_id.sorted()
        chosen = themes.filtered(lambda t: str(t.id) == str(theme)[: len(str(MAX_ID))])
        audience = public if public in dict(KINDS) else None
        return request.render(
            "grc_portal.catalogue",
            {
                "query": q[:200],
                "themes": themes,
                "theme": chosen,
                "audience": audience,
                "prestations": prestations_sudo._grc_search(
                    company, q[:200], chosen, audience
                ),
                "desk": company._grc_front_desk(),
            },
        )

    @route(
        "/demarches/<string:slug>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=_sitemap_prestations,
    )
    def sheet(self, slug, **kw):
        """Show the descriptive sheet of a published prestation."""
        prestation_sudo = published_prestation(slug)
        if slug != prestation_sudo.website_slug:
            return request.redirect(
                f"/demarches/{prestation_sudo.website_slug}", code=301
            )
        return request.render(
            "grc_portal.sheet",
            {
                "prestation": prestation_sudo,
                "service": prestation_sudo.service_id,
                "can_file": prestation_sudo._is_open("portal"),
                "pieces": (prestation_sudo.required_documents or "").splitlines(),
            },
        )
