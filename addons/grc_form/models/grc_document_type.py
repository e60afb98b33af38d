from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import DOCUMENT_NATURES, MOST_FORM_FILES
from ..rules.words import code_of


class GrcDocumentType(models.Model):
    """A document that a prestation may ask for, and the text that says so."""

    _name = "grc.document.type"
    _description = "Kind of document"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(
        required=True, help="Short name, the same in every export: ATTEST_ASSURANCE."
    )
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    nature = fields.Selection(
        DOCUMENT_NATURES,
        required=True,
        default="ordinary",
        tracking=True,
        help="A proof of domicile may be required of a person in a few cases only "
        "(CRPA, art. R113-8).",
    )
    legal_basis = fields.Char(
        string="Text that requires it",
        tracking=True,
        help="Shown to the citizen and copied in a request for missing documents "
        "(CRPA, art. L114-5).",
    )
    is_indispensable = fields.Boolean(
        string="Indispensable to decide",
        default=True,
        tracking=True,
        help="A document that is not indispensable does not stop the instruction "
        "(CRPA, art. L114-5-1).",
    )
    accepts_pdf = fields.Boolean(string="PDF", default=True)
    accepts_image = fields.Boolean(string="Photo", default=True)
    accepts_office = fields.Boolean(string="Text or spreadsheet")
    max_files = fields.Integer(string="Files at most", default=3)
    max_mb = fields.Integer(string="Size at most (MB)", default=10)
    max_age_months = fields.Integer(
        string="Age at most (months)",
        help="Told to the citizen; 0 when the date of the document does not matter.",
    )
    help = fields.Char(help="One sentence under the name, for the citizen.")
    model_file = fields.Binary(string="Blank form to download", attachment=True)
    model_file_name = fields.Char()

    _code_uniq = models.Constraint(
        "unique(company_id, code)",
        "Another kind of document of the local authority already has this code.",
    )

    prestation_count = fields.Integer(
        string="Prestations that ask it", compute="_compute_prestation_count"
    )

    def _compute_prestation_count(self):
        counts = {
            kind.id: count
            for kind, count in self.env["grc.form.field"]._read_group(
                [
                    ("document_type_id", "in", self.ids),
                    ("version_id.state", "in", ("draft", "published")),
                ],
                ["document_type_id"],
                ["prestation_id:count_distinct"],
            )
        }
        for kind in self:
            kind.prestation_count = counts.get(kind.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Make the code of the kinds of documents that have none from their name."""
        # The kinds of documents of the towns that she reads: hundreds at most.
        known_kinds = self.with_context(active_test=False).search(
            [("code", "!=", False)]
        )
        taken = set(known_kinds.mapped("code"))
        for vals in vals_list:
            if not vals.get("code") and vals.get("name"):
                known = {code.lower() for code in taken}
                vals["code"] = code_of(vals["name"], known).upper()
            taken.add(vals.get("code") or "")
        return super().create(vals_list)

    @api.constrains("accepts_pdf", "accepts_image", "accepts_office")
    def _check_formats(self):
        for kind in self:
            if not kind._formats():
                raise ValidationError(
                    self.env._(
                        "“%(name)s” must be accepted in one format at least.",
                        name=kind.name,
                    )
                )

    @api.constrains("max_files", "max_mb", "max_age_months")
    def _check_limits(self):
        for kind in self:
            if not (1 <= kind.max_files <= 20 and 1 <= kind.max_mb <= 100):
                raise ValidationError(
                    self.env._("A document has 1 to 20 files of 1 to 100 MB.")
                )
            if kind.max_age_months < 0:
                raise ValidationError(self.env._("An age is not negative."))

    def _formats(self):
        """Return the families of formats accepted, in the order of the export.

        :rtype: list[str]
        """
        self.ensure_one()
        return [name for name in ("pdf", "image", "office") if self[f"accepts_{name}"]]

    def _limits_text(self, company):
        """Return what may be sent: formats, number and size, before it is chosen.

        :param res.company company: whose own limits apply too
        :rtype: str
        """
        names = {
            "pdf": self.env._("PDF"),
            "image": self.env._("photo (JPEG, PNG, WebP, HEIC)"),
            "office": self.env._("text or spreadsheet"),
        }
        formats = self._formats() if self else list(names)
        count, size = self._limits(company)
        sentence = (
            self.env._("%(formats)s. One file of %(size)s MB at most.")
            if count == 1
            else self.env._("%(formats)s. At most %(count)s files of %(size)s MB each.")
        )
        return sentence % {
            "formats": ", ".join(names[name] for name in formats),
            "count": count,
            "size": size,
        }

    def _limits(self, company):
        """Return how many files, and of how many MB each, may be sent.

        :rtype: tuple[int, int]
        """
        count, size = company.grc_max_files, company.grc_max_file_mb
        if not self:
            return count, size
        return min(self.max_files, count), min(self.max_mb, size)

    def _file_problem(self, name, content, count, total, company):
        """Say why a file cannot be this document, empty when it can.

        :param str name: as the sender named it
        :param bytes content: the whole file
        :param int count: its rank among the files of this document, from 1
        :param int total: its rank among the files of the request, from 1
        :param res.company company: whose limits apply
        :rtype: str
        """
        documents = self.env["grc.request.document"]
        general = documents._file_error(name, content, total, company, MOST_FORM_FILES)
        if general:
            return general
        most, size = self._limits(company)
        if count > most:
            return self.env._(
                "“%(file)s” is one file too many: at most %(count)s for this document.",
                file=name,
                count=most,
            )
        if not self:
            return ""
        if len(content) > size * 1024 * 1024:
            return self.env._(
                "“%(file)s” is too large: a file has at most %(limit)s MB.",
                file=name,
                limit=size,
            )
        if _family(documents._sniff(content)) not in self._formats():
            return self.env._(
                "“%(file)s” is not in an accepted format: %(limits)s",
                file=name,
                limits=self._limits_text(company),
            )
        return ""


def _family(mimetype):
    """Return the family of formats of a content."""
    if mimetype == "application/pdf":
        return "pdf"
    return "image" if mimetype.startswith("image/") else "office"
