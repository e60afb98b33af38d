"""The helpers of the journeys see what they must see."""

import pytest

from .words import english_in, forbidden_in


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Save", ["Save"]),
        ("Enter your name", ["your"]),
        ("Page not found", ["found", "not"]),
        ("Enregistrer et fermer le message du service", []),
        ("Mode d’emploi : dates, notes, actions, options", []),
        ("camille.the@example.com", []),
    ],
)
def test_english_is_recognised(line, words):
    assert english_in(line) == words


def test_the_forbidden_vocabulary_is_recognised():
    assert forbidden_in("Vos tickets") == ["ticket"]
    assert forbidden_in("Vos demandes") == []


def test_axe_sees_a_picture_without_alternative(browser, axe):
    page = browser.new_page()
    page.set_content("<html lang=fr><title>x</title><main><h1>x</h1><img src=x>")
    assert "image-alt" in [row["id"] for row in axe.violations(page)]
    page.close()
