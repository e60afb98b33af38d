"""Checks of what people read: translations, vocabulary, typography."""

import ast
import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from lxml import etree

from .language_exceptions import (
    ALLOWED_TEXTS,
    ALLOWED_WORDS,
    FRENCH_ADDONS,
    FRENCH_SOURCES,
)
from .tree import Findings, Tree, dotted, literal

NBSP = "\u00a0\u202f"
PLACEHOLDER = re.compile(
    r"%\(\w+\)[.\d]*[sdifr]|%[sdifr](?!\w)|\$\{[^}]*\}|\{\{.*?\}\}"
)
ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|\{\{.*?\}\}|\$\{[^}]*\}")
XML_TEXTS = {"aria-label", "aria-description", "confirm", "placeholder", "string"}
XML_TEXTS |= {"title", "alt", "help", "sum", "label", "confirm-label", "cancel-label"}

# Keys of the file of a prestation that machines read.
MACHINE_KEYS = {"formula", "pattern", "video_url", "image"}

# === TRANSLATIONS === #


def _placeholders(text: str) -> list[str]:
    return sorted(match.strip() for match in PLACEHOLDER.findall(text))


def _tags(text: str) -> list[str]:
    return sorted(re.findall(r"t-(?:out|if|foreach|field|value)=\"[^\"]*\"", text))


def translated_addons(tree: Tree) -> list[Path]:
    """Return the addons whose sources are English."""
    return [addon for addon in tree.addons if addon.name not in FRENCH_ADDONS]


def check_translations(tree: Tree) -> Findings:
    """Each term of each .pot is translated in fr.po, with the same placeholders."""
    found = Findings()
    for addon in translated_addons(tree):
        pot_path = addon / "i18n" / f"{addon.name}.pot"
        po_path = addon / "i18n" / "fr.po"
        missing = [path for path in (pot_path, po_path) if not path.exists()]
        for path in missing:
            found.add(tree.name(path), "is missing")
        if missing:
            continue
        entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(po_path))}
        for term in polib.pofile(str(pot_path)):
            found.checked += 1
            entry = entries.get((term.msgctxt, term.msgid))
            if problem := _translation_problem(entry):
                where = tree.name(po_path, entry.linenum if entry else None)
                found.add(where, f"{term.msgid[:60]!r} {problem}")
    return found


def _translation_problem(entry: polib.POEntry | None) -> str:
    if entry is None or entry.obsolete:
        return "is missing"
    if not entry.msgstr.strip():
        return "is not translated"
    if entry.fuzzy:
        return "is fuzzy"
    if _placeholders(entry.msgid) != _placeholders(entry.msgstr):
        return "has other placeholders in French"
    if _tags(entry.msgid) != _tags(entry.msgstr):
        return "has other template expressions in French"
    return ""


def _python_terms(tree: Tree, path: Path) -> Iterator[tuple[int, str]]:
    """Yield the literals that Odoo exports: ``_("…")``, field labels and helps."""
    for node in ast.walk(tree.parse(path)):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        if name.split(".")[-1] in {"_", "_lt"} and node.args:
            if text := literal(node.args[0]):
                yield node.lineno, text
        elif name.startswith("fields."):
            for keyword in node.keywords:
                if keyword.arg in {"string", "help"} and literal(keyword.value):
                    yield node.lineno, literal(keyword.value)


def _xml_terms(tree: Tree, path: Path, document) -> Iterator[tuple[int, str]]:
    for node in document.iter():
        for key, text in node.attrib.items():
            is_view = any(parent.tag in {"field", "template"} for parent in _up(node))
            if key in XML_TEXTS and is_view and re.search(r"[A-Za-z]{2}", text):
                yield node.sourceline, text


def _up(node) -> Iterator:
    yield from node.iterancestors()


def check_pot_is_fresh(tree: Tree) -> Findings:
    """The labels and messages of the sources stand in the exported .pot."""
    found = Findings()
    for addon in translated_addons(tree):
        pot_path = addon / "i18n" / f"{addon.name}.pot"
        if not pot_path.exists():
            continue  # check_translations says so
        known = {" ".join(term.msgid.split()) for term in polib.pofile(str(pot_path))}
        terms = []
        for path in tree.python():
            if addon in path.parents:
                terms += [(path, *term) for term in _python_terms(tree, path)]
        for path, document in tree.xml():
            if addon in path.parents:
                terms += [(path, *term) for term in _xml_terms(tree, path, document)]
        for path, line, text in terms:
            found.checked += 1
            if " ".join(text.split()) not in known:
                what = f"{text[:60]!r} is not in {pot_path.name}: export it again"
                found.add(tree.name(path, line), what)
    return found


def check_sources_are_english(tree: Tree) -> Findings:
    """The terms to translate are English, but for the law's proper names."""
    found = Findings()
    for addon in translated_addons(tree):
        path = addon / "i18n" / f"{addon.name}.pot"
        for term in polib.pofile(str(path)) if path.exists() else ():
            found.checked += 1
            text = term.msgid
            for name in FRENCH_SOURCES:
                text = text.replace(name, "")
            if re.search(r"[àâçéèêëîïôûùœ«»]", readable(text), re.IGNORECASE):
                found.add(tree.name(path, term.linenum), f"French: {term.msgid[:60]!r}")
    return found


# === WHAT FRENCH PEOPLE READ === #


def readable(text: str) -> str:
    """Return the text as read: without tags, entities, addresses, placeholders."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    return ADDRESS.sub("", text)


def french_texts(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield (where, text) for each French text of the tree."""
    for path in tree.files("addons/grc_*/i18n/fr.po"):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                yield tree.name(path, entry.linenum), entry.msgstr
    for path in tree.files("addons/grc_demo/data/*.xml"):
        for line, text in _french_xml(etree.parse(str(path))):
            yield tree.name(path, line), text
    for path in tree.files("addons/grc_demo/data/*.csv"):
        for line, text in _french_csv(path):
            yield tree.name(path, line), text
    yield from _french_json(tree)
    for path in tree.files("CHANGELOG.md"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            yield tree.name(path, number), re.sub(r"`[^`]*`", "", line)


def _french_csv(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        for row in reader:
            yield from ((reader.line_num, cell) for cell in row if " " in cell)


def _french_json(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the sentences of the files of prestations, with their lines."""
    for path in tree.files("addons/*/catalogue/*.json", "addons/*/catalogue/*/*.json"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            key = re.match(r'\s*"(\w+)"', line)
            if key and key[1] in MACHINE_KEYS:
                continue
            for quoted in re.findall(r'"(?:[^"\\]|\\.)*"', line):
                text = json.loads(quoted)
                if not re.fullmatch(r"[\w.\-]*", text, re.ASCII):
                    yield tree.name(path, number), text


def _french_xml(document) -> Iterator[tuple[int, str]]:
    """Yield the texts of the records: not the codes, not the expressions."""
    for node in document.iter("field", "p", "li", "h1", "h2", "h3", "a", "span"):
        is_code = node.get("name") in {"code", "email", "login", "password", "key"}
        is_code = is_code or node.get("ref") or node.get("eval") or node.get("search")
        if not is_code:
            for text in (node.text, *(child.tail for child in node)):
                if text and re.search(r"\w", text):
                    yield node.sourceline, text.strip()


def forbidden_words(tree: Tree) -> dict[str, str]:
    """Return {word: what to write instead} from docs/glossary.md."""
    words = {}
    path = tree.root / "docs" / "glossary.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    _before, _title, table = text.partition("## Words that we do not write")
    for row in re.findall(r"^\| (.+?) \| (.+?) \|", table, re.MULTILINE)[1:]:
        for word in row[0].split(", "):
            if not set(word) <= {"-", " "}:
                words[word] = row[1]
    return words


def check_vocabulary(tree: Tree) -> Findings:
    """No French text uses a word that the glossary forbids."""
    found = Findings()
    words = forbidden_words(tree)
    for where, text in french_texts(tree):
        if text in ALLOWED_TEXTS:
            continue
        for word, instead in words.items():
            found.checked += 1
            pattern = rf"(?<![\w-]){re.escape(word)}s?(?![\w-])"
            allowed = ALLOWED_WORDS.get(word, ())
            plain = readable(PLACEHOLDER.sub("", text))
            for phrase in allowed:
                plain = re.sub(re.escape(phrase), "", plain, flags=re.IGNORECASE)
            if re.search(pattern, plain, re.IGNORECASE):
                found.add(where, f"« {word} » → « {instead} » in {text[:60]!r}")
    return found


TYPOGRAPHY = (
    (re.compile(r"[^\W\d_]'[^\W\d_]"), "a straight apostrophe: ’"),
    (re.compile(r"[ \t\n][:;!?](?![\w)(-])"), "an ordinary space before : ; ! or ?"),
    (re.compile(r"[\w)»\]][;!?](?=\s|$)"), "no space before ; ! or ?"),
    (re.compile(r"[^\W\d_)»\]]:(?=\s|$)|\d:(?=\s|$)"), "no space before :"),
    (re.compile(rf"«(?![{NBSP}])|(?<![{NBSP}])»"), "no no-break space inside « »"),
    (re.compile(r"\"[^\"]*\w[^\"]*\""), "typewriter quotes: « »"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "three dots: …"),
)


def check_typography(tree: Tree) -> Findings:
    """French spaces, apostrophes and quotes."""
    found = Findings()
    for where, text in french_texts(tree):
        if text in ALLOWED_TEXTS:
            continue
        found.checked += 1
        plain = PLACEHOLDER.sub("x", readable(text)).strip()
        for pattern, what in TYPOGRAPHY:
            if match := pattern.search(plain):
                start = max(match.start() - 20, 0)
                found.add(where, f"{what} in {plain[start : match.end() + 15]!r}")
    return found
