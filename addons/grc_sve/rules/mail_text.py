"""Text of a mail: bytes in any charset, HTML, quotes, names. No mail fails here."""

import binascii
import html
import quopri
import re
from html.parser import HTMLParser

import lxml.etree
import lxml.html

_CHARSET_GUESSES = ("us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?="
_WORDS = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_PARAGRAPHS = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table"}
_PARAGRAPHS |= {"ul"}
_BLOCKS = _PARAGRAPHS | {"address", "article", "center", "dd", "div", "dl", "dt"}
_BLOCKS |= {"fieldset", "footer", "form", "header", "hr", "li", "main", "pre"}
_BLOCKS |= {"section", "tr"}
_SILENT = {"head", "script", "style", "template", "title", "object", "svg"}
_REMOTE = ("background", "data", "longdesc", "poster", "src", "srcset")

_QUOTE_WROTE = re.compile(
    r"(?:le|on|am|el|il|em|op)\b.{5,300}"
    r"(?:a écrit|écrivait|wrote|schrieb|escribió|ha scritto|escreveu|schreef)"
    r"[^\n]{0,60}:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_QUOTE_LINE = re.compile(
    r"\s*-{2,}\s*(?:message d[’'`]origine|original message|message initial|"
    r"réponse précédente)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_QUOTE_FROM = re.compile(r"\s*\*?(?:de|from|von)\s*:\*?\s+\S", re.IGNORECASE)
_QUOTE_SUBJECT = re.compile(r"\s*\*?(?:objet|subject|betreff)\s*:", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Return ``text`` with plain line ends and without what a database refuses.

    Source: none (technical).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("", text)


def decode_bytes(content: bytes, charset: str | None) -> str:
    """Return ``content`` as text, whatever charset it claims.

    A wrong or unknown charset is common. Text that is valid UTF-8 with accents is
    UTF-8, even when it claims an old Western charset.

    :param content: the bytes of a part, its transfer encoding removed
    :param charset: what the part declares, None when it says nothing

    Source: none (technical).
    """
    declared = (charset or "").strip("\"' ").lower()
    order = [declared, "utf-8", "cp1252"]
    if not declared or declared in _CHARSET_GUESSES:
        order = ["utf-8", declared, "cp1252"]
    for name in order:
        try:
            return clean_text(content.decode(name or "utf-8"))
        except (LookupError, ValueError):
            continue
    return clean_text(content.decode("cp1252", "replace"))


def decode_header(value: str) -> str:
    """Return the value of a header as people read it, on one line.

    :param value: as the parser gives it: encoded words, raw bytes as surrogates

    Source: none (technical): RFC 2047.
    """
    value = re.sub(r"\r?\n[ \t]*", " ", repair(value))
    return clean_text(_WORDS.sub(_decode_words, value)).replace("\n", " ").strip()


def repair(value: str) -> str:
    """Return ``value`` with the bytes that the parser could not read, read.

    Source: none (technical).
    """
    if value.isascii():
        return value
    return decode_bytes(value.encode("utf-8", "surrogateescape"), None)


def _decode_words(match: re.Match) -> str:
    """Decode a run of encoded words, a character may be cut between two of them."""
    pieces: list[tuple[str, bytes]] = []
    for charset, encoding, data in re.findall(_WORD, match.group(0)):
        charset = charset.partition("*")[0].lower()
        try:
            content = (
                binascii.a2b_base64(data + "==")
                if encoding in "bB"
                else quopri.decodestring(data.encode(), header=True)
            )
        except (binascii.Error, ValueError):
            return match.group(0)
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
    return "".join(decode_bytes(content, charset) for charset, content in pieces)


def unflow(text: str) -> str:
    """Return text sent as ``format=flowed`` with its paragraphs on one line.

    Source: none (technical): RFC 3676.
    """
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        is_quote = line.startswith(">")
        if is_open and not is_quote:
            lines[-1] += line
        else:
            lines.append(line)
        is_open = line.endswith(" ") and line != "-- " and not is_quote
    return "\n".join(lines)


class _TextOfHtml(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img":
            if (values.get("alt") or "").strip():
                self.parts.append(f"[{values['alt'].strip()}]")
        elif tag == "a":
            self.links.append((values.get("href") or "", len(self.parts)))
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n")
            if tag == "li":
                self.parts.append("- ")

    def handle_endtag(self, tag):
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()
        elif tag == "body":
            self.silent.clear()
        elif tag == "a" and self.links:
            href, start = self.links.pop()
            shown = "".join(self.parts[start:])
            if re.match(r"https?://", href) and href.rstrip("/") not in shown:
                self.parts.append(f" ({href})")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def html_to_text(content: str) -> str:
    """Return the text of an HTML mail: paragraphs, lists and links stay readable.

    Source: none (technical).
    """
    parser = _TextOfHtml()
    try:
        parser.feed(content)
        parser.close()
        text = "".join(parser.parts)
    except (AssertionError, ValueError):
        text = html.unescape(re.sub(r"<[^>]*>", " ", content))
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return clean_text(re.sub(r"\n{3,}", "\n\n", text)).strip()


def text_to_html(text: str) -> str:
    """Return plain text as HTML that keeps its lines.

    Source: none (technical).
    """
    return html.escape(text, quote=False).replace("\n", "<br/>\n")


def without_remote_content(content: str) -> str:
    """Return HTML that loads nothing when somebody reads it.

    A picture on another server tells its owner who opened the mail, and when.

    Source: none (technical).
    """
    try:
        root = lxml.html.fragment_fromstring(clean_text(content), create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return text_to_html(html_to_text(content))
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        if node.tag == "img":
            label = node.get("alt") or node.get("title") or "image"
            node.tag, node.text = "span", f"[{label}]"
        for name in _REMOTE:
            node.attrib.pop(name, None)
        if "url(" in (node.get("style") or "").lower():
            node.attrib.pop("style")
    return lxml.html.tostring(root, encoding="unicode")


def trim_quote(text: str) -> tuple[str, str]:
    """Cut from an answer the message that it answers, quoted under it.

    Answers written between the lines of the quote are not cut, nor a message that
    is nothing but a quote.

    :return: what is new, what is quoted
    :rtype: tuple[str, str]

    Source: none (technical).
    """
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not line.strip() or not _starts_quote(lines, index):
            continue
        fresh = "\n".join(lines[:index]).strip()
        return (fresh, "\n".join(lines[index:])) if fresh else (text.strip(), "")
    return text.strip(), ""


def _starts_quote(lines: list[str], index: int) -> bool:
    line = lines[index]
    if _QUOTE_LINE.match(line):
        return True
    if _QUOTE_FROM.match(line):
        return any(_QUOTE_SUBJECT.match(near) for near in lines[index : index + 7])
    end = index
    if not line.startswith(">"):
        for end in range(index, min(index + 3, len(lines))):
            if _QUOTE_WROTE.match("\n".join(lines[index : end + 1])):
                break
        else:
            return False
        end += 1
    rest = [near for near in lines[end:] if near.strip()]
    return bool(rest) and all(near.startswith(">") for near in rest)
