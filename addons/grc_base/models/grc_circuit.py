from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GrcCircuit(models.Model):
    _name = "grc.circuit"
    _description = "Circuit of a request"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        help="Leave empty to let every local authority of the database use it.",
    )
    is_default = fields.Boolean(
        help="Requests follow this circuit when their prestation names no other.",
    )
    step_ids = fields.One2many("grc.circuit.step", "circuit_id", string="Steps")
    transition_ids = fields.One2many(
        "grc.circuit.transition", "circuit_id", string="Transitions"
    )

    @api.constrains("step_ids")
    def _check_first_step(self):
        for circuit in self:
            if circuit.step_ids and not circuit._first_step():
                raise ValidationError(
                    self.env._("A circuit starts with a step in the state “Received”.")
                )

    def _first_step(self):
        """Return the step where a request enters the circuit.

        :rtype: grc.circuit.step
        """
        self.ensure_one()
        return self.step_ids.filtered(lambda step: step.state == "received")[:1]

    @api.model
    def _default_circuit(self, company):
        """Return the circuit of a request whose prestation names none.

        :param res.company company: the local authority seized
        """
        return self.search(
            [("is_default", "=", True), ("company_id", "in", (company.id, False))],
            order="company_id, sequence, id",
            limit=1,
        )
