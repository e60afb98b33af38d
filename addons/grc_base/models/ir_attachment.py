from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """Keep what agents join to their notes out of the citizen's reach.

        Whoever reads a request would read every file of its discussion: a citizen
        reads the documents of the request, each with its own rights, and nothing
        else.
        """
        result = super()._check_access(operation)
        if self.env.su or self.env.user._is_internal():
            return result
        # sudo: only to know what each file belongs to
        internal = self.filtered(lambda a: a.sudo().res_model == "grc.request")
        if not internal:
            return result
        forbidden = internal | (result[0] if result else self.browse())
        return forbidden, lambda: AccessError(
            self.env._("This file is not yours to read.")
        )
