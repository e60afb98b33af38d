"""E-mail addresses, telephones, postal addresses, places of the forms."""

import pytest
from form_types_cases import CONTEXT, TYPES, fault, inputs, question, read, text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        (" Ada.Lovelace@Exemple.FR ", "Ada.Lovelace@exemple.fr"),
        ("mailto:ada@exemple.fr", "ada@exemple.fr"),
        ("<ada@exemple.fr>", "ada@exemple.fr"),
        ("ada@exemple.fr.", "ada@exemple.fr"),
        ("ada+mairie@sous.exemple.fr", "ada+mairie@sous.exemple.fr"),
        ("ada\u200b@exemple.fr", "ada@exemple.fr"),
        ("élodie@mairie-évry.fr", "élodie@mairie-évry.fr"),
        ("o'neil@exemple.fr", "o'neil@exemple.fr"),
    ],
)
def test_email_is_read(typed, value):
    assert read("email", typed) == value
    assert fault("email", typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "ada",
        "ada@",
        "@exemple.fr",
        "ada@exemple",
        "ada@@exemple.fr",
        "ada lovelace@exemple.fr",
        "ada@exemple..fr",
        "ada@-exemple.fr",
        "a..b@exemple.fr",
        ".ada@exemple.fr",
        "ada@exemple.fr, bob@exemple.fr",
        "ada@exemple.fr\r\nBcc: x@y.fr",
        "x" * 65 + "@exemple.fr",
        "a@" + "x." * 130 + "fr",
        "(ada)@exemple.fr",
    ],
)
def test_email_is_refused(typed):
    assert fault("email", typed) == ("not_email", "")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        ("01 39 12 34 56", "+33139123456"),
        ("06.12.34.56.78", "+33612345678"),
        ("06-12-34-56-78", "+33612345678"),
        ("06/12/34/56/78", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("０６１２３４５６７８", "+33612345678"),
        ("0596 71 12 34", "+596596711234"),
        ("0692 12 34 56", "+262692123456"),
        ("+49 30 901820", "+4930901820"),
        ("+352 621 123 456", "+352621123456"),
    ],
)
def test_phone_is_read(typed, value):
    assert read("phone", typed) == value
    assert fault("phone", typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "12",
        "06 12 34 56",
        "00 00 00 00 00",
        "sans",
        "0612345678 p. 3",
        "+999 12",
        "0" * 50,
    ],
)
def test_phone_is_refused(typed):
    assert fault("phone", typed) == ("not_phone", "")


def test_phone_of_a_country():
    only = {"countries": ["FR"], "only_countries": True}
    assert fault("phone", "+49 30 901820", **only) == ("phone_country", "")
    assert fault("phone", "0612345678", **only) == ()
    assert fault("phone", "+33 6 12 34 56 78", countries=["BE"]) == ()
    assert text("phone", "+33612345678") == "06 12 34 56 78"
    assert text("phone", "+4930901820") == "+49 30 901820"
    assert inputs("phone")[""]["type"] == "tel"
    assert inputs("phone")[""]["autocomplete"] == "tel"
    assert inputs("phone", autocomplete="off")[""]["autocomplete"] == "off"
    asked = question("phone", countries=["XX"])
    assert TYPES["phone"].attribute_faults(asked) == [
        ("countries", "attribute_invalid")
    ]


def address(**parts):
    return {"street": "3 rue du Pont", "zip": "57000", "city": "Metz"} | parts


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({}, None),
        ({"country": "France"}, None),
        (address(), address()),
        (address(zip="57 000"), address()),
        (address(zip="F-57000"), address()),
        (address(country="France"), address()),
        (address(country="fr"), address()),
        (address(street2=" Bât.  B "), address(street2="Bât. B")),
        (
            address(zip="l-1234", country="luxembourg"),
            address(zip="L-1234", country="Luxembourg"),
        ),
        (
            {"street": "1 Main St", "city": "Dublin", "country": "IE"},
            {"street": "1 Main St", "city": "Dublin", "country": "Irlande"},
        ),
    ],
)
def test_address_is_read(raw, value):
    assert read("address", raw) == value
    assert fault("address", raw) == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (address(street=""), ("street_missing", "street")),
        (address(zip=""), ("zip_missing", "zip")),
        (address(city=""), ("city_missing", "city")),
        (address(zip="5700"), ("not_zip", "zip")),
        (address(zip="00100"), ("not_zip", "zip")),
        (address(zip="L-1234"), ("not_zip", "zip")),
        (address(country="Atlantide"), ("unknown_country", "country")),
        (address(street="x" * 101), ("too_long", "street")),
    ],
)
def test_address_is_refused(raw, expected):
    assert fault("address", raw) == expected


def test_address_is_shown():
    assert text("address", address(street2="Bât. B")) == (
        "3 rue du Pont, Bât. B, 57000 Metz"
    )
    tokens = [item["autocomplete"] for item in inputs("address").values()]
    assert tokens == [
        "address-line1",
        "address-line2",
        "postal-code",
        "address-level2",
        "country-name",
    ]
    assert "country" not in inputs("address", abroad=False)
    assert inputs("address", abroad=False)["zip"]["inputmode"] == "numeric"
    hidden = inputs("address", autocomplete="off")
    assert {item["autocomplete"] for item in hidden.values()} == {"off"}


METZ = {"code": "57463", "name": "Metz"}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({}, None),
        ({"": "Metz"}, METZ),
        ({"": "metz (57000)"}, METZ),
        ({"": "57000 METZ"}, METZ),
        ({"": "57463"}, METZ),
        ({"": "97133"}, {"code": "97701", "name": "Saint-Barthélemy"}),
        ({"insee": "57463"}, METZ),
        ({"": "Metz", "insee": "57463"}, METZ),
        ({"": "Metz (57000)", "insee": "57463"}, METZ),
        ({"": "Paris", "insee": "57463"}, {"code": "75056", "name": "Paris"}),
        ({"": "St Étienne (42)"}, {"code": "42218", "name": "Saint-Étienne"}),
        ({"": "Saint-Denis 97400"}, {"code": "97411", "name": "Saint-Denis"}),
        ({"": "l'haÿ les roses"}, {"code": "94038", "name": "L’Haÿ-les-Roses"}),
        ({"": "2a004"}, {"code": "2A004", "name": "Ajaccio"}),
    ],
)
def test_commune_is_read(raw, value):
    assert read("commune", raw) == value
    assert fault("commune", raw) == ()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"": "Atlantis"}, "unknown_commune"),
        ({"insee": "99999"}, "unknown_commune"),
        ({"": "00000"}, "unknown_commune"),
        ({"": "Saint-Denis"}, "several_communes"),
        ({"": "x" * 1999}, "unknown_commune"),
        ({"": "x" * 100_000}, "too_long"),
        ({"": "Metz (75000)"}, "unknown_commune"),
    ],
)
def test_commune_is_refused(raw, code):
    assert fault("commune", raw) == (code, "")


def test_places_are_shown():
    assert text("commune", METZ) == "Metz (57)"
    assert text("department", {"code": "2A", "name": "Corse-du-Sud"}) == (
        "Corse-du-Sud (2A)"
    )
    assert TYPES["commune"].project(question("commune"), METZ) == "Metz (57)"
    assert TYPES["country"].property(question("country"))["type"] == "char"
    assert inputs("country")[""]["autocomplete"] == "country"
    assert len(inputs("department")[""]["options"]) == 109


@pytest.mark.parametrize(
    ("typed", "code"),
    [("57", "57"), ("1", "01"), ("2a", "2A"), ("974", "974"), ("moselle", "57")],
)
def test_department(typed, code):
    assert read("department", typed)["code"] == code
    assert read("department", "57 Moselle")["code"] == "57"
    assert fault("department", "100") == ("unknown_department", "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("BE", "99131"),
        ("99131", "99131"),
        ("belgique", "99131"),
        ("BM", "99425"),
        ("Cote d'Ivoire", "99326"),
    ],
)
def test_country(typed, code):
    value = read("country", typed)
    assert value["code"] == code
    assert fault("country", typed) == ()
    assert text("country", value) == value["name"]
    assert fault("country", "99425") == ("unknown_country", "")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({}, None),
        ({"text": "Devant l’école"}, {"text": "Devant l’école"}),
        (
            {"lat": "49,11911", "lon": "6.1757321"},
            {"lat": "49.11911", "lon": "6.17573"},
        ),
        (
            {"lat": "-0.000001", "lon": "-21", "text": "ici"},
            {"lat": "0.00000", "lon": "-21.00000", "text": "ici"},
        ),
    ],
)
def test_point_is_read(raw, value):
    assert read("point", raw) == value
    assert fault("point", raw) == ()


def test_point_is_refused():
    assert fault("point", {"lat": "49"}) == ("coordinates_incomplete", "text")
    assert fault("point", {"lat": "91", "lon": "0"}) == ("not_coordinates", "lat")
    assert fault("point", {"lat": "49", "lon": "x"}) == ("not_coordinates", "lon")
    town = {"south": "49.0", "north": "49.2", "west": "6.1", "east": "6.3"}
    assert fault("point", {"lat": "49.1", "lon": "6.2"}, **town) == ()
    assert fault("point", {"lat": "48.1", "lon": "6.2"}, **town) == (
        "outside_map",
        "text",
    )
    assert fault("point", {"text": "x" * 501}) == ("too_long", "text")
    crossed = question("point", south="50", north="49")
    assert TYPES["point"].attribute_faults(crossed) == [("north", "bounds_crossed")]
    assert text("point", {"lat": "49.1", "lon": "6.2", "text": "Ici"}) == (
        "Ici (49.1, 6.2)"
    )
    assert list(inputs("point")) == ["text", "lat", "lon"]
    assert CONTEXT.places.commune("57463").name == "Metz"
