from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        """Let a citizen read, of a request, what was exchanged with her only.

        Core hides what agents type in their notes, not what the software writes
        there by itself: changes of values, activities done, files refused.
        """
        forbidden = super()._get_forbidden_access(operation)
        if self.env.su or self.env.user._is_internal():
            return forbidden
        exchanged = self.env.ref("grc_base.mt_citizen_message")
        # sudo: only to know what each message is
        internal_sudo = (
            (self - forbidden)
            .sudo()
            .filtered(
                lambda message: (
                    message.model == "grc.request" and message.subtype_id != exchanged
                )
            )
        )
        return forbidden | internal_sudo.with_env(self.env)
