"""Numbers in letters, as a letter of a town hall has them."""

import pytest
from grc_rules.grc_sve.letters import letters_language, period_in_letters


@pytest.mark.parametrize(
    ("count", "unit", "french", "english"),
    [
        (1, "month", "un mois", "one month"),
        (2, "month", "deux mois", "two months"),
        (1, "working_day", "un jour ouvré", "one working day"),
        (10, "working_day", "dix jours ouvrés", "ten working days"),
        (21, "day", "vingt et un jours", "twenty-one days"),
        (30, "day", "trente jours", "thirty days"),
        (80, "day", "quatre-vingts jours", "eighty days"),
        (81, "day", "quatre-vingt-un jours", "eighty-one days"),
        (90, "day", "quatre-vingt-dix jours", "ninety days"),
    ],
)
def test_a_length_of_time_in_letters(count, unit, french, english):
    # CRPA R112-11-1, R112-11-4
    assert period_in_letters(count, unit, "fr") == french
    assert period_in_letters(count, unit, "en") == english


@pytest.mark.parametrize(
    ("count", "unit", "lang"),
    [
        (0, "day", "fr"),
        (-2, "month", "fr"),
        (1.5, "day", "fr"),
        (True, "day", "fr"),
        (2, "year", "fr"),
        (2, "month", "de"),
    ],
)
def test_no_letters_for_what_is_no_length_of_time(count, unit, lang):
    with pytest.raises(ValueError):
        period_in_letters(count, unit, lang)


def test_another_language_than_french_reads_english():
    assert letters_language("fr_FR") == letters_language("fr_BE") == "fr"
    assert letters_language("en_US") == letters_language("") == "en"
