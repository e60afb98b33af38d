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
            "day": self.request_id._grc_day(
                self.addition_received_at or self.request_id.received_on
            ),
            "sha256": self.sha256,
            "town": self.request_id.company_id.name,
        }

    def _grc_state_text(self):
        """Say to the citizen what became of the acknowledgement, one sentence.

        :rtype: str
        """
        self.ensure_one()
        request, address = self.request_id, self.email_to
        if self.state == "sent":
            return self.env._(
                "Sent to %(address)s on %(instant)s",
                address=address,
                instant=request._grc_instant(self.sent_at),
            )
        if self.state == "printed":
            return self.env._(
                "Handed over or posted on %(day)s", day=request._grc_day(self.sent_at)
            )
        if self.state == "to_print":
            return self.env._("Written; you may download it here")
        if self.state == "failed":
            return self.env._("Could not be delivered to %(address)s", address=address)
        return self.env._("On its way to %(address)s", address=address)
