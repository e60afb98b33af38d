import base64
import io
import re
import subprocess
from xml.etree import ElementTree

from PIL import Image
from pypdf import PdfReader

_POINTS = 72 / 25.4
_WORD = "{http://www.w3.org/1999/xhtml}word"


def picture(kind="PNG", mode="RGBA", size=(60, 40)):
    """Return an image as a field holds it."""
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    return base64.b64encode(buffer.getvalue())


def pdf_text(pdf):
    """Return the text of a PDF on one line, as a reader of screens finds it."""
    return re.sub(r"\s+", " ", _run("pdftotext", pdf, "-enc", "UTF-8").decode())


def pdf_words(pdf):
    """Return ``(page, word, left, top)`` of each word, in millimetres."""
    root = ElementTree.fromstring(_run("pdftotext", pdf, "-bbox"))
    pages = root.iter("{http://www.w3.org/1999/xhtml}page")
    return [
        (
            number,
            word.text,
            float(word.get("xMin")) / _POINTS,
            float(word.get("yMin")) / _POINTS,
        )
        for number, page in enumerate(pages, 1)
        for word in page.iter(_WORD)
    ]


def in_window(pdf):
    """Return the words of the first page that the window of the envelope shows.

    Right window of a French DL envelope (110 x 220 mm, window 45 x 100 mm, 20 mm from
    the right and from the bottom), wherever the sheet slides in it.
    """
    return [
        word
        for page, word, left, top in pdf_words(pdf)
        if page == 1 and 95 <= left <= 200 and 45 <= top <= 88
    ]


def _run(tool, pdf, *options):
    done = subprocess.run(
        (tool, *options, "-", "-"), input=pdf, capture_output=True, check=True
    )
    return done.stdout


class PdfAssertions:
    """What every PDF of the town is: tagged, titled, in its language."""

    def reader(self, pdf):
        return PdfReader(io.BytesIO(pdf))

    def assert_accessible(self, pdf, title=None):
        root = self.reader(pdf).trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertTrue(root["/Lang"])
        self.assertTrue(self.reader(pdf).metadata.title)
        if title:
            self.assertIn(title, self.reader(pdf).metadata.title)
        for figure in self.tags(pdf, "/Figure"):
            self.assertTrue(figure.get("/Alt"))

    def tags(self, pdf, kind):
        """Return the elements of structure of one kind."""
        found, todo = [], [self.reader(pdf).trailer["/Root"]["/StructTreeRoot"]]
        while todo:
            node = todo.pop().get_object()
            if isinstance(node, list):
                todo += node
            elif isinstance(node, dict):
                if node.get("/S") == kind:
                    found.append(node)
                if "/K" in node:
                    todo.append(node["/K"])
        return found
