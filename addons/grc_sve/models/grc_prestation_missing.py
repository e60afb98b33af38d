from odoo import fields, models


class GrcPrestation(models.Model):
    """How long citizens have to produce the documents that they forgot."""

    _inherit = "grc.prestation"

    missing_days = fields.Integer(
        string="Days to send missing documents",
        help="Left at 0, the days of the local authority.",
    )

    _missing_days_positive = models.Constraint(
        "CHECK(missing_days >= 0)", "A number of days is not negative."
    )
