from odoo import api, fields, models
from odoo.tools import plaintext2html


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # What a reminder is about, so that there is one while it is open.
    grc_key = fields.Char(
        string="What it is about", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model
    def _grc_plan_once(self, users, key, words):
        """Remind each of ``users`` of something that is about no record, once.

        :param res.users users: whom to call
        :param str key: what it is about, whatever the language
        :param words: called with an environment in the language of the user; returns
            ``(summary, note)``, without anything personal
        """
        # sudo: written for somebody else, who reads it because it is hers
        activities_sudo = self.sudo().with_context(mail_activity_quick_update=True)
        told = activities_sudo.search(
            [("grc_key", "=", key), ("user_id", "in", users.ids)]
        ).user_id
        for user in users - told:
            summary, note = words(self.with_context(lang=user.lang).env)
            activities_sudo.create(
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "summary": summary,
                    "note": plaintext2html(note),
                    "user_id": user.id,
                    "automated": True,
                    "grc_key": key,
                }
            )
