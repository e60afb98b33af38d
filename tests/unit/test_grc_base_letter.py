"""The address in the window and the signature of a decision."""

from grc_rules.grc_base import letter
from hypothesis import given
from hypothesis import strategies as st

ALICE = ("Alice Martin", None, "Bât. B, 3e étage", "5 rue du Puits", "99000")


def test_a_person_reads_from_who_to_where():
    assert letter.postal_lines(*ALICE, "Ville-Exemple") == [
        "Alice Martin",
        "Bât. B, 3e étage",
        "5 rue du Puits",
        "99000 VILLE-EXEMPLE",
    ]


def test_another_country_comes_last():
    lines = letter.postal_lines(*ALICE[:4], "1000", "Bruxelles", "Belgique")
    assert lines[-2:] == ["1000 BRUXELLES", "BELGIQUE"]


def test_a_company_stands_above_its_person():
    lines = letter.postal_lines(
        "Alice Martin", "Scierie du Puits", "", "5 rue du Puits", "99000", "Ville"
    )
    assert lines[:2] == ["Scierie du Puits", "Alice Martin"]


def test_the_same_name_is_written_once():
    lines = letter.postal_lines("Club", "Club", None, "1 rue", "99000", "Ville")
    assert lines == ["Club", "1 rue", "99000 VILLE"]


def test_nothing_gives_no_line():
    assert letter.postal_lines(None, None, None, None, None, None) == []


def test_what_is_too_long_goes_on_and_is_never_cut():
    name = "Marie-Charlotte de La Rochefoucauld-Montmorency " * 3
    street = "Résidence des Grands Champs de la Vallée " * 4
    lines = letter.postal_lines(name, "Org " * 20, street, street, "99000", "Ville")
    assert letter.is_tight(lines)
    assert " ".join(lines).split().count("Marie-Charlotte") == 3
    assert max(map(len, lines)) <= letter.TIGHT_LINE_CHARS


def test_six_lines_of_thirty_eight_are_not_tight():
    assert not letter.is_tight(["x" * 38] * 6)
    assert letter.is_tight(["x" * 39])
    assert letter.is_tight(["x"] * 7)


def test_what_an_address_lacks():
    assert letter.missing_postal_parts("A", "1 rue", "99000", "Ville") == []
    assert letter.missing_postal_parts("A", " ", None, "") == ["street", "zip", "city"]
    assert letter.missing_postal_parts("", "1 rue", "99000", "V") == ["name"]


def test_a_decision_names_its_author():
    """CRPA art. L212-1: given name, name and quality."""
    assert letter.missing_signature_parts("Jeanne", "Roy", "The mayor") == []
    assert letter.missing_signature_parts("", None, " ") == [
        "given_name",
        "name",
        "quality",
    ]


@given(*[st.text(max_size=120) for _ in range(6)])
def test_every_word_is_on_the_letter(name, organization, street2, street, code, city):
    lines = letter.postal_lines(name, organization, street2, street, code, city)
    assert all(line and len(line) <= letter.TIGHT_LINE_CHARS for line in lines)
    written = "".join("".join(lines).split())
    for value in (organization, street2, street, code):
        assert "".join(value.split()) in written
