from odoo import api, fields, models

from ..const import NATURES


class GrcRequestQualify(models.TransientModel):
    _name = "grc.request.qualify"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Orientation of a request"

    company_id = fields.Many2one(related="request_id.company_id")
    prestation_id = fields.Many2one(
        "grc.prestation",
        compute="_compute_from_request",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('state', '=', 'published')]",
    )
    nature = fields.Selection(
        NATURES,
        required=True,
        compute="_compute_from_prestation",
        store=True,
        readonly=False,
    )
    service_id = fields.Many2one(
        "grc.service",
        required=True,
        compute="_compute_from_prestation",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    reason = fields.Char(help="Kept in the history.")

    @api.depends("request_id")
    def _compute_from_request(self):
        for wizard in self:
            wizard.prestation_id = wizard.request_id.prestation_id

    @api.depends("prestation_id", "request_id")
    def _compute_from_prestation(self):
        for wizard in self:
            request, prestation = wizard.request_id, wizard.prestation_id
            changed = prestation and prestation != request.prestation_id
            wizard.nature = prestation.nature if changed else request.nature
            wizard.service_id = prestation.service_id if changed else request.service_id

    def action_qualify(self):
        self.ensure_one()
        request = self.request_id
        request._qualify(
            self.nature, self.service_id, self.prestation_id, reason=self.reason
        )
        if request.with_user(self.env.user).has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        # The request went to a service whose files this agent does not see.
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_request_action"
        ) | {"target": "main"}
