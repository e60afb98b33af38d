from odoo import api, fields, models

from ..const import ELECTRONIC_CHANNELS


class GrcRequest(models.Model):
    """What the citizen adds electronically is acknowledged at once."""

    _inherit = "grc.request"

    @api.model
    def _citizen_event_kinds(self):
        return (*super()._citizen_event_kinds(), "missing_reminded")

    def _acknowledges_addition(self, channel):
        """Tell whether an addition by this door gets its own acknowledgement.

        :param str channel: how it came
        :rtype: bool
        """
        self.ensure_one()
        # An abusive sending is owed none (CRPA, art. L112-11, fourth paragraph); a
        # suspect one waits for an agent.
        return (
            channel in ELECTRONIC_CHANNELS
            and not self.is_suspect
            and not self.is_abusive
        )

    def _after_addition(
        self, key, documents, channel, received_at=None, message_uid=None, effect=""
    ):
        result = super()._after_addition(
            key, documents, channel, received_at, message_uid, effect
        )
        if self._acknowledges_addition(channel):
            self.env["grc.acknowledgement"]._issue_addition(
                self,
                key,
                documents,
                received_at or fields.Datetime.now(),
                effect=effect,
                message_uid=message_uid,
            )
        return result

    def _production_effect(self):
        """Say what the documents that have just come do, empty when some are missing.

        :rtype: str
        """
        self.ensure_one()
        # sudo: the facts are worded for the citizen, who does not read them
        request = self.sudo().with_context(lang=self.language)
        last = request.event_ids.filtered(
            lambda event: event.kind in ("all_produced", "partial_produced")
        ).sorted("sequence")[-1:]
        if last.kind != "all_produced":
            return ""
        complete = self.env["grc.request"].with_context(lang=self.language)
        sentence = complete.env._(
            "Your file is complete since %(day)s.",
            day=request._explain_day(last.happened_on),
        )
        return " ".join(filter(None, (sentence, request._complete_sentence())))
