"""Texts, numbers and statements of the forms."""

import pytest
from form_types_cases import TYPES, fault, inputs, question, read, text, types

NIR = "1 85 05 78 006 084 91"
MASK = "[numéro de sécurité sociale masqué]"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        (" \u00a0\t\n ", None),
        (None, None),
        (12, None),
        ([], None),
        (["un", "deux"], "un"),
        ("  Salle   des\u00a0fêtes \r\n", "Salle des fêtes"),
        ("e\u0301te\u0301", "été"),
        ("\u202eabc\u202c\u200f", "abc"),
        ("a\u0000b\u0007c\x1b[31m\ud800", "abc[31m"),
        ("\ufeff\u200bzéro\u2060", "zéro"),
        ("👨‍👩‍👧 chez nous", "👨‍👩‍👧 chez nous"),
        ("<b>gras</b>", "<b>gras</b>"),
        (f"Mon numéro {NIR} merci", f"Mon numéro {MASK} merci"),
        ("185057800608491", MASK),
        ("１８５０５７８００６０８４９１", MASK),
        ("Le numéro 1234567890", "Le numéro 1234567890"),
    ],
)
def test_text_is_read(typed, value):
    assert read("text", typed) == value
    assert fault("text", typed) == ()


@pytest.mark.parametrize(
    ("typed", "attributes", "code"),
    [
        ("x" * 256, {}, "too_long"),
        ("x" * 100_000, {}, "too_long"),
        ("abcd", {"max_length": 3}, "too_long"),
        ("ab", {"min_length": 3}, "too_short"),
        ("12a", {"format": "digits"}, "digits_only"),
        ("12", {"format": "letters"}, "letters_only"),
        ("AB", {"format": "regex", "pattern": r"\d+", "pattern_hint": "chiffres"},
         "wrong_pattern"),
        (NIR, {"format": "digits"}, "nir_refused"),
    ],
)  # fmt: skip
def test_text_is_refused(typed, attributes, code):
    assert fault("text", typed, **attributes) == (code, "")


def test_text_formats():
    assert read("text", "12 34.56", format="digits") == "123456"
    assert read("text", "١٢٣", format="digits") == "123"
    assert fault("text", "D’Ormesson-Le Goff", format="letters") == ()
    pattern = {"format": "regex", "pattern": "[A-Z]{2}-[0-9]{2}", "pattern_hint": "x"}
    assert fault("text", "AB-12", **pattern) == ()
    # A hidden number is longer than what was typed: the limit is the typed text's.
    assert fault("text", "185057800608491", max_length=15) == ()


@pytest.mark.parametrize(
    "pattern", [r"[A-Z]\d{5}", r"(?:AB|CD)[0-9]{4}", r"\d{2,4}-?\w*", r"[^\s]{3}"]
)
def test_pattern_is_accepted(pattern):
    asked = question("text", format="regex", pattern=pattern, pattern_hint="x")
    assert TYPES["text"].attribute_faults(asked) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|a)*b",
        "(a|aa){10}",
        "a*a*a*a*b",
        "a?" * 30 + "a" * 30,
        "(?=a)",
        r"(a)\1",
        "[a",
        "(a",
        "a{3,1}",
        "(?i)a",
        "*a",
        "x" * 201,
        "(a|b)" * 30,
        "",
        "((a*)*)*",
        "(a{1,9}){2}",
    ],
)
def test_pattern_is_refused(pattern):
    asked = question("text", format="regex", pattern=pattern, pattern_hint="x")
    assert TYPES["text"].attribute_faults(asked)
    assert fault("text", "a" * 200, format="regex", pattern=pattern)


def test_long_text():
    assert read("long_text", " a \r\nb\u2028c\u0000 \n\n") == "a\nb\nc"
    assert read("long_text", f"ligne\n{NIR}") == f"ligne\n{MASK}"
    assert read("long_text", [" x "]) == "x"
    assert fault("long_text", "x" * 5001) == ("too_long", "")
    assert fault("long_text", "x" * 100_000) == ("too_long", "")
    assert fault("long_text", "x" * 15_000, max_length=20_000) == ()
    assert inputs("long_text")[""]["widget"] == "textarea"


def test_certified():
    assert read("certified", "yes") is True
    assert read("certified", ["", "on"]) is True
    assert read("certified", "no") is None
    assert text("certified", True) == "Oui"
    assert inputs("certified")[""]["options"][0]["label"].startswith("Je certifie")
    assert fault("certified", {}) == ()


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        ("integer", "12", 12),
        ("integer", " 1 234 ", 1234),
        ("integer", "1\u202f234\u00a0567", 1234567),
        ("integer", "1.234", 1234),
        ("integer", "12,00", 12),
        ("integer", "−5", -5),
        ("integer", "+7", 7),
        ("integer", "٤٢", 42),
        ("integer", "007", 7),
        ("decimal", "12,5", "12.5"),
        ("decimal", "12.50", "12.5"),
        ("decimal", ",5", "0.5"),
        ("decimal", "-0", "0"),
        ("decimal", "1 234,5", "1234.5"),
        ("decimal", "1.234,5", "1234.5"),
        ("decimal", "1,234.5", "1234.5"),
        ("decimal", "100", "100"),
        ("amount", "12", "12.00"),
        ("amount", "12 €", "12.00"),
        ("amount", "12,5€", "12.50"),
        ("amount", "12 € 50", "12.50"),
        ("amount", "€ 3", "3.00"),
        ("amount", "1 234,50 euros", "1234.50"),
        ("amount", "-0,00", "0.00"),
        ("computed", "1234,5", "1234.5"),
    ],
)
def test_number_is_read(type_, typed, value):
    assert read(type_, typed) == value
    assert fault(type_, typed) == ()


@pytest.mark.parametrize(
    ("type_", "typed", "attributes", "code"),
    [
        ("integer", "12,5", {}, "not_integer"),
        ("integer", "douze", {}, "not_integer"),
        ("integer", "1e5", {}, "not_integer"),
        ("integer", "12²", {}, "not_integer"),
        ("integer", "½", {}, "not_integer"),
        ("integer", "--1", {}, "not_integer"),
        ("integer", "9" * 16, {}, "not_integer"),
        ("integer", "9" * 100_000, {}, "too_long"),
        ("integer", "2", {"min": 3}, "too_small"),
        ("integer", "12", {"max": 6}, "too_large"),
        ("decimal", "nan", {}, "not_number"),
        ("decimal", "infinity", {}, "not_number"),
        ("decimal", "1,2,3", {}, "not_number"),
        ("decimal", ",", {}, "not_number"),
        ("decimal", "0,0000001", {}, "too_many_digits"),
        ("decimal", "1,234", {"digits": 2}, "too_many_digits"),
        ("decimal", "0,5", {"min": "0.75"}, "too_small"),
        ("amount", "12,345", {}, "too_many_digits"),
        ("amount", "gratuit", {}, "not_amount"),
        ("amount", "5", {"max": "4.99"}, "too_large"),
        ("computed", "x", {}, "not_computed"),
    ],
)
def test_number_is_refused(type_, typed, attributes, code):
    assert fault(type_, typed, **attributes) == (code, "")


def test_numbers_as_people_read_them():
    assert text("integer", 1234567) == "1 234 567"
    assert text("integer", 12, unit="m²") == "12 m²"
    assert text("decimal", "1234.5") == "1 234,5"
    assert text("amount", "1234.50") == "1 234,50 €"
    assert text("computed", "12.3", digits=2, unit="€") == "12,30 €"
    assert text("computed", "2026-03-01", result="date") == "1er mars 2026"
    english = types.Context(types.Context(None).today, "en_US")
    assert TYPES["decimal"].text(question("decimal"), "1234.5", english) == "1,234.5"
    assert read("integer", "40 m²", unit="m²") == 40


def test_projection_of_numbers():
    assert TYPES["integer"].property(question("integer")) == {
        "type": "integer",
        "string": "Question",
    }
    assert TYPES["integer"].property(question("integer", max=10**10))["type"] == "float"
    assert TYPES["integer"].project(question("integer"), 10**10) is False
    assert TYPES["amount"].project(question("amount"), "12.50") == 12.5
    assert TYPES["computed"].project(question("computed"), None) is False


def test_inputs_of_texts_and_numbers():
    assert inputs("text", autocomplete="given-name")[""] == {
        "part": "",
        "widget": "input",
        "type": "text",
        "maxlength": 255,
        "autocomplete": "given-name",
    }
    assert inputs("text", format="digits")[""]["inputmode"] == "numeric"
    assert inputs("integer")[""]["inputmode"] == "numeric"
    assert inputs("integer", min=-5)[""]["inputmode"] == "text"
    assert inputs("decimal")[""]["inputmode"] == "decimal"
    assert inputs("computed") == {}
