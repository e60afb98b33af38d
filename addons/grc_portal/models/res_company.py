from odoo import fields, models
from odoo.tools import get_lang

from odoo.addons.grc_base.days import day_in_full


class ResCompany(models.Model):
    _inherit = "res.company"

    grc_dpo_contact = fields.Char(
        string="Data protection officer",
        help="How citizens reach the officer: an e-mail or a postal address. Shown "
        "under each form and on the page about personal data.",
    )
    grc_publication_director = fields.Char(
        string="Director of publication",
        help="Name and office, shown in the legal notice (LCEN, art. 1-1).",
    )
    grc_hosting_company = fields.Char(
        string="Host of the site",
        help="Name, address and telephone, shown in the legal notice (LCEN, art. 1-1).",
    )

    def write(self, vals):
        """Keep the name of a site that bears the name of its town."""
        # sudo: whoever names the town names its site, without editing websites
        sites_sudo = self.env["website"].sudo()
        if "name" in vals:
            sites_sudo = sites_sudo.search([("company_id", "in", self.ids)]).filtered(
                lambda site: site.name == site.company_id.name
            )
        result = super().write(vals)
        if sites_sudo:
            sites_sudo.name = vals["name"]
        return result

    def _grc_lang(self):
        return get_lang(self.env).code

    def _grc_format_day(self, day):
        """Return ``day`` in full (« mardi 15 septembre 2026 »).

        :param date day: civil day of the town
        :rtype: str
        """
        return day_in_full(self.env, day)

    def _grc_front_desk(self):
        """Return the service that receives the public of this town."""
        self.ensure_one()
        return self.env["grc.service"]._front_desk(self)

    def _grc_dpo(self):
        """Return how to reach the data protection officer, in words."""
        self.ensure_one()
        if self.grc_dpo_contact:
            return self.grc_dpo_contact
        return self.env._(
            "by letter to the data protection officer, %(town)s, %(address)s",
            town=self.name,
            address=self._grc_front_desk()._postal_address()
            if self._grc_front_desk()
            else " ".join(filter(None, (self.street, self.zip, self.city))),
        )
