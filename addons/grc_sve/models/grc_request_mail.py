from odoo import api, models


class GrcRequest(models.Model):
    """What a mail changes in the intake: the instant of its reception."""

    _inherit = "grc.request"

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        values = super()._prepare_intake_vals(vals, channel, company, idempotency_key)
        received_at = self.env.context.get("grc_mail_received_at")
        if channel == "mail" and received_at:
            # A mail that waited in the journal was received when it entered it, not
            # when somebody handled it (CRPA, art. L112-13).
            values["received_at"] = received_at
        return values
