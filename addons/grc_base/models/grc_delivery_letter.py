import lxml.html
from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

_ON_PAPER = ("to_print", "failed", "printed")


class GrcDeliveryLetterMixin(models.AbstractModel):
    """A message of the outbox on paper, for who has no e-mail or did not get it."""

    _name = "grc.delivery.letter.mixin"
    _description = "Letter of a message to a citizen"

    letter_document_id = fields.Many2one(
        "grc.request.document",
        string="Letter",
        readonly=True,
        ondelete="restrict",
        help="The message in the layout of a window envelope, as it was printed.",
    )

    def action_print_letter(self):
        """Give the letter to print, and record once that it goes by post.

        :raise UserError: when the message leaves by e-mail, or has no address
        """
        self.ensure_one()
        self.check_access("read")
        self.request_id.check_access("write")
        # sudo: agents do not write in the outbox; their right was checked above
        delivery_sudo = self.sudo()
        delivery_sudo.lock_for_update()
        delivery_sudo.invalidate_recordset(["state", "letter_document_id"])
        if delivery_sudo.state not in _ON_PAPER:
            raise UserError(
                self.env._("This message leaves by e-mail: nothing to print.")
            )
        document = delivery_sudo._letter_document()
        delivery_sudo._record_printed(document)
        return document.with_env(self.env).action_download()

    def _letter_document(self):
        """Return the letter, written the first time it is printed.

        :raise UserError: when the postal address lacks a part
        :rtype: grc.request.document
        """
        self.ensure_one()
        if not self.letter_document_id:
            self._check_letter_address()
            localized = self.with_context(lang=self.request_id.language)
            pdf = localized.env["ir.actions.report"]._grc_render_pdf(
                "grc_base.action_report_delivery_letter", self.id
            )
            self.letter_document_id = self.env["grc.request.document"]._store(
                self.request_id,
                [(f"{localized._letter_stem()}.pdf", pdf)],
                origin="system",
                kind="other",
                visible=self._is_for_citizen(),
            )
        return self.letter_document_id

    def _record_printed(self, document=None):
        """Record once that the message was handed over or posted.

        :param grc.request.document document: the letter printed, if it was
        """
        self.ensure_one()
        if self.state not in ("to_print", "failed"):
            return
        self.write({"state": "printed", "sent_at": fields.Datetime.now()})
        self.request_id._log_event(
            "delivery_sent",
            message=self.kind,
            sha256=self.sha256,
            files=document and [document.name] or None,
            letter_sha256=document and document.sha256 or None,
        )
        self._after_sent()

    # === CONTENT === #

    def _is_for_citizen(self):
        """Hook: tell whether the message is written to the citizen."""
        self.ensure_one()
        return True

    def _check_letter_address(self):
        """Hook: raise until the letter would arrive.

        :raise UserError: naming what to fill in
        """
        self.request_id._check_postal_address()

    def _letter_stem(self):
        self.ensure_one()
        return self.env._("letter") + f"-{self.request_id.name}-{self.id}"

    def _letter(self):
        """Return what the frame of the letter shows; see ``grc.request._letter``."""
        self.ensure_one()
        return self.request_id._letter()

    def _letter_content(self):
        """Return the text of the message without the frame of the mail.

        Read from the body, which the fingerprint of the message seals.

        :rtype: Markup
        """
        self.ensure_one()
        root = lxml.html.fragment_fromstring(str(self.body), create_parent="div")
        [*_frame, content] = root.xpath("./div/div[1]") or [root]
        for node in content.xpath(".//*[contains(@class, 'o_grc_mail_only')]"):
            node.drop_tree()
        for node in content.xpath(".//*[@style]"):
            del node.attrib["style"]  # of mail programs, not of paper
        return Markup(lxml.html.tostring(content, encoding="unicode"))

    def _letter_enclosures(self):
        """Return the names of the files that go with the letter.

        :rtype: list[str]
        """
        self.ensure_one()
        return (self.document_ids - self.letter_document_id).mapped("name")

    def _letter_author(self):
        """Return the name of the agent who wrote, empty when nobody did.

        :rtype: str
        """
        self.ensure_one()
        author = self.create_uid
        if self.is_automatic or author.share or author.id == SUPERUSER_ID:
            return ""
        return author.name
