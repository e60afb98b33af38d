from odoo import api, fields, models


class GrcMissingPiece(models.Model):
    """A document asked for by mistake: waived, with a reason, never deleted."""

    _inherit = "grc.missing.piece"

    waived_on = fields.Date(string="No longer asked for since", readonly=True)
    waived_by_id = fields.Many2one(
        "res.users", string="Waived by", readonly=True, ondelete="restrict"
    )
    waived_reason = fields.Char(string="Reason of the waiver", readonly=True)

    def _is_blocking(self):
        return not self.waived_on and super()._is_blocking()

    def action_waive(self):
        """Open the window that waives these documents."""
        self.request_id.check_access("write")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_sve.grc_missing_waive_action"
        ) | {
            "context": {
                "default_request_id": self.request_id.id,
                "default_piece_ids": self.ids,
            }
        }


class GrcMissingRequest(models.Model):
    """More time given, and what to do to mend a defect of form."""

    _inherit = "grc.missing.request"

    first_deadline = fields.Date(
        string="First day given", readonly=True, help="Before more time was given."
    )
    formalities = fields.Text(
        string="What to do",
        readonly=True,
        help="Formalities and procedure to follow to mend the defect (CRPA, "
        "art. L114-6).",
    )

    @api.depends("line_ids.waived_on")
    def _compute_state(self):
        result = super()._compute_state()
        for missing in self:
            lines = missing.line_ids
            if lines and lines == lines.filtered("waived_on"):
                missing.state = "waived"
        return result

    def action_extend(self):
        """Open the window that gives more time."""
        self.ensure_one()
        self.request_id.check_access("write")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_sve.grc_missing_extend_action"
        ) | {
            "context": {
                "default_request_id": self.request_id.id,
                "default_missing_id": self.id,
            }
        }
