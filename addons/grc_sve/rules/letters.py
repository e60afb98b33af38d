"""Numbers in letters, where a letter wants them: « dix jours ouvrés »."""

from num2words import num2words

# (one, several) of each unit; all are masculine in French.
_UNITS = {
    "fr": {
        "day": ("jour", "jours"),
        "working_day": ("jour ouvré", "jours ouvrés"),
        "month": ("mois", "mois"),
    },
    "en": {
        "day": ("day", "days"),
        "working_day": ("working day", "working days"),
        "month": ("month", "months"),
    },
}


def letters_language(lang: str) -> str:
    """Return the language in which numbers are written for a reader.

    :param lang: a locale (``fr_FR``) or a language code
    :return: ``fr``, or ``en`` for every other language

    Source: none (technical)
    """
    return "fr" if (lang or "").lower().startswith("fr") else "en"


def period_in_letters(count: int, unit: str, lang: str = "fr") -> str:
    """Return a length of time in letters: « deux mois », « dix jours ouvrés ».

    :param count: how many, 1 or more
    :param unit: ``day``, ``working_day`` or ``month``
    :param lang: ``fr`` or ``en``
    :raise ValueError: when the count is not positive, the unit or the language unknown

    Source: CRPA art. R112-11-1, R112-11-4 (the period and the time given are told)
    """
    if lang not in _UNITS or unit not in _UNITS[lang]:
        raise ValueError(f"no letters for {unit!r} in {lang!r}")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError(f"not a length of time: {count!r}")
    one, several = _UNITS[lang][unit]
    return f"{num2words(count, lang=lang)} {one if count == 1 else several}"
