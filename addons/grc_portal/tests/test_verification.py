import io
import subprocess

from pypdf import PdfReader

from .http_common import PortalCommon


class TestVerification(PortalCommon):
    """The page that the QR code of an acknowledgement leads to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file()
        cls.other = cls._file()
        [cls.ack] = cls.request.acknowledgement_ids
        cls.code = cls.ack.verification_code

    def _url(self, number=None, code=None):
        number, code = number or self.request.name, code or self.code
        return f"/verifier/{number}/{code}"

    def test_the_document_is_confirmed_and_nobody_is_named(self):
        for user in (None, self.citizen, self.agent):
            self.sign_in(user)
            page = self.page(self._url())
            self.assertEqual(
                page.text("//*[@id='grc-verification-number']"), self.request.name
            )
            self.assertEqual(
                page.text("//*[@id='grc-verification-sha256']"), self.ack.sha256
            )
            self.assertIn(
                str(self.request.received_on.year),
                page.text("//*[@id='grc-verification-day']"),
            )
            shown = page.text("//main")
            for personal in (
                "Martin",
                "Alice",
                "alice.martin@example.com",
                "A tree to cut",
                "The tree in front",
                self.prestation.name,
            ):
                self.assertNotIn(personal, shown)

    def test_it_is_neither_indexed_nor_kept_nor_told_to_others(self):
        headers = self.get(self._url()).headers
        self.assertIn("noindex", headers["X-Robots-Tag"])
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", headers["Cache-Control"])
        self.assertNotIn("/verifier", self.get("/sitemap.xml").text)

    def test_near_misses_are_one_and_the_same_page(self):
        [far_ack] = self.far_request.acknowledgement_ids
        other_code = self.other.acknowledgement_ids.verification_code
        pages = {
            self._clean(self.page(url, 404))
            for url in (
                self._url(code="0" * 20),
                self._url(code=other_code),
                self._url(number=self.other.name),
                self._url(number="2026-999999"),
                self._url(code=self.code[:-1]),
                self._url(code=self.code.upper() + "A"),
                self._url(number=self.request.name + "%20"),
                self._url(number="%25", code="%25"),
                self._url(self.far_request.name, far_ack.verification_code),
            )
        }
        self.assertEqual(len(pages), 1)

    def _clean(self, page):
        return " ".join(page.text("//main").split())

    def test_an_acknowledgement_without_a_code_opens_nothing(self):
        self.env.cr.execute(
            "UPDATE grc_acknowledgement SET verification_code = NULL WHERE id = %s",
            (self.ack.id,),
        )
        self.ack.invalidate_recordset()
        self.page(self._url(), 404)
        self.page(self._url(code="False"), 404)
        self.assertFalse(self.ack._verification_url())

    def test_it_is_read_only(self):
        self.sign_in()
        self.post(self._url(), {"number": "x"}, status=405)

    def test_the_pdf_carries_the_address_in_clear_and_as_a_picture(self):
        pdf = self.ack.document_id.attachment_id.raw
        text = subprocess.run(
            ("pdftotext", "-enc", "UTF-8", "-", "-"),
            input=pdf,
            capture_output=True,
            check=True,
        ).stdout.decode()
        url = self.ack._verification_url()
        self.assertTrue(url.endswith(self._url()))
        self.assertIn(url, "".join(text.split()))
        root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("QR code that leads", str(list(_alternatives(root))))

    def test_the_picture_is_the_address(self):
        image = self.ack._verification_image()
        self.assertTrue(image.startswith("data:image/svg+xml"))


def _alternatives(root):
    """Yield the alternative texts of the pictures of a PDF."""
    todo, seen = [root["/StructTreeRoot"]], set()
    while todo:
        node = todo.pop().get_object()
        if id(node) in seen or not hasattr(node, "get"):
            continue
        seen.add(id(node))
        if "/Alt" in node:
            yield node["/Alt"]
        kids = node.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        todo += kids if isinstance(kids, list) else [kids]
