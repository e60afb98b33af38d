"""What a raw mail says: total, whatever bytes come. No Odoo, no law."""

import hashlib
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from .mail_body import MESSAGE_ID, Body, Returned
from .mail_text import decode_bytes, decode_header, repair

_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]+@[^\s<>@,;:\"()\[\]]+")
_RECIPIENTS = ("to", "cc", "resent-to", "resent-cc")
_ENVELOPE = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_MAX_REFERENCES = 40


@dataclass(frozen=True)
class Mail:
    """A mail, understood. Addresses are in lower case, texts are clean."""

    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    sender_header: str = ""
    reply_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    to_text: str = ""
    subject: str = ""
    date: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    content_type: str = "text/plain"
    report_type: str = ""
    returned: Returned = field(default_factory=Returned)
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """Return the first value of a header, empty when there is none.

        Source: none (technical).
        """
        return self.headers.get(name.lower(), ("",))[0]

    @property
    def key(self) -> str:
        """What identifies the sending: the same mail received twice has one key.

        Source: none (technical): RFC 5322 section 3.6.4.
        """
        if 0 < len(self.message_id) <= 250:
            return self.message_id
        parts = (self.message_id, self.date, self.to_text, self.content_sha256)
        return "sha256:" + _digest(parts)

    @property
    def content_sha256(self) -> str:
        """Fingerprint of what the sender wrote, not of how it travelled.

        Source: none (technical).
        """
        files = sorted(hashlib.sha256(data).hexdigest() for _name, data in self.files)
        text = " ".join(self.text.split())
        return _digest((self.sender, self.subject, text, *files))


def _digest(parts) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def parse(raw: bytes) -> Mail:
    """Return what the raw mail says; never raises, keeps what it can read.

    :param raw: an RFC 5322 message, or anything

    Source: none (technical): RFC 5322, RFC 2045.
    """
    try:
        message = message_from_bytes(raw)
        body = Body(message)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # A hostile structure: the headers, and the text as it came.
        message = BytesHeaderParser().parsebytes(raw)
        body = Body(Message(), decode_bytes(raw.partition(b"\n\n")[2], None))
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message.raw_items():
        name = repair(name).lower()
        headers[name] = (*headers.get(name, ()), repair(str(value)))
    sender_name, sender, sender_header = _sender(headers)
    references = _ids(headers, "references", "in-reply-to")
    return Mail(
        message_id=_message_id(headers),
        sender=sender,
        sender_name=sender_name,
        sender_header=sender_header,
        reply_to=tuple(pair[1] for pair in _addresses(headers, "reply-to")),
        recipients=_recipients(headers),
        to_text=", ".join(map(decode_header, headers.get("to", ()))),
        subject=decode_header(headers.get("subject", ("",))[0]),
        date=decode_header(headers.get("date", ("",))[0]),
        references=references[:1] + references[1:][-_MAX_REFERENCES:],
        text=body.text,
        html=body.html,
        files=tuple(body.unique_files()),
        content_type=message.get_content_type(),
        report_type=_report_type(message),
        returned=body.returned(),
        headers=headers,
    )


# === HEADERS === #


def _message_id(headers) -> str:
    value = decode_header(headers.get("message-id", ("",))[0])
    match = MESSAGE_ID.search(value)
    return match.group(0) if match else value


def _ids(headers, *names) -> tuple[str, ...]:
    found = {}
    for name in names:
        for value in headers.get(name, ()):
            found |= dict.fromkeys(MESSAGE_ID.findall(decode_header(value)))
    return tuple(found)


def _addresses(headers, *names) -> list[tuple[str, str]]:
    """Return (name, address) pairs, in their order, without repetition."""
    found = {}
    for name in names:
        for value in headers.get(name, ()):
            value = re.sub(r"\r?\n[ \t]*", " ", value)
            pairs = [
                (decode_header(label), address.strip("<>'\" ").lower())
                for label, address in getaddresses([value])
            ]
            if not any(_ADDRESS.fullmatch(address) for _label, address in pairs):
                # Badly written: whatever looks like an address in it.
                text = decode_header(value)
                pairs = [("", found.lower()) for found in _ADDRESS.findall(text)]
            for label, address in pairs:
                if _ADDRESS.fullmatch(address) and len(address) <= 254:
                    found.setdefault(address, label)
    return [(label, address) for address, label in found.items()]


def _sender(headers) -> tuple[str, str, str]:
    for name in ("from", "sender", "reply-to", "return-path"):
        pairs = _addresses(headers, name)
        if pairs:
            return *pairs[0], name
    return "", "", ""


def _recipients(headers) -> tuple[str, ...]:
    pairs = _addresses(headers, *_RECIPIENTS, *_ENVELOPE)
    return tuple(address for _label, address in pairs)


def _report_type(message: Message) -> str:
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type") or "").lower()
