from odoo import fields, models


class GrcRequestQualify(models.TransientModel):
    """Directing an incomplete request: its acknowledgement asks for the documents."""

    _inherit = "grc.request.qualify"

    can_hold_ack = fields.Boolean(related="request_id.can_acknowledge")
    holds_ack = fields.Boolean(
        string="Documents are missing",
        help="The acknowledgement of reception then leaves with the list of the "
        "documents that you ask for (CRPA, art. R112-11-4).",
    )

    def action_qualify(self):
        self.ensure_one()
        request = self.request_id
        if self.can_hold_ack:
            request._check_writer()
            # sudo: protected fact, the agent has just decided about it
            request.sudo()._write_facts({"is_ack_held": self.holds_ack})
        action = super().action_qualify()
        own = request.with_user(self.env.user)
        if not (self.holds_ack and own.has_access("write")):
            return action
        if not request._joins_acknowledgement():
            return action
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_sve.grc_missing_ask_action"
        ) | {"context": {"default_request_id": request.id}}
