from odoo import fields, models

PLACES = [("sheet", "In the sheet"), ("form", "In the form")]
CHANGES = [
    ("added", "Added"),
    ("removed", "Removed"),
    ("moved", "Moved"),
    ("changed", "Changed"),
]


class GrcPrestationUpdateLine(models.TransientModel):
    """One line that the model changed: the town's words, the model's, her choice."""

    _name = "grc.prestation.update.line"
    _description = "Line of an update from a model"
    _order = "id"

    update_id = fields.Many2one(
        "grc.prestation.update", required=True, index=True, ondelete="cascade"
    )
    place = fields.Selection(PLACES, string="Where", readonly=True)
    key = fields.Char(readonly=True)
    change = fields.Selection(CHANGES, string="What the model does", readonly=True)
    name = fields.Char(string="Line", readonly=True)
    is_both = fields.Boolean(string="You changed it too", readonly=True)
    mine = fields.Text(string="In your town", readonly=True)
    before = fields.Text(string="The model, before", readonly=True)
    after = fields.Text(string="The model, now", readonly=True)
    is_taken = fields.Boolean(string="Take the model’s", default=True)
