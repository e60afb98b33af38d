from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    grc_missing_reminder_days = fields.Integer(
        string="Reminder before the last day, in days",
        default=7,
        help="The citizen who was asked for documents is reminded that many days "
        "before the last day given; 0 for no reminder.",
    )

    _grc_missing_reminder_days_range = models.Constraint(
        "CHECK(grc_missing_reminder_days BETWEEN 0 AND 365)",
        "The reminder comes at most a year before the last day; 0 for no reminder.",
    )
