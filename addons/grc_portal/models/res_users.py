from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _create_user_from_template(self, values):
        """Whoever creates an account on the portal is a citizen of the town."""
        user = super()._create_user_from_template(values)
        user.partner_id.is_grc_citizen = True
        return user
