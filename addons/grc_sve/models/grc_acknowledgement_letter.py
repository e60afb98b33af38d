from odoo import models


class GrcAcknowledgement(models.Model):
    """The acknowledgement on paper (CRPA, art. L112-3): a letter to be posted."""

    _inherit = "grc.acknowledgement"

    def _is_letter(self):
        """Tell whether it goes by post: asked on paper or by voice, without e-mail.

        :rtype: bool
        """
        self.ensure_one()
        return not (self.request_id._is_electronic() or self.request_id.answer_email)

    def _letter(self):
        """Return what the frame of the letter shows, False when it is no letter."""
        self.ensure_one()
        return self._is_letter() and self.request_id._letter()

    def _prepare_delivery_links(self):
        links = super()._prepare_delivery_links()
        if self._is_letter():
            links |= self.request_id._letter_extra(self.document_id)
        return links
