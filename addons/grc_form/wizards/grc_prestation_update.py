from odoo import api, fields, models
from odoo.exceptions import UserError


class GrcPrestationUpdate(models.TransientModel):
    """The new version of a model beside what the town changed: the town chooses."""

    _name = "grc.prestation.update"
    _description = "Update of a prestation from its model"

    prestation_id = fields.Many2one("grc.prestation", required=True, readonly=True)
    is_form_changed_twice = fields.Boolean(compute="_compute_differences")
    differences_html = fields.Html(compute="_compute_differences")

    @api.constrains("prestation_id")
    def _check_prestation_id(self):
        # sudo: core runs constraints in sudo; this one is about the user's own rights
        self.prestation_id.sudo(False).check_access("write")

    @api.depends("prestation_id")
    def _compute_differences(self):
        for window in self:
            prestation = window.prestation_id
            if not prestation._catalogue_model():
                window.is_form_changed_twice = False
                window.differences_html = False
                continue
            found = prestation._model_differences()
            window.is_form_changed_twice = bool(
                found["model"]["form"] and found["town"]["form"]
            )
            window.differences_html = self.env["ir.qweb"]._render(
                "grc_form.model_differences",
                {
                    "found": found,
                    "names": prestation._part_names(),
                    "is_used": bool(prestation.published_version_id),
                },
            )

    def _check_model(self):
        if not self.prestation_id._catalogue_model():
            raise UserError(self.env._("This model is not in the catalogue any more."))

    def action_update(self):
        """Bring the model's changes; prepare a version of the form from it."""
        self.ensure_one()
        self._check_model()
        self.prestation_id._update_from_model()
        return self.prestation_id._action_open_sheet()

    def action_keep(self):
        """Keep the town's form; take the lines of the sheet that she left alone."""
        self.ensure_one()
        self._check_model()
        self.prestation_id._update_from_model(keep_form=True)
        return self.prestation_id._action_open_sheet()
