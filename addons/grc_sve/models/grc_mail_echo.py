from markupsafe import Markup

from odoo import models
from odoo.tools import plaintext2html

from odoo.addons.grc_base.rules import identifiers

_MAX_NOTE = 20_000


class GrcMailEchoMixin(models.AbstractModel):
    """Mails that nobody wrote to us: copies, automatic answers, returned messages."""

    _name = "grc.mail.echo.mixin"
    _description = "Copies and automatic e-mails received"

    # === ALREADY RECEIVED === #

    def _is_already_known(self, mail):
        """Settle the mail when it was received before.

        The same identifier with another content is no copy: software exists that
        gives all its messages one identifier, and an identifier can be forged to
        have somebody else's mail taken for a copy. The same sender's goes to the
        request already made; another sender's is a mail like any other.
        """
        twins = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("message_key", "=", mail.key),
                ("id", "!=", self.id),
                ("state", "not in", ("received", "error", "duplicate", "elsewhere")),
            ],
            order="id",
        )
        same = twins.filtered(lambda twin: twin.content_sha256 == mail.content_sha256)
        if same:
            self._settle(
                "duplicate",
                "same",
                duplicate_of_id=same[0].id,
                request_id=same[0].request_id.id,
            )
            return True
        sender = twins.filtered(lambda t: t.email_from == mail.sender and t.request_id)
        if sender:
            self._add_to(sender[0].request_id, mail, "other_text")
        return bool(sender)

    # === MACHINES === #

    def _record_automatic(self, mail, verdict, request):
        """Keep what a machine wrote with the request it is about, unanswered."""
        if request:
            request._log_event(
                "automatic_message", channel="mail", address=mail.sender or None
            )
            title = self.env._("Automatic answer of %(sender)s", sender=mail.sender)
            request._message_log(body=self._note(title, mail.text[:_MAX_NOTE]))
        self._settle("automatic", verdict.cause, request_id=request.id)
        return False

    def _record_bounce(self, mail):
        """Say that the message that comes back did not arrive."""
        delivery = self._bounced_delivery(mail)
        returned = mail.returned
        detail = " ".join(
            filter(None, (returned.recipient, returned.status, returned.diagnostic))
        )
        if delivery.state in ("sent", "waiting"):
            delivery._give_up(
                self.env._("Returned by the mail server: %(why)s", why=detail[:300])
                if detail
                else self.env._("Returned by the mail server.")
            )
        self._settle(
            "bounce",
            "bounce",
            detail=detail[:300],
            delivery_id=delivery.id,
            request_id=delivery.request_id.id,
        )
        return False

    def _bounced_delivery(self, mail):
        """Return the message of ours that a mail server could not deliver.

        Some servers give our messages another identifier: then the request that
        they answer and the address tell which one it is.
        """
        deliveries = self.env["grc.delivery"]
        ids = [*mail.returned.ids, *mail.references]
        if not ids:
            return deliveries
        found = deliveries.search(
            [("message_uid", "in", ids)], order="id desc", limit=1
        )
        if found or not mail.returned.recipient:
            return found
        request = self._request_of_references(ids)
        return request.delivery_ids.filtered(
            lambda d: (
                (d.email_to or "").lower() == mail.returned.recipient
                and d.state == "sent"
            )
        ).sorted("id")[-1:]

    def _note(self, title, text):
        content = plaintext2html(identifiers.mask_nir(text)) if text else ""
        return Markup("<p><strong>%s</strong></p>%s") % (title, content)
