"""Identifiers and people of the forms (CRPA R112-9-1 through grc_base)."""

import re

import pytest
from form_types_cases import TYPES, fault, inputs, question, read, text
from rules_loader import load
from stdnum import numdb

SIRET = "73282932000074"


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        ("siret", "", None),
        ("siret", "732 829 320 00074", SIRET),
        ("siret", "732.829.320.000-74", SIRET),
        ("siret", "７３２８２９３２００００７４", SIRET),
        ("siret", "35600000000048", "35600000000048"),
        ("rna", "w571234567", "W571234567"),
        ("rna", "W 57 1234567", "W571234567"),
        ("rna", "W2A1234567", "W2A1234567"),
        ("iban", "fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        ("iban", "IBAN: FR7630006000011234567890189", "FR7630006000011234567890189"),
        ("iban", "DE89-3704-0044-0532-0130-00", "DE89370400440532013000"),
        ("plate", "ab123cd", "AB-123-CD"),
        ("plate", "AB 123 CD", "AB-123-CD"),
        ("plate", "ww 123 ab", "WW-123-AB"),
        ("plate", "W-123-AB", "W-123-AB"),
        ("plate", "1234 ab 57", "1234 AB 57"),
        ("plate", "12abc2a", "12 ABC 2A"),
        ("plate", "123-AB-974", "123 AB 974"),
        ("ants_number", "ab12345678", "AB12345678"),
        ("ants_number", "AB 1234 5678", "AB12345678"),
        ("caf_number", "1234567", "1234567"),
        ("caf_number", "354", "0000354"),
        ("caf_number", "1 234 567 a", "1234567"),
        ("tax_reference", "25 57 a123456 78", "2557A12345678"),
        ("tax_reference", "2557A12345678Z", "2557A12345678"),
    ],
)
def test_identifier_is_read(type_, typed, value):
    assert read(type_, typed, abroad=False) == value
    assert fault(type_, typed, abroad=False) == ()


@pytest.mark.parametrize(
    ("type_", "typed", "code"),
    [
        ("siret", "732829320", "siret_is_siren"),
        ("siret", "7328293200007", "siret_length"),
        ("siret", "73282932000O74", "siret_length"),
        ("siret", "73282932000075", "siret_key"),
        ("siret", "²" * 14, "siret_length"),
        ("rna", "571234567", "not_rna"),
        ("rna", "W5712345678", "not_rna"),
        ("iban", "FR76 3000 6000 0112 3456 7890 188", "iban_key"),
        ("iban", "FR76 3000 6000 0112 3456 7890 18", "iban_length"),
        ("iban", "ZZ 7", "not_iban"),
        ("iban", "ZZ76 3000", "not_iban"),
        ("iban", "DE89 3704 0044", "iban_length"),
        ("iban", "bonjour", "not_iban"),
        ("plate", "SS-123-AB", "not_plate"),
        ("plate", "AB-123-SS", "not_plate"),
        ("plate", "AI-123-CD", "not_plate"),
        ("plate", "AB-000-CD", "not_plate"),
        ("plate", "0123 AB 57", "not_plate"),
        ("plate", "123 AB 99", "not_plate"),
        ("plate", "123 AB", "not_plate"),
        ("ants_number", "AB1234567", "not_ants_number"),
        ("ants_number", "ÀB12345678", "not_ants_number"),
        ("caf_number", "12345678", "not_caf_number"),
        ("caf_number", "0", "not_caf_number"),
        ("caf_number", "1850578006084", "nir_refused"),
        ("tax_reference", "123456789012", "not_tax_reference"),
        ("tax_reference", "ABCDEFGHIJKLM", "not_tax_reference"),
        ("tax_reference", "185057800608491", "not_tax_reference"),
    ],
)
def test_identifier_is_refused(type_, typed, code):
    assert fault(type_, typed, abroad=False) == (code, "")


def test_iban_lengths():
    """Ours are those of python-stdnum, which Odoo keeps us from importing."""
    for country, length in load("grc_form.types.iban").LENGTHS.items():
        blocks = numdb.get("iban").info(country)[0][1]["bban"]
        assert sum(map(int, re.findall(r"\d+", blocks))) + 4 == length


def test_identifiers_are_shown():
    assert text("siret", SIRET) == "732 829 320 00074"
    iban = "FR7630006000011234567890189"
    assert text("iban", iban) == "FR76 3000 6000 0112 3456 7890 189"
    assert TYPES["siret"].project(question("siret"), SIRET) == SIRET
    assert TYPES["siret"].write(question("siret"), SIRET) == {"": SIRET}
    assert inputs("siret")[""]["inputmode"] == "numeric"
    assert inputs("plate")[""]["autocapitalize"] == "characters"
    assert read("plate", "m ab 1234") == "MAB1234"
    assert fault("plate", "x" * 13) == ("not_plate", "")


def person(**parts):
    return {"kind": "person", "last_name": "Lovelace", "first_name": "Ada"} | parts


BIRTH = {"birth_date.day": "10", "birth_date.month": "12", "birth_date.year": "1985"}


@pytest.mark.parametrize(
    ("raw", "attributes", "value"),
    [
        ({}, {}, None),
        (person() | BIRTH, {}, person(birth_date="1985-12-10")),
        (person(birth_date="10/12/1985"), {}, person(birth_date="1985-12-10")),
        (person(), {"ask_birth_date": False}, person()),
        (
            {"last_name": "Lovelace", "first_name": "Ada"},
            {"kinds": ["person"], "ask_birth_date": False},
            person(),
        ),
        (
            {"kind": "company", "organization": "SARL Pont", "siret": SIRET},
            {},
            {"kind": "company", "organization": "SARL Pont", "siret": SIRET},
        ),
        (
            {"kind": "association", "organization": "Judo", "rna": "w571234567"},
            {"number_required": True},
            {"kind": "association", "organization": "Judo", "rna": "W571234567"},
        ),
        ({}, {"kinds": ["company"]}, None),
    ],
)
def test_identity_is_read(raw, attributes, value):
    assert read("identity", raw, **attributes) == value
    assert fault("identity", raw, **attributes) == ()


COMPANY = {"kind": "company", "organization": "SARL Pont"}
CLUB = {"kind": "association", "organization": "Judo"}


@pytest.mark.parametrize(
    ("raw", "attributes", "expected"),
    [
        ({"last_name": "Lovelace"}, {}, ("kind_missing", "kind")),
        ({"kind": "person"}, {}, ("last_name_missing", "last_name")),
        ({"kind": "robot"}, {}, ("unknown_option", "kind")),
        (person(first_name=""), {"ask_birth_date": False},
         ("first_name_missing", "first_name")),
        (person(), {}, ("birth_date_missing", "birth_date")),
        (person(birth_date="2026-03-16"), {}, ("birth_in_future", "birth_date")),
        (person(birth_date="1880-03-16"), {}, ("birth_too_old", "birth_date")),
        (person() | BIRTH | {"birth_date.day": "32"}, {},
         ("not_date", "birth_date.day")),
        ({"kind": "company"}, {}, ("organization_missing", "organization")),
        (COMPANY | {"siret": "12"}, {}, ("siret_length", "siret")),
        (COMPANY, {"number_required": True}, ("siret_missing", "siret")),
        (CLUB, {"number_required": True}, ("rna_missing", "rna")),
        (CLUB | {"rna": "57"}, {}, ("not_rna", "rna")),
        (COMPANY, {"kinds": ["person"]}, ("unknown_option", "kind")),
        (person(last_name="x" * 101), {}, ("too_long", "last_name")),
    ],
)  # fmt: skip
def test_identity_is_refused(raw, attributes, expected):
    assert fault("identity", raw, **attributes) == expected


def test_identity_is_shown():
    assert text("identity", person(birth_date="1985-12-10")) == (
        "Ada Lovelace (10 décembre 1985)"
    )
    company = COMPANY | {"siret": SIRET, "last_name": "Lovelace"}
    assert text("identity", company) == f"SARL Pont, {SIRET}, Lovelace"
    found = inputs("identity")
    assert found["last_name"]["autocomplete"] == "family-name"
    assert found["first_name"]["autocomplete"] == "given-name"
    assert found["organization"]["autocomplete"] == "organization"
    assert found["birth_date.year"]["autocomplete"] == "bday-year"
    assert "kind" not in inputs("identity", kinds=["person"])
    assert "siret" not in inputs("identity", kinds=["person"])


def test_member():
    raw = {"role": "red", "last_name": "Lovelace", "first_name": "Ada"} | BIRTH
    value = {
        "role": "red",
        "last_name": "Lovelace",
        "first_name": "Ada",
        "birth_date": "1985-12-10",
    }
    assert read("member", raw) == value
    assert read("member", {}) is None
    assert fault("member", {"role": "red"}) == ("last_name_missing", "last_name")
    assert fault("member", raw | {"role": ""}) == ("role_missing", "role")
    assert fault("member", raw | {"role": "pink"}) == ("unknown_option", "role")
    missing = {key: raw[key] for key in ("role", "last_name", "first_name")}
    assert fault("member", missing) == ("birth_date_missing", "birth_date")
    assert fault("member", missing, ask_birth_date=False) == ()
    assert text("member", value) == "Ada Lovelace (10 décembre 1985), Rouge"
    tokens = {item.get("autocomplete") for item in inputs("member").values()}
    assert tokens == {None, "off"}
