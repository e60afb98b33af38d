from odoo import api, models


class ResCompany(models.Model):
    """A new local authority finds the data sources ready, none of them in use."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # sudo: whoever may create a local authority gets its settings with it
        sources_sudo = self.env["grc.data.source"].sudo()
        for company in companies:
            sources_sudo._prepare_ready_made(company)
        return companies
