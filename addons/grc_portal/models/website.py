import base64

from odoo import api, models
from odoo.tools import file_open


class Website(models.Model):
    _inherit = "website"

    @api.model_create_multi
    def create(self, vals_list):
        websites = super().create([self._grc_site_vals() | vals for vals in vals_list])
        websites._grc_drop_core_contact()
        return websites

    def _grc_town(self):
        """Return the local authority of this website, for its public pages."""
        self.ensure_one()
        # sudo: name, address, telephone and services of a town are public
        return self.sudo().company_id

    @api.model
    def _grc_site_vals(self):
        """Return what makes a website the site of a town.

        French alone when it is there, accounts that citizens create themselves, no
        cookie beyond what the site needs.
        """
        vals = {
            "auth_signup_uninvited": "b2c",
            "cookies_bar": False,
            "auto_redirect_lang": False,
            "favicon": self._grc_favicon(),
        }
        lang = self.env["res.lang"].search([("code", "=", "fr_FR")], limit=1)
        if lang:
            vals |= {"default_lang_id": lang.id, "language_ids": [(6, 0, lang.ids)]}
        return vals

    def _grc_become_town_site(self):
        """Turn Odoo's sample site into the town's."""
        self.write(self._grc_site_vals() | {"configurator_done": True})
        for website in self.filtered(lambda site: site.name == "My Website"):
            website.name = website.company_id.name
        self._grc_drop_core_contact()

    def _grc_drop_core_contact(self):
        # The address of core's form leads to ours, which has a menu of its own. Core's
        # model of the menu stays: deleted, its next update would make it again.
        self.env["website.menu"].search(
            [("url", "=", "/contactus"), ("website_id", "in", self.ids)]
        ).unlink()

    @api.model
    def _grc_favicon(self):
        with file_open("grc_portal/static/src/img/favicon.png", "rb") as image:
            return base64.b64encode(image.read())
