"""Each fault breaks one answer, as it was asked to."""

from urllib.parse import urlsplit

import pytest
import requests

from ..openid import Browser, Refused


def kinds_of(target: str) -> list[str]:
    signatures = ["alg_none", "hs256", "hs256_public_key", "bad_signature"]
    signatures += ["unknown_key", "usurped_kid", "malformed"]
    payloads = ["wrong_aud", "extra_aud", "no_aud", "wrong_iss", "no_iss", "expired"]
    payloads += ["no_exp", "future", "not_yet", "no_sub"]
    own = {
        "id_token": ["wrong_nonce", "no_nonce", "low_acr", "no_acr"],
        "userinfo": ["other_sub", "malformed_sub", "unsigned"],
    }
    return [*signatures, *payloads, *own[target]]


@pytest.mark.parametrize("target", ["id_token", "userinfo"])
def test_malicious_tokens(simulator, town, citizen, target):
    for kind in kinds_of(target):
        simulator.fault(target, kind)
        with pytest.raises(Refused):
            town.sign_in(citizen, "amelie")
    assert not simulator.control("fault")["planned"]
    assert town.sign_in(citizen, "amelie"), "a fault is for one answer only"


def test_strange_but_signed(simulator, town, citizen):
    simulator.fault("userinfo", "no_pivot")
    assert "family_name" not in town.sign_in(citizen, "amelie")["identity"]
    simulator.fault("userinfo", "odd_types")
    assert town.sign_in(citizen, "amelie")["identity"]["family_name"] == ["A", "B"]
    simulator.fault("id_token", "other_sub")
    with pytest.raises(Refused, match="sub"):
        town.sign_in(citizen, "amelie")
    simulator.fault("userinfo", "huge")
    with pytest.raises(Refused, match="ExceededSize"):
        town.sign_in(citizen, "amelie")
    simulator.fault("id_token", "missing")
    code = town.choose(citizen, town.request(), person="amelie")["code"]
    assert "id_token" not in town.exchange(code).json()


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("wrong_iss", "iss", "https://autre.invalid/api/v2"),
        ("no_iss", "iss", None),
        ("wrong_state", "state", "x" * 43),
        ("no_state", "state", None),
        ("no_code", "code", None),
        ("error", "error", "server_error"),
    ],
)
def test_spoilt_return(simulator, town, citizen, kind, name, expected):
    simulator.fault("callback", kind)
    back = town.choose(citizen, town.request(), person="amelie")
    assert back.get(name) == expected


def test_broken_answers(simulator):
    url = f"{simulator.issuer}/jwks"
    for kind, status in (("status_500", 500), ("status_503", 503), ("status_429", 429)):
        simulator.fault("jwks", kind)
        assert requests.get(url, timeout=10).status_code == status
    for kind in ("html", "empty", "not_json"):
        simulator.fault("jwks", kind)
        with pytest.raises(requests.exceptions.JSONDecodeError):
            requests.get(url, timeout=10).json()
    simulator.fault("jwks", "drop")
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)
    simulator.fault("jwks", "slow", seconds=2)
    with pytest.raises(requests.Timeout):
        requests.get(url, timeout=0.5)
    assert requests.get(url, timeout=10).json()["keys"]


def test_broken_documents(simulator, town):
    jwks = f"{simulator.issuer}/jwks"
    simulator.fault("jwks", "oct_key")
    keys = requests.get(jwks, timeout=10).json()["keys"]
    assert [key["kty"] for key in keys] == ["oct", "EC", "RSA"]
    simulator.fault("jwks", "no_keys")
    assert requests.get(jwks, timeout=10).json() == {"keys": []}
    discovery = f"{simulator.issuer}/.well-known/openid-configuration"
    for kind, name in (("wrong_issuer", "issuer"), ("other_host", "token_endpoint")):
        simulator.fault("discovery", kind)
        found = requests.get(discovery, timeout=10).json()
        assert urlsplit(found[name]).hostname == "autre.invalid"
    simulator.fault("token", "invalid_client")
    with Browser() as citizen:
        code = town.choose(citizen, town.request(), person="amelie")["code"]
    assert town.exchange(code).status_code == 401


def test_unknown_fault_is_refused(simulator):
    url = f"{simulator.url}/_sim/fault"
    answer = requests.post(url, json={"target": "id_token", "kind": "x"}, timeout=10)
    assert answer.status_code == 400
    assert "alg_none" in answer.json()["kinds"]["id_token"]
    assert requests.post(url, data={"target": "x"}, timeout=10).status_code == 415


def test_log_hides_secrets(simulator, town, citizen):
    town.sign_in(citizen, "amelie")
    rows = simulator.seen()
    [token] = [row for row in rows if row["path"].endswith("/token")]
    assert token["form"]["client_secret"] == "***"
    assert token["form"]["grant_type"] == "authorization_code"
    assert token["status"] == 200
    [first] = [row for row in rows if row["path"].endswith("/authorize")]
    assert first["query"]["acr_values"] == "eidas1"
