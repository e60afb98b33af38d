from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    grc_timezone = fields.Selection(
        _tz_get,
        string="Time zone of the local authority",
        required=True,
        default="Europe/Paris",
        help="Legal days are the civil days of this time zone.",
    )
    grc_max_file_mb = fields.Integer(
        string="Largest file (MB)", required=True, default=10
    )
    grc_max_files = fields.Integer(
        string="Most files in one sending", required=True, default=10
    )
    grc_contact_prestation_id = fields.Many2one(
        "grc.prestation",
        string="Prestation of the contact form",
        help="What somebody files who only wants to ask a question.",
    )

    @api.constrains("email")
    def _check_email(self):
        for company in self:
            if company.email and not company.email.isascii():
                raise ValidationError(
                    self.env._(
                        "No message can leave from “%(address)s”: write an address "
                        "without accents, such as etat-civil@example.com.",
                        address=company.email,
                    )
                )

    @api.constrains("grc_max_file_mb", "grc_max_files")
    def _check_file_limits(self):
        for company in self:
            if not 1 <= company.grc_max_file_mb <= 100:
                raise ValidationError(
                    self.env._("The largest file is between 1 and 100 MB.")
                )
            if not 1 <= company.grc_max_files <= 50:
                raise ValidationError(
                    self.env._("Between 1 and 50 files may be joined to a sending.")
                )
