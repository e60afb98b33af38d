from odoo import fields, models

from ..const import TRANSFER_DELIVERY_KINDS


class GrcDelivery(models.Model):
    """Messages that a transfer makes due."""

    _inherit = "grc.delivery"

    kind = fields.Selection(
        selection_add=TRANSFER_DELIVERY_KINDS,
        ondelete={kind: "cascade" for kind, _label in TRANSFER_DELIVERY_KINDS},
    )
    transfer_ids = fields.One2many("grc.transfer", "delivery_id")
