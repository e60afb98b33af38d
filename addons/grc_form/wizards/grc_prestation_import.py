import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import portable
from ..rules.changes import changes


class GrcPrestationImport(models.TransientModel):
    """A file to bring into the catalogue: what it would do is shown before."""

    _name = "grc.prestation.import"
    _description = "Import of a prestation"

    file = fields.Binary(string="File of the prestation", attachment=False)
    file_name = fields.Char()
    service_id = fields.Many2one("grc.service", string="Service in charge")
    existing_id = fields.Many2one(
        "grc.prestation", string="Already in the catalogue", compute="_compute_preview"
    )
    takes_sheet = fields.Boolean(
        string="Replace the sheet too",
        help="Name, description, channels, law of silence: at once for the public "
        "when the prestation is published.",
    )
    is_right = fields.Boolean(compute="_compute_preview")
    needs_service = fields.Boolean(compute="_compute_preview")
    preview_html = fields.Html(compute="_compute_preview")

    @api.depends("file", "takes_sheet")
    def _compute_preview(self):
        prestations = self.env["grc.prestation"]
        for window in self:
            parsed = prestations._read_file(window._content()) if window.file else None
            data = parsed.data if parsed else None
            window.is_right = bool(data)
            existing = prestations._with_code(data["code"]) if data else prestations
            window.existing_id = existing
            window.needs_service = (
                bool(data)
                and not existing
                and not prestations._service_named(data["service"])
            )
            window.preview_html = parsed and self.env["ir.qweb"]._render(
                "grc_form.import_preview", window._preview(parsed, existing)
            )

    def _content(self):
        # The screen reads the size of a file in its place.
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _preview(self, parsed, existing):
        prestations, data = self.env["grc.prestation"], parsed.data
        values = {
            "faults": [prestations._file_fault_text(fault) for fault in parsed.faults],
            "data": data,
            "existing": existing,
            "needs_service": self.needs_service,
            "names": prestations._part_names(),
        }
        if not data:
            return values
        documents = self.env["grc.document.type"].with_context(active_test=False)
        known = documents.search(
            [
                ("company_id", "=", self.env.company.id),
                ("code", "in", [document["code"] for document in data["documents"]]),
            ]
        ).mapped("code")
        values["documents"] = [
            document["name"]
            for document in data["documents"]
            if document["code"] not in known
        ]
        form = data["form"] or {"pages": []}
        current = existing._export_data() if existing else None
        values["sheet"] = (
            portable.sheet_changes(current, data)
            if existing and self.takes_sheet
            else []
        )
        before = (current and current["form"]) or {"pages": []}
        values["form"] = changes(before, form) if existing else []
        values["question_count"] = sum(len(page["items"]) for page in form["pages"])
        return values

    def action_import(self):
        """Create the prestation, or prepare a version of its form.

        :raise UserError: when there is no file
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the file of a prestation."))
        prestation = self.env["grc.prestation"]._import_file(
            self._content(),
            mode="version" if self.existing_id else "create",
            service=self.service_id,
            sheet=self.takes_sheet,
        )
        return prestation._action_open_sheet()
