from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.renaming import renamed
from ..rules.schema import check_schema


class GrcFormSnippet(models.Model):
    """Lines ready to be put in a form: a child, a representative, an address."""

    _name = "grc.form.snippet"
    _description = "Ready-made block of a form"
    _order = "name, id"

    name = fields.Char(required=True)
    note = fields.Char(string="What it asks")
    items = fields.Json(required=True, default=list, help="Items of a schema.")
    line_count = fields.Integer(string="Lines", compute="_compute_line_count")
    active = fields.Boolean(default=True)

    @api.depends("items")
    def _compute_line_count(self):
        for snippet in self:
            snippet.line_count = len(snippet.items or [])

    @api.constrains("items")
    def _check_items(self):
        for snippet in self:
            page = {
                "code": "page_of_snippet",
                "title": snippet.name,
                "items": snippet.items,
            }
            if not snippet.items or check_schema({"format": 1, "pages": [page]}):
                raise ValidationError(
                    self.env._(
                        "The block “%(name)s” holds no line, or one that is not "
                        "complete.",
                        name=snippet.name,
                    )
                )

    def _insert_into(self, version, after=None):
        """Add the lines to a draft; a code that the form has already is renamed.

        :param grc.form.version version: a draft
        :param grc.form.field after: the line above them; the end when there is none
        :return: the lines made
        :rtype: grc.form.field
        """
        self.ensure_one()
        version._check_draft()
        made = after or self.env["grc.form.field"]
        taken = set(version.all_field_ids.mapped("code"))
        for item in renamed(self.items, taken):
            vals = version._prepare_line({"visible_if": None} | item)
            line = made.with_context(grc_after_line_id=made[-1:].id).create(
                vals | {"version_id": version.id}
            )
            made |= line
        return made - (after or made.browse())
