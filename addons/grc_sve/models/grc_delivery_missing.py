from odoo import fields, models


class GrcDelivery(models.Model):
    """The messages that complete an acknowledgement (CRPA, art. R112-11-4)."""

    _inherit = "grc.delivery"

    kind = fields.Selection(
        selection_add=[("complement", "Complement")],
        ondelete={"complement": "cascade"},
    )
    missing_request_ids = fields.One2many(
        "grc.missing.request", "delivery_id", string="Requests for documents"
    )

    def _after_sent(self):
        result = super()._after_sent()
        self.missing_request_ids._after_sent()
        return result
