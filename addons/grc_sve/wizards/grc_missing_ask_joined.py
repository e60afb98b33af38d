from odoo import api, fields, models


class GrcMissingAsk(models.TransientModel):
    """The agent is told that this sending acknowledges the reception as well."""

    _inherit = "grc.missing.ask"

    joins_ack = fields.Boolean(compute="_compute_joins_ack")

    @api.depends("request_id", "is_regularisation")
    def _compute_joins_ack(self):
        for wizard in self:
            wizard.joins_ack = (
                wizard.request_id
                and wizard.request_id._joins_acknowledgement(wizard.is_regularisation)
            )
