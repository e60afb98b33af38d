from odoo import models


class GrcMissingRequest(models.Model):
    """The last day given for documents: why this one, and what happens then."""

    _inherit = "grc.missing.request"

    def _is_blocking(self):
        """Tell whether a document still awaited stops the study of the request."""
        self.ensure_one()
        return any(piece._is_blocking() for piece in self._awaited_lines())

    def _deadline_reasons(self, audience):
        """Return why the documents are due on this day, as ``_day_reasons`` does.

        :param str audience: ``agent`` or ``citizen``
        :rtype: list[dict]
        """
        self.ensure_one()
        day = self.request_id._explain_day
        article = "CRPA L114-6" if self.is_regularisation else "CRPA L114-5"
        if audience == "agent":
            fact = self.env._("Documents asked for.")
        else:
            fact = self.env._(
                "We asked you for these documents on %(day)s.", day=day(self.asked_on)
            )
        return [
            {
                "day": day(self.asked_on),
                "fact": fact,
                "rule": self.env._(
                    "The service that asks for documents says by when. Days given: "
                    "%(days)s.",
                    days=(self.deadline - self.asked_on).days,
                ),
                "article": article,
                "effect": self._consequence(),
            }
        ]

    def _consequence(self):
        """Say what happens after the last day given, to the citizen.

        :return: one or two sentences
        :rtype: str
        """
        self.ensure_one()
        request = self.request_id
        if self.is_regularisation:
            return self.env._("After that day, we may have to answer without it.")
        if not self._is_blocking():
            return self.env._(
                "These documents do not delay the study of your request; the decision "
                "takes effect once we have them."
            )
        if request.silence_regime == "sva":
            return self.env._(
                "As long as a document is missing, no acceptance can result from our "
                "silence; after that day, we may answer that your request stops."
            )
        if request.silence_regime == "svr":
            return self.env._(
                "After that day, the period to answer you runs again even if a "
                "document is missing: your request may be rejected for this reason."
            )
        return self.env._("After that day, we answer you with what we have.")
