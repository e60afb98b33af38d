"""What data services answer, read by the rules: right, odd, empty, hostile.

CRPA art. L114-8: what another administration holds is not asked of the citizen again.
"""

import json
from pathlib import Path

import pytest
from grc_rules.grc_form.data import CONNECTORS, DataError, Settings, ban, base
from grc_rules.grc_form.data.wanted import key_text, split, wanted
from grc_rules.grc_form.linter import Facts, lint
from grc_rules.grc_form.types import TYPES
from hypothesis import given, settings
from hypothesis import strategies as st

DATA = Path(__file__).parents[1] / "simulators/data/registers.json"
REGISTERS = json.loads(DATA.read_text(encoding="utf-8"))
SIRENE, RNA, BAN = (CONNECTORS[code] for code in ("sirene", "rna", "ban"))
SIRET = "90000002700012"
COMPANY = REGISTERS["entreprises"][2]
ASSOCIATION = REGISTERS["associations"][0]


def told(connector, answer, key="", status=200):
    return connector.read(status, json.dumps(answer).encode(), key)


def companies(*rows):
    return {"results": list(rows)}


def company(**siege):
    return COMPANY | {"siege": COMPANY["siege"] | siege}


def features(*rows, score=0.9):
    return {
        "features": [
            {
                "geometry": {"coordinates": [row["lon"], row["lat"]]},
                "properties": row | {"score": score},
            }
            for row in rows
        ]
    }


def error_of(call, *args):
    with pytest.raises(DataError) as caught:
        call(*args)
    return caught.value.code


# === THE ANSWERS OF THE REGISTERS === #


def test_a_company_is_read():
    values = told(SIRENE, companies(COMPANY), SIRET)
    assert values["name"] == "BOULANGERIE LEBŒUF ET FILS"
    assert values["address"] == {
        "street": "5 RUE DU FOUR",
        "zip": "99000",
        "city": "ADMIVILLE",
    }
    assert values["created_on"] == "2001-01-01" and values["is_open"] is True
    assert "rna" not in values


def test_the_establishment_asked_is_read_not_another():
    other = COMPANY["siege"] | {"siret": "90000002700038", "adresse": "AILLEURS"}
    row = COMPANY | {"siege": other, "matching_etablissements": [COMPANY["siege"]]}
    assert told(SIRENE, companies(row), SIRET)["address"]["street"] == "5 RUE DU FOUR"


def test_another_company_than_the_one_asked_is_refused():
    answer = companies(REGISTERS["entreprises"][0])
    assert error_of(told, SIRENE, answer, SIRET) == "not_found"


def test_what_a_company_hides_is_left_out():
    hidden = REGISTERS["entreprises"][5]
    values = told(SIRENE, companies(hidden), hidden["siege"]["siret"])
    assert not values.keys() & {"name", "address"}


def test_a_closed_establishment_is_not_open():
    assert (
        told(SIRENE, companies(company(etat_administratif="F")), SIRET)["is_open"]
        is False
    )


def test_an_association_is_read():
    values = told(RNA, {"data": ASSOCIATION}, "W999000001")
    assert values["name"] == "LES AMIS DU LAVOIR" and values["is_active"] is True
    assert values["siret"] == "90000001900019"
    assert values["address"]["city"] == "Admiville"


def test_another_association_than_the_one_asked_is_refused():
    assert error_of(told, RNA, {"data": ASSOCIATION}, "W999000002") == "malformed"


def test_an_address_is_read_with_its_commune_and_its_place():
    row = REGISTERS["adresses"][2] | {"citycode": "57463"}
    values = told(BAN, features(row))
    assert values["address"]["street"] == "1 place de la Mairie"
    assert values["commune"] == {"code": "57463", "name": "Metz"}
    assert values["point"]["lat"] == "48.10100"


def test_an_address_found_by_halves_is_not_taken():
    answer = features(REGISTERS["adresses"][2], score=0.4)
    assert error_of(told, BAN, answer) == "not_found"


def test_addresses_are_suggested_communes_are_not():
    body = json.dumps(features(*REGISTERS["adresses"][:3])).encode()
    found = BAN.suggestions(200, body)
    assert [one.street for one in found] == [
        "Place de la Mairie",
        "1 place de la Mairie",
    ]


# === WHAT IS ODD === #


@pytest.mark.parametrize(
    ("status", "code", "may_retry"),
    [
        (404, "not_found", False),
        (401, "refused", False),
        (403, "refused", False),
        (409, "busy", True),
        (422, "misconfigured", False),
        (429, "too_many", True),
        (500, "unavailable", True),
        (504, "unavailable", True),
        (301, "misconfigured", False),
    ],
)
def test_each_status_says_what_to_do(status, code, may_retry):
    for connector in CONNECTORS.values():
        with pytest.raises(DataError) as caught:
            connector.read(status, b"", "x")
        assert (caught.value.code, caught.value.may_retry) == (code, may_retry)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff\xfe", b"null", b"[]", b'"x"', b"[" * 5000, b"{}"]
)
def test_what_is_no_answer_is_malformed(body):
    for connector in CONNECTORS.values():
        assert error_of(connector.read, 200, body, "x") == "malformed"


@pytest.mark.parametrize(
    "odd",
    [
        {"adresse": "x" * 2000},
        {"adresse": {"a": 1}},
        {"date_creation": "2020-02-30"},
        {"etat_administratif": ["A"]},
        {"commune": "99999"},
        {"activite_principale": 12},
    ],
)
def test_an_odd_value_is_left_out_and_the_rest_is_kept(odd):
    names = {"adresse": "address", "date_creation": "created_on"}
    names |= {"etat_administratif": "is_open", "commune": "commune"}
    names |= {"activite_principale": "activity"}
    try:
        values = told(SIRENE, companies(company(**odd)), SIRET)
    except DataError as error:
        assert error.code == "malformed"
    else:
        assert names[next(iter(odd))] not in values and "name" in values


def test_control_characters_never_come_in():
    row = COMPANY | {"nom_raison_sociale": "A\u202eB\x00C\nD"}
    assert told(SIRENE, companies(row), SIRET)["name"] == "ABC D"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["results", "data", "features", "siege", "properties", "rna"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=40)
@given(JSON)
def test_whatever_is_answered_nothing_but_right_values_comes_out(answer):
    body = json.dumps(answer).encode()
    for connector in CONNECTORS.values():
        types = {datum.code: datum.type for datum in connector.data}
        try:
            values = connector.read(200, body, "x")
        except DataError:
            continue
        assert all(base.is_canonical(types[code], one) for code, one in values.items())


def test_each_datum_suits_a_type_of_question():
    for connector in CONNECTORS.values():
        codes = [datum.code for datum in connector.data]
        assert len(codes) == len(set(codes))
        assert all(datum.type in TYPES for datum in connector.data)


# === WHAT IS ASKED === #


def test_the_key_of_the_town_goes_to_the_register_of_associations_only():
    keys = Settings(token="secret", recipient="21570463500018")
    ask = RNA.ask("W999000001", keys)
    assert ask.headers["Authorization"] == "Bearer secret"
    assert ask.params["recipient"] == "21570463500018"
    assert "secret" not in repr(ask) + repr(keys)
    for connector in (SIRENE, BAN):
        assert not connector.ask("90000002700012", keys).headers


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("12 rue", "12 rue"),
        ("  -12 rue ", "12 rue"),
        ("ab", ""),
        ("?!", ""),
        ("x" * 300, ""),
        ("rue\ndes Lilas", "rue des Lilas"),
    ],
)
def test_only_what_the_service_takes_is_searched(text, searched):
    assert ban.searched(text) == searched


def test_an_address_too_short_is_not_asked():
    assert error_of(BAN.ask, "?", Settings()) == "not_found"


# === WHAT A FORM WANTS === #


def question(code, kind="text", **more):
    return {"kind": "question", "code": code, "type": kind, "label": code} | more


def schema(*pages):
    return {
        "format": 1,
        "pages": [
            {"code": f"p{rank}", "title": "P", "items": list(items)}
            for rank, items in enumerate(pages)
        ],
    }


def test_the_nearest_number_above_says_what_to_look_for():
    form = schema(
        [question("s1", "siret"), question("s2", "siret")],
        [
            question("n", prefill="data.sirene.name"),
            question("s3", "siret"),
            question("o", "yes_no", prefill="data.sirene.is_open"),
        ],
    )
    want = wanted(form, CONNECTORS)["sirene"]
    assert want.key_code == "s2" and want.fills == {"n": "name", "o": "is_open"}
    answers = {"s1": "1", "s2": SIRET, "s3": "3"}
    assert key_text(SIRENE, want, answers, {"siret": "4"}) == SIRET
    assert key_text(SIRENE, want, {"s1": "1"}, {"siret": "4"}) == ""


def test_a_document_that_data_replace_wants_them_too():
    piece = {"kind": "piece", "code": "p", "document": "D", "replaced_by": "sirene"}
    want = wanted(schema([question("s", "siret"), piece]), CONNECTORS)["sirene"]
    assert (want.pieces, want.fills, want.key_code) == (["p"], {}, "s")


def test_what_is_repeated_is_neither_filled_nor_read():
    rows = {"kind": "block", "code": "b", "label": "B"}
    rows["items"] = [question("s", "siret"), question("n", prefill="data.sirene.name")]
    after = question("after", prefill="data.sirene.name")
    assert wanted(schema([rows]), CONNECTORS) == {}
    assert wanted(schema([rows, after]), CONNECTORS)["sirene"].key_code is None


def test_without_a_number_asked_the_profile_says_it():
    form = schema([question("n", prefill="data.rna.name")])
    want = wanted(form, CONNECTORS)["rna"]
    assert want.key_code is None
    assert key_text(RNA, want, {}, {"rna": "W999000001"}) == "W999000001"
    assert key_text(RNA, want, {}, {}) == ""


def test_the_number_of_an_identity_says_it_too():
    form = schema(
        [question("who", "identity"), question("n", prefill="data.sirene.name")]
    )
    want = wanted(form, CONNECTORS)["sirene"]
    assert (want.key_code, want.key_part) == ("who", "siret")
    assert key_text(SIRENE, want, {"who": {"siret": SIRET}}, {}) == SIRET
    assert key_text(SIRENE, want, {"who": {"kind": "person"}}, {}) == ""


def test_an_address_is_looked_for_on_one_line():
    form = schema(
        [question("a", "address"), question("c", "commune", prefill="data.ban.commune")]
    )
    want = wanted(form, CONNECTORS)["ban"]
    address = {"street": "5 rue du Four", "zip": "99000", "city": "Admiville"}
    found = key_text(BAN, want, {"a": address}, {})
    assert found == "5 rue du Four, 99000 Admiville"


@pytest.mark.parametrize(
    "prefill", [None, "", "data", "data.", "data.x", "data..y", "profile.siret", 3]
)
def test_what_names_no_datum_is_left_alone(prefill):
    assert split(prefill) is None


# === THE CHECK OF A FORM === #


def services(used=True):
    data = {"name": "text", "is_open": "yes_no"}
    return {"sirene": {"used": used, "data": data}}


def data_codes(item, known):
    facts = Facts(services=known, retention="x", privacy=dict.fromkeys("abc"))
    found = lint(schema([question("s", "siret"), item]), facts)
    return [one.code for one in found if one.code.startswith("data_")]


@pytest.mark.parametrize(
    ("item", "known", "expected"),
    [
        (question("n", prefill="data.sirene.name"), services(), []),
        (question("n", prefill="data.sirene.name"), None, []),
        (question("n", prefill="data.sirene.name"), services(False), ["data_unused"]),
        (question("n", prefill="data.other.name"), services(), ["data_unknown"]),
        (question("n", prefill="data.sirene.other"), services(), ["data_unknown"]),
        (
            question("n", "date", prefill="data.sirene.name"),
            services(),
            ["data_unsuited"],
        ),
        (question("n", prefill="data.sirene.is_open"), services(), []),
        (
            {"kind": "piece", "code": "p", "document": "D", "replaced_by": "other"},
            services(),
            ["data_unknown"],
        ),
        (
            {"kind": "piece", "code": "p", "document": "D", "replaced_by": "sirene"},
            services(),
            [],
        ),
    ],
)
def test_data_that_will_not_come_are_warned_of(item, known, expected):
    assert data_codes(item, known) == expected
