from odoo import fields, models
from odoo.exceptions import AccessError


class GrcRegisterVerification(models.TransientModel):
    _name = "grc.register.verification"
    _description = "Verification of the register"

    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [("todo", "To do"), ("sound", "Everything holds"), ("broken", "Broken")],
        required=True,
        readonly=True,
        default="todo",
    )
    request_count = fields.Integer(string="Requests verified", readonly=True)
    seal_count = fields.Integer(string="Sealed days verified", readonly=True)
    finding_count = fields.Integer(string="Discrepancies", readonly=True)
    result = fields.Char(string="First discrepancy", readonly=True)

    def action_verify(self):
        """Verify every history and every seal of the local authority."""
        self.ensure_one()
        if not self.env.user.has_group("grc_base.group_grc_manager"):
            raise AccessError(
                self.env._("Only a functional administrator verifies the register.")
            )
        company = self.company_id.with_user(self.env.user)
        company.check_access("read")
        # sudo: the whole register is verified, protected files too; all that shows
        # of a request is its number
        everything_sudo = self.sudo()
        own = [("company_id", "=", company.id)]
        found = everything_sudo.env["grc.register.finding"]._record_all(company)
        self.write(
            {
                "state": "broken" if found else "sound",
                "request_count": everything_sudo.env["grc.request"].search_count(own),
                "seal_count": everything_sudo.env["grc.register.seal"].search_count(
                    own
                ),
                "finding_count": len(found),
                "result": found[:1]._describe() if found else False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify the register"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
