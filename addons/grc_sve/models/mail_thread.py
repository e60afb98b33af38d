from odoo import api, models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Journal each mail before anything is understood, then sort it.

        Core would bounce, drop or lose some of them; each is a saisine in law. What
        is not for a service of the town hall is handed over to core unchanged.
        """
        options = {
            "custom_values": custom_values,
            "save_original": save_original,
            "strip_attachments": strip_attachments,
            "thread_id": thread_id,
        }
        if self.env.context.get("grc_hand_over"):
            return super().message_process(model, message, **options)
        if self.env.user.share and not self.env.su:
            raise AccessError(self.env._("Only the mail server brings mails in."))
        # sudo: the journal takes what comes, whoever runs the mail gateway
        intakes_sudo = self.env["grc.mail.intake"].sudo()
        return intakes_sudo._receive(_raw_bytes(message), model, options)

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        """Leave out the requests of a mail that is handed over: they are made."""
        routes = super().message_route(
            message, message_dict, model, thread_id, custom_values
        )
        if self.env.context.get("grc_hand_over"):
            routes = [route for route in routes or () if route[0] != "grc.request"]
        return routes


def _raw_bytes(message):
    """Return the bytes of a message, as each caller of the gateway gives it."""
    if isinstance(message, str):
        return message.encode("utf-8", "surrogateescape")
    # An xmlrpc.client.Binary keeps them in its data.
    return bytes(getattr(message, "data", message))
