from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..const import MAX_ID, MOST_ASKED
from ..rules import search


class GrcPrestation(models.Model):
    _inherit = "grc.prestation"

    website_slug = fields.Char(
        compute="_compute_website_slug", help="The end of the address of its page."
    )

    @api.depends("name")
    def _compute_website_slug(self):
        slug = self.env["ir.http"]._slug
        for prestation in self:
            prestation.website_slug = slug(prestation) if prestation.id else False

    def _form_url(self):
        return f"{super()._form_url()}/demarches/{self.website_slug}"

    @api.model
    def _grc_public_domain(self, company):
        """Return what the public may see of the catalogue of ``company``."""
        return Domain("company_id", "=", company.id) & Domain("state", "=", "published")

    @api.model
    def _grc_from_slug(self, slug, company):
        """Return the published prestation of ``company`` that ``slug`` names.

        :param str slug: the end of an address, as received: forged perhaps
        :return: empty when there is none that the public may see
        :rtype: grc.prestation
        """
        prestation_id = self.env["ir.http"]._unslug(slug)[1] or 0
        if not 0 < prestation_id <= MAX_ID:
            return self.browse()
        domain = self._grc_public_domain(company) & Domain("id", "=", prestation_id)
        return self.search(domain, limit=1)

    @api.model
    def _grc_search(self, company, query="", theme=None, audience=None):
        """Return the published prestations that answer the filters.

        :param str query: words typed, in any order
        :param grc.theme theme: only of this theme
        :param str audience: a kind of citizen (``person``, ``company``…)
        :rtype: grc.prestation
        """
        domain = self._grc_public_domain(company)
        if theme:
            domain &= Domain("theme_id", "=", theme.id)
        if audience:
            domain &= Domain(f"for_{audience}", "=", True)
        prestations = self.search(domain)
        if not query.strip():
            return prestations
        scores = {
            prestation: search.score(
                query,
                (
                    f"{prestation.name} {prestation.theme_id.name}",
                    prestation.summary or "",
                    tools.html2plaintext(prestation.description or ""),
                ),
            )
            for prestation in prestations
        }
        return prestations.filtered(lambda p: scores[p]).sorted(
            lambda p: scores[p], reverse=True
        )

    @api.model
    def _grc_most_asked(self, company):
        """Return the prestations of ``company`` most asked in the last year."""
        today = fields.Date.context_today(self)
        found = self.browse(self._grc_most_asked_ids(company.id, today.isoformat()))
        published = found.exists().filtered_domain(self._grc_public_domain(company))
        others = self.search(self._grc_public_domain(company), limit=2 * MOST_ASKED)
        contact = company.grc_contact_prestation_id
        return (published | others - contact)[:MOST_ASKED]

    @api.model
    @tools.ormcache("company_id", "day")
    def _grc_most_asked_ids(self, company_id, day):
        # Counted once a day: the home page of a large town must not count a
        # million requests at each visit.
        since = fields.Date.subtract(fields.Date.to_date(day), years=1)
        domain = [
            ("company_id", "=", company_id),
            ("received_at", ">=", since),
            ("prestation_id.state", "=", "published"),
        ]
        groups = self.env["grc.request"]._read_group(
            domain, ["prestation_id"], ["__count"], order="__count desc", limit=12
        )
        contact = self.env["res.company"].browse(company_id).grc_contact_prestation_id
        return tuple(p.id for p, _count in groups if p and p != contact)
