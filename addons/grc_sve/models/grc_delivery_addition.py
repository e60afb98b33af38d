from odoo import fields, models

KINDS = [
    ("addition", "Acknowledgement of an addition"),
    ("reminder", "Reminder of documents awaited"),
]


class GrcDelivery(models.Model):
    """What is sent about additions: acknowledged, or awaited."""

    _inherit = "grc.delivery"

    kind = fields.Selection(
        selection_add=KINDS,
        ondelete={kind: "cascade" for kind, _label in KINDS},
    )
