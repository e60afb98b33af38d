from email.header import decode_header, make_header
from email.utils import make_msgid, parseaddr

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules.identifiers import is_email

_COPIED = (
    "kind",
    "subject",
    "body",
    "email_from",
    "reply_to",
    "references",
    "is_automatic",
)


class GrcDelivery(models.Model):
    """A message that did not arrive, sent again to another address."""

    _inherit = "grc.delivery"

    replaces_id = fields.Many2one(
        "grc.delivery",
        string="Sent again after",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The message that did not arrive; it stays as a proof.",
    )
    replacement_ids = fields.One2many(
        "grc.delivery", "replaces_id", string="Sent again"
    )
    is_to_solve = fields.Boolean(
        string="Not delivered, nothing done yet",
        compute="_compute_is_to_solve",
        search="_search_is_to_solve",
    )
    failure_advice = fields.Char(compute="_compute_is_to_solve")
    sender_text = fields.Char(string="Sent from", compute="_compute_sender_text")

    @api.depends("state", "replacement_ids")
    def _compute_is_to_solve(self):
        for delivery in self:
            delivery.is_to_solve = (
                delivery.state == "failed" and not delivery.replacement_ids
            )
            delivery.failure_advice = (
                delivery.is_to_solve and delivery._failure_note() or False
            )

    @api.depends("email_from")
    def _compute_sender_text(self):
        for delivery in self:
            # Kept, and sealed, as it travels; shown as people read it.
            header = make_header(decode_header(delivery.email_from or ""))
            delivery.sender_text = str(header) or False

    def _search_is_to_solve(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "failed") & Domain("replacement_ids", "=", False)

    # === FAILURE === #

    def _failure_note(self):
        """Say what to do about a message that did not arrive, and what is at stake.

        :rtype: str
        """
        self.ensure_one()
        note = self.env._(
            "“%(subject)s” did not reach %(address)s: send it to another address or "
            "post a letter.",
            subject=self.subject,
            address=self.email_to,
        )
        return " ".join(filter(None, (note, self._failure_risk())))

    def _failure_risk(self):
        """Hook: say what the town risks as long as the message has not arrived.

        :rtype: str
        """
        self.ensure_one()
        return ""

    # === ANOTHER ADDRESS === #

    def action_send_elsewhere(self):
        """Open the window that sends the message to another address."""
        self.ensure_one()
        self._check_elsewhere()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_delivery_elsewhere_action"
        ) | {
            "context": {
                "default_request_id": self.request_id.id,
                "default_delivery_id": self.id,
            }
        }

    def _check_elsewhere(self):
        self.check_access("read")
        self.request_id._check_writer()
        if not self.is_to_solve:
            raise UserError(
                self.env._("Only a message that was not delivered is sent elsewhere.")
            )

    def _send_elsewhere(self, address):
        """Send the same message to another address, once.

        The message that failed stays as it is: it proves what was tried.

        :param str address: an e-mail address
        :raise UserError: when it is none, or the one that failed
        :return: the new message
        :rtype: grc.delivery
        """
        self.ensure_one()
        # Two agents at once: the second waits here and sees what the first did.
        # sudo: agents do not write in the outbox; their right is checked below
        delivery_sudo = self.sudo()
        delivery_sudo.lock_for_update()
        delivery_sudo.invalidate_recordset(["state", "replacement_ids", "is_to_solve"])
        self._check_elsewhere()
        address = (address or "").strip().lower()
        if not is_email(address) or parseaddr(address)[1] != address:
            raise UserError(self.env._("Write one e-mail address: name@example.com."))
        if address == (delivery_sudo.email_to or "").lower():
            raise UserError(
                self.env._("This is the address that the message did not reach.")
            )
        again = delivery_sudo.create(delivery_sudo._prepare_elsewhere(address))
        self.request_id._log_event(
            "delivery_elsewhere",
            message=self.kind,
            address=address,
            first_address=delivery_sudo.email_to or None,
        )
        delivery_sudo._replaced_by(again)
        again._send_after_commit()
        return again.with_env(self.env)

    def _prepare_elsewhere(self, address):
        domain = parseaddr(self.email_from or "")[1].rpartition("@")[2]
        vals = {name: self[name] for name in _COPIED} | {
            "request_id": self.request_id.id,
            "email_to": address,
            "document_ids": self.document_ids.ids,
            "message_uid": make_msgid(
                f"grc-{self.request_id.name}", domain or "localhost"
            ),
            "next_attempt_at": fields.Datetime.now(),
            "replaces_id": self.id,
        }
        return vals | {"sha256": self._seal(vals, self.document_ids)}

    def _replaced_by(self, again):
        """Hook: the message leaves again as ``again``."""
        self.ensure_one()

    def action_retry(self):
        # What left again elsewhere is not sent to the first address too.
        return super(
            GrcDelivery, self.filtered(lambda one: not one.replacement_ids)
        ).action_retry()
