from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    grc_missing_days = fields.Integer(
        string="Days to send missing documents",
        default=30,
        help="Proposed to agents; a prestation may have its own.",
    )

    _grc_missing_days_positive = models.Constraint(
        "CHECK(grc_missing_days > 0)", "Citizens have at least one day."
    )
