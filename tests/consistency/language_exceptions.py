"""What the language checks let pass, each with its reason."""

# Whole texts that no citizen and no agent reads, or that a machine reads.
ALLOWED_TEXTS: dict[str, str] = {}

# Forbidden word -> phrases in which it is the right word.
ALLOWED_WORDS: dict[str, tuple[str, ...]] = {
    # A name between braces, replaced before anybody reads the text.
    "email": ("{email}",),
}

# Addons without code of their own, whose records are in French: nothing to translate.
FRENCH_ADDONS = {"grc_demo"}

# Proper names that stay French in English sources: of territories, and of the body that
# the law on accessibility tells where to write to.
FRENCH_SOURCES = (
    "Réunion",
    "Saint-Barthélemy",
    "Défenseur des droits, Libre réponse",
    "Liberté, Égalité, Fraternité",
)
