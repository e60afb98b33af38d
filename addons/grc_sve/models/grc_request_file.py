from odoo import models

from ..rules.reasons import AGENT_ONLY_STEPS


class GrcRequest(models.Model):
    """The reasoning of the clock in the whole file."""

    _inherit = "grc.request"

    def _file_explanation(self, notes=False):
        """Return the reasoning of the clock that the file may tell.

        The last day to seize the court is never told to the public: it stays among
        the internal notes.

        :param bool notes: with the internal notes
        :return: see ``_legal_explanation``
        :rtype: list[dict]
        """
        return [
            step
            for step in self._legal_explanation()
            if notes or step.get("code") not in AGENT_ONLY_STEPS
        ]
