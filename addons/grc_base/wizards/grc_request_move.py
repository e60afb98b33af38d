from odoo import api, fields, models


class GrcRequestMove(models.TransientModel):
    _name = "grc.request.move"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Change of step of a request"

    possible_transition_ids = fields.Many2many(
        "grc.circuit.transition", compute="_compute_possible_transition_ids"
    )
    transition_id = fields.Many2one(
        "grc.circuit.transition",
        string="Next step",
        required=True,
        domain="[('id', 'in', possible_transition_ids)]",
    )
    needs_comment = fields.Boolean(related="transition_id.needs_comment")
    comment = fields.Char(string="Reason", help="Kept in the history.")

    @api.depends("request_id")
    def _compute_possible_transition_ids(self):
        for wizard in self:
            # Deciding has its own window, which asks for the outcome.
            wizard.possible_transition_ids = (
                wizard.request_id._open_transitions().filtered(
                    lambda transition: not transition.is_decision
                )
            )

    def action_move(self):
        self.ensure_one()
        self.request_id._apply_transition(self.transition_id, self.comment)
        return {"type": "ir.actions.act_window_close"}
