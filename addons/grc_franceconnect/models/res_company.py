from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    grc_identity_two_agents = fields.Boolean(
        string="Two agents to bring two sheets together",
        help="An identity manager proposes, another one confirms. At least two agents "
        "must have this role.",
    )
    grc_identity_valid_days = fields.Integer(
        string="A certified identity is asked again after (days)",
        help="Counted from the last time that FranceConnect certified it. 0: never.",
    )

    @api.constrains("grc_identity_valid_days")
    def _check_grc_identity_valid_days(self):
        for company in self:
            if not 0 <= company.grc_identity_valid_days <= 3650:
                raise ValidationError(
                    self.env._("Write a number of days between 0 and 3,650.")
                )
