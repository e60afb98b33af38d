from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.grc_base.rules.chain import text_hash

from ..rules import implicit
from .grc_request_event_clock import CITIZEN_EVENT_KINDS


class GrcRequest(models.Model):
    """A decision taken in time and recorded late: silence had decided nothing."""

    _inherit = "grc.request"

    implicit_unborn_on = fields.Date(
        string="Said never born on",
        readonly=True,
        copy=False,
        help="A decision had been taken in time: silence decided nothing.",
    )
    implicit_unborn_reason = fields.Text(
        string="Why it was never born",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "implicit_unborn_on",
            "implicit_unborn_reason",
        }

    @api.model
    def _citizen_event_kinds(self):
        return super()._citizen_event_kinds() + CITIZEN_EVENT_KINDS

    def _implicit_stands(self):
        """Return what silence decided, False when it was withdrawn or never born.

        :rtype: str | bool
        """
        self.ensure_one()
        if self.implicit_withdrawn_on or self.implicit_unborn_on:
            return False
        return self.implicit_decision

    def _check_head(self):
        self._check_writer()
        if not self.env.su and not self.env.user.has_group("grc_base.group_grc_head"):
            raise AccessError(
                self.env._("Only a head of service corrects the day of a decision.")
            )

    def _record_decision_day(self, decided_on, reason):
        """Say on which day a decision recorded late had been taken.

        The implicit decision is never deleted: when the decision was taken in time,
        it is said never born, from today and for a reason.

        :param date decided_on: local civil day of the express decision
        :param str reason: how this is known, in words that the citizen may read
        :raise UserError: when silence decided nothing, the day is impossible, or only
            a withdrawal undoes what silence accepted
        """
        self.ensure_one()
        self._check_head()
        if not (reason or "").strip():
            raise UserError(self.env._("Say how you know the day of the decision."))
        self.lock_for_update()
        self.invalidate_recordset(["implicit_decision", "implicit_unborn_on"])
        kind = self._implicit_stands()
        if not kind:
            raise UserError(
                self.env._(
                    "Silence decided nothing on this request: record the decision "
                    "with “Decide”."
                )
            )
        if not self.received_on <= decided_on <= self._local_day():
            raise UserError(
                self.env._(
                    "A decision is taken after the reception, today at the latest."
                )
            )
        effect = implicit.late_record_effect(kind, decided_on, self.implicit_born_on)
        if effect == "withdrawal":
            raise UserError(
                self.env._(
                    "On that day silence had already accepted: only a withdrawal "
                    "undoes it, with “Withdraw the acceptance”."
                )
            )
        self._log_event(
            "decision_dated",
            on=decided_on,
            effect=effect,
            reason_sha256=text_hash(reason),
        )
        if effect == "never_born":
            self._say_never_born(kind, decided_on, reason)

    def _say_never_born(self, kind, decided_on, reason):
        born_on = self.implicit_born_on
        self._write_facts(
            {
                "implicit_unborn_on": self._local_day(),
                "implicit_unborn_reason": reason,
            }
        )
        self._log_event(
            "implicit_unborn",
            decision=kind,
            born_on=fields.Date.to_string(born_on),
            decided_on=fields.Date.to_string(decided_on),
            reason_sha256=text_hash(reason),
        )
        if kind != "accepted":
            return
        # sudo: nobody writes a document; the head was checked above
        self.sudo().implicit_certificate_id.is_visible_to_citizen = False
        localized = self.with_context(lang=self.language)
        localized._message_citizen(
            localized.env._(
                "Your request %(number)s was not accepted by silence",
                number=self.name,
            ),
            localized.env["ir.qweb"]._render(
                "grc_sve.implicit_unborn_content",
                {
                    "born_on": localized._explain_day(born_on),
                    "decided_on": localized._explain_day(decided_on),
                    "reason": plaintext2html(reason),
                    "certificate": bool(self.implicit_certificate_id),
                },
            ),
        )

    # === TOWN PLANNING === #

    def _withdrawal_last_day(self):
        """Return the last day to withdraw what silence accepted, False without it.

        :rtype: date | bool
        """
        self.ensure_one()
        if not self.implicit_born_on:
            return False
        return implicit.withdrawal_last_day(self.implicit_born_on, self._is_urban())
