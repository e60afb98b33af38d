from odoo import fields, models


class GrcRequest(models.Model):
    _inherit = "grc.request"

    data_consent_ids = fields.One2many(
        "grc.data.consent", "request_id", string="Exchanges of data", readonly=True
    )
