from odoo import fields, models


class GrcDelivery(models.Model):
    _inherit = "grc.delivery"

    kind = fields.Selection(
        selection_add=[
            ("aee", "Acknowledgement of registration"),
            ("are", "Acknowledgement of reception"),
        ],
        ondelete={"aee": "cascade", "are": "cascade"},
    )
    acknowledgement_ids = fields.One2many("grc.acknowledgement", "delivery_id")

    def _after_sent(self):
        result = super()._after_sent()
        for acknowledgement in self.acknowledgement_ids:
            acknowledgement._after_sent()
        return result
