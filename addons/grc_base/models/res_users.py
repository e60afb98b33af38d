from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    grc_service_ids = fields.Many2many(
        "grc.service",
        "grc_service_res_users_rel",
        "user_id",
        "service_id",
        string="Services",
        help="The agent sees the requests of these services.",
    )

    @api.model
    def _get_invalidation_fields(self):
        # The record rules of requests depend on the services of the user.
        return super()._get_invalidation_fields() | {"grc_service_ids"}

    def _grc_headed_service_ids(self):
        """Return the ids of the services this user heads, attached ones included.

        A service attached to another whose files are protected differently is
        left out: heading the one does not open the other.

        :rtype: list[int]
        """
        self.ensure_one()
        # sudo: record rules call this while the rules themselves are computed
        services_sudo = self.env["grc.service"].sudo()
        headed = services_sudo.search([("head_id", "=", self.id)])
        attached = services_sudo.search([("id", "child_of", headed.ids)])
        classes = set(headed.mapped("data_class"))
        return (headed | attached.filtered(lambda s: s.data_class in classes)).ids
