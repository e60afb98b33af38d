"""Forged tokens: threats 3 to 5 and 7 of the model; only a right one passes."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from fc_provider import (
    CLIENT,
    ISSUER,
    KID,
    NONCE,
    NOW,
    SECRET,
    SUB,
    encode,
    hmac_signed,
    id_claims,
    key,
    keys,
    other_provider,
    public,
    refusal,
    sign,
    verify,
)
from grc_rules.grc_franceconnect import tokens
from grc_rules.grc_franceconnect.refusal import CODES, Refused, same_text

# === WHAT IS RIGHT PASSES === #


def test_a_right_token_gives_its_claims():
    found = verify(sign(id_claims()))
    assert (found.issuer, found.sub, found.acr) == (ISSUER, SUB, "eidas1")
    assert found.auth_time == NOW - 10
    assert found.claims["nonce"] == NONCE
    assert SUB not in repr(found)


@pytest.mark.parametrize(
    "algorithm", ["ES384", "ES512", "RS256", "PS256", "EdDSA", "Ed25519"]
)
def test_another_provider_may_sign_otherwise(algorithm):
    provider = other_provider(algorithm=algorithm)
    ring = keys(public(algorithm))
    token = sign(id_claims(), algorithm)
    assert verify(token, provider, ring=ring).sub == SUB


def test_a_token_without_kid_needs_a_single_key():
    token = sign(id_claims(), kid=None)
    assert verify(token).sub == SUB
    two = keys(public(), public(name="second", kid="second"))
    assert refusal(verify, token, ring=two) == "key_unknown"


def test_headers_that_say_nothing_to_us_are_ignored():
    # jku, jwk, x5u: a key that the token brings is never used
    forged = public(name="attacker")
    header = {"jwk": forged, "jku": "https://evil.example/jwks", "x5t": "abc"}
    assert verify(sign(id_claims(), **header)).sub == SUB
    own = sign(id_claims(), name="attacker", **header)
    assert refusal(verify, own) == "bad_signature"


def test_an_instant_may_be_a_date_naive_as_in_odoo():
    instant = datetime.fromtimestamp(NOW, timezone.utc)
    for now in (instant, instant.replace(tzinfo=None)):
        assert verify(sign(id_claims()), now=now).sub == SUB
        late = now + timedelta(seconds=200)
        assert refusal(verify, sign(id_claims()), now=late) == "expired"


# === SIGNATURE AND KEYS (4) === #


def test_no_signature():
    for name in ("none", "None", "NONE", "nOnE", "", None):
        for signature in ("", encode(b"x" * 64)):
            header = encode({"alg": name, "kid": KID})
            token = f"{header}.{encode(id_claims())}.{signature}"
            assert refusal(verify, token) == "algorithm"
    header, payload, _signature = sign(id_claims()).split(".")
    assert refusal(verify, f"{header}.{payload}.") == "bad_signature"


def test_a_shared_secret_never_signs():
    pem = key().as_pem(private=False)
    der = key().as_der(private=False)
    jwk = json.dumps(public()).encode()
    for secret in (SECRET.encode(), pem, pem.strip(), der, jwk, b""):
        assert refusal(verify, hmac_signed(id_claims(), secret)) == "algorithm"


def test_hs256_passed_off_as_the_right_algorithm():
    token = hmac_signed(id_claims(), key().as_pem(private=False), alg="ES256")
    assert refusal(verify, token) == "bad_signature"


def test_a_secret_in_the_key_set_opens_nothing():
    oct_row = {"kty": "oct", "kid": "oct", "k": encode(SECRET.encode())}
    ring = keys(public(), oct_row)
    token = hmac_signed(id_claims(), SECRET.encode(), kid="oct")
    assert refusal(verify, token, ring=ring) == "algorithm"
    token = hmac_signed(id_claims(), SECRET.encode(), kid="oct", alg="ES256")
    assert refusal(verify, token, ring=ring) == "key_unknown"


def test_another_asymmetric_algorithm_is_refused_even_with_its_key():
    ring = keys(public(), public("RS256", kid="rsa"))
    token = sign(id_claims(), "RS256", kid="rsa")
    assert refusal(verify, token, ring=ring) == "algorithm"
    # and a key serves its own algorithm only
    token = sign(id_claims(), kid="rsa")
    assert refusal(verify, token, ring=ring) == "key_unknown"


def test_a_wrong_or_withdrawn_key():
    stranger = sign(id_claims(), name="attacker", kid="elsewhere")
    assert refusal(verify, stranger) == "key_unknown"
    assert refusal(verify, sign(id_claims(), name="attacker")) == "bad_signature"
    # rotation: the new key is believed once the set is read again, the old one no more
    old, new = sign(id_claims()), sign(id_claims(), name="new", kid="new")
    assert refusal(verify, new) == "key_unknown"
    rotated = keys(public(name="new", kid="new"))
    assert verify(new, ring=rotated).sub == SUB
    assert refusal(verify, old, ring=rotated) == "key_unknown"


def test_only_newer_keys_may_change_a_refusal_about_keys():
    about_keys = {code for code in CODES if Refused(code).is_about_keys}
    assert about_keys == {"bad_signature", "key_unknown"}
    with pytest.raises(ValueError):
        Refused("whatever")


def test_a_changed_part_breaks_the_signature():
    header, payload, signature = sign(id_claims()).split(".")
    other = encode(id_claims(sub="b" * 64 + "v1"))
    assert refusal(verify, f"{header}.{other}.{signature}") == "bad_signature"
    changed = encode({"alg": "ES256", "kid": KID, "typ": "JWT"})
    assert refusal(verify, f"{changed}.{payload}.{signature}") == "bad_signature"
    zeros = encode(b"\0" * 64)  # CVE-2022-21449
    assert refusal(verify, f"{header}.{payload}.{zeros}") == "bad_signature"


# === WHAT THE TOKEN SAYS (3, 5, 7) === #


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": ISSUER + "/"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"iss": [ISSUER]}, "issuer"),
        ({"aud": "another-town"}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": {CLIENT: 1}}, "audience"),
        ({"aud": CLIENT + "x"}, "audience"),
        ({"aud": [CLIENT, "another"]}, "audience"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "audience"),
        ({"azp": "another"}, "audience"),
        ({"exp": NOW - 30}, "expired"),
        ({"exp": NOW - 3600}, "expired"),
        ({"exp": None}, "malformed"),
        ({"exp": str(NOW + 60)}, "malformed"),
        ({"exp": True}, "malformed"),
        ({"iat": None}, "malformed"),
        ({"iat": NOW + 31}, "not_yet"),
        ({"nbf": NOW + 31}, "not_yet"),
        ({"iat": -(10**400)}, None),
        ({"exp": 10**400}, None),
        ({"nonce": None}, "nonce"),
        ({"nonce": ""}, "nonce"),
        ({"nonce": "m" * 64}, "nonce"),
        ({"nonce": "\ud800"}, "nonce"),
        ({"nonce": [NONCE]}, "nonce"),
        ({"acr": None}, "acr"),
        ({"acr": "eidas0"}, "acr"),
        ({"acr": ["eidas1"]}, "malformed"),
        ({"acr": ""}, "acr"),
        ({"sub": None}, "malformed"),
        ({"sub": ""}, "malformed"),
        ({"sub": 12}, "malformed"),
        ({"sub": "x" * 256}, "malformed"),
        ({"sub": "a b"}, "malformed"),
        ({"sub": "é"}, "malformed"),
        ({"sub": "a\0"}, "malformed"),
        ({"auth_time": "yesterday"}, "malformed"),
        # tolerated
        ({"aud": [CLIENT]}, None),
        ({"aud": [CLIENT, "another"], "azp": CLIENT}, None),
        ({"azp": CLIENT}, None),
        ({"exp": NOW - 29}, None),
        ({"iat": NOW + 30}, None),
        ({"nbf": NOW + 30}, None),
        ({"exp": NOW + 0.5}, None),
        ({"acr": "eidas2"}, None),
        ({"acr": "eidas3"}, None),
        ({"auth_time": NOW - 86400}, None),  # a session shared with other services
        ({"auth_time": None}, None),
        ({"sub": "x" * 255}, None),
    ],
)
def test_each_claim_must_be_right(claims, code):
    token = sign(id_claims(**claims))
    if code is None:
        assert verify(token).issuer == ISSUER
    else:
        assert refusal(verify, token) == code


def test_a_transaction_without_nonce_opens_nothing():
    assert refusal(verify, sign(id_claims(nonce="")), nonce="") == "nonce"
    assert not same_text("", "")
    assert not same_text("a", None)


@pytest.mark.parametrize(
    ("acr", "wanted", "reached"),
    [
        ("eidas1", "eidas1", True),
        ("eidas3", "eidas1", True),
        ("eidas1", "eidas2", False),
        ("eidas1", "eidas2 eidas3", False),
        ("eidas2", "eidas2 eidas3", True),
        ("", "eidas1", False),
        ("", "", True),
        ("gold", "silver gold", True),
        ("gold", "silver", False),
        ("gold", "eidas1", False),
        ("eidas3", "gold", False),
        ("EIDAS1", "eidas1", False),
    ],
)
def test_levels_of_assurance(acr, wanted, reached):
    assert tokens.reaches_level(acr, wanted) is reached
