from odoo import api, fields, models

from ..const import FORM_PROTECTED_FIELDS
from ..rules import snapshot
from .answers_field import Answers


class GrcRequest(models.Model):
    """What was answered, as evidence and as what can be searched."""

    _inherit = "grc.request"

    form_version_id = fields.Many2one(
        "grc.form.version",
        string="Version of the form",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The form as the citizen saw it.",
    )
    answers = Answers(
        string="Answers to search",
        definition="prestation_id.answers_definition",
        copy=False,
        help="Copy of the answers for searching; the evidence is the filled form.",
    )
    answers_sensitive = Answers(
        string="Sensitive answers to search",
        definition="prestation_id.sensitive_definition",
        copy=False,
        groups="grc_form.group_grc_sensitive",
    )
    # Large: a list of requests has no use for them.
    snapshot = fields.Json(
        string="Form as it was filled", readonly=True, copy=False, prefetch=False
    )
    snapshot_sensitive = fields.Json(
        readonly=True,
        copy=False,
        prefetch=False,
        groups="grc_form.group_grc_sensitive",
    )
    snapshot_sha256 = fields.Char(
        string="Fingerprint of the filled form", readonly=True, copy=False
    )
    answers_html = fields.Html(
        string="Answers", compute="_compute_answers_html", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("snapshot", "corrections")
    def _compute_answers_html(self):
        may_read_all = self.env.user.has_group("grc_form.group_grc_sensitive")
        names = self._piece_type_names()
        for request in self:
            if not request.snapshot:
                request.answers_html = False
                continue
            request.answers_html = self.env["ir.qweb"]._render(
                "grc_form.filled_form",
                {
                    "filled": request._filled_form(whole=may_read_all),
                    "documents": request._documents_by_hash(),
                    "documents_names": names.get(request.company_id.id, {}),
                },
            )

    def _protected_fields(self):
        return super()._protected_fields() | FORM_PROTECTED_FIELDS

    def _filled_form(self, whole=False, original=False):
        """Return the form as it was filled (see ``rules.snapshot``).

        :param bool whole: with the sensitive answers; the caller has the right
        :param bool original: as it was filed, whatever was corrected since
        :rtype: dict
        """
        self.ensure_one()
        if not self.snapshot:
            return {"pages": []}
        if not whole:
            return self.snapshot
        # sudo: the caller says that the reader may: the citizen herself, or an agent
        # of the group
        return snapshot.joined(self.snapshot, self.sudo().snapshot_sensitive or {})

    def _documents_by_hash(self):
        """Return the documents of the request, to link the answers.

        :return: by fingerprint, and by piece and fingerprint: the same file may answer
            two pieces
        :rtype: dict
        """
        return self.document_ids._by_hash()

    def _piece_type_names(self):
        """Return what the pieces asked are called now: company -> code -> name.

        :rtype: dict[int, dict[str, str]]
        """
        codes = {
            piece["document"]
            for request in self.filtered("snapshot")
            for piece in snapshot.pieces(request.snapshot)
        }
        kinds = self.env["grc.document.type"].search(
            [("company_id", "in", self.company_id.ids), ("code", "in", list(codes))]
        )
        names = {}
        for kind in kinds:
            names.setdefault(kind.company_id.id, {})[kind.code] = kind.name
        return names

    def _is_filled_form_intact(self):
        """Tell whether the filled form is the one that was filed."""
        self.ensure_one()
        if not self.snapshot_sha256:
            return True
        filed = self._filled_form(whole=True, original=True)
        return self.snapshot_sha256 == snapshot.fingerprint(
            filed, self.form_version_id.schema_sha256
        )
