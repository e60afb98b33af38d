from odoo import models


class GrcRequest(models.Model):
    """What silence decided, in plain words for the citizen."""

    _inherit = "grc.request"

    def _grc_expected_end(self):
        if self.outcome or self.implicit_unborn_on or not self.implicit_decision:
            return super()._grc_expected_end()
        born_on = self._grc_day(self.implicit_born_on)
        if self.implicit_decision == "rejected":
            return [
                self.env._(
                    "We did not answer: your request is deemed rejected since "
                    "%(day)s. You may ask us why, and appeal.",
                    day=born_on,
                )
            ]
        if self.implicit_withdrawn_on:
            return [
                self.env._(
                    "Your request was deemed accepted on %(born)s; this acceptance "
                    "was withdrawn on %(withdrawn)s.",
                    born=born_on,
                    withdrawn=self._grc_day(self.implicit_withdrawn_on),
                )
            ]
        return [
            self.env._(
                "We did not answer: your request is deemed accepted since %(day)s.",
                day=born_on,
            )
        ]
