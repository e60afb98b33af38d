"""Keeps each PDF that a story produced, with its picture, and checks it."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from ..mails import read_pdf

DOTS_PER_INCH = 110


class Papers:
    """The folder of the PDF files: one folder a story, made anew at each run."""

    def __init__(self, folder: str | Path):
        self.root = Path(folder)

    def begin(self, story: str) -> None:
        self.folder = self.root / story
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def keep(self, name: str, content: bytes) -> tuple[str, list[str]]:
        """Keep a PDF file and its pages as pictures, and check it.

        :param name: what the file is called, without its ending
        :return: its text, in one line, and what a reader of QR codes reads on it
        """
        number = len(list(self.folder.glob("*.pdf"))) + 1
        path = self.folder / f"{number:02}-{name}.pdf"
        path.write_bytes(content)
        command = ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), path]
        subprocess.run([*command, path.with_suffix("")], check=True)
        codes = [
            code.text
            for page in sorted(self.folder.glob(f"{path.stem}-*.png"))
            for code in zxingcpp.read_barcodes(Image.open(page))
        ]
        return check_pdf(path.name, content), codes


def check_pdf(name: str, content: bytes) -> str:
    """Check that a PDF is tagged, titled, in French; return its text, in one line."""
    text, info = read_pdf(content)
    assert re.search(r"Tagged:\s+yes", info), f"{name} is not tagged: {info}"
    assert re.search(r"Title:\s+\S", info), f"{name} has no title: {info}"
    reader = PdfReader(BytesIO(content))
    assert str(reader.root_object.get("/Lang", "")).startswith("fr"), name
    assert reader.root_object["/MarkInfo"]["/Marked"], name
    metadata = reader.root_object["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in metadata, f"{name} does not say that it is PDF/UA"
    assert len(text) > 80, f"{name} holds no text: {text}"
    return text
