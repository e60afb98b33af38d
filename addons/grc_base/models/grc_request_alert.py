from odoo import models
from odoo.tools import plaintext2html


class GrcRequest(models.Model):
    """Something to do about a request, for whoever is in charge: never nobody."""

    _inherit = "grc.request"

    def _people_called(self):
        """Return whom an alert about the request is for.

        :rtype: res.users
        """
        self.ensure_one()
        return self.agent_id.filtered("active") or self.service_id._people_called()

    def _plan_for(self, users, summary, note=None, deadline=None):
        """Plan something to do for each of ``users``, once while it is open.

        Who may not read the request learns that its service has nobody, and nothing
        of the request but its number.

        :param res.users users: whom to call
        :param str summary: what to do, one line
        :param str note: more, if useful
        :param date deadline: local civil day; today by default
        """
        self.ensure_one()
        for user in users:
            if self._may_be_told(user):
                self._plan_here(user, summary, note, deadline)
            else:
                self._plan_apart(user)

    def _in_town_language(self):
        """Return the request in words of its local authority: a job speaks no language.

        Whoever acts on a screen keeps her own.
        """
        self.ensure_one()
        if self.env.lang:
            return self
        language = self.env["grc.request"]._intake_language(None, self.company_id)
        return self.with_context(lang=language)

    def _may_be_told(self, user):
        """Tell whether ``user`` reads the request: people of the service do."""
        service = self.service_id
        if user in self.agent_id | service.head_id | service.member_ids:
            return True
        request = self.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        return request.has_access("read")

    def _plan_here(self, user, summary, note, deadline):
        known = self.activity_ids.filtered(
            lambda activity: activity.summary == summary and activity.user_id == user
        )
        if known:
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=deadline or self._local_day(),
            summary=summary,
            note=note and plaintext2html(note),
            user_id=user.id,
        )

    def _plan_apart(self, user):
        words = self.with_context(lang=user.lang).env
        summary = words._(
            "Service without an agent: %(service)s", service=self.service_id.name
        )
        # sudo: written for somebody else, who reads it because it is hers
        activities_sudo = self.env["mail.activity"].sudo()
        if activities_sudo.search_count(
            [("user_id", "=", user.id), ("summary", "=", summary)], limit=1
        ):
            return
        activities_sudo.create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "summary": summary,
                "note": plaintext2html(
                    words._(
                        "Nobody is called about request %(number)s: give the service "
                        "an agent or a head.",
                        number=self.name,
                    )
                ),
                "user_id": user.id,
                "automated": True,
            }
        )
