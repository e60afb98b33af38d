from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.grc_base.const import OPEN_STATES

from ..const import TRANSFER_CITIZEN_EVENT_KINDS


class GrcRequest(models.Model):
    """What is not for us: another administration is competent (CRPA L114-2)."""

    _inherit = "grc.request"

    transfer_ids = fields.One2many("grc.transfer", "request_id", string="Transfers")
    competent_administration_id = fields.Many2one(
        "grc.administration",
        string="Competent administration",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    has_pending_transfer = fields.Boolean(
        compute="_compute_has_pending_transfer", compute_sudo=True
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"competent_administration_id"}

    @api.model
    def _citizen_event_kinds(self):
        return super()._citizen_event_kinds() + TRANSFER_CITIZEN_EVENT_KINDS

    # === COMPUTE METHODS === #

    @api.depends("transfer_ids.received_on", "transfer_ids.returned_on")
    def _compute_has_pending_transfer(self):
        for request in self:
            request.has_pending_transfer = any(
                transfer._is_pending() for transfer in request.transfer_ids
            )

    @api.depends("competent_administration_id")
    def _compute_next_due(self):
        return super()._compute_next_due()

    @api.depends("competent_administration_id")
    def _compute_can_acknowledge(self):
        result = super()._compute_can_acknowledge()
        for request in self:
            if request._owes_no_reception():
                request.can_acknowledge = False
        return result

    # === DEADLINES AND ACKNOWLEDGEMENTS === #

    def _due_days(self):
        due = super()._due_days()
        if self._is_transferred():
            # The registration is still ours to acknowledge; the reception and the
            # decision are the competent administration's (CRPA, art. L114-4).
            due = [(day, kind) for day, kind in due if kind == "aee"]
        return due

    def _due_domain(self, due_days):
        # What silence decides there is noted there.
        return super()._due_domain(due_days) & Domain(
            "competent_administration_id", "=", False
        )

    def _is_transferred(self):
        self.ensure_one()
        return bool(self.competent_administration_id)

    def _owes_no_reception(self):
        """Tell whether the acknowledgement of reception is not ours to send."""
        self.ensure_one()
        return self._is_transferred()

    def _acknowledge(self, kind, instant=False, asked=None):
        if kind == "are" and self._owes_no_reception():
            return False
        return super()._acknowledge(kind, instant=instant, asked=asked)

    def action_acknowledge(self):
        if any(request._owes_no_reception() for request in self):
            raise UserError(
                self.env._(
                    "No acknowledgement of reception is owed by this service for "
                    "this request: see its history."
                )
            )
        return super().action_acknowledge()

    # === BUSINESS METHODS === #

    def _has_answer(self):
        return super()._has_answer() or any(
            delivery.kind == "transfer" and delivery.state != "failed"
            for delivery in self.delivery_ids
        )

    def _check_redirectable(self):
        """Raise unless the request is open, once nobody else is at work on it."""
        self.ensure_one()
        self._check_writer()
        self.lock_for_update()
        self.invalidate_recordset(["state", "stage_id", "outcome"])
        if self.state not in OPEN_STATES:
            raise UserError(
                self.env._(
                    "This request is already decided or closed: reopen it first, "
                    "with the button “Change the step”."
                )
            )

    def _close_redirected(self, reason):
        """Close through the circuit: nothing was decided, the clock stays as it is.

        :param str reason: why, in words that the citizen reads
        """
        self.ensure_one()
        transition = self._open_transitions().filtered("is_decision")[:1]
        if not transition:
            raise UserError(
                self.env._(
                    "The step “%(step)s” does not lead to an answer: change the step "
                    "first.",
                    step=self.stage_id.name,
                )
            )
        self._write_facts({"outcome": "redirected", "outcome_reason": reason})
        self._apply_transition(transition)
        self.action_close()

    def _transfer(self, administration, reason, comment=None):
        """Send the request to the competent administration and tell the citizen.

        :param grc.administration administration: the competent one
        :param str reason: why it is, in words that the citizen reads
        :param str comment: for the administration only
        :raise UserError: when it is on its way already, decided, or a part is missing
        :rtype: grc.transfer
        """
        self._check_redirectable()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this administration is competent."))
        if administration.company_id != self.company_id:
            raise UserError(
                self.env._("This administration is in another directory than yours.")
            )
        # The index that keeps a second transfer out reads the database.
        self.transfer_ids.flush_recordset(["received_on", "returned_on"])
        if any(transfer._is_pending() for transfer in self.transfer_ids):
            raise UserError(
                self.env._(
                    "This request is already on its way to another administration: "
                    "record first the day it was received there."
                )
            )
        transfer = self.env["grc.transfer"]._send_request(
            self, administration, reason, comment
        )
        self._write_facts({"competent_administration_id": administration.id})
        self._log_event(
            "transferred",
            administration=administration.name,
            slip_sha256=transfer.document_id.sha256,
        )
        self._close_redirected(reason)
        return transfer

    def _record_competent_reception(self, day):
        """Record the day on which the competent administration received the file.

        :param date day: local civil day
        :raise UserError: when nothing is on its way, or the day is impossible
        """
        self.ensure_one()
        self._check_writer()
        transfer = self.transfer_ids.filtered(lambda t: t._is_pending())[:1]
        if not transfer:
            raise UserError(
                self.env._("This request is on its way to no administration.")
            )
        transfer._record_reception(day)

    def action_take_back(self):
        """Take back a request that the other administration sent back.

        The town is the competent authority after all, from today on.

        :raise UserError: when it was sent nowhere, or is not open
        """
        for request in self:
            request._check_redirectable()
            if not request._is_transferred():
                raise UserError(
                    self.env._("This request was sent to no other administration.")
                )
            # sudo: nobody writes a transfer by hand; the request was checked above
            request.transfer_ids.sudo().filtered(lambda t: t._is_pending()).write(
                {"returned_on": request._local_day()}
            )
            request._write_facts({"competent_administration_id": False})
            request._log_event(
                "received_by_competent", administration=request.company_id.name
            )
