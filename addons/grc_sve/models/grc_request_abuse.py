from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.grc_base.rules.chain import text_hash

from ..const import ABUSE_GROUNDS


class GrcRequest(models.Model):
    """Abusive sendings: always the reasoned decision of a head (CRPA L112-11)."""

    _inherit = "grc.request"

    is_abusive = fields.Boolean(
        string="Abusive",
        readonly=True,
        help="No acknowledgement is owed; the period of silence still runs.",
    )
    abusive_ground = fields.Selection(
        ABUSE_GROUNDS,
        string="Why abusive",
        readonly=True,
        groups="base.group_user",
    )
    abusive_reason = fields.Text(
        string="Facts", readonly=True, groups="base.group_user"
    )
    blocked_sender_ids = fields.One2many(
        "grc.blocked.sender",
        "request_id",
        string="Blocked senders",
        groups="base.group_user",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "is_abusive",
            "abusive_ground",
            "abusive_reason",
        }

    # === CLOCK AND ACKNOWLEDGEMENTS === #

    @api.model
    def _clock_columns(self):
        return (*super()._clock_columns(), "is_abusive")

    @api.model
    def _build_clock_facts(self, *, is_abusive, **values):
        facts = super()._build_clock_facts(**values)
        return replace(facts, nature="abusive") if is_abusive else facts

    @api.depends("is_abusive")
    def _compute_clock(self):
        return super()._compute_clock()

    @api.depends("is_abusive")
    def _compute_ack_state(self):
        result = super()._compute_ack_state()
        for request in self:
            if request.is_abusive and request.ack_state == "waiting":
                request.ack_state = "not_due"
        return result

    @api.depends("is_abusive")
    def _compute_can_acknowledge(self):
        return super()._compute_can_acknowledge()

    def _owes_no_reception(self):
        return self.is_abusive or super()._owes_no_reception()

    # === BUSINESS METHODS === #

    def _check_judge(self):
        """Raise unless the current user may judge that a sending is abusive.

        :raise AccessError: for whoever is not the head of the service or a manager
        """
        self.ensure_one()
        self._check_writer()
        if not self.env.su and not self.env.user.has_group("grc_base.group_grc_head"):
            raise AccessError(
                self.env._("Only a head of service judges that a sending is abusive.")
            )

    def _qualify_abusive(self, ground, reason, message=None, cannot_tell=None):
        """Judge the sending abusive, and tell the sender if possible.

        :param str ground: a code of ``const.ABUSE_GROUNDS``
        :param str reason: the facts, for the history
        :param str message: what is written to the sender, plain text
        :param str cannot_tell: why the sender cannot be told, instead of a message
        :raise UserError: when a part is missing
        """
        self._check_judge()
        self.lock_for_update()
        self.invalidate_recordset(["is_abusive"])
        if self.is_abusive:
            raise UserError(self.env._("This sending is already judged abusive."))
        if ground not in dict(ABUSE_GROUNDS) or not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why the sending is abusive, and the facts that show it."
                )
            )
        message, cannot_tell = (message or "").strip(), (cannot_tell or "").strip()
        if not message and not cannot_tell:
            raise UserError(
                self.env._("Write to the sender, or say why this is impossible.")
            )
        # What the law reads changes first: the message must find it done.
        self._write_facts(
            {"is_abusive": True, "abusive_ground": ground, "abusive_reason": reason}
        )
        self._log_event(
            "abusive_qualified",
            ground=ground,
            reason_sha256=text_hash(reason),
            sender_told=not cannot_tell,
            cannot_tell=cannot_tell or None,
        )
        if not cannot_tell:
            localized = self.with_context(lang=self.language)
            localized._message_citizen(
                localized.env._("About your sending %(number)s", number=self.name),
                message,
            )

    def _lift_abusive(self):
        """Lift the judgment: what is owed to any sender is owed again."""
        self._check_judge()
        self.lock_for_update()
        self.invalidate_recordset(["is_abusive"])
        if not self.is_abusive:
            raise UserError(self.env._("This sending is not judged abusive."))
        self._write_facts(
            {"is_abusive": False, "abusive_ground": False, "abusive_reason": False}
        )
        self._log_event("abusive_lifted")
        self.blocked_sender_ids.action_lift()
        is_acknowledged = self.acknowledgement_ids or self.is_suspect
        if self._is_electronic() and not is_acknowledged:
            self._acknowledge("are" if self.prestation_id else "aee")

    def action_lift_abusive(self):
        for request in self:
            request._lift_abusive()

    def _block_sender(self, until, review):
        """Record mails of the sender without acknowledgement, until a day.

        :param date until: last day of the blocking
        :param date review: the day on which somebody looks at it again
        :raise UserError: when the sending is not judged abusive, or has no address
        :rtype: grc.blocked.sender
        """
        self._check_judge()
        address = email_normalize(self.email_used or "")
        if not self.is_abusive or not address:
            raise UserError(
                self.env._(
                    "Only the address of a sending that is judged abusive is blocked."
                )
            )
        # sudo: nobody writes the list by hand; the judge was checked above
        blocked = (
            self.env["grc.blocked.sender"]
            .sudo()
            .create(
                {
                    "request_id": self.id,
                    "email": address,
                    "blocked_on": self._local_day(),
                    "blocked_by_id": self.env.uid,
                    "review_on": review,
                    "until_on": until,
                }
            )
        )
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=review,
            summary=self.env._("Is the blocking of %(email)s needed?", email=address),
            user_id=self.env.uid,
        )
        return blocked
