from odoo import api, fields, models
from odoo.exceptions import UserError


class GrcMissingWaive(models.TransientModel):
    _name = "grc.missing.waive"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Documents no longer asked for"

    piece_ids = fields.Many2many(
        "grc.missing.piece",
        string="Documents asked for by mistake",
        domain="[('request_id', '=', request_id), ('received_on', '=', False), "
        "('waived_on', '=', False)]",
    )
    reason = fields.Text(help="The citizen reads it.")
    effect = fields.Text(string="What it changes", compute="_compute_effect")

    @api.depends("piece_ids", "request_id")
    def _compute_effect(self):
        for wizard in self:
            request, pieces = wizard.request_id, wizard.piece_ids._origin
            wizard.effect = (
                request._correction_sentence(request._waiver_events(pieces))
                if request and pieces
                else False
            )

    def action_waive(self):
        self.ensure_one()
        if self.piece_ids.request_id - self.request_id:
            raise UserError(self.env._("A document belongs to another request."))
        self.request_id._waive_pieces(self.piece_ids, self.reason)
        return {"type": "ir.actions.act_window_close"}
