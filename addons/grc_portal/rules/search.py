"""Search of the catalogue: plain words, accents and plurals do not matter."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Words that say nothing about what is looked for.
_EMPTY_WORDS = frozenset(
    {
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "comment",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "est",
        "et",
        "faire",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "ma",
        "mes",
        "mon",
        "ne",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "sa",
        "ses",
        "son",
        "sur",
        "un",
        "une",
        "veux",
        "vos",
        "votre",
    }
)


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents.

    Source: none (technical).
    """
    decomposed = unicodedata.normalize("NFKD", (text or "").replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def words(text: str) -> list[str]:
    """Return the words of ``text`` that are worth looking for, in the singular.

    Source: none (technical).
    """
    found = (word for word in _WORD.findall(fold(text)) if word not in _EMPTY_WORDS)
    return [_singular(word) for word in found]


def score(query: str, texts: tuple[str, ...]) -> int:
    """Tell how well ``texts`` answer ``query``, 0 when they do not.

    Every word of the query must begin a word of one of the texts; a word found in
    an earlier text counts more.

    :param query: what the citizen typed
    :param texts: the most telling first (name, summary, description)

    Source: none (technical).
    """
    wanted = words(query)
    if not wanted:
        return 0
    sets = [set(words(text)) for text in texts]
    total = 0
    for word in wanted:
        for weight, present in zip(range(len(sets), 0, -1), sets, strict=True):
            if any(candidate.startswith(word) for candidate in present):
                total += weight
                break
        else:
            return 0
    return total


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
