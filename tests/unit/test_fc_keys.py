"""Key sets, discovery, settings: threat 13, and documents that point elsewhere."""

import json
from datetime import datetime, timedelta

import pytest
from fc_provider import CLIENT, ISSUER, KID, encode, key, key_set, public
from grc_rules.grc_franceconnect import discovery, keys, provider
from grc_rules.grc_franceconnect.refusal import CODES, Refused
from hypothesis import given, settings
from hypothesis import strategies as st

AT = datetime(2026, 11, 24, 9)


def refusal(function, *args, **values) -> str:
    with pytest.raises(Refused) as caught:
        function(*args, **values)
    return caught.value.code


# === KEYS === #


def test_keys_are_found_by_name_and_algorithm():
    rows = [public(), public("RS256", kid="rsa", alg=None), public("ES384", kid="384")]
    for document in (key_set(*rows), json.dumps(key_set(*rows))):
        ring = keys.parse_keys(document)
        assert ring.kids == (KID, "rsa", "384")
        assert len(ring) == 3
        assert ring.find(KID, "ES256").as_dict() == _bare(public())
        for algorithm in ("RS256", "RS512", "PS256"):
            assert ring.find("rsa", algorithm).key_type == "RSA"
        for kid, algorithm in ((KID, "ES384"), ("384", "ES256"), ("x", "ES256")):
            assert refusal(ring.find, kid, algorithm) == "key_unknown"


def _bare(row: dict) -> dict:
    return {name: row[name] for name in ("kty", "crv", "x", "y")}


def test_two_kinds_of_keys_may_bear_one_name():
    ring = keys.parse_keys(key_set(public(), public("RS256")))
    assert ring.find(KID, "ES256").key_type == "EC"
    assert ring.find(KID, "RS256").key_type == "RSA"


def test_two_keys_of_one_name_are_nobody():
    ring = keys.parse_keys(key_set(public(), public(name="attacker")))
    assert refusal(ring.find, KID, "ES256") == "key_unknown"


def _weak() -> dict:
    return public("RS256", n=encode(b"\x80" + b"\x01" * 127), alg=None)


@pytest.mark.parametrize(
    "row",
    [
        {"kty": "oct", "kid": "oct", "k": encode(b"x" * 32)},
        {"kty": "oct", "kid": "oct", "k": encode(b"x" * 32), "alg": "ES256"},
        public() | {"k": encode(b"x")},
        key().as_dict(private=True) | {"kid": "private"},
        public(use="enc"),
        public(key_ops=["sign"]),
        public(key_ops="verify"),
        public(x="AA"),
        public(y=None),
        public(crv="secp256k1"),
        public(crv="P-384"),
        public(kty="RSA"),
        public(kty=["EC"]),
        public(kid=12),
        _weak(),
        public("RS256", n=encode(b"\x80" + b"\x01" * 2047)),
        public("RS256", n="é"),
        public("RS256", n="="),
        public("RS256", n=None),
        public("RS256", e="AQ"),
        {"kty": "AKP", "kid": "pq", "alg": "ML-DSA-44", "pub": "AA"},
        {},
        None,
        "key",
    ],
)
def test_what_is_no_public_asymmetric_key_is_left_out(row):
    good = public(kid="good")
    assert keys.parse_keys({"keys": [row, good]}).kids == ("good",)
    assert refusal(keys.parse_keys, {"keys": [row]}) == "keys"


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "[]",
        b"\xff",
        None,
        12,
        {},
        {"keys": None},
        {"keys": []},
        {"keys": {KID: {}}},
        {"keys": [{}] * 51},
        "[" * 100_000,
        " " * 1_000_000,
    ],
)
def test_what_is_no_key_set(document):
    assert refusal(keys.parse_keys, document) == "keys"


PARTS = st.sampled_from(["kty", "crv", "x", "y", "kid", "use", "alg", "key_ops"])
VALUES = st.none() | st.integers() | st.sampled_from(["", "EC", "RSA", "P-256", "é"])


@given(st.dictionaries(PARTS, VALUES, min_size=1))
@settings(max_examples=40)
def test_whatever_a_key_is_it_is_kept_or_left_out(parts):
    try:
        ring = keys.parse_keys({"keys": [public() | parts]})
    except Refused as refused:
        assert refused.code == "keys"
    else:
        assert len(ring) == 1


# Counted by hand: one refresh a minute, a set that lives ten minutes.
@pytest.mark.parametrize(
    ("age", "may", "stale"),
    [
        (0, False, False),
        (59, False, False),
        (60, True, False),
        (599, True, False),
        (600, True, True),
        (-1, True, True),  # the clock went back
    ],
)
def test_random_key_names_make_us_ask_once_a_minute(age, may, stale):
    now = AT + timedelta(seconds=age)
    assert keys.may_refresh(AT, now) is may
    assert keys.is_stale(AT, now) is stale
    assert keys.may_refresh(1000, 1000 + age) is may


def test_keys_never_asked_for_are_asked_for():
    assert keys.may_refresh(None, AT)
    assert keys.may_refresh(False, AT)  # an empty Datetime of Odoo
    assert keys.is_stale(None, AT)


# === DISCOVERY === #


def document(**values) -> dict:
    found = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
        "userinfo_endpoint": f"{ISSUER}/userinfo",
        "end_session_endpoint": f"{ISSUER}/session/end",
        "id_token_signing_alg_values_supported": ["ES256", "RS256", 12],
        "authorization_response_iss_parameter_supported": True,
    } | values
    return {name: value for name, value in found.items() if value is not None}


def test_discovery_gives_the_doors():
    assert discovery.discovery_url(ISSUER) == ISSUER + discovery.PATH
    for received in (document(), json.dumps(document())):
        found = discovery.read_discovery(received, ISSUER)
        assert found.token == f"{ISSUER}/token"
        assert found.end_session == f"{ISSUER}/session/end"
        assert found.revocation == ""
        assert found.algorithms == ("ES256", "RS256")
        assert found.returns_issuer
    bare = document(
        end_session_endpoint=None,
        userinfo_endpoint=None,
        id_token_signing_alg_values_supported="ES256",
        authorization_response_iss_parameter_supported="true",
    )
    found = discovery.read_discovery(bare, ISSUER)
    assert (found.end_session, found.userinfo, found.algorithms) == ("", "", ())
    assert not found.returns_issuer


@pytest.mark.parametrize(
    "received",
    [
        document(issuer="https://evil.example"),
        document(issuer=ISSUER + "/"),
        document(issuer=None),
        document(token_endpoint=None),
        document(jwks_uri="https://evil.example/jwks"),
        document(jwks_uri="http://fcp.example.org/jwks"),
        document(jwks_uri="https://fcp.example.org@evil.example/jwks"),
        document(jwks_uri="https://fcp.example.org:8443/jwks"),
        document(jwks_uri="https://fcp.example.org.evil.example/jwks"),
        document(jwks_uri="http://169.254.169.254/latest"),
        document(jwks_uri="file:///etc/passwd"),
        document(jwks_uri="https://[::1/jwks"),
        document(jwks_uri=["https://fcp.example.org/jwks"]),
        document(userinfo_endpoint="//evil.example/userinfo"),
        document(userinfo_endpoint="https://fcp.example.org/" + "x" * 2000),
        "",
        "[]",
        "[" * 100_000,
        b"\xff",
        None,
        "x" * 1_000_000,
    ],
)
def test_discovery_that_points_elsewhere(received):
    assert refusal(discovery.read_discovery, received, ISSUER) == "discovery"


def test_other_hosts_and_this_machine_are_the_administrator_s_choice():
    keys_elsewhere = document(jwks_uri="https://keys.example.org/jwks")
    found = discovery.read_discovery(
        keys_elsewhere, ISSUER, hosts=("Keys.example.org",)
    )
    assert found.jwks == "https://keys.example.org/jwks"
    local = "http://127.0.0.1:4000/api/v2"
    values = json.loads(json.dumps(document()).replace(ISSUER, local))
    assert refusal(discovery.read_discovery, values, local) == "discovery"
    assert discovery.read_discovery(values, local, allow_loopback=True).jwks


@pytest.mark.parametrize(
    ("url", "safe", "loopback"),
    [
        ("https://a.example", True, True),
        ("https://a.example:8443/x?y=1", True, True),
        ("http://a.example", False, False),
        ("http://localhost:4000/x", False, True),
        ("http://127.0.0.1", False, True),
        ("http://127.0.0.1.evil.example", False, False),
        ("https://u:p@a.example", False, False),
        ("https://a.example/#x", False, False),
        ("https://a.example/x y", False, False),
        ("https://a.example\\@b", False, False),
        ("https://a.example:99999", False, False),
        ("https://", False, False),
        ("a.example", False, False),
        ("javascript:alert(1)", False, False),
        ("", False, False),
        (None, False, False),
        (12, False, False),
    ],
)
def test_addresses_that_may_be_called(url, safe, loopback):
    assert provider.is_safe_url(url) is safe
    assert provider.is_safe_url(url, allow_loopback=True) is loopback


# === SETTINGS === #


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"issuer": ""}, "issuer"),
        ({"client_id": ""}, "issuer"),
        ({"kind": "google"}, "kind"),
        ({"algorithm": "HS256"}, "algorithm"),
        ({"algorithm": "none"}, "algorithm"),
        ({"algorithm": "HS256", "kind": "oidc"}, "algorithm"),
        ({"algorithm": "ES512"}, "algorithm"),
        ({"acr": ""}, "acr"),
        ({"uses_pkce": True}, "pkce"),
        ({"is_userinfo_signed": False}, "is_userinfo_signed"),
        ({"returns_issuer": False}, "returns_issuer"),
    ],
)
def test_settings_that_would_not_be_safe(values, wrong):
    values = {"issuer": ISSUER, "client_id": CLIENT} | values
    with pytest.raises(ValueError, match=wrong):
        provider.Provider(**values)


def test_codes_are_a_closed_list():
    assert "keys" in CODES and "discovery" in CODES
