from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _grc_identity_providers(self):
        """Return the providers that a page offers to whoever is not signed in.

        :rtype: grc.identity.provider
        """
        self.ensure_one()
        return self.env["grc.identity.provider"]._for_town(self._grc_town())
