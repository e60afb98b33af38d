from odoo import models


class GrcAcknowledgement(models.Model):
    _inherit = "grc.acknowledgement"

    def _verification_url(self):
        self.ensure_one()
        # sudo: the visitor who files sees the address on his own document
        acknowledgement_sudo = self.sudo()
        request = acknowledgement_sudo.request_id
        code = acknowledgement_sudo.verification_code
        if not code:
            return super()._verification_url()
        base_url = request.get_base_url()
        return f"{base_url}/verifier/{request.name}/{code}"

    def _verification_values(self):
        """Return what the page that checks the document shows: nothing personal.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "number": self.request_id.name,
            "kind": self.kind,
            "is_electronic": self.request_id._is_electronic(),
            "day": self.request_id._grc_day(self.request_id.received_on),
            "sha256": self.sha256,
            "town": self.request_id.company_id.name,
        }
