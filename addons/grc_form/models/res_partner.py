from odoo import fields, models

from ..rules import values


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _grc_age(self, today=None):
        """Return the age in years, None when the birthday is not known to the day.

        :param date today: local civil day, that of the server's user by default
        :rtype: int | None
        """
        self.ensure_one()
        text = self.grc_birth_date or ""
        day = values.day(text)
        if not day:
            return None
        return values.age(day, today or fields.Date.context_today(self))
