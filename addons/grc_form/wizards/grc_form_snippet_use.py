from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import SNIPPET_KINDS


class GrcFormSnippetUse(models.TransientModel):
    """Choose a ready-made block and where it goes."""

    _name = "grc.form.snippet.use"
    _description = "Insertion of a ready-made block"

    version_id = fields.Many2one("grc.form.version", required=True, readonly=True)
    snippet_id = fields.Many2one("grc.form.snippet", string="Block", required=True)
    note = fields.Char(related="snippet_id.note")
    after_id = fields.Many2one(
        "grc.form.field",
        string="Under the line",
        domain="[('version_id', '=', version_id), ('parent_id', '=', False)]",
        help="Left empty: at the end of the form.",
    )

    @api.constrains("version_id")
    def _check_version_id(self):
        # sudo: core runs constraints in sudo; this one is about the user's own rights
        self.version_id.sudo(False).check_access("write")

    def action_insert(self):
        """Put the lines of the block in the form."""
        self.ensure_one()
        self.snippet_id._insert_into(self.version_id, self.after_id)
        return {"type": "ir.actions.act_window_close"}


class GrcFormSnippetSave(models.TransientModel):
    """Keep lines of a form as a ready-made block."""

    _name = "grc.form.snippet.save"
    _description = "New ready-made block"

    version_id = fields.Many2one("grc.form.version", required=True, readonly=True)
    name = fields.Char(string="Name of the block")
    note = fields.Char(string="What it asks")
    line_ids = fields.Many2many(
        "grc.form.field",
        string="Lines to keep",
        domain="[('version_id', '=', version_id), ('parent_id', '=', False), "
        "('kind', '!=', 'page')]",
    )

    @api.constrains("version_id")
    def _check_version_id(self):
        # sudo: core runs constraints in sudo; this one is about the user's own rights
        self.version_id.sudo(False).check_access("write")

    def action_save(self):
        """Create the block.

        :raise UserError: when no line is chosen, or one of another form
        """
        self.ensure_one()
        lines = self.line_ids.sorted(lambda line: (line.sequence, line.id))
        if not lines or not self.name:
            raise UserError(self.env._("Name the block and choose its lines."))
        if lines.version_id != self.version_id or set(lines.mapped("kind")) - set(
            SNIPPET_KINDS
        ):
            raise UserError(self.env._("Choose lines of this form, without its pages."))
        self.env["grc.form.snippet"].create(
            {
                "name": self.name,
                "note": self.note,
                "items": [line._compile() for line in lines],
            }
        )
        return {"type": "ir.actions.act_window_close"}
