from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html


class GrcTransfer(models.Model):
    """One request sent to the competent administration: what left, and when."""

    _name = "grc.transfer"
    _description = "Request sent to another administration"
    _inherit = ["grc.transfer.wording.mixin"]
    _order = "id desc"
    _rec_name = "request_id"

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    administration_id = fields.Many2one(
        "grc.administration", required=True, readonly=True, ondelete="restrict"
    )
    reason = fields.Text(string="Why it is competent", required=True, readonly=True)
    comment = fields.Text(string="Note to the administration", readonly=True)
    mentions = fields.Json(
        required=True, readonly=True, help="What the slip says, frozen on the day."
    )
    sent_on = fields.Date(string="Sent on", required=True, readonly=True)
    sent_by_id = fields.Many2one(
        "res.users", string="Sent by", required=True, readonly=True
    )
    received_on = fields.Date(string="Received by the administration on", readonly=True)
    returned_on = fields.Date(string="Taken back on", readonly=True)
    document_id = fields.Many2one(
        "grc.request.document", string="Slip", readonly=True, ondelete="restrict"
    )
    delivery_id = fields.Many2one(
        "grc.delivery",
        string="Message to the administration",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    notice_id = fields.Many2one(
        "grc.delivery",
        string="Message to the citizen",
        readonly=True,
        ondelete="restrict",
    )
    delivery_state = fields.Selection(related="delivery_id.state")

    _pending_uniq = models.UniqueIndex(
        "(request_id) WHERE received_on IS NULL AND returned_on IS NULL",
        "This request is already on its way to another administration.",
    )

    # === ACTION METHODS === #

    def action_open_request(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "grc.request",
            "res_id": self.request_id.id,
            "view_mode": "form",
        }

    # === BUSINESS METHODS === #

    @api.model
    def _send_request(self, request, administration, reason, comment=None):
        """Send ``request`` to ``administration`` and tell the citizen.

        Called by ``grc.request._transfer`` only, which checked everything.

        :rtype: grc.transfer
        """
        # sudo: nobody writes a transfer by hand; the caller checked the request
        transfers_sudo = self.sudo().with_context(lang=request.language)
        transfer_sudo = transfers_sudo.create(
            {
                "request_id": request.id,
                "administration_id": administration.id,
                "reason": reason,
                "comment": comment,
                "sent_on": request._local_day(),
                "sent_by_id": self.env.uid,
                "mentions": transfers_sudo._prepare_mentions(
                    request, administration, reason, comment
                ),
            }
        )
        transfer_sudo._store_slip()
        transfer_sudo._tell_citizen()
        transfer_sudo._send_file()
        return transfer_sudo

    def _title(self):
        """Return the title of the slip, in the language of the reader."""
        return self.env._("Transmission slip")

    def _store_slip(self):
        self.ensure_one()
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_transfer", self.id
        )
        self.document_id = self.env["grc.request.document"]._store(
            self.request_id,
            [(f"bordereau-transmission-{self.request_id.name}.pdf", pdf)],
            origin="system",
            kind="other",
            visible=False,
        )

    def _tell_citizen(self):
        self.ensure_one()
        request = self.request_id
        self.notice_id = request._message_citizen(
            self.env._(
                "Your request %(number)s was sent to the competent administration",
                number=request.name,
            ),
            self._render_content("grc_sve.transfer_citizen_content"),
            kind="transfer",
        )

    def _send_file(self):
        self.ensure_one()
        request = self.request_id
        self.delivery_id = self.env["grc.delivery"]._queue(
            request,
            "transmission",
            self.env._(
                "Request %(number)s falls within your competence", number=request.name
            ),
            self._render_content("grc_sve.transfer_administration_content"),
            documents=self.document_id | self._documents_to_send(request),
            extra={"transfer_ids": [Command.link(self.id)]},
            email_to=self.administration_id.email or "",
        )

    def _render_content(self, template):
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            template,
            {
                "mentions": self.mentions,
                "company": self.request_id.company_id,
                "reason": plaintext2html(self.mentions["reason"]),
                "comment": plaintext2html(self.mentions["comment"]),
            },
        )

    def _is_pending(self):
        """Tell whether nobody said yet what became of the file."""
        self.ensure_one()
        return not (self.received_on or self.returned_on)

    def _record_reception(self, day):
        """Record the day on which the administration received the file.

        :param date day: local civil day, as its acknowledgement says
        :raise UserError: when the day is impossible or already known
        """
        self.ensure_one()
        request = self.request_id
        request._check_writer()
        request.lock_for_update()
        # sudo: nobody writes a transfer by hand; the request was checked above
        transfer_sudo = self.sudo()
        transfer_sudo.invalidate_recordset(["received_on", "returned_on"])
        if not transfer_sudo._is_pending():
            raise UserError(self.env._("The day of this reception is already known."))
        if not self.sent_on <= day <= request._local_day():
            raise UserError(
                self.env._(
                    "The administration received the request between the day it was "
                    "sent and today."
                )
            )
        transfer_sudo.received_on = day
        request._log_event(
            "received_by_competent", on=day, administration=self.administration_id.name
        )
