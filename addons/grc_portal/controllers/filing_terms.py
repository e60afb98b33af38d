from odoo.http import Controller, request, route

from .common import catalogue_sudo, town


class GrcFilingTerms(Controller):
    @route(
        "/modalites-de-saisine",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=True,
    )
    def filing_terms(self, **kw):
        """Publish which online services there are and how they are used.

        Made from the catalogue: what is published there binds the public.

        Source: CRPA art. L112-9 al. 2, R112-9-2, R112-11-3 al. 2.
        """
        company = town()
        prestations_sudo = catalogue_sudo()._grc_search(company)
        desk = company._grc_front_desk()
        return request.render(
            "grc_portal.filing_terms_page",
            {
                "themes": prestations_sudo._grc_by_theme(),
                "services": (prestations_sudo.service_id | desk).sorted(),
                "desk": desk,
                "town": company,
            },
        )
