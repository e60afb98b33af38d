"""Malformed, huge or random tokens, and swapped userinfo (threat 6)."""

import json

import pytest
from fc_provider import (
    ISSUER,
    KID,
    NOW,
    SECRET,
    SUB,
    encode,
    hmac_signed,
    id_claims,
    identity,
    other_provider,
    refusal,
    sign,
    userinfo,
    verify,
)
from grc_rules.grc_franceconnect.refusal import CODES, Refused
from hypothesis import given, settings
from hypothesis import strategies as st

# === SIZE AND FORM === #


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        "e30.e30.",  # {} twice: no algorithm
        None,
        12,
        b"a.b.c",
        {"alg": "ES256"},
        "é.é.é",
        f"{encode([1])}.{encode({})}.",
        f"{encode('alg')}.{encode({})}.",
        f"{encode(b'[' * 5000)}.{encode({})}.",
        f"{encode({'alg': 'ES256', 'kid': 12})}.{encode({})}.",
        f"{encode({'alg': 'ES256', 'kid': KID, 'x': 'x' * 9000})}.{encode({})}.",
        f"{encode({'alg': 'ES256', 'kid': KID, 'crit': ['exp']})}.{encode({})}.",
        f"{encode({'alg': 'ES256', 'kid': KID})}.{encode({})}.=",
    ],
)
def test_what_is_no_token(token):
    assert refusal(verify, token) in {"malformed", "algorithm", "bad_signature"}


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff",
        b"[" * 20_000,
        b'{"exp": NaN}',
        b'{"exp": ' + b"9" * 5000 + b"}",
        b'{"exp": 1e999, "iss": 1}',
        b'{"sub": "a", "sub": "b"}',
        encode(b"not base64 twice").encode(),
    ],
)
def test_signed_nonsense(payload):
    # even with a right signature
    assert refusal(verify, sign(payload)) in {"malformed", "issuer"}


def test_a_claim_written_twice():
    claims = json.dumps(id_claims())[:-1] + f', "sub": "{SUB}"}}'
    assert refusal(verify, sign(claims.encode())) == "malformed"


@pytest.mark.parametrize(
    "header",
    [
        {"x": "x" * 9000},
        {"crit": ["exp"], "exp": NOW},
        {"crit": []},
        {"kid": 12},
    ],
)
def test_a_header_that_is_too_long_or_demands_what_we_do_not_know(header):
    assert refusal(verify, _as_header(header)) == "malformed"


def _as_header(values) -> str:
    return f"{encode({'alg': 'ES256', 'kid': KID} | values)}.{encode({})}.AA"


def test_a_token_has_three_parts():
    token = sign(id_claims())
    for changed in (token + ".", token + ".AA", token.rpartition(".")[0]):
        assert refusal(verify, changed) == "malformed"


def test_an_infinite_life():
    claims = json.dumps(id_claims()).replace(f'"exp": {NOW + 60}', '"exp": 1e999')
    assert refusal(verify, sign(claims.encode())) == "malformed"


def test_a_token_of_one_megabyte_is_not_even_read():
    for token in ("a" * 1_000_000, "." * 1_000_000, sign(id_claims(x="x" * 1_000_000))):
        assert refusal(verify, token) == "too_large"
    assert refusal(userinfo, sign(identity(x="x" * 1_000_000))) == "too_large"
    plain = json.dumps(identity(x="x" * 1_000_000))
    provider = other_provider(is_userinfo_signed=False)
    assert refusal(userinfo, plain, provider) == "too_large"


# === USERINFO (6) === #


def test_a_right_userinfo():
    assert userinfo(sign(identity()))["family_name"] == "DUBOIS"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"sub": "b1" * 32 + "v1"}, "subject"),
        ({"sub": None}, "malformed"),
        ({"aud": "another-town"}, "audience"),
        ({"aud": None}, "audience"),
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"exp": NOW - 40}, "expired"),
        ({"exp": None}, "malformed"),
        ({"iat": NOW + 40}, "not_yet"),
    ],
)
def test_a_swapped_userinfo(claims, code):
    assert refusal(userinfo, sign(identity(**claims))) == code


def test_an_unsigned_userinfo():
    for body in (identity(), json.dumps(identity()), "  " + json.dumps(identity())):
        assert refusal(userinfo, body) == "unsigned"
    header = encode({"alg": "none"})
    assert refusal(userinfo, f"{header}.{encode(identity())}.") == "algorithm"
    assert refusal(userinfo, hmac_signed(identity(), SECRET.encode())) == "algorithm"
    assert refusal(userinfo, sign(identity(), name="attacker")) == "bad_signature"


def test_an_empty_subject_is_nobody():
    assert refusal(userinfo, sign(identity()), sub="") == "subject"


def test_a_userinfo_is_no_id_token():
    assert refusal(verify, sign(identity())) == "nonce"


def test_another_provider_may_answer_in_plain_json():
    provider = other_provider(is_userinfo_signed=False)
    plain = {"sub": SUB, "family_name": "Dubois"}
    for body in (plain, json.dumps(plain)):
        assert userinfo(body, provider) == plain
    assert refusal(userinfo, plain | {"sub": "other"}, provider) == "subject"
    assert refusal(userinfo, json.dumps([SUB]), provider) == "malformed"
    # signed without instants: allowed by OpenID Connect, what is said must be right
    assert userinfo(sign(plain), provider) == plain
    assert refusal(userinfo, sign(plain | {"iss": "x"}), provider) == "issuer"
    assert refusal(userinfo, sign(plain | {"aud": "x"}), provider) == "audience"
    assert refusal(userinfo, sign(plain | {"exp": NOW - 99}), provider) == "expired"


# === ANYTHING AT ALL === #

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text("aé\ud800", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab", max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
PIECES = st.lists(st.sampled_from(["", "e30", ".", "{", "}", "é", "\ud800", "="]))
PIECES = PIECES.map("".join)
NAMES = st.sampled_from(
    ["iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "acr", "sub"]
)


@given(PIECES | JSON)
def test_whatever_comes_is_refused(token):
    assert refusal(verify, token) in CODES
    assert refusal(userinfo, token) in CODES


@given(st.dictionaries(NAMES, JSON, min_size=1))
@settings(max_examples=25)
def test_whatever_a_claim_says_is_believed_or_refused(values):
    try:
        found = verify(sign(id_claims() | values))
    except Refused as refused:
        assert refused.code in CODES
    else:
        assert found.issuer == ISSUER


@given(st.dictionaries(st.sampled_from(["alg", "kid", "crit", "typ", "b64"]), JSON))
@settings(max_examples=40)
def test_whatever_the_header_says_is_refused(header):
    token = f"{encode({'alg': 'ES256', 'kid': KID} | header)}.{encode(id_claims())}.AA"
    assert refusal(verify, token) in CODES


@given(st.integers(min_value=0), st.characters(codec="ascii"))
@settings(max_examples=40)
def test_one_changed_character_is_refused(place, char):
    token = sign(id_claims())
    place %= len(token)
    changed = token[:place] + char + token[place + 1 :]
    if changed != token:
        assert refusal(verify, changed) in CODES
