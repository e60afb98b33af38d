from odoo import api, fields, models
from odoo.exceptions import UserError


class GrcMissingPiece(models.Model):
    """One document asked for: the text that requires it, and when it came."""

    _name = "grc.missing.piece"
    _description = "Missing document"
    _order = "missing_request_id desc, id"

    missing_request_id = fields.Many2one(
        "grc.missing.request",
        string="Request for missing documents",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    request_id = fields.Many2one(
        related="missing_request_id.request_id", store=True, index=True
    )
    asked_on = fields.Date(related="missing_request_id.asked_on")
    deadline = fields.Date(related="missing_request_id.deadline")
    name = fields.Char(string="Document asked for", required=True, readonly=True)
    legal_basis = fields.Char(
        string="Text that requires it", required=True, readonly=True
    )
    is_indispensable = fields.Boolean(
        string="Indispensable",
        readonly=True,
        help="The request cannot be studied without it (CRPA, art. L114-5-1).",
    )
    received_on = fields.Date(string="Received on", readonly=True)
    document_ids = fields.Many2many(
        "grc.request.document", string="Files received", readonly=True
    )

    # Facts: there is nothing to hand over to core, but for our own methods.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(self.env._("What was asked of a citizen is never changed."))

    def _write_facts(self, vals):
        """Write facts. For our own methods only."""
        # Past our own ``write``, which refuses everything.
        # pylint: disable-next=super-method-mismatch
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What was asked of a citizen is never changed."))

    def _is_blocking(self):
        """Tell whether the study of the request stops without this document."""
        self.ensure_one()
        if self.missing_request_id.is_regularisation:
            return False
        conventions = self.request_id._conventions()
        return self.is_indispensable or conventions.non_indispensable_suspends

    def action_receive(self):
        """Open the window that records the reception of these documents."""
        self.request_id.check_access("write")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_sve.grc_missing_receive_action"
        ) | {
            "context": {
                "default_request_id": self.request_id.id,
                "default_piece_ids": self.ids,
            }
        }
