from odoo import fields, models


class GrcTheme(models.Model):
    _name = "grc.theme"
    _description = "Theme of the catalogue"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    icon = fields.Char(
        default="fa-folder-open-o",
        help="Name of an icon of Font Awesome 4, for instance fa-child.",
    )
    description = fields.Char(
        translate=True, help="One sentence, shown to the public under the name."
    )
