"""Rich text that a form may show: a short list of tags, nothing that acts."""

import re
from html import escape
from html.parser import HTMLParser

TAGS = frozenset(
    (
        *("p", "br", "hr", "div", "span", "h2", "h3", "h4", "blockquote", "a", "abbr"),
        *("strong", "b", "em", "i", "u", "s", "sub", "sup", "small"),
        *("ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    )
)
ATTRIBUTES = frozenset(
    ("href", "title", "lang", "class", "scope", "colspan", "rowspan", "dir", "rel")
)
LINK = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)[^\s]*", re.IGNORECASE)
VIDEO = re.compile(r"https://[a-zA-Z0-9.-]+\.[a-z]{2,}(/[^\s\"'<>]*)?")
IMAGE = re.compile(r"[A-Za-z0-9+/]+={0,2}")
LARGEST_IMAGE = 2_800_000  # characters of base64: two megabytes


def refused_in(html: str) -> list[str]:
    """Return what a rich text may not hold: tags, attributes, addresses.

    :param html: as typed in an explanation or a message
    :return: names, such as ``script``, ``onclick`` or ``javascript:…``

    Source: none (technical)
    """
    reader = _Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return reader.refused


def is_video(address) -> bool:
    """Tell whether an address may be offered as a link to a video: https only.

    Source: none (technical)
    """
    return (
        isinstance(address, str)
        and len(address) <= 500
        and bool(VIDEO.fullmatch(address))
    )


def is_image(text) -> bool:
    """Tell whether a text is the base64 of a picture (PNG, JPEG, GIF, WebP).

    Source: none (technical)
    """
    if not isinstance(text, str) or not 0 < len(text) <= LARGEST_IMAGE:
        return False
    kinds = ("iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR")
    return text.startswith(kinds) and bool(IMAGE.fullmatch(text))


class _Reader(HTMLParser):
    def __init__(self, **options):
        super().__init__(**options)
        self.refused = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.refused.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.refused.append(name)
            elif name == "href" and not LINK.fullmatch((value or "").strip()):
                self.refused.append((value or "href")[:60])

    handle_startendtag = handle_starttag

    def handle_decl(self, decl):
        self.refused.append("<!")

    def handle_pi(self, data):
        self.refused.append("<?")

    def unknown_decl(self, data):
        self.refused.append("<!")


def words_of(html: str) -> str:
    """Return the words of a rich text, on one line.

    Source: none (technical)
    """
    return " ".join(re.sub(r"<[^>]*>", " ", html or "").split())


def cleaned(html: str) -> str:
    """Return a rich text without what it may not hold: the words stay.

    :param html: well formed
    :return: HTML of which ``refused_in`` says nothing

    Source: none (technical)
    """
    writer = _Writer(convert_charrefs=True)
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    _VOID = frozenset(("br", "hr"))
    _DROPPED = frozenset(("script", "style"))

    def __init__(self, **options):
        super().__init__(**options)
        self.parts, self.dropping = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in self._DROPPED:
            self.dropping += 1
        if tag not in TAGS or self.dropping:
            return
        kept = "".join(
            f' {name}="{escape(value or "")}"'
            for name, value in attrs
            if name in ATTRIBUTES
            and (name != "href" or LINK.fullmatch((value or "").strip()))
        )
        self.parts.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag):
        if tag in self._DROPPED and self.dropping:
            self.dropping -= 1
        elif tag in TAGS and tag not in self._VOID and not self.dropping:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        if not self.dropping:
            self.parts.append(escape(data, quote=False))
