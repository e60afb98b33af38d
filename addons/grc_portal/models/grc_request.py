import datetime

import babel.dates

from odoo import fields, models
from odoo.tools import babel_locale_parse


class GrcRequest(models.Model):
    _inherit = "grc.request"

    # === WORDS FOR THE CITIZEN === #

    def _grc_day(self, value):
        """Return a day in full, as a citizen reads it (« mardi 15 septembre 2026 »).

        :param value: a date, or an instant in UTC
        :rtype: str
        """
        if isinstance(value, datetime.datetime):
            value = self._local_day(value)
        return self.env["res.company"]._grc_format_day(value)

    def _grc_instant(self, value):
        """Return day and hour of an instant in UTC, on the town's clock."""
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.grc_timezone), value
        )
        locale = babel_locale_parse(self.env["res.company"]._grc_lang())
        pattern = "H' h 'mm" if locale.language == "fr" else "HH:mm"
        return self.env._(
            "%(day)s at %(hour)s",
            day=self._grc_day(local.date()),
            hour=babel.dates.format_time(local, pattern, locale=locale),
        )

    def _grc_outcome_label(self):
        """Return the outcome in plain words for the citizen."""
        self.ensure_one()
        return {
            "granted": self.env._("Your request is granted."),
            "partial": self.env._("Your request is granted in part."),
            "refused": self.env._("Your request is refused."),
            "answered": self.env._("We have answered your question."),
            "no_further": self.env._("Your request stops here."),
            "redirected": self.env._("Your request goes to another authority."),
        }.get(self.outcome, "")

    def _grc_key_dates(self):
        """Return the dates that matter to the citizen, the oldest first.

        :return: one dict a line: ``label``, ``text`` and ``steps``, why the date is
            this one (as ``_day_reasons`` gives them), empty without a legal date
        :rtype: list[dict]
        """
        self.ensure_one()
        steps = self._clock_steps()

        def line(label, text, day=None):
            reasons = self._day_reasons(day, "citizen", steps) if day else []
            return {"label": label, "text": text, "steps": reasons}

        received = self._grc_instant(self.received_at)
        lines = [line(self.env._("Received"), received, "received_on")]
        acknowledgement = self._grc_acknowledgement_text()
        if acknowledgement:
            label = self.env._("Acknowledgement")
            lines.append(line(label, acknowledgement, "are_latest"))
        lines += [
            line(self.env._("In case of silence"), sentence, "implicit_on")
            for sentence in self._grc_expected_end()
        ]
        if self.reasons_due_on and not self.reasons_given_on and not self.outcome:
            label = self.env._("Reasons of the rejection")
            day = self._grc_day(self.reasons_due_on)
            text = self.env._("owed to you by %(day)s", day=day)
            lines.append(line(label, text, "reasons_due_on"))
        return lines

    def _grc_acknowledgement_text(self):
        address = self.answer_email
        if "failed" in self.acknowledgement_ids.mapped("state"):
            return self.env._("could not be delivered to %(address)s", address=address)
        if self.ack_state == "are_sent":
            return self.env._("sent to %(address)s", address=address)
        if self.ack_state == "aee_sent" and self.are_latest:
            return self.env._(
                "registration sent to %(address)s; the full acknowledgement follows "
                "by %(day)s",
                address=address,
                day=self._grc_day(self.are_latest),
            )
        if self.ack_state == "aee_sent":
            return self.env._("registration sent to %(address)s", address=address)
        if self.ack_state == "waiting":
            return self.env._("on its way to %(address)s", address=address)
        return ""

    def _grc_expected_end(self):
        """Say what silence will mean, and when (CRPA, art. L231-1 and L231-4).

        :return: sentences, none when silence means nothing or an answer was given
        :rtype: list[str]
        """
        self.ensure_one()
        if self.outcome or not self.implicit_on:
            return []
        day = self._grc_day(self.implicit_on)
        if self.silence_regime == "sva":
            return [
                self.env._(
                    "Without an answer from us by %(day)s, your request will be "
                    "deemed accepted, if it is complete.",
                    day=day,
                )
            ]
        if self.silence_regime == "svr":
            return [
                self.env._(
                    "Without an answer from us by %(day)s, your request will be "
                    "deemed rejected. You may then appeal.",
                    day=day,
                )
            ]
        return []

    def _grc_is_mine(self, message):
        """Tell whether the citizen wrote ``message``: the outbox did not send it."""
        self.ensure_one()
        return message.message_id not in self.delivery_ids.mapped("message_uid")

    # === ACCOUNT === #

    def _grc_link_filer(self, user):
        """Give the request to the account of whoever filed it.

        Called for the browser session that filed it, and for no other.

        :param res.users user: the citizen, signed in
        """
        self.ensure_one()
        if not self.partner_id and not user._is_public():
            self.partner_id = user.partner_id
