from odoo import api, fields, models
from odoo.exceptions import UserError


class GrcMissingReceive(models.TransientModel):
    _name = "grc.missing.receive"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Reception of missing documents"

    piece_ids = fields.Many2many(
        "grc.missing.piece",
        string="Documents received",
        domain="[('request_id', '=', request_id), ('received_on', '=', False), "
        "('waived_on', '=', False)]",
    )
    received_on = fields.Date(
        string="Received on",
        compute="_compute_received_on",
        store=True,
        readonly=False,
    )
    document_ids = fields.Many2many(
        "grc.request.document",
        string="Files of the request",
        domain="[('request_id', '=', request_id), ('kind', '=', 'piece')]",
        help="Files that the citizen joined to a message or to an e-mail.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files to add")

    @api.depends("request_id")
    def _compute_received_on(self):
        for wizard in self:
            if wizard.request_id:
                wizard.received_on = wizard.request_id._local_day()

    def action_receive(self):
        self.ensure_one()
        request = self.request_id
        request._check_writer()
        if not self.piece_ids:
            raise UserError(self.env._("Choose the documents received."))
        if (self.piece_ids.request_id | self.document_ids.request_id) - request:
            raise UserError(self.env._("A document belongs to another request."))
        added = self.env["grc.request.document"]._store(
            request,
            [(file.name, file.raw) for file in self.attachment_ids],
            origin="agent",
        )
        request._receive_pieces(
            self.piece_ids, self.received_on, self.document_ids | added
        )
        return {"type": "ir.actions.act_window_close"}
