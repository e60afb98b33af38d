from odoo import fields, models

from ..const import STATES


class GrcCircuitStep(models.Model):
    _name = "grc.circuit.step"
    _description = "Step of a circuit"
    _order = "circuit_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    circuit_id = fields.Many2one(
        "grc.circuit", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        STATES,
        string="Legal state",
        required=True,
        help="What the law sees when a request is at this step.",
    )
    fold = fields.Boolean(
        string="Folded in the board",
        help="The column of this step is folded in the board.",
    )
