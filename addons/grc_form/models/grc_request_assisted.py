from odoo import api, models


class GrcRequest(models.Model):
    """The form filled by an agent in the name of a citizen, where there are pages."""

    _inherit = "grc.request"

    @api.model
    def _has_assisted_forms(self):
        """Tell whether an agent can open forms on pages: an addon has them."""
        return False

    @api.model
    def _assisted_form_url(self, vals, channel, key):
        """Return the address where the agent fills the form of a contact.

        :param dict vals: what the citizen declares (see ``_declared_fields``)
        :param str channel: how she came: ``phone``, ``desk``, ``letter``
        :param str key: of the contact, which is filed once
        :return: "" where no addon shows forms
        :rtype: str
        """
        return ""
