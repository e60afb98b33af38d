"""Reads what the mail catcher caught, and the PDF files that came with it."""

import email
import email.policy
import json
import subprocess
import urllib.request
from email.message import EmailMessage
from email.utils import getaddresses

from .servers import MailCatcher, wait_until


class Mailbox:
    """All the mails that left, whoever they are for."""

    def __init__(self, catcher: MailCatcher):
        self.catcher = catcher
        self._known: dict[str, EmailMessage] = {}

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.catcher.url}{path}", timeout=10) as answer:
            return answer.read()

    def _parsed(self, key: str) -> EmailMessage:
        if key not in self._known:
            source = self._get(f"/email/{key}/source")
            self._known[key] = email.message_from_bytes(
                source, policy=email.policy.default
            )
        return self._known[key]

    def all(self) -> list[EmailMessage]:
        """Return the mails, oldest first; those of an earlier catcher are gone."""
        return [self._parsed(row["id"]) for row in json.loads(self._get("/email"))]

    def to(self, address: str, *words: str) -> list[EmailMessage]:
        """Return the mails to ``address`` whose subject or text holds the words."""
        return [
            mail
            for mail in self.all()
            if address in addresses(mail)
            and all(word in f"{mail['Subject']}\n{text_of(mail)}" for word in words)
        ]

    def wait(self, address: str, *words: str, count: int = 1) -> list[EmailMessage]:
        """Wait for ``count`` mails, and for no more than that."""
        what = f"{count} mail(s) to {address} with {words}"
        wait_until(lambda: len(self.to(address, *words)) >= count, what)
        found = self.to(address, *words)
        assert len(found) == count, [mail["Subject"] for mail in found]
        return found


def addresses(mail: EmailMessage) -> list[str]:
    return [address for _name, address in getaddresses(mail.get_all("To", []))]


def text_of(mail: EmailMessage) -> str:
    """Return the text of a mail, no-break spaces made plain."""
    part = mail.get_body(("plain", "html"))
    text = part.get_content() if part else ""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def pdf_files(mail: EmailMessage) -> list[bytes]:
    return [
        part.get_content()
        for part in mail.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]


def read_pdf(content: bytes) -> tuple[str, str]:
    """Return what ``pdftotext`` and ``pdfinfo`` say of a PDF file."""
    text = _piped(["pdftotext", "-layout", "-", "-"], content)
    return " ".join(text.split()), _piped(["pdfinfo", "-"], content)


def _piped(command: list[str], content: bytes) -> str:
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return done.stdout.decode()
