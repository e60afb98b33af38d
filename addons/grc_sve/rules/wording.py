"""The wording of an acknowledgement written by a town: placeholders, guard, filling.

A wording is HTML with placeholders in braces, ``{service}``. What the law wants is
carried by placeholders that the town may move, never rewrite.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from html.parser import HTMLParser

from .mentions import required_mentions

# Whole paragraphs, written by the law: each stands alone on its line.
BLOCKS = ("silence", "attestation", "appeal_ways", "missing_documents")

# What may be inserted: always, in an ARE, under a regime.
_ALWAYS = (
    "received_on",
    "received_at",
    "number",
    "subject",
    "prestation",
    "sender",
    "authority",
    "service",
    "postal_address",
    "email",
    "address",
    "phone",
    "opening_hours",
)
_REGIME = {
    "sva": ("silence", "attestation"),
    "svr": ("silence", "appeal_ways"),
    "none": (),
}

# A mention of the law -> the sets of placeholders that print it, one is enough. A
# service may have one of the two addresses only.
_CARRIERS = {
    "address": (("address",), ("postal_address", "email")),
    "implicit_on": (("silence",),),
    "appeal_period": (("appeal_ways",),),
}

_ARTICLES = {
    "received_on": "CRPA, art. R112-11-1 1°",
    "service": "CRPA, art. R112-11-1 2°",
    "address": "CRPA, art. R112-11-1 2°",
    "phone": "CRPA, art. R112-11-1 2°",
    "implicit_on": "CRPA, art. R112-11-1",
    "attestation": "CRPA, art. R112-11-1, L232-3",
    "appeal_period": "CRPA, art. R112-11-1, CJA, art. R421-5",
    "appeal_ways": "CRPA, art. R112-11-1, CJA, art. R421-5",
    "missing_documents": "CRPA, art. R112-11-4",
}

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"[{}]")
_LINE_BREAK = re.compile(r"<br\s*/?>")
# A paragraph, or a placeholder that stands in none (beside a list in a list).
_PARAGRAPH = re.compile(
    r"<(p|h2|h3|li)>((?:(?!</?(?:p|h2|h3|li|ul|ol)>).)*)</\1>|\{[a-z_]+\}", re.DOTALL
)

_KEPT = frozenset(
    ("p", "h2", "h3", "ul", "ol", "li", "br", "strong", "b", "em", "i", "u", "a")
)
_RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
_DROPPED = frozenset(("script", "style", "template", "textarea", "title", "select"))
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^{}]*", re.IGNORECASE)


def allowed_placeholders(kind: str, regime: str) -> tuple[str, ...]:
    """Return the placeholders that a wording may use.

    :param kind: ``aee`` or ``are``
    :param regime: ``sva``, ``svr`` or ``none``
    :raise ValueError: when the kind or the regime is unknown

    Source: CRPA art. R112-11-1, R112-11-2
    """
    required_mentions(kind, regime)
    if kind == "aee":
        return (*_ALWAYS, "reception_period")
    return (*_ALWAYS, *_REGIME[regime], "missing_documents")


def mention_carriers(mention: str) -> tuple[tuple[str, ...], ...]:
    """Return the sets of placeholders that print a mention: one set is enough.

    :param mention: a name given by ``guarded_mentions``

    Source: CRPA art. R112-11-1
    """
    return _CARRIERS.get(mention, ((mention,),))


def mention_article(mention: str, kind: str = "are") -> str:
    """Return the article that wants a mention, empty when none does.

    :param mention: a name given by ``guarded_mentions``
    :param kind: ``aee`` or ``are``

    Source: CRPA art. R112-11-1, R112-11-2, R112-11-4, L232-3; CJA art. R421-5
    """
    if kind == "aee":
        return "CRPA, art. R112-11-2" if mention == "received_on" else ""
    return _ARTICLES.get(mention, "")


def guarded_mentions(kind: str, regime: str) -> tuple[str, ...]:
    """Return the mentions that no wording may lose.

    The list of missing documents prints nothing when none is asked for; a wording
    without its place could not say it in the acknowledgement.

    :param kind: ``aee`` or ``are``
    :param regime: ``sva``, ``svr`` or ``none``

    Source: CRPA art. R112-11-1, R112-11-2, R112-11-4
    """
    mentions = required_mentions(kind, regime)
    return mentions if kind == "aee" else (*mentions, "missing_documents")


def lost_mentions(kind: str, regime: str, html: str) -> tuple[str, ...]:
    """Return the mandatory mentions that a wording does not print.

    :param kind: ``aee`` or ``are``
    :param regime: ``sva``, ``svr`` or ``none``
    :param html: wording, as ``tidy`` gives it

    Source: CRPA art. R112-11-1, R112-11-2, R112-11-4, L112-12
    """
    used = set(_PLACEHOLDER.findall(html))
    return tuple(
        mention
        for mention in guarded_mentions(kind, regime)
        if not any(used.issuperset(names) for names in mention_carriers(mention))
    )


def wording_faults(
    kind: str, regime: str, html: str
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return what makes a wording unusable, whatever it says.

    :param kind: ``aee`` or ``are``
    :param regime: ``sva``, ``svr`` or ``none``
    :param html: wording, as ``tidy`` gives it
    :return: the unknown placeholders, the blocks that do not stand alone on their
        line (once each), and whether a brace is left that belongs to no placeholder

    Source: none (technical)
    """
    used = tuple(dict.fromkeys(_PLACEHOLDER.findall(html)))
    allowed = allowed_placeholders(kind, regime)
    unknown = tuple(name for name in used if name not in allowed)
    crowded = tuple(
        name
        for name in used
        if name in BLOCKS
        and (html.count(f"<p>{{{name}}}</p>") != 1 or html.count(f"{{{name}}}") != 1)
    )
    return unknown, crowded, bool(_BRACE.search(_PLACEHOLDER.sub("", html)))


def rename_placeholders(html: str, names: Mapping[str, str]) -> str:
    """Return a wording with its placeholders under other names.

    :param html: wording
    :param names: name -> other name; the names that it does not hold stay

    Source: none (technical)
    """
    return _PLACEHOLDER.sub(
        lambda found: f"{{{names.get(found[1], found[1])}}}", html or ""
    )


def fill(html: str, values: Mapping[str, object], blocks: Mapping[str, str]) -> str:
    """Return a wording with its placeholders replaced.

    Values are escaped. A line that would only hold empty values disappears, and a
    block without content with it.

    :param html: wording, as ``tidy`` gives it
    :param values: placeholder -> plain text
    :param blocks: placeholder -> HTML that is ours, already escaped

    Source: none (technical)
    """
    return _PARAGRAPH.sub(lambda match: _fill_paragraph(match, values, blocks), html)


def _fill_paragraph(match, values, blocks):
    tag, content = match.groups()
    if not tag:
        return _fill_line(match[0], values)
    alone = _PLACEHOLDER.fullmatch(content.strip())
    if alone and alone[1] in BLOCKS:
        return blocks.get(alone[1]) or ""
    lines = [
        _fill_line(line, values)
        for line in _LINE_BREAK.split(content)
        if not _is_empty_line(line, values)
    ]
    return f"<{tag}>{'<br/>'.join(lines)}</{tag}>" if lines else ""


def _fill_line(line, values):
    return _PLACEHOLDER.sub(
        lambda found: escape(str(values.get(found[1]) or "")).replace("\n", "<br/>"),
        line,
    )


def _is_empty_line(line, values):
    names = _PLACEHOLDER.findall(line)
    return bool(names) and not any(values.get(name) for name in names)


def tidy(html: str) -> str:
    """Return a wording with its structure only: paragraphs, headings, lists, emphasis.

    Nothing that could hide or strike a mention stays: no style, no class, no comment.
    Idempotent.

    :param html: what an editor gives

    Source: none (technical)
    """
    tidier = _Tidier()
    tidier.feed(html or "")
    tidier.close()
    return tidier.result()


class _Tidier(HTMLParser):
    """Write again the tags that are kept, closed in order, and the text escaped."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.open, self.skipped = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag in _DROPPED:
            self.skipped += 1
        tag = _RENAMED.get(tag, tag)
        if self.skipped or tag not in _KEPT:
            return
        if tag == "br":
            self.parts.append("<br/>")
            return
        if tag in ("p", "h2", "h3", "ul", "ol"):
            # No block inside a paragraph: the paragraph ends here.
            self._close(("p", "h2", "h3"))
        href = dict(attrs).get("href") or ""
        if tag == "a" and not _SAFE_LINK.fullmatch(href):
            return
        self.parts.append(f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>")
        self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in _DROPPED and self.skipped:
            self.skipped -= 1
        tag = _RENAMED.get(tag, tag)
        if not self.skipped and tag in self.open:
            self._close((tag,))

    def handle_data(self, data):
        if not self.skipped:
            if not self.open and data.strip():
                # Text between paragraphs is a paragraph.
                self.parts.append("<p>")
                self.open.append("p")
            self.parts.append(escape(data, quote=False))

    def _close(self, tags: Iterable[str]):
        """Close the innermost tag among ``tags``, and what is open in it."""
        rank = max(
            (rank for rank, tag in enumerate(self.open) if tag in tags), default=None
        )
        if rank is not None:
            for tag in reversed(self.open[rank:]):
                self.parts.append(f"</{tag}>")
            del self.open[rank:]

    def result(self):
        ends = [f"</{tag}>" for tag in reversed(self.open)]
        text = "".join(self.parts + ends)
        text = re.sub(r"[ \t\r\n]+", " ", text)
        # Spaces around blocks, and paragraphs left empty by the editor, say nothing.
        text = re.sub(r" ?(</?(?:p|h2|h3|ul|ol|li)>|<br/>) ?", r"\1", text)
        empty = re.compile(r"<(p|h2|h3|li|ul|ol|strong|b|em|i|u)>(?:<br/>|\xa0)*</\1>")
        while empty.search(text):
            text = empty.sub("", text)
        return text
