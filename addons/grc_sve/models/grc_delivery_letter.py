from odoo import models
from odoo.exceptions import UserError

from odoo.addons.grc_base.rules import letter


class GrcDelivery(models.Model):
    """Letters to another administration: to its address, not to the citizen's."""

    _inherit = "grc.delivery"

    def _addressee(self):
        """Return the administration that the message is written to, if it is to one.

        :rtype: grc.administration
        """
        self.ensure_one()
        return self.transfer_ids.administration_id

    def _is_for_citizen(self):
        return not self._addressee() and super()._is_for_citizen()

    def _check_letter_address(self):
        administration = self._addressee()
        if not administration:
            return super()._check_letter_address()
        if letter.missing_postal_parts(
            administration.name,
            administration.street,
            administration.zip,
            administration.city,
        ):
            raise UserError(
                self.env._(
                    "The letter cannot be printed yet. Fill in the postal address of "
                    "“%(name)s” in the directory of administrations first: street, "
                    "postcode, town.",
                    name=administration.name,
                )
            )
        return None

    def _letter(self):
        administration = self._addressee()
        if not administration:
            return super()._letter()
        return self.request_id._letter(
            letter.postal_lines(
                None,
                administration.name,
                administration.street2,
                administration.street,
                administration.zip,
                administration.city,
            )
        )
