from odoo import fields, models


class GrcRequestDocument(models.Model):
    _inherit = "grc.request.document"

    document_type_id = fields.Many2one(
        "grc.document.type",
        string="Which document",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    field_code = fields.Char(
        string="Line of the form", readonly=True, help="Where it was asked for."
    )

    def _by_hash(self):
        """Return the documents by fingerprint, and by line of the form and fingerprint.

        :rtype: dict
        """
        found = {document.sha256: document for document in self}
        return found | {(one.field_code, one.sha256): one for one in self}
