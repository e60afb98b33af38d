from odoo import api, fields, models


class GrcRequestMessage(models.TransientModel):
    _name = "grc.request.message"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Message to the citizen"

    answer_email = fields.Char(related="request_id.answer_email")
    subject = fields.Char(
        required=True, compute="_compute_subject", store=True, readonly=False
    )
    body = fields.Text(string="Message", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    wait_for_citizen = fields.Boolean(
        string="Wait for the answer",
        help="The request goes to the step where the citizen is awaited.",
    )

    @api.depends("request_id")
    def _compute_subject(self):
        for message in self:
            message.subject = self.env._(
                "Your request %(number)s – %(subject)s",
                number=message.request_id.name or "",
                subject=message.request_id.subject or "",
            )

    def action_send(self):
        self.ensure_one()
        request = self.request_id
        request._message_citizen(
            self.subject,
            self.body,
            files=[(file.name, file.raw) for file in self.attachment_ids],
        )
        transition = request._open_transitions().filtered(
            lambda candidate: candidate.to_step_id.state == "incomplete"
        )[:1]
        if self.wait_for_citizen and transition:
            request._apply_transition(transition)
        return {"type": "ir.actions.act_window_close"}
