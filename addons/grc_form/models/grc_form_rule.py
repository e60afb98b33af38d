from odoo import fields, models

from ..const import RULE_KINDS


class GrcFormRule(models.Model):
    """A check between several answers, or what makes the prestation impossible."""

    _name = "grc.form.rule"
    _description = "Rule of a form"
    _order = "kind, sequence, id"

    version_id = fields.Many2one(
        "grc.form.version", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(RULE_KINDS, required=True, default="check")
    sequence = fields.Integer(default=10)
    code = fields.Char(help="Left empty, it is made from the rank.")
    condition = fields.Json(
        string="If",
        help="For a check: what is refused. For an ineligibility: what stops.",
    )
    title = fields.Char(help="Title of the page that explains the ineligibility.")
    message = fields.Text(
        required=True,
        help="What the citizen reads: why, and what to do.",
    )
    at_codes = fields.Char(
        string="Beside the questions",
        help="Codes of the questions where the message is written, with spaces.",
    )
