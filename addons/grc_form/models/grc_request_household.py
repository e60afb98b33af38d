from odoo import api, models


class GrcRequest(models.Model):
    """What conditions read of the children of the citizen."""

    _inherit = "grc.request"

    @api.model
    def _form_profile(self, partner, kind=None):
        """Add the minor children; nothing of a household that was never described.

        What is unknown is not told as “no child”: both stay without value.
        """
        profile = super()._form_profile(partner, kind)
        people = partner and partner._grc_household(self.env.company)
        if people:
            count = sum(link._is_minor_child() for link in people)
            profile |= {"has_children": count > 0, "children_count": count}
        return profile
