from odoo import models

from odoo.addons.grc_base.days import day_in_full

from ..rules import clock


class GrcRequest(models.Model):
    """The clock in words: each day with the rule and the article that give it."""

    _inherit = "grc.request"

    def _legal_explanation(self):
        """Return the reasoning of the clock, one line a step.

        :return: dicts ``{"text": str, "article": str, "day": str}``, and ``code`` for
            a step of the clock
        :rtype: list[dict]
        """
        self.ensure_one()
        lines = []
        for step in clock.evaluate(self._clock_facts(), self._conventions()).steps:
            if not self._is_electronic() and step.code.startswith(("aee", "are")):
                continue
            lines.append(
                {
                    "text": self._explain_step(step),
                    "article": step.article,
                    "day": self._explain_day(step.on),
                    "code": step.code,
                }
            )
        return lines + self._convention_lines()

    def _explain_day(self, day):
        return day_in_full(self.env, day)

    def _explain_step(self, step):
        values = {
            name: self._explain_day(value) if hasattr(value, "year") else value
            for name, value in step.params.items()
        }
        text = self._explanation_texts().get(step.code, step.code)
        return text % values

    def _explanation_texts(self):
        return {
            "received": self.env._("Received by the local authority."),
            "event_before_reception": self.env._(
                "A fact dated before the reception has no effect (%(event_on)s)."
            ),
            "acknowledgement_not_owed": self.env._("No acknowledgement is owed."),
            "aee_limit": self.env._(
                "Last day to acknowledge the registration: one working day after the "
                "reception."
            ),
            "aee_replaced_by_are": self.env._(
                "The acknowledgement of reception left at once: no acknowledgement of "
                "registration is owed."
            ),
            "transfer_pending": self.env._(
                "The competent administration has not received the request yet."
            ),
            "received_by_competent": self.env._(
                "Received by the competent administration."
            ),
            "are_limit": self.env._(
                "Last day to acknowledge the reception: ten working days after "
                "%(since)s."
            ),
            "are_instant": self.env._("The reception was acknowledged at once."),
            "no_silence": self.env._("Silence makes no decision here."),
            "silence_not_started": self.env._("The period of silence has not started."),
            "silence_starts": self.env._(
                "The period of silence starts: %(months)s months."
            ),
            "piece_not_indispensable": self.env._(
                "The document asked for on %(notified_on)s is not indispensable: it "
                "delays nothing."
            ),
            "pieces_suspended": self.env._(
                "Documents asked for on %(notified_on)s: the period is suspended for "
                "%(days)s days and ends on this day."
            ),
            "pieces_restarted": self.env._(
                "Documents asked for on %(notified_on)s, all received on %(until)s: "
                "the whole period starts again and ends on this day."
            ),
            "pieces_pending": self.env._(
                "Documents asked for on %(notified_on)s: the period starts when they "
                "are all received."
            ),
            "pieces_too_late": self.env._(
                "Documents asked for on %(notified_on)s, after the implicit decision: "
                "no effect."
            ),
            "express_decision_in_time": self.env._(
                "Decided in time: silence decides nothing."
            ),
            "express_decision_late": self.env._(
                "Decided after the implicit decision: it takes its place."
            ),
            "implicit_acceptance": self.env._(
                "Without an answer, silence accepts at the end of this day; it takes "
                "effect on %(effective_from)s."
            ),
            "implicit_rejection": self.env._(
                "Without an answer, silence rejects at the end of this day; it takes "
                "effect on %(effective_from)s."
            ),
            "appeal_limit": self.env._(
                "Last day to seize the court against the implicit rejection (never "
                "told to the public)."
            ),
            "prior_appeal_first": self.env._(
                "Another authority must be seized before the court."
            ),
        }
