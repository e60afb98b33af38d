from odoo import api, fields, models

from ..rules.words import code_of


class GrcFormOption(models.Model):
    """One line that may be chosen; under it, those of a second, linked list."""

    _name = "grc.form.option"
    _description = "Option of a question"
    _order = "sequence, id"

    field_id = fields.Many2one("grc.form.field", index=True, ondelete="cascade")
    parent_id = fields.Many2one(
        "grc.form.option",
        string="Under",
        index=True,
        ondelete="cascade",
        domain="[('field_id', '=', field_id), ('parent_id', '=', False)]",
    )
    child_ids = fields.One2many(
        "grc.form.option", "parent_id", string="Second list", copy=True
    )
    sequence = fields.Integer(default=10)
    label = fields.Char(required=True)
    value = fields.Char(
        string="Code", help="Kept for ever; left empty, it is made from the label."
    )
    visible_if = fields.Json(string="Offered if")

    @api.model_create_multi
    def create(self, vals_list):
        """Give each option without a code one made from its label, for ever."""
        taken = {}
        for vals in vals_list:
            siblings = (vals.get("field_id"), vals.get("parent_id"))
            known = taken.setdefault(siblings, self._taken_values(*siblings))
            vals["value"] = vals.get("value") or code_of(vals["label"], known)
            known.add(vals["value"])
        return super().create(vals_list)

    def _taken_values(self, field_id, parent_id):
        siblings = self.search(
            [("field_id", "=", field_id), ("parent_id", "=", parent_id)]
        )
        return set(siblings.mapped("value"))
