from odoo import models
from odoo.exceptions import LockError


class GrcRequest(models.Model):
    """Two agents on one request: the second is told what to do."""

    _inherit = "grc.request"

    def lock_for_update(self, *, allow_referencing=False):
        """Lock the requests, or say that somebody else has them.

        :raise LockError: with what to do, in the words of agents
        """
        try:
            return super().lock_for_update(allow_referencing=allow_referencing)
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is recording something on this request at this very "
                    "moment. Wait a few seconds, read it again, then try again."
                )
            ) from error
