from odoo import api, fields, models


class GrcDeskIntake(models.TransientModel):
    """The form of the prestation, for the agent: the pages of the citizens."""

    _inherit = "grc.desk.intake"

    has_form = fields.Boolean(compute="_compute_has_form")

    @api.depends("prestation_id")
    def _compute_has_form(self):
        has_pages = self.env["grc.request"]._has_assisted_forms()
        for intake in self:
            # sudo: the form in use of a prestation that the agent sees
            form = intake.prestation_id.sudo().published_version_id
            intake.has_form = has_pages and bool(form)

    def action_fill_form(self):
        """Open the form, in the name of the citizen of this contact.

        :return: the action that opens its first page
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("write")
        for record in (self.prestation_id, self.service_id, self.partner_id):
            record.check_access("read")
        vals = self._prepare_intake_vals()
        vals["subject"] = vals["subject"] or self.prestation_id.name
        vals["description"] = vals["description"] or vals["subject"]
        self._raise_errors(self._errors(vals))
        return {
            "type": "ir.actions.act_url",
            "url": self.env["grc.request"]._assisted_form_url(
                vals, self.channel, self.idempotency_key
            ),
            "target": "self",
        }
