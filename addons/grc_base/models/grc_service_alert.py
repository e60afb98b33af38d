from odoo import api, fields, models


class GrcService(models.Model):
    """Whom the alerts of a service call: never nobody."""

    _inherit = "grc.service"

    is_unstaffed = fields.Boolean(
        string="Without an agent",
        compute="_compute_is_unstaffed",
        search="_search_is_unstaffed",
        help="Nobody handles its requests: its alerts go to its head, or to the "
        "functional administrators.",
    )
    alert_user_ids = fields.Many2many(
        "res.users", string="Alerts go to", compute="_compute_is_unstaffed"
    )

    @api.depends("member_ids.active", "head_id.active")
    def _compute_is_unstaffed(self):
        for service in self:
            service.is_unstaffed = not service.member_ids.filtered("active")
            # sudo: names of colleagues, shown on the form of the service
            service.alert_user_ids = service.sudo()._people_called()

    def _search_is_unstaffed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("member_ids", "not any", [("active", "=", True)])]

    def _people_called(self):
        """Return whom an alert of the service is for.

        The head; without one, the first agent; without any, the functional
        administrators of the local authority.

        :rtype: res.users
        """
        self.ensure_one()
        user = self.head_id.filtered("active") or self.member_ids.filtered("active")[:1]
        return user or self.env["res.users"]._grc_managers(self.company_id)


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _grc_managers(self, company):
        """Return the functional administrators of a local authority.

        :param res.company company: the local authority
        :rtype: res.users
        """
        return self._grc_holders("grc_base.group_grc_manager", company)

    @api.model
    def _grc_holders(self, role, company):
        """Return the agents of a local authority who have a role.

        :param str role: external identifier of its group
        :param res.company company: the local authority
        :rtype: res.users
        """
        group = self.env.ref(role)
        # sudo: whom to call is no secret of the accounts
        holders_sudo = self.sudo().search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_ids", "in", company.ids),
                ("share", "=", False),
            ]
        )
        return holders_sudo.with_env(self.env)
