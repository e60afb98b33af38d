from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GrcCircuitTransition(models.Model):
    _name = "grc.circuit.transition"
    _description = "Transition of a circuit"
    _order = "circuit_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    circuit_id = fields.Many2one(
        "grc.circuit", required=True, index=True, ondelete="cascade"
    )
    from_step_id = fields.Many2one(
        "grc.circuit.step", required=True, index=True, ondelete="restrict"
    )
    to_step_id = fields.Many2one(
        "grc.circuit.step", required=True, index=True, ondelete="restrict"
    )
    needs_comment = fields.Boolean(
        string="Reason required",
        help="The agent says why, and the reason is kept with the event.",
    )
    is_decision = fields.Boolean(
        compute="_compute_effect", help="This transition needs an outcome."
    )
    is_closing = fields.Boolean(
        compute="_compute_effect",
        help="This transition needs an outcome and an answer to the citizen.",
    )

    @api.depends("to_step_id.state")
    def _compute_effect(self):
        # The legal state of the step decides, so that no configuration can close
        # a request without an answer.
        for transition in self:
            transition.is_decision = transition.to_step_id.state == "decided"
            transition.is_closing = transition.to_step_id.state == "closed"

    @api.constrains("circuit_id", "from_step_id", "to_step_id")
    def _check_steps(self):
        for transition in self:
            circuits = (transition.from_step_id | transition.to_step_id).circuit_id
            if circuits != transition.circuit_id:
                raise ValidationError(
                    self.env._("Both steps of a transition belong to its circuit.")
                )
