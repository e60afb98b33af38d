from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class GrcPrestationUpdate(models.TransientModel):
    """The new version of a model beside what the town changed: the town chooses."""

    _name = "grc.prestation.update"
    _description = "Update of a prestation from its model"

    prestation_id = fields.Many2one("grc.prestation", required=True, readonly=True)
    line_ids = fields.One2many(
        "grc.prestation.update.line", "update_id", string="What the model changes"
    )
    has_form_line = fields.Boolean(compute="_compute_has_form_line")
    differences_html = fields.Html(compute="_compute_differences_html")

    @api.constrains("prestation_id")
    def _check_prestation_id(self):
        # sudo: core runs constraints in sudo; this one is about the user's own rights
        self.prestation_id.sudo(False).check_access("write")

    @api.model_create_multi
    def create(self, vals_list):
        windows = super().create(vals_list)
        for window in windows:
            window._add_lines()
        return windows

    def _add_lines(self):
        if not self.prestation_id._catalogue_model():
            return
        self.line_ids = [
            Command.create(line | {"is_taken": not line["is_both"]})
            for line in self.prestation_id._update_lines()
        ]

    @api.depends("line_ids.place")
    def _compute_has_form_line(self):
        for window in self:
            window.has_form_line = "form" in window.line_ids.mapped("place")

    @api.depends("prestation_id")
    def _compute_differences_html(self):
        for window in self:
            prestation = window.prestation_id
            if not prestation._catalogue_model():
                window.differences_html = False
                continue
            found = prestation._model_differences()
            window.differences_html = self.env["ir.qweb"]._render(
                "grc_form.model_differences",
                {
                    "town": found["town"],
                    "names": prestation._part_names(),
                    "is_both": any(window.line_ids.mapped("is_both")),
                    "is_used": bool(prestation.published_version_id)
                    and window.has_form_line,
                },
            )

    def _check_model(self):
        if not self.prestation_id._catalogue_model():
            raise UserError(self.env._("This model is not in the catalogue any more."))

    def action_update(self):
        """Bring the lines that the town takes; the form becomes a draft."""
        self.ensure_one()
        self._check_model()
        choices = {(line.place, line.key): line.is_taken for line in self.line_ids}
        self.prestation_id._update_from_model(choices=choices)
        return self.prestation_id._action_open_sheet()

    def action_keep(self):
        """Keep the town's form; bring the lines of the sheet that she takes."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.place == "form")
        lines.is_taken = False
        return self.action_update()
