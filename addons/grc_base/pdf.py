"""HTML to tagged PDF, in process, with nothing fetched from the network."""

import io
import logging
from typing import NamedTuple

import weasyprint
from weasyprint.urls import URLFetcher

# Its notes on unsupported CSS are of no use in the town hall's logs.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Embedded(NamedTuple):
    """A file that travels inside a PDF/A-3.

    Name: unique in the document. ``mimetype``: as its content was recognised.
    ``created_at``: naive UTC. ``relationship``: its link to the document, one of
    ISO 19005-3 (``Source``, ``Data``, ``Alternative``, ``Supplement``).
    """

    name: str
    content: bytes
    mimetype: str
    description: str
    created_at: object
    relationship: str = "Supplement"


def html_to_pdf(html, variant="pdf/ua-1", attachments=()):
    """Return ``html`` as a PDF.

    The title, the language and the day of creation of the document are those of the
    HTML: the same HTML and files give the same bytes.

    :param str | bytes html: a whole page; images as ``data:`` addresses only
    :param str variant: ``pdf/ua-1``, ``pdf/a-3u`` or ``pdf/a-3a``
    :param attachments: ``Embedded`` files, in the order of their names
    :rtype: bytes
    """
    text = html.decode() if isinstance(html, bytes) else str(html)
    # A report must never make the server call an address found in its content.
    fetcher = URLFetcher(allowed_protocols={"data"})
    return weasyprint.HTML(string=text, url_fetcher=fetcher).write_pdf(
        pdf_variant=variant,
        pdf_tags=True,
        attachments=[
            weasyprint.Attachment(
                file_obj=io.BytesIO(file.content),
                name=file.name,
                description=file.description,
                created=file.created_at,
                modified=file.created_at,
                relationship=file.relationship,
                url_fetcher=fetcher,
            )
            for file in attachments
        ],
        finisher=lambda document, pdf: _name_formats(pdf, attachments),
    )


def _name_formats(pdf, attachments):
    """Say the format of each embedded file by its content, not by its name."""
    embedded = [
        item
        for item in pdf.objects
        if getattr(item, "extra", {}).get("Type") == "/EmbeddedFile"
    ]
    for item, file in zip(embedded, attachments, strict=True):
        item.extra["Subtype"] = "/" + file.mimetype.replace("/", "#2f")
