from odoo import api, models


class ResCompany(models.Model):
    """A local authority has its texts of acknowledgements from its first day."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # sudo: whoever creates an authority does not write the texts of its services
        self.env["grc.acknowledgement.wording"].sudo()._create_missing(companies)
        return companies
