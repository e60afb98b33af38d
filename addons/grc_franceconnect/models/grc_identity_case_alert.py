from odoo import api, fields, models


class GrcIdentityCase(models.Model):
    """A case that waits calls whoever decides; the call ends with it."""

    _name = "grc.identity.case"
    _inherit = ["grc.identity.case", "mail.activity.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._call_managers()
        return cases

    def write(self, vals):
        """End the calls with the case."""
        result = super().write(vals)
        if vals.get("state", "open") != "open":
            # sudo: those of colleagues too
            self.sudo().activity_ids.unlink()
        return result

    def _call_managers(self):
        for company, cases in self.grouped("company_id").items():
            managers = self.env["res.users"]._grc_identity_managers(company)
            for case in cases:
                case._call(managers)
            if not managers:
                self._call_administrators(company)

    def _call(self, users, is_confirmation=False):
        """Plan the decision for each of ``users``; the screen shows the rest.

        :param bool is_confirmation: a colleague proposed it: a second agent confirms
        """
        self.ensure_one()
        # sudo: written for whoever decides, when a citizen signs in. No message is
        # sent then: she must not wait for a mail server.
        case_sudo = self.sudo().with_context(mail_activity_quick_update=True)
        for user in users:
            words = self.with_context(lang=user.lang).env
            case_sudo.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.context_today(self),
                summary=words._("Same person: confirm or not?")
                if is_confirmation
                else words._("Same person, or two?"),
                user_id=user.id,
            )

    @api.model
    def _call_administrators(self, company):
        """Nobody may decide: whoever gives the roles learns it, and nothing else."""

        def words(env):
            return (
                env._("Identities wait, and nobody may decide"),
                env._(
                    "Give the role “Identity manager” to one agent at least: doubtful "
                    "identities wait in Follow-up, Identities to check."
                ),
            )

        self.env["mail.activity"]._grc_plan_once(
            self.env["res.users"]._grc_managers(company),
            f"identity-managers:{company.id}",
            words,
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _grc_identity_managers(self, company):
        """Return who decides on the identities of a local authority.

        :param res.company company: the local authority
        :rtype: res.users
        """
        return self._grc_holders("grc_franceconnect.group_grc_identity", company)
