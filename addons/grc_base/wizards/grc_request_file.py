import base64

from odoo import api, fields, models


class GrcRequestFile(models.TransientModel):
    """The window that makes a copy of a whole file, for whoever reads it."""

    _name = "grc.request.file"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Copy of the whole file of a request"

    with_notes = fields.Boolean(
        string="With the internal notes",
        help="Notes and comments of the agents. Leave unticked for a copy that goes "
        "to the citizen or to another authority.",
    )
    content = fields.Binary(readonly=True, attachment=True)
    filename = fields.Char(readonly=True)

    @api.constrains("request_id")
    def _check_request_id(self):
        # sudo: core runs constraints in sudo; this one is about the agent's own rights
        self.request_id.sudo(False).check_access("read")

    @api.model
    def _check_request_access(self, values):
        # A copy changes nothing: whoever reads the request may make one.
        requests = self.env["grc.request"].browse(values.get("request_id") or [])
        requests.check_access("read")

    def action_copy(self):
        """Give the whole file as an accessible PDF."""
        self.ensure_one()
        return self._offer(*self.request_id._file_copy(notes=self.with_notes))

    def action_archive(self):
        """Give the copy for the archive, its documents embedded."""
        self.ensure_one()
        return self._offer(
            *self.request_id._file_copy(notes=self.with_notes, archive=True)
        )

    def _offer(self, filename, content):
        """Keep the file in the window of the agent, and have it downloaded."""
        self.write({"content": base64.b64encode(content), "filename": filename})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content?download=true"
            "&filename_field=filename",
            "target": "self",
        }
