"""FranceConnect as it says it is: who signs in, and which requests it refuses."""

import re

import pytest

from ..openid import HTML, LOGOUT_RETURN, RETURN, Browser, Service, header_of


def test_sign_in(town, citizen):
    found = town.sign_in(citizen, "amelie")
    tokens, claims, identity = found["tokens"], found["claims"], found["identity"]
    assert set(tokens) == {
        "access_token",
        "expires_in",
        "id_token",
        "scope",
        "token_type",
    }
    assert (tokens["expires_in"], tokens["token_type"]) == (60, "Bearer")
    assert set(claims) == {
        "acr",
        "aud",
        "auth_time",
        "exp",
        "iat",
        "iss",
        "nonce",
        "sub",
    }
    assert claims["exp"] - claims["iat"] == 60
    assert re.fullmatch(r"[0-9a-f]{64}v1", claims["sub"])
    header = header_of(tokens["id_token"])
    assert header["alg"] == "ES256"
    assert header["kid"].startswith("pkcs11:ES256:")
    assert identity["given_name"] == "Amélie Claire"
    assert identity["given_name_array"] == ["Amélie", "Claire"]
    assert identity["birthcountry"] == "99100"
    assert "preferred_username" not in identity


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("usage", {"preferred_username": "LEROY-DUPONT"}),
        ("etranger", {"birthplace": "", "birthcountry": "99243"}),
        ("annee_seule", {"birthdate": "1952-01-01", "idp_birthdate": "1952-00-00"}),
        ("sans_courriel", {"email": None}),
        ("oeuvre", {"family_name": "LEBŒUF-D’ŒUILLY", "birthplace": "2A004"}),
    ],
)
def test_identity(town, citizen, person, expected):
    identity = town.sign_in(citizen, person)["identity"]
    assert {name: identity.get(name) for name in expected} == expected


def test_identity_is_only_what_was_asked(town, citizen):
    identity = town.sign_in(citizen, "amelie", scope="openid given_name")["identity"]
    assert set(identity) == {
        *("aud", "exp", "iat", "iss", "sub"),
        *("given_name", "given_name_array"),
    }


def test_subject_is_of_the_person_for_the_entity(simulator, town):
    other = Service(simulator.issuer, "bourgvoisin", "ES256")
    same = Service(simulator.issuer, "admiville-rs256", "RS256")
    subjects = {}
    for service in (town, other, same):
        for person in ("avant", "apres", "jumeau_1", "jumeau_2"):
            with Browser() as citizen:
                found = service.sign_in(citizen, person)
            subjects[service.client, person] = found["claims"]["sub"]
    assert subjects["admiville", "avant"] == subjects["admiville-rs256", "avant"]
    assert len(set(subjects.values())) == 8


@pytest.mark.parametrize(
    "change",
    [
        {"code_challenge": "x" * 43, "code_challenge_method": "S256"},
        {"login_hint": "amelie"},
        {"max_age": "0"},
        {"response_mode": "form_post"},
        {"nonce": "x" * 21},
        {"nonce": None},
        {"state": None},
        {"acr_values": None},
        {"prompt": "none"},
        {"prompt": ""},
    ],
    ids=str,
)
def test_closed_list_of_parameters(town, citizen, change):
    page = citizen.open(f"{town.issuer}/authorize", town.request(**change))
    assert page.status_code == 400
    assert "Y030007" in page.text
    assert RETURN not in page.text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"client_id": "inconnu"}, "Y04EA6EF"),
        ({"redirect_uri": "http://localhost:8069/ailleurs"}, "Y04C013C"),
    ],
)
def test_wrong_client(town, citizen, change, code):
    page = citizen.open(f"{town.issuer}/authorize", town.request(**change))
    assert page.status_code == 400
    assert code in page.text


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"acr_values": "eidas2"}, "invalid_acr"),
        ({"idp_hint": "un-fournisseur"}, "invalid_idp_hint"),
        ({"scope": "identite_pivot"}, "invalid_request"),
    ],
)
def test_error_returned(town, citizen, change, error):
    request = town.request(**change)
    answer = citizen.open(f"{town.issuer}/authorize", request)
    back = citizen.came_back(answer)
    assert back["error"] == error
    assert (back["state"], back["iss"]) == (request["state"], town.issuer)


def test_request_by_post_and_prompt(town, citizen):
    request = town.request(prompt="login", acr_values="inconnu eidas1", ui_locales="fr")
    answer = citizen.post(
        f"{town.issuer}/authorize", data=request, headers=HTML, allow_redirects=False
    )
    page = citizen.walk(answer)
    assert "Mairie d’Admiville" in page.text
    assert citizen.came_back(citizen.submit(page, person="amelie"))["code"]


def test_giving_up(town, citizen):
    back = town.choose(citizen, town.request(), cancel="1")
    assert back["error"] == "access_denied"
    assert back["error_description"] == "User auth aborted"


@pytest.mark.parametrize(
    ("person", "code", "error"),
    [
        ("decedee", "Y010015", "access_denied"),
        ("non_reconnu", "Y010008", "access_denied"),
        ("desactive", "Y180001", "access_denied"),
        ("rnipp_en_panne", "Y010011", "temporarily_unavailable"),
        ("identite_incomplete", "Y600006", "server_error"),
    ],
)
def test_refusal_shown_then_returned(town, citizen, person, code, error):
    page = citizen.open(f"{town.issuer}/authorize", town.request())
    refused = citizen.submit(page, person=person)
    assert (refused.status_code, code in refused.text) == (400, True)
    back = citizen.came_back(citizen.submit(refused, refused=code))
    assert back["error"] == error
    assert "code" not in back


def test_second_service_only_asks_to_continue(simulator, town, citizen):
    first = town.sign_in(citizen, "amelie")["claims"]
    page = citizen.open(f"{town.issuer}/authorize", town.request())
    assert "Vous êtes déjà connecté" in page.text
    assert "jumeau" not in page.text
    second = town.sign_in(citizen, "amelie")["claims"]
    assert second["auth_time"] >= first["auth_time"]


def test_logout(town, citizen):
    tokens = town.sign_in(citizen, "amelie")["tokens"]
    query = {
        "id_token_hint": tokens["id_token"],
        "post_logout_redirect_uri": LOGOUT_RETURN,
        "state": "x" * 43,
    }
    page = citizen.open(f"{town.issuer}/session/end", query)
    action = re.search(r'action="([^"]+)"', page.text)[1]
    xsrf = re.search(r'name="xsrf" value="([^"]+)"', page.text)[1]
    answer = citizen.post(
        action, data={"xsrf": xsrf, "logout": "yes"}, allow_redirects=False
    )
    assert citizen.came_back(answer) == {"state": "x" * 43}
    assert answer.headers["Location"].startswith(LOGOUT_RETURN)
    page = citizen.open(f"{town.issuer}/authorize", town.request())
    assert "déjà connecté" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"id_token_hint": ""},
        {"id_token_hint": "x.y.z", "autre": "1"},
        {"id_token_hint": "x.y.z", "post_logout_redirect_uri": "https://autre.invalid"},
    ],
    ids=str,
)
def test_logout_refused(town, citizen, query):
    page = citizen.open(f"{town.issuer}/session/end", query)
    assert page.status_code == 400
    assert citizen.came_back(page) is None
