from odoo import models


class GrcPrestation(models.Model):
    """How each prestation is asked for, for the public page that says it."""

    _inherit = "grc.prestation"

    def _grc_by_theme(self):
        """Return ``[(theme, prestations)]``, in the order of the themes.

        What has no theme comes last, under an empty one.
        """
        themes = [*self.theme_id.sorted(), self.env["grc.theme"]]
        groups = [
            (theme, self.filtered(lambda p, t=theme: p.theme_id == t))
            for theme in themes
        ]
        return [(theme, prestations) for theme, prestations in groups if prestations]

    def _grc_mail_address(self):
        """Return the e-mail address that files this prestation, empty when none does.

        None does where the online service is reserved (CRPA, art. L112-9 al. 3).

        :rtype: str
        """
        self.ensure_one()
        if self.is_reserved or not self._is_open("mail"):
            return ""
        return self.service_id.alias_email or self.service_id.email or ""
