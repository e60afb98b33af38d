from odoo import api, models


class ResCountry(models.Model):
    """The countries that a citizen may live in, for the form of the website."""

    _inherit = "res.country"

    @api.model
    def _grc_choices(self):
        """Return ``[(code, name)]`` in the order of the names, France left out.

        :rtype: list[tuple[str, str]]
        """
        # sudo: a visitor chooses a country, and reads nothing else of it
        countries_sudo = self.sudo().search([("code", "not in", (False, "FR"))])
        return sorted(
            ((country.code, country.name) for country in countries_sudo),
            key=lambda choice: choice[1],
        )

    @api.model
    def _grc_name(self, code):
        """Return the name of a country, empty for France or an unknown one.

        :param str code: ISO 3166-1 alpha-2
        :rtype: str
        """
        return dict(self._grc_choices()).get(code, "") if code else ""


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _grc_country_code(self):
        """Return the country of the citizen as the form has it: empty for France.

        :rtype: str
        """
        # sudo: the citizen's own country
        code = self.sudo().country_id.code or ""
        return "" if code == "FR" else code
