from odoo import fields, models

from ..const import TERRITORIES


class ResCompany(models.Model):
    _inherit = "res.company"

    grc_territory = fields.Selection(
        TERRITORIES,
        string="Public holidays of",
        required=True,
        default="FR-MET",
        help="Decides which days are working days. In Alsace-Moselle, Good Friday is "
        "off in the communes that have a Protestant or a mixed church.",
    )
    grc_court_name = fields.Char(string="Administrative court")
    grc_court_address = fields.Char(string="Address of the court")
    grc_court_url = fields.Char(
        string="Website of the court",
        default="www.telerecours.fr",
        help="Where the citizen seizes the court online (CJA, art. R414-2).",
    )
