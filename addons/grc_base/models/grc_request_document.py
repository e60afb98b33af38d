import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ..const import ALLOWED_MIMETYPES
from ..rules import identifiers


class GrcRequestDocument(models.Model):
    """A file of a request. Its own rights decide who reads the file."""

    _name = "grc.request.document"
    _description = "Document of a request"
    _order = "request_id, id"

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    name = fields.Char(string="File", required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, index=True, ondelete="restrict"
    )
    origin = fields.Selection(
        [
            ("citizen", "Citizen"),
            ("agent", "Service"),
            ("system", "Software"),
        ],
        string="From",
        required=True,
        readonly=True,
    )
    kind = fields.Selection(
        [
            ("piece", "Document of the citizen"),
            ("receipt", "Acknowledgement"),
            ("decision", "Decision"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
        default="piece",
    )
    is_visible_to_citizen = fields.Boolean(
        string="Seen by the citizen", readonly=True, default=True
    )
    sha256 = fields.Char(string="Fingerprint (SHA-256)", required=True, readonly=True)
    mimetype = fields.Char(string="Format", readonly=True)
    size_bytes = fields.Integer(string="Size (bytes)", readonly=True)

    @api.model
    def _store(self, request, files, origin, kind="piece", visible=True):
        """Keep ``files`` with ``request``.

        :param files: ``(file name, bytes)`` of each file, accepted already
        :param str origin: ``citizen``, ``agent`` or ``system``
        :raise ValidationError: when an agent joins a file that is not accepted
        :rtype: grc.request.document
        """
        if origin == "agent":
            _accepted, refused = request._sort_files(files, request.company_id)
            if refused:
                raise ValidationError("\n".join(refused.values()))
        # sudo: nobody creates a document directly; the callers checked the request
        documents_sudo = self.sudo()
        documents = documents_sudo.browse()
        for name, content in files:
            clean_name = identifiers.mask_nir(name)
            document = documents_sudo.create(
                {
                    "request_id": request.id,
                    "name": clean_name,
                    "origin": origin,
                    "kind": kind,
                    "is_visible_to_citizen": visible,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "mimetype": self._sniff(content),
                    "size_bytes": len(content),
                }
            )
            document.attachment_id = (
                self.env["ir.attachment"]
                .sudo()  # sudo: readers are decided by the document it belongs to
                # Core makes large photos smaller: what was sent is kept as it came.
                .with_context(image_no_postprocess=True)
                .create(
                    {
                        "name": clean_name,
                        "raw": content,
                        "res_model": self._name,
                        "res_id": document.id,
                    }
                )
            )
            documents |= document
        return documents.with_env(self.env)

    @api.model
    def _file_error(self, filename, content, count, company, most=None):
        """Say why a file cannot be kept, None when it can.

        :param str filename: as the sender named it
        :param bytes content: the whole file
        :param int count: its rank among the files of the sending, from 1
        :param res.company company: whose limits apply
        :param int most: how many files may be joined, when not the company's limit
        :rtype: str | None
        """
        most = most or company.grc_max_files
        if count > most:
            return self.env._(
                "“%(file)s” is one file too many: at most %(count)s files may be "
                "joined.",
                file=filename,
                count=most,
            )
        if not content:
            return self.env._("“%(file)s” is empty.", file=filename)
        if len(content) > company.grc_max_file_mb * 1024 * 1024:
            return self.env._(
                "“%(file)s” is too large: a file has at most %(limit)s MB.",
                file=filename,
                limit=company.grc_max_file_mb,
            )
        if self._sniff(content) not in ALLOWED_MIMETYPES:
            return self.env._(
                "“%(file)s” is not an accepted format: send a PDF, a photo (JPEG, "
                "PNG, WebP, HEIC), a text or a spreadsheet.",
                file=filename,
            )
        return None

    @api.model
    def _sniff(self, content):
        """Return the MIME type of the content, whatever the name of the file."""
        head = content[:64]
        if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"hevc"):
            return "image/heic"
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return "image/webp"
        if head[:4] in (b"II*\x00", b"MM\x00*"):
            return "image/tiff"
        mimetype = guess_mimetype(content, default="application/octet-stream")
        if mimetype in ("application/octet-stream", "text/plain"):
            return "text/plain" if _is_plain_text(content) else mimetype
        return mimetype

    def action_download(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }


def _is_plain_text(content):
    sample = content[:4096]
    if b"\x00" in sample or sample.lstrip()[:1] == b"<" or sample[:2] in (b"MZ", b"#!"):
        return False
    for encoding in ("utf-8", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(char) < 9 for char in text[:4096])
    return False
