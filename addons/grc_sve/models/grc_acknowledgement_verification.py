import re
import secrets

import segno

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

_CODE = re.compile(r"[0-9a-f]{20}")


class GrcAcknowledgement(models.Model):
    """Whoever holds the PDF may check, without an account, that it is ours."""

    _inherit = "grc.acknowledgement"

    # Drawn at random: neither the number nor the text of the document gives it.
    verification_code = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Printed on the document, with the address of the page that checks it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [vals | {"verification_code": secrets.token_hex(10)} for vals in vals_list]
        )

    def write(self, vals):
        if "verification_code" in vals:
            raise UserError(
                self.env._("The code printed on a document is never changed.")
            )
        return super().write(vals)

    def _verification_url(self):
        """Return the address of the page that checks the document.

        Empty without a portal: nothing is printed then.

        :rtype: str
        """
        self.ensure_one()
        return ""

    def _verification_image(self):
        """Return the address as a QR code, a ``data:`` image.

        :rtype: str
        """
        self.ensure_one()
        code = segno.make(self._verification_url(), micro=False, error="m")
        return code.svg_data_uri(scale=4, border=4)

    @api.model
    def _verify_document(self, company, number, code):
        """Return the acknowledgement that ``number`` and ``code`` name together.

        The code finds it, the number confirms it: nothing tells whether a number
        exists to whoever does not hold the document.

        :rtype: grc.acknowledgement
        """
        if not _CODE.fullmatch(code):
            return self.browse()
        acknowledgement = self.search([("verification_code", "=", code)], limit=1)
        request = acknowledgement.request_id
        if request.company_id != company or not consteq(request.name, number):
            return self.browse()
        return acknowledgement
