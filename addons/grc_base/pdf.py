"""HTML to tagged PDF, in process, with nothing fetched from the network."""

import logging

import weasyprint
from weasyprint.urls import URLFetcher

# Its notes on unsupported CSS are of no use in the town hall's logs.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def html_to_pdf(html, variant="pdf/ua-1"):
    """Return ``html`` as a PDF.

    The title and the language of the document are those of the HTML.

    :param str | bytes html: a whole page; images as ``data:`` addresses only
    :param str variant: ``pdf/ua-1`` or ``pdf/a-3u``
    :rtype: bytes
    """
    text = html.decode() if isinstance(html, bytes) else str(html)
    # A report must never make the server call an address found in its content.
    fetcher = URLFetcher(allowed_protocols={"data"})
    return weasyprint.HTML(string=text, url_fetcher=fetcher).write_pdf(
        pdf_variant=variant, pdf_tags=True
    )
