"""Codes, tokens, keys and logouts; and a plain provider beside FranceConnect."""

import pytest
import requests
from joserfc.jwk import KeySet

from ..openid import Refused, Service


def test_code_serves_once(town, citizen):
    code = town.choose(citizen, town.request(), person="amelie")["code"]
    assert town.exchange(code).status_code == 200
    again = town.exchange(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert "code=Y04SIM&id=" in again.json()["error_uri"]


def test_wrong_secret(town, citizen):
    code = town.choose(citizen, town.request(), person="amelie")["code"]
    answer = town.exchange(code, client_secret="faux")
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_revocation(simulator, town, citizen):
    token = town.sign_in(citizen, "amelie")["tokens"]["access_token"]
    url = f"{town.issuer}/token/revocation"
    data = {"token": token, "client_id": town.client, "client_secret": town.secret}
    hint = {"token_type_hint": "access_token"}
    assert requests.post(url, {**data, **hint}, timeout=10).status_code == 400
    assert (
        requests.post(url, {**data, "token": "x" * 42}, timeout=10).status_code == 400
    )
    assert requests.post(url, data, timeout=10).status_code == 200
    assert town.userinfo(token).status_code == 401


def test_keys_and_their_rotation(simulator, town, citizen):
    answer = requests.get(f"{town.issuer}/jwks", timeout=10)
    assert answer.headers["cache-control"] == "public, max-age=600"
    assert {key["kty"] for key in answer.json()["keys"]} == {"EC", "RSA"}
    old = {key["kid"] for key in answer.json()["keys"]}
    new = set(simulator.rotate()["kids"])
    assert not old & new
    with pytest.raises(Refused):
        town.sign_in(citizen, "amelie")
    town.keys = town.read_keys()
    assert town.sign_in(citizen, "amelie")
    assert new < set(simulator.rotate(keep_old=True)["kids"])


def test_discovery(town):
    address = f"{town.issuer}/.well-known/openid-configuration"
    answer = requests.get(address, timeout=10)
    assert answer.headers["cache-control"] == "public, max-age=600"
    found = answer.json()
    assert found["issuer"] == town.issuer
    # As FranceConnect's: it advertises what it then refuses.
    assert found["code_challenge_methods_supported"] == ["S256"]


@pytest.mark.parametrize(
    ("client", "algorithm"),
    [("admiville-oidc", "RS256"), ("admiville-oidc-ps256", "PS256")],
)
def test_plain_provider(simulator, citizen, client, algorithm):
    scopes = "openid given_name usual_name email siret uid"
    service = Service(simulator.plain_issuer, client, algorithm, scopes)
    refused = citizen.open(f"{service.issuer}/authorize", service.request())
    assert citizen.came_back(refused)["error"] == "invalid_request", "PKCE is required"
    # RFC 7636, appendix B
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    request = service.request(code_challenge=challenge, code_challenge_method="S256")
    back = service.choose(citizen, request, person="agent_mairie")
    tokens = service.exchange(back["code"], code_verifier=verifier).json()
    claims = service.read(tokens["id_token"], nonce=request["nonce"])
    answer = service.userinfo(tokens["access_token"])
    identity = service.read(answer.text, sub=claims["sub"])
    assert (identity["usual_name"], identity["siret"]) == ("Marchand", "21990000800018")


def test_the_two_providers_share_no_key(simulator, town):
    plain = requests.get(f"{simulator.plain_issuer}/jwks", timeout=10).json()
    keys = KeySet.import_key_set(plain).keys
    assert not {key.thumbprint() for key in keys} & {
        key.thumbprint() for key in town.keys.keys
    }
