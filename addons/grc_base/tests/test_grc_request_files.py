import base64
import hashlib
import io
import zipfile

from PIL import Image

from odoo.exceptions import ValidationError

from .common import PDF, GrcCommon

NIR = "185057800608491"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEA"
    "X+XDSwAAAABJRU5ErkJggg=="
)
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64
HTML = b"<html><script>alert(1)</script></html>"


def _zip(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def _odt():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return content.getvalue()


class TestRequestFiles(GrcCommon):
    def _error(self, name, content, count=1):
        documents = self.env["grc.request.document"]
        return documents._file_error(name, content, count, self.town)

    def test_the_content_decides(self):
        good = {
            "a.pdf": PDF,
            "photo": PNG,
            "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 32,
            "photo.webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 32,
            "photo.heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
            "scan.tiff": b"II*\x00\x08\x00\x00\x00",
            "note.txt": "Élodie a écrit".encode(),
            "old.txt": "Élodie a écrit".encode("latin-1"),
            "list.csv": b"a;b\n1;2\n",
            "letter.odt": _odt(),
            "letter.docx": _zip("[Content_Types].xml", "word/document.xml"),
            "sheet.xlsx": _zip("[Content_Types].xml", "xl/workbook.xml"),
        }
        for name, content in good.items():
            with self.subTest(file=name):
                self.assertIsNone(self._error(name, content))

    def test_a_forbidden_file_is_refused_by_name_whatever_it_is_called(self):
        bad = {
            "statement.pdf": EXE,
            "page.txt": HTML,
            "page.html": HTML,
            "image.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "script.txt": b"#!/bin/sh\nrm -rf /\n",
            "archive.docx": _zip("virus.exe"),
            "archive.zip": _zip("a.txt"),
            "noise.pdf": bytes(range(256)),
        }
        for name, content in bad.items():
            with self.subTest(file=name):
                message = self._error(name, content)
                self.assertIn(f"“{name}” is not an accepted format", message)

    def test_an_empty_file_is_refused(self):
        self.assertEqual(self._error("a.pdf", b""), "“a.pdf” is empty.")

    def test_the_limits_are_told(self):
        self.town.write({"grc_max_file_mb": 1, "grc_max_files": 2})
        exact = PDF + b"%" * (1024 * 1024 - len(PDF))
        self.assertIsNone(self._error("a.pdf", exact))
        self.assertEqual(
            self._error("a.pdf", exact + b"%"),
            "“a.pdf” is too large: a file has at most 1 MB.",
        )
        self.assertIsNone(self._error("a.pdf", PDF, count=2))
        self.assertEqual(
            self._error("a.pdf", PDF, count=3),
            "“a.pdf” is one file too many: at most 2 files may be joined.",
        )

    def test_the_limits_of_a_town_are_reasonable(self):
        for vals in ({"grc_max_file_mb": 0}, {"grc_max_files": 51}):
            with self.assertRaises(ValidationError):
                self.town.write(vals)

    def test_the_form_refuses_the_whole_sending(self):
        with self.assertRaises(ValidationError) as caught:
            self._file(files=[("good.pdf", PDF), ("bad.pdf", EXE)])
        self.assertIn("“bad.pdf”", str(caught.exception))
        self.assertNotIn("“good.pdf”", str(caught.exception))

    def test_a_mail_keeps_what_can_be_kept_and_tells_the_rest(self):
        request = self._file(
            channel="mail",
            files=[("a.pdf", PDF), ("bad.pdf", EXE), ("a.pdf", EXE), ("a.pdf", PNG)],
        )
        pieces = request.document_ids.filtered(lambda doc: doc.kind == "piece")
        self.assertEqual(pieces.mapped("mimetype"), ["application/pdf", "image/png"])
        refused = request.event_ids.filtered(lambda e: e.kind == "document_refused")
        self.assertEqual(refused.payload, {"files": ["a.pdf", "bad.pdf"]})
        self.assertIn("“bad.pdf”", "".join(request.message_ids.mapped("body")))

    def test_a_large_photo_is_kept_as_it_was_sent(self):
        content = io.BytesIO()
        Image.effect_noise((2400, 2000), 40).save(content, "JPEG")
        request = self._file(files=[("photo.jpg", content.getvalue())])
        photo = request.document_ids.filtered(lambda doc: doc.kind == "piece")
        self.assertEqual(photo.attachment_id.raw, content.getvalue())
        self.assertEqual(
            photo.sha256, hashlib.sha256(photo.attachment_id.raw).hexdigest()
        )

    def test_the_name_of_a_refused_file_is_masked_too(self):
        request = self._file(channel="mail", files=[(f"card {NIR}.pdf", EXE)])
        kept = [request.event_ids.mapped("payload"), request.message_ids.mapped("body")]
        self.assertIn("document_refused", self._events(request))
        self.assertNotIn(NIR, str(kept))

    def test_the_reply_of_a_citizen_follows_the_same_rules(self):
        request = self._file()
        with self.assertRaises(ValidationError):
            request._citizen_reply("Here it is", files=[("bad.pdf", EXE)])
        with self.assertRaises(ValidationError):
            request._citizen_reply("  ")
        message = request._citizen_reply("Here it is", files=[("good.pdf", PDF)])
        self.assertIn(message, request._citizen_messages())
        self.assertTrue(request.has_citizen_news)
        self.assertIn("good.pdf", request.document_ids.mapped("name"))
        self.assertIn("citizen_message", self._events(request))

    def test_an_agent_may_not_join_a_forbidden_file(self):
        request = self._file().with_user(self.agent)
        with self.assertRaises(ValidationError):
            request._message_citizen("Hello", "Text", files=[("bad.pdf", EXE)])
