from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.grc_base.const import SENDER_FIELDS
from odoo.addons.grc_base.rules.chain import text_hash

from ..rules.administrative_appeal import appeal_interrupts


class GrcRequest(models.Model):
    """An appeal before the town itself: a request linked to what it contests."""

    _inherit = "grc.request"

    appealed_request_id = fields.Many2one(
        "grc.request",
        string="Contested request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The request whose decision is contested by this one.",
    )
    appeal_ids = fields.One2many("grc.request", "appealed_request_id", string="Appeals")
    can_appeal = fields.Boolean(compute="_compute_can_appeal")
    appeal_effect = fields.Char(
        string="Effect on the period of the court",
        compute="_compute_appeal_effect",
        groups="base.group_user",
        help="Internal: the day itself is never told to the public.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"appealed_request_id"}

    # === COMPUTE METHODS === #

    @api.depends("state", "outcome", "silence_regime", "implicit_effective_from")
    def _compute_can_appeal(self):
        for request in self:
            born_on = request.implicit_effective_from
            request.can_appeal = (
                request.state in ("decided", "closed")
                and request.outcome != "redirected"
            ) or bool(
                request.silence_regime == "svr"
                and born_on
                and born_on <= request._local_day()
            )

    @api.depends("appealed_request_id", "received_on")
    def _compute_appeal_effect(self):
        for request in self:
            # sudo: the days of the contested request, whose service may be another
            contested_sudo = request.sudo().appealed_request_id
            request.appeal_effect = (
                request._effect_against(contested_sudo) if contested_sudo else False
            )

    def _effect_against(self, contested):
        """Say what this appeal does to the period of the court of a decision.

        :param grc.request contested: the decision, in sudo
        :rtype: str
        """
        self.ensure_one()
        if contested.mandatory_prior_appeal:
            return self.env._(
                "Had to come before the court: its answer, or silence, opens the "
                "period to seize it (CRPA, art. L412-1 and L412-7)."
            )
        if contested._follows_urban_rule():
            return self.env._(
                "Does not interrupt the period to seize the court (town "
                "planning: C. urb., art. L600-12-2)."
            )
        if appeal_interrupts(False, self.received_on, contested._appealable_until()):
            return self.env._(
                "Interrupts the period to seize the court (CRPA, art. L411-2)."
            )
        return self.env._(
            "Came after the period to seize the court: interrupts nothing "
            "(CRPA, art. L411-2)."
        )

    def _is_urban(self):
        self.ensure_one()
        return self.start_basis == "ack_sent"

    # === BUSINESS METHODS === #

    def _file_appeal(self, text, received_on, channel):
        """Record an appeal against this decision as a request of its own.

        :param str text: what the citizen writes
        :param date received_on: local civil day of its arrival
        :param str channel: ``letter`` or ``desk``
        :raise UserError: when nothing may be contested, or the day is impossible
        :rtype: grc.request
        """
        self.ensure_one()
        self._check_writer()
        if not self.can_appeal:
            raise UserError(
                self.env._(
                    "Nothing was decided yet, expressly or by silence: there is "
                    "nothing to contest."
                )
            )
        if not self.received_on <= received_on <= self._local_day():
            raise UserError(
                self.env._("An appeal comes after the request, today at the latest.")
            )
        appeal = self._intake(self._prepare_appeal_vals(text, received_on), channel)
        # sudo: the agent has just recorded the appeal, through the one door
        appeal_sudo = appeal.sudo()
        appeal_sudo._write_facts(
            {
                "appealed_request_id": self.id,
                # The same citizen before the same court, as an agent may have said.
                "distance_months": self.distance_months,
                "distance_reason": self.distance_reason,
            }
        )
        appeal_sudo._log_event(
            "appeal_of", request=self.name, text_sha256=text_hash(text)
        )
        self._log_event(
            "appeal_received",
            on=received_on,
            request=appeal_sudo.name,
            effect=appeal_sudo.appeal_effect,
        )
        return appeal

    def _prepare_appeal_vals(self, text, received_on):
        zone = pytz.timezone(self.company_id.grc_timezone)
        noon = zone.localize(datetime.combine(received_on, time(12)))
        instant = noon.astimezone(pytz.utc).replace(tzinfo=None)
        identity = {name: self[name] for name in SENDER_FIELDS if self[name]}
        return identity | {
            "partner_id": self.partner_id.id,
            "service_id": self.service_id.id,
            "nature": "appeal",
            "subject": self.env._("Appeal against %(number)s", number=self.name),
            "description": text,
            "received_at": min(instant, fields.Datetime.now()),
        }
