import io
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from pypdf import PdfReader

from odoo.tests import BaseCase

from ..pdf import html_to_pdf

PAGE = """<html lang="fr-FR"><head><title>Accusé de réception</title></head>
<body><h1>Accusé de réception</h1><p>Votre demande n° 2026-000123.</p>%s</body>
</html>"""


class _Counter(BaseHTTPRequestHandler):
    calls = []

    def do_GET(self):
        self.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """Stay silent."""


class TestPdf(BaseCase):
    """The PDF of the town: tagged, titled, with real text, and nothing fetched."""

    def test_tagged_titled_in_its_language(self):
        reader = PdfReader(io.BytesIO(html_to_pdf(PAGE % "")))
        root = reader.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertEqual(root["/Lang"], "fr-FR")
        self.assertEqual(reader.metadata.title, "Accusé de réception")
        self.assertTrue(root["/ViewerPreferences"]["/DisplayDocTitle"])

    def test_the_text_is_text(self):
        text = self._run("pdftotext", "-enc", "UTF-8", "-", "-")
        self.assertIn("Votre demande n° 2026-000123.", text)
        info = self._run("pdfinfo", "-")
        self.assertRegex(info, r"Tagged:\s+yes")

    def _run(self, *command):
        pdf = html_to_pdf((PAGE % "").encode())
        done = subprocess.run(command, input=pdf, capture_output=True, check=True)
        return done.stdout.decode()

    def test_the_variants_declare_themselves(self):
        for variant, mark in (("pdf/ua-1", b"pdfuaid"), ("pdf/a-3u", b"pdfaid")):
            reader = PdfReader(io.BytesIO(html_to_pdf(PAGE % "", variant)))
            metadata = reader.trailer["/Root"]["/Metadata"].get_data()
            self.assertIn(mark, metadata)

    def test_nothing_is_fetched(self):
        _Counter.calls.clear()
        server = HTTPServer(("127.0.0.1", 0), _Counter)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            base = f"http://127.0.0.1:{server.server_port}"
            pdf = html_to_pdf(
                PAGE
                % f"""<img src="{base}/a.png" alt=""/>
                <link rel="stylesheet" href="{base}/b.css"/>
                <style>@import url({base}/c.css); p {{ background: url({base}/d) }}
                @font-face {{ font-family: x; src: url({base}/e.woff) }}</style>
                <img src="file:///etc/passwd" alt=""/>
                <object data="{base}/f.svg"></object>"""
            )
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
        self.assertEqual(_Counter.calls, [])
        self.assertTrue(pdf.startswith(b"%PDF"))

    def test_an_image_inside_the_page_is_kept(self):
        dot = (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlE"
            "QVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
        )
        pdf = html_to_pdf(PAGE % f'<img src="{dot}" alt="Arms"/>')
        [page] = PdfReader(io.BytesIO(pdf)).pages
        self.assertEqual(len(page.images), 1)
