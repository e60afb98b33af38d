"""No English and no forbidden word on a screen that a French person meets."""

import re
from pathlib import Path

from consistency.language_checks import forbidden_words
from consistency.tree import Tree

from .servers import ROOT

# Words that are English and never French, one a line. « Service », « date »,
# « message », « action » and their like are both, and not there.
ENGLISH = (Path(__file__).parent / "english_words.txt").read_text().splitlines()
ENGLISH_WORD = re.compile(rf"(?<![\w@./-])({'|'.join(ENGLISH)})(?![\w@/-])")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
# Texts of core that no translation reaches: they stand in its templates as expressions.
CORE_TEXTS = [
    re.compile(r'^Back to ".*"( form)?$', re.MULTILINE),  # hint of the breadcrumb
]

# What a person sees or hears: texts, labels, hints, alternatives, the page's title.
VISIBLE = """
() => {
  const texts = [document.title, document.body.innerText];
  for (const node of document.body.querySelectorAll("*")) {
    if (!node.checkVisibility()) continue;
    for (const key of ["aria-label", "title", "placeholder", "alt", "data-tooltip"]) {
      const value = node.getAttribute(key);
      if (value) texts.push(value);
    }
    if (node.tagName === "INPUT" && ["submit", "button"].includes(node.type))
      texts.push(node.value);
    if (node.tagName === "OPTION") texts.push(node.text);
  }
  return texts.join("\\n");
}
"""


def wrong_words(page, allowed: tuple[str, ...] = ()) -> list[str]:
    """Return the English and the forbidden words in what ``page`` shows.

    :param allowed: texts of the page that are right as they are (a proper name)
    """
    text = page.evaluate(VISIBLE)
    for core_text in CORE_TEXTS:
        text = core_text.sub("", text)
    for phrase in allowed:
        text = text.replace(phrase, "")
    return wrong_words_in(text)


def wrong_words_in(text: str) -> list[str]:
    """Return a line for each English or forbidden word of ``text``."""
    wrong = []
    text = ADDRESS.sub("", text)
    for line in {line.strip() for line in text.splitlines()}:
        wrong += [f"  English « {word} »: {line[:90]}" for word in english_in(line)]
        wrong += [f"  « {word} »: {line[:90]}" for word in forbidden_in(line)]
    return sorted(wrong)


def english_in(line: str) -> list[str]:
    return sorted(set(ENGLISH_WORD.findall(line)))


def forbidden_in(line: str) -> list[str]:
    return [
        word
        for word in forbidden_words(Tree(ROOT))
        if re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", line, re.IGNORECASE)
    ]
