"""Identifiers of citizens: what is accepted, and what is never kept."""

import pytest
from grc_rules.grc_base import identifiers
from hypothesis import given
from hypothesis import strategies as st

# A man born in May 1985 in Paris: 185057800608, order 491 left out; key computed
# by hand: 97 - 1850578006084 % 97 = 91.
NIR = "1850578006084"
NIR_KEY = "91"
# The same in Corse-du-Sud: 2A counts as 19 without a million: key computed by hand.
CORSICA = "185052A006084"


@pytest.mark.parametrize(
    "number",
    ["73282932000074", "732 829 320 00074", "732.829.320.00074", "35600000049837"],
)
def test_siret_with_its_check_digit(number):
    # CRPA R112-9-1: a company gives its number in the register; La Poste's own rule
    assert identifiers.is_siret(number)


@pytest.mark.parametrize(
    "number", ["73282932000075", "732829320", "7328293200007A", "", None]
)
def test_siret_refused(number):
    assert not identifiers.is_siret(number)


def test_siret_without_separators():
    assert identifiers.clean_siret("732 829 320 00074") == "73282932000074"
    assert identifiers.clean_siret(None) == ""


@pytest.mark.parametrize("number", ["W751234567", "w 75 1234567", "W2A1234567"])
def test_rna(number):
    # CRPA R112-9-1: an association gives its RNA number; W2A… is Corse-du-Sud
    assert identifiers.is_rna(number)
    assert len(identifiers.clean_rna(number)) == 10


@pytest.mark.parametrize(
    "number", ["751234567", "W75123456", "W7512345678", "X751234567", "", None]
)
def test_rna_refused(number):
    assert not identifiers.is_rna(number)


@pytest.mark.parametrize(
    "address", ["a@example.com", "prénom.nom@mairie-exemple.fr", "a+b@sub.example.org"]
)
def test_email(address):
    assert identifiers.is_email(address)


@pytest.mark.parametrize(
    "address",
    ["", None, "a", "a@", "@b.fr", "a@b", "a b@c.fr", "a@b.fr, c@d.fr", "<a@b.fr>"],
)
def test_email_refused(address):
    assert not identifiers.is_email(address)


def test_messages_leave_from_an_address_without_accent():
    assert identifiers.is_sending_address("etat.civil@example.com")
    assert not identifiers.is_sending_address("état.civil@example.com")
    assert not identifiers.is_sending_address("etat.civil")


@pytest.mark.parametrize(
    "text", ["1962-08-24", "1962-08-00", "1962-00-00", "2000-02-29"]
)
def test_partial_date(text):
    assert identifiers.is_partial_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "1962",
        "62-08-24",
        "1962-13-00",
        "1962-00-24",
        "1900-02-29",
        "0000-00-00",
    ],
)
def test_partial_date_refused(text):
    assert not identifiers.is_partial_date(text)


@pytest.mark.parametrize(
    "text",
    [
        NIR + NIR_KEY,
        "1 85 05 78 006 084 91",
        "1.85.05.78.006.084.91",
        "1-85-05-78-006-084-91",
        "1\u00a085\u00a005\u00a078\u00a0006\u00a0084\u00a091",
        NIR,
    ],
)
def test_number_of_social_security_is_masked(text):
    # loi 78-17 art. 30, décret 2019-341: the town may not keep it
    assert identifiers.mask_nir(f"Mon n° : {text}, merci") == (
        f"Mon n° : {identifiers.NIR_MASK}, merci"
    )


def test_a_number_of_corsica_is_masked():
    key = 97 - (int(CORSICA.replace("A", "0")) - 1_000_000) % 97
    for text in (CORSICA, f"{CORSICA}{key:02d}", f"{CORSICA.lower()}{key:02d}"):
        assert identifiers.mask_nir(text) == identifiers.NIR_MASK


@pytest.mark.parametrize(
    "text",
    [
        "FR7630006000011234567890189",  # IBAN
        "1850578006084 92",  # a wrong key: another number
        "01 99 00 12 34",
        "732 829 320 00074",
        "2026-000123",
        "dossier 185057800608491x",
        "",
    ],
)
def test_other_numbers_are_left(text):
    assert identifiers.mask_nir(text) == text


def test_no_text_is_an_empty_text():
    assert identifiers.mask_nir(None) == ""


@given(st.text())
def test_masking_twice_changes_nothing(text):
    once = identifiers.mask_nir(text)
    assert identifiers.mask_nir(once) == once


@given(st.text(), st.text())
def test_wherever_it_stands_it_is_masked(before, after):
    text = f"{before} {NIR}{NIR_KEY} {after}"
    assert NIR + NIR_KEY not in identifiers.mask_nir(text)
