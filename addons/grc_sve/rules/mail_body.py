"""The body of a mail: its text, its HTML and its files, part by part."""

import mimetypes
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from .mail_text import (
    clean_text,
    decode_bytes,
    decode_header,
    html_to_text,
    text_to_html,
    unflow,
)

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]+@[^\s<>@,;:\"()\[\]]+")
_RETURNED_ID = re.compile(
    r"^>?\s*(?:\S+-)?Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_RETURNED_HEADERS = ("Message-ID", "In-Reply-To", "References")
_FORWARDED_HEADERS = {"From": "De", "Date": "Date", "Subject": "Objet", "To": "À"}
_SIGNATURES = ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature")
_MAX_DEPTH = 15
_MAX_IDS = 40
_DECORATION_BYTES = 10_000  # a pasted photograph is larger than any logo


@dataclass(frozen=True)
class Returned:
    """What a delivery report says of the message that comes back."""

    ids: tuple[str, ...] = ()
    action: str = ""
    status: str = ""
    recipient: str = ""
    diagnostic: str = ""


class Body:
    """The text, the HTML and the files of a message, collected part by part."""

    def __init__(self, message: Message, text: str | None = None):
        self.message = message
        self.pieces: list[tuple[str, str]] = []
        self.files: list[tuple[str, bytes]] = []
        if text is None:
            self._walk(message, 0)
        else:
            self.pieces.append((text, ""))
        self.text = "\n\n".join(filter(None, (text for text, _html in self.pieces)))
        self.text = self.text.strip()
        self.html = ""
        if any(html for _text, html in self.pieces):
            self.html = "<br/>".join(
                html or text_to_html(text) for text, html in self.pieces
            )

    def _walk(self, part: Message, depth: int):
        kind = part.get_content_type()
        children = part.get_payload() if part.is_multipart() else None
        if children is None or depth > _MAX_DEPTH:
            self._leaf(part, kind)
        elif kind == "message/rfc822":
            self._forwarded(children[0], depth)
        elif kind == "multipart/alternative":
            self._alternative(children, depth)
        else:
            # message/delivery-status has children too: its fields are read apart
            for child in children if kind != "message/delivery-status" else ():
                self._walk(child, depth + 1)

    def _leaf(self, part: Message, kind: str):
        disposition = str(part.get("Content-Disposition") or "").strip().lower()
        name = _filename(part)
        content = _payload(part)
        is_attached = disposition.startswith("attachment")
        if kind.startswith("multipart/"):  # its boundary never comes
            self.pieces.append(_read(part, "text/plain", content))
        elif kind in ("text/plain", "text/html") and not (name or is_attached):
            self.pieces.append(_read(part, kind, content))
        elif part.get_content_subtype() in _SIGNATURES:
            return  # the signature of the mail itself, not a document
        elif not is_attached and _is_decoration(part, content):
            return
        elif content or name:
            self.files.append((name or _invent_name(kind, len(self.files)), content))

    def _alternative(self, children, depth: int):
        """Keep one version of the text: the plain one, unless it is only a stub."""
        versions = []
        for child in children:
            version = Body(child)
            self.files += version.files
            if version.pieces:
                versions.append(version)
        html = next((v.html for v in reversed(versions) if v.html), "")
        texts = [version.text for version in versions if not version.html]
        readable = html_to_text(html) if html else ""
        plain = max(texts, key=len, default="")
        if not plain or len(readable) > 3 * len(plain) + 200:
            plain = readable
        if plain or html:
            self.pieces.append((plain, html))

    def _forwarded(self, message: Message, depth: int):
        """Read a message that was joined as a message: its text, then its files."""
        lines = ["---------- Message transféré ----------"]
        for name, label in _FORWARDED_HEADERS.items():
            value = decode_header(str(message.get(name) or ""))
            if value:
                lines.append(f"{label} : {value}")
        self.pieces.append(("\n".join(lines), ""))
        self._walk(message, depth + 1)

    def unique_files(self) -> list[tuple[str, bytes]]:
        """Return the files, no two with the same name.

        Source: none (technical).
        """
        seen: dict[str, int] = {}
        files = []
        for name, content in self.files:
            seen[name.lower()] = seen.get(name.lower(), 0) + 1
            if seen[name.lower()] > 1:
                stem, dot, extension = name.rpartition(".")
                suffix = f" ({seen[name.lower()]})"
                name = f"{stem}{suffix}.{extension}" if dot else f"{name}{suffix}"
            files.append((name, content))
        return files

    def returned(self) -> Returned:
        """Return what a delivery report says, and which messages it names.

        Source: none (technical): RFC 3464.
        """
        ids: dict[str, None] = {}
        fields: dict[str, str] = {}
        for part in self.message.walk():
            kind = part.get_content_type()
            if kind == "message/delivery-status" and part.is_multipart():
                for block in part.get_payload():
                    for name, value in block.items():
                        fields.setdefault(name.lower(), decode_header(str(value)))
            elif kind == "text/rfc822-headers":
                ids |= _ids_of(message_from_bytes(_payload(part)))
            elif part is not self.message:
                ids |= _ids_of(part)
            if kind == "text/plain":
                text = decode_bytes(_payload(part)[:200_000], None)
                ids |= dict.fromkeys(_RETURNED_ID.findall(text))
        recipient = _ADDRESS.search(fields.get("final-recipient", ""))
        return Returned(
            ids=tuple(ids)[:_MAX_IDS],
            action=fields.get("action", "").lower().partition(" ")[0],
            status=fields.get("status", "").partition(" ")[0],
            recipient=recipient.group(0).lower() if recipient else "",
            diagnostic=fields.get("diagnostic-code", "").partition(";")[2].strip(),
        )


def _ids_of(message: Message) -> dict[str, None]:
    values = (decode_header(str(message.get(name) or "")) for name in _RETURNED_HEADERS)
    return dict.fromkeys(MESSAGE_ID.findall(" ".join(values)))


def _read(part: Message, kind: str, content: bytes) -> tuple[str, str]:
    charset = part.get_param("charset")
    if isinstance(charset, tuple):  # RFC 2231: charset, language, value
        charset = charset[2]
    text = decode_bytes(content, str(charset) if charset else None)
    if kind == "text/html":
        return html_to_text(text), text
    if str(part.get_param("format") or "").lower() == "flowed":
        text = unflow(text)
    return text.strip(), ""


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if content is None and isinstance(part.get_payload(), str):
        content = part.get_payload().encode("utf-8", "surrogateescape")
    return content or b""


def _filename(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, IndexError):
        name = ""
    name = decode_header(str(name)).replace("\\", "/").rpartition("/")[2].strip(". ")
    stem, dot, extension = clean_text(name).rpartition(".")
    if not dot:
        return extension[:120]
    return f"{stem[:120]}.{extension[:12]}"


def _invent_name(kind: str, count: int) -> str:
    return f"piece-{count + 1}{mimetypes.guess_extension(kind) or '.bin'}"


def _is_decoration(part: Message, content: bytes) -> bool:
    """Tell whether it is a logo of a signature, drawn inside the text."""
    is_drawn = part.get("Content-ID") and part.get_content_maintype() == "image"
    return bool(is_drawn) and len(content) < _DECORATION_BYTES
