import hashlib
import mimetypes

import lxml.html

from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime

from ..const import ALLOWED_MIMETYPES
from ..days import day_in_full
from ..pdf import Embedded

# Copies of the file are facts about the copies: printed, they would make each copy
# differ from the one before it.
_COPY_KINDS = ("file_exported", "file_archived")
# Facts whose detail is no comment: an address, the names of files.
_PLAIN_FACTS = {"address", "files", "documents"}
_BLOCKS = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4")


class GrcRequestFileMixin(models.AbstractModel):
    """The whole file of a request on paper, and its copy for the archive."""

    _name = "grc.request.file.mixin"
    _description = "Whole file of a request"

    # === MAKING === #

    def _file_copy(self, notes=False, archive=False):
        """Make a copy of the whole file, and record that it was made.

        :param bool notes: with the internal notes of the agents
        :param bool archive: PDF/A-3 with the documents embedded, for heads of service
        :raise AccessError: for who may not read the request, or is no agent
        :return: name of the file, content
        :rtype: tuple[str, bytes]
        """
        self.ensure_one()
        self._check_file_access(archive)
        record = self.with_context(
            lang=self.company_id.partner_id.lang or self.env.lang,
            tz=self.company_id.grc_timezone,
        )
        report = "archive" if archive else "file"
        pdf = record.env["ir.actions.report"]._grc_render_pdf(
            f"grc_base.action_report_request_{report}",
            self.id,
            {"notes": notes},
            record._file_embedded() if archive else (),
        )
        self._log_event(
            "file_archived" if archive else "file_exported",
            sha256=hashlib.sha256(pdf).hexdigest(),
            notes=notes or None,
        )
        stem = record.env._("archive") if archive else record.env._("file")
        return f"{stem}-{self.name}.pdf", pdf

    def _check_file_access(self, archive=False):
        """Raise unless the current user may make a copy of the file.

        :raise AccessError: see ``_file_copy``
        """
        self.check_access("read")
        if self.env.user.share:
            raise AccessError(self.env._("Only an agent may do this."))
        is_head = self.env.su or self.env.user.has_group("grc_base.group_grc_head")
        if archive and not is_head:
            raise AccessError(
                self.env._("Only a head of service makes the copy for the archive.")
            )

    def _file_embedded(self):
        """Return the documents of the request, to be embedded in its archive copy.

        :rtype: list[Embedded]
        """
        self.ensure_one()
        documents = self.document_ids.filtered("attachment_id").sorted("id")
        width = len(str(len(documents)))
        return [
            Embedded(
                name=f"{rank:0{width}}-{_file_name(document)}",
                content=document.attachment_id.raw,
                mimetype=document.mimetype,
                description=f"SHA-256: {document.sha256}",
                created_at=document.create_date.replace(microsecond=0),
            )
            for rank, document in enumerate(documents, 1)
        ]

    # === CONTENT === #

    def _file_events(self):
        """Return the facts that the file tells, the oldest first.

        :rtype: grc.request.event
        """
        self.ensure_one()
        return self.event_ids.filtered(
            lambda event: event.kind not in _COPY_KINDS
        ).sorted("sequence")

    def _file_made_at(self):
        """Return the instant of the last fact: the same file gives the same copy.

        :rtype: datetime
        """
        self.ensure_one()
        return max((self.received_at, *self._file_events().mapped("happened_at")))

    def _file_day(self, day):
        return day_in_full(self.env, day, weekday=False)

    def _file_instant(self, instant):
        """Return an instant on the clock of the local authority.

        :param datetime instant: naive UTC
        :rtype: str
        """
        if not instant:
            return ""
        return format_datetime(
            self.env,
            instant,
            tz=self.company_id.grc_timezone,
            # Pattern of an instant; translated, since each language has its own.
            dt_format=self.env._("d MMMM y, HH:mm"),
        )

    def _file_label(self, record, name):
        """Return the label of the value of a selection field of ``record``.

        :rtype: str
        """
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    def _file_actor(self, user):
        """Return who did something, as people say it.

        :rtype: str
        """
        if user.id == SUPERUSER_ID:
            return self.env._("Software")
        # sudo: an agent does not read every account; the name alone is shown
        user_sudo = user.sudo()
        return self.env._("Citizen") if user_sudo.share else user_sudo.name

    def _file_author(self, message):
        """Return who wrote a message, as people say it.

        :rtype: str
        """
        if message.author_id == self.env.ref("base.partner_root"):
            return self.env._("Software")
        # sudo: an agent does not read every contact; the name alone is shown
        return message.author_id.sudo().name or message.email_from or ""

    def _file_event_detail(self, event, notes):
        """Return what is added to the name of a fact.

        Comments that agents make to each other are internal notes.

        :param bool notes: with the internal notes
        :rtype: str
        """
        if notes:
            return event.detail or ""
        detail = event._citizen_detail()
        payload = event.payload or {}
        if detail or "target" in payload:
            return detail
        return event._agent_detail() if payload.keys() & _PLAIN_FACTS else ""

    def _file_notes(self):
        """Return the notes of the agents, the oldest first.

        :rtype: mail.message
        """
        self.ensure_one()
        note = self.env.ref("mail.mt_note")
        return self.message_ids.filtered(
            lambda message: message.subtype_id == note and self._file_text(message.body)
        ).sorted("id")

    def _file_text(self, body):
        """Return the text of a message: its HTML could break the tags of the file.

        :rtype: str
        """
        if not body or not str(body).strip():
            return ""
        root = lxml.html.fragment_fromstring(str(body), create_parent="div")
        for node in root.iter(*_BLOCKS):
            node.tail = "\n" + (node.tail or "")
        lines = (" ".join(line.split()) for line in root.text_content().splitlines())
        return "\n".join(filter(None, lines))


def _file_name(document):
    """Return the name of a document with the ending of its format, on one line."""
    name = " ".join(document.name.split()).replace("/", "-")
    if mimetypes.guess_type(name)[0] == document.mimetype:
        return name
    return name + ALLOWED_MIMETYPES.get(document.mimetype, "")
