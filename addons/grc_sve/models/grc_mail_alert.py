from datetime import timedelta

from odoo import fields, models
from odoo.tools import plaintext2html


class GrcMailAlertMixin(models.AbstractModel):
    """What people must be told, once: floods, and mails that wait for them."""

    _name = "grc.mail.alert.mixin"
    _description = "Alerts about e-mails received"

    # === FLOOD AND ALERTS === #

    def _is_flood(self, sender, answer_to):
        """Tell whether so many mails came that a machine may be behind.

        All are kept; the acknowledgements wait for an agent, who alone may judge
        that sendings are abusive (CRPA, art. L112-11).
        """
        allowed = self.env["mail.gateway.allowed"].search_count(
            [("email_normalized", "=", sender)], limit=1
        )
        if allowed:
            return False
        threshold, since = self._flood_limits()
        return any(
            self.search_count(
                [
                    (field, "=", address),
                    ("state", "=", "request"),
                    ("received_at", ">=", since),
                ],
                limit=threshold,
            )
            >= threshold
            for field, address in (("email_from", sender), ("answer_to", answer_to))
        )

    def _flood_limits(self):
        parameters = self.env["ir.config_parameter"]
        threshold = int(parameters.get_param("grc_sve.flood_threshold", 10))
        minutes = int(parameters.get_param("grc_sve.flood_minutes", 60))
        return threshold, fields.Datetime.now() - timedelta(minutes=minutes)

    def _announce_flood(self, request, sender):
        """Tell the front desk, once for the whole flood."""
        _threshold, since = self._flood_limits()
        told = self.search_count(
            [
                ("id", "!=", self.id),
                ("email_from", "=", sender),
                ("cause", "=", "flood"),
                ("received_at", ">=", since),
            ],
            limit=1,
        )
        if told:
            return
        self._tell_front_desk(
            self.env._("Many e-mails from %(sender)s", sender=sender),
            self.env._(
                "All are recorded as requests. From %(number)s on, none was "
                "acknowledged: say which ones must be.",
                number=request.name,
            ),
        )

    def _alert_front_desk(self):
        row = self._localized()
        row._tell_front_desk(
            row.env._("E-mails received wait for you"),
            row.env._("See Follow-up, E-mails received."),
        )

    def _tell_front_desk(self, summary, note):
        """Plan something to do for the front desk, once while it is open."""
        desk = self.env["grc.service"]._front_desk(self.company_id)
        for user in desk and desk._people_called() or self.env["res.users"]:
            self._plan_once(user, summary, note)

    def _plan_once(self, user, summary, note):
        activities = self.env["mail.activity"]
        if activities.search_count(
            [("user_id", "=", user.id), ("summary", "=", summary)], limit=1
        ):
            return
        activities.create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "summary": summary,
                "note": plaintext2html(note),
                "user_id": user.id,
                "automated": True,
            }
        )
