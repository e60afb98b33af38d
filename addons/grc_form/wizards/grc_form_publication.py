from odoo import api, fields, models
from odoo.exceptions import UserError


class GrcFormPublication(models.TransientModel):
    """The last look before citizens see a form: what changes, what the check says."""

    _name = "grc.form.publication"
    _description = "Publication of a form"

    version_id = fields.Many2one("grc.form.version", required=True, readonly=True)
    findings_html = fields.Html(related="version_id.findings_html")
    changes_html = fields.Html(related="version_id.changes_html")
    error_count = fields.Integer(related="version_id.error_count")
    warning_count = fields.Integer(related="version_id.warning_count")
    running_text = fields.Char(compute="_compute_running_text")
    is_acknowledged = fields.Boolean(string="I have read these points")
    note = fields.Char(
        related="version_id.note",
        readonly=False,
        string="Why this version",
    )

    @api.constrains("version_id")
    def _check_version_id(self):
        # sudo: core runs constraints in sudo; this one is about the user's own rights
        self.version_id.sudo(False).check_access("write")

    @api.depends("version_id")
    def _compute_running_text(self):
        for window in self:
            count = self.env["grc.request"].search_count(
                [
                    ("prestation_id", "=", window.version_id.prestation_id.id),
                    ("state", "not in", ("decided", "closed")),
                ]
            )
            window.running_text = (
                self.env._(
                    "Requests being handled: %(count)s. They stay on the form that "
                    "their citizens saw.",
                    count=count,
                )
                if count
                else ""
            )

    def action_publish(self):
        """Publish the form.

        :raise UserError: when a warning was not read
        """
        self.ensure_one()
        if self.warning_count and not self.is_acknowledged:
            raise UserError(
                self.env._("Read the points to look at, then tick the box below them.")
            )
        self.version_id.action_publish()
        return self.version_id._action_open()
