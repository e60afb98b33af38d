from odoo import models


class GrcRequest(models.Model):
    """The steps of the clock in the citizen's words: fact, rule, effect.

    Never the agents' sentences, and never a step of ``reasons.AGENT_ONLY_STEPS``.
    """

    _inherit = "grc.request"

    def _citizen_step(self, step):
        """Word one step of the clock for the citizen.

        :param clock.Step step: not one for agents only
        :return: ``day``, ``fact``, ``rule``, ``article``, ``effect`` (str)
        :rtype: dict[str, str]
        :raise KeyError: for a step that has no words for citizens
        """
        values = {
            name: self._explain_day(value) if hasattr(value, "year") else value
            for name, value in step.params.items()
        } | {"day": self._explain_day(step.on)}
        fact, rule, effect = (
            text % values if text else ""
            for text in self._citizen_step_texts()[step.code]
        )
        article = step.article
        if step.code == "received" and not self._is_electronic():
            # The article is about what is sent electronically.
            article = ""
            rule = self.env._("It is the day on which it reached the town hall.")
        return {
            "day": values["day"],
            "fact": fact,
            "rule": rule,
            "article": article,
            "effect": effect,
        }

    def _citizen_step_texts(self):
        """Return ``(fact, rule, effect)`` of each step that a citizen may read.

        :rtype: dict[str, tuple[str, str, str]]
        """
        return (
            self._citizen_reception_texts()
            | self._citizen_silence_texts()
            | self._citizen_piece_texts()
            | self._citizen_decision_texts()
        )

    def _citizen_reception_texts(self):
        return {
            "received": (
                self.env._("We received your request on %(day)s."),
                self.env._(
                    "What is sent electronically is received on the day when it "
                    "reaches our server, whoever reads it and when."
                ),
                self.env._("This day is the starting point of your file."),
            ),
            "acknowledgement_not_owed": (
                self.env._("This sending is not one that must be acknowledged."),
                self.env._(
                    "No acknowledgement is owed for an abusive sending, nor for one "
                    "made elsewhere than to the online service reserved for it."
                ),
                self.env._("No acknowledgement follows."),
            ),
            "aee_limit": (
                self.env._("The acknowledgement of reception could not leave at once."),
                self.env._(
                    "What is not acknowledged at once is registered within one "
                    "working day."
                ),
                self.env._("The registration is acknowledged by %(day)s."),
            ),
            "aee_replaced_by_are": (
                self.env._("The acknowledgement of reception left at once."),
                self.env._(
                    "It takes the place of the acknowledgement of registration."
                ),
                self.env._("No other acknowledgement is owed."),
            ),
            "transfer_pending": (
                self.env._(
                    "The administration that may decide has not received your "
                    "request yet."
                ),
                self.env._(
                    "An administration that may not decide sends the request to the "
                    "one that may, and tells you."
                ),
                self.env._("The periods that depend on it have not started."),
            ),
            "received_by_competent": (
                self.env._(
                    "The administration that may decide received it on %(day)s."
                ),
                self.env._("It is the one that acknowledges the request and decides."),
                self.env._("Its acknowledgement is counted from this day."),
            ),
            "are_limit": (
                self.env._("The service in charge received your request on %(since)s."),
                self.env._(
                    "The acknowledgement of reception is due within ten working days."
                ),
                self.env._("It is owed to you by %(day)s."),
            ),
            "are_instant": (
                self.env._("The acknowledgement of reception left at once."),
                self.env._("It was due within ten working days."),
                self.env._("No other acknowledgement is owed."),
            ),
        }

    def _citizen_silence_texts(self):
        is_sva = self.silence_regime == "sva"
        return {
            "no_silence": (
                self.env._("Your sending is not one that our silence decides about."),
                self.env._(
                    "Silence only decides about requests, complaints and appeals."
                ),
                self.env._(
                    "Without an answer from us, nothing is accepted nor rejected."
                ),
            ),
            "silence_not_started": (
                self.env._("The period of silence has not started yet."),
                self.env._(
                    "It starts when the administration that may decide has the "
                    "request or, for town planning, when it has acknowledged it."
                ),
                self.env._("No day can be given yet."),
            ),
            "silence_starts": (
                self.env._("The period to answer you starts on %(day)s."),
                self.env._("The silence of the administration then means acceptance.")
                if is_sva
                else self.env._(
                    "The silence of the administration then means rejection."
                ),
                self.env._(
                    "It lasts, in months: %(months)s. The first day is not counted; "
                    "week-ends and holidays are."
                ),
            ),
        }

    def _citizen_piece_texts(self):
        asked = self.env._("We asked you for documents on %(notified_on)s.")
        return {
            "piece_not_indispensable": (
                asked,
                self.env._("A document that is not indispensable delays nothing."),
                self.env._("The day does not change."),
            ),
            "pieces_suspended": (
                asked,
                self.env._(
                    "The period stops until the last day given, or until all the "
                    "documents are received if that is earlier."
                ),
                self.env._(
                    "Stopped, in days: %(days)s. The period now ends on %(day)s."
                ),
            ),
            "pieces_restarted": (
                self.env._(
                    "We asked you for documents on %(notified_on)s; all were received "
                    "on %(until)s."
                ),
                self.env._(
                    "The whole period runs from the reception of the last document."
                ),
                self.env._("The period now ends on %(day)s."),
            ),
            "pieces_pending": (
                self.env._(
                    "We asked you for documents on %(notified_on)s; some have not "
                    "come yet."
                ),
                self.env._(
                    "The whole period runs from the reception of the last document."
                ),
                self.env._("As long as one is missing, no day can be given."),
            ),
            "pieces_too_late": (
                self.env._(
                    "We asked you for documents on %(notified_on)s, after the end of "
                    "the period."
                ),
                self.env._(
                    "What is asked after the end of the period does not change it."
                ),
                self.env._("The day does not change."),
            ),
        }

    def _citizen_decision_texts(self):
        unanswered = self.env._("If we do not answer by %(day)s, at midnight:")
        return {
            "express_decision_in_time": (
                self.env._("We decided on %(day)s."),
                self.env._(
                    "An answer given before the end of the period is the decision."
                ),
                self.env._("Our silence decides nothing."),
            ),
            "express_decision_late": (
                self.env._("We decided on %(day)s, after the end of the period."),
                self.env._("A decision taken afterwards replaces that of our silence."),
                self.env._("Our decision is the one that counts."),
            ),
            "implicit_acceptance": (
                unanswered,
                self.env._("your request is deemed accepted, if it is complete."),
                self.env._(
                    "The acceptance takes effect on %(effective_from)s; you may ask "
                    "for a certificate of it."
                ),
            ),
            "implicit_rejection": (
                unanswered,
                self.env._("your request is deemed rejected."),
                self.env._(
                    "The rejection takes effect on %(effective_from)s; you may ask us "
                    "why, and appeal."
                ),
            ),
            "prior_appeal_first": (
                self.env._("Against a rejection, the court is not the first step."),
                self.env._("Another authority must be asked first."),
                self.env._(
                    "The acknowledgement of reception says which one, and when."
                ),
            ),
        }
