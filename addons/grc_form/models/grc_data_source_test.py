from odoo import models

from ..rules.data import DataError


class GrcDataSource(models.Model):
    """Trying the settings of a data source, and saying what fails."""

    _inherit = "grc.data.source"

    def _test_lines(self):
        """Return what was tried and found, a line each.

        :rtype: list[str]
        """
        self.ensure_one()
        connector = self._connector()
        if not connector:
            return [self.env._("This service is not installed any more.")]
        if connector.needs_token:
            return [
                self.env._(
                    "This service answers for a citizen who has signed in: it is "
                    "tried from a form."
                )
            ]
        self._forget_answers()
        try:
            values = self._fetch(connector.test_key)
        except DataError as error:
            if error.code == "not_found":
                return [self._works_text()]
            return [self._error_text(error.code)]
        told = [
            f"{self._datum_text(self.connector, datum.code)} : "
            + self._value_text(datum.type, values[datum.code], self.company_id)
            for datum in connector.data
            if datum.code in values
        ]
        return [self._works_text(), *told]

    def _works_text(self):
        return self.env._("The service answers: the settings are right.")
