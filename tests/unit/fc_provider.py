"""A tiny provider inside the process: keys, tokens, and how to forge them."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from functools import cache

import pytest
from grc_rules.grc_franceconnect import tokens
from grc_rules.grc_franceconnect.keys import Keys, parse_keys
from grc_rules.grc_franceconnect.pivot import Pivot
from grc_rules.grc_franceconnect.provider import Provider
from grc_rules.grc_franceconnect.refusal import Refused
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

NOW = 1_795_600_000  # seconds: November 2026
ISSUER = "https://fcp.example.org/api/v2"
CLIENT = "client-of-the-town"
SECRET = "a-secret-shared-with-the-provider"
NONCE = "n" * 64
SUB = "a1" * 32 + "v1"
KID = "pkcs11:ES256:hsm"
PROVIDER = Provider(
    issuer=ISSUER,
    client_id=CLIENT,
    authorization_endpoint=f"{ISSUER}/authorize",
    end_session_endpoint=f"{ISSUER}/session/end",
    redirect_uri="https://ville.example.org/franceconnect/retour",
    post_logout_redirect_uri="https://ville.example.org/franceconnect/retour-deconnexion",
)


def other_provider(**values) -> Provider:
    """Return a provider that is not FranceConnect, under the same address."""
    values = {"acr": "", "returns_issuer": False} | values
    return Provider(issuer=ISSUER, client_id=CLIENT, kind="oidc", **values)


class Registry(jws.JWSRegistry):
    """Signs what the library would refuse to: huge, or under an old name."""

    max_header_length = max_payload_length = 10**7

    def get_alg(self, name):
        return self.algorithms[name]


@cache
def key(algorithm: str = "ES256", name: str = "main"):
    """Return a private key, made once for each name."""
    if algorithm.startswith("Ed"):
        return OKPKey.generate_key("Ed25519")
    if algorithm.startswith("ES"):
        curve = {"256": "P-256", "384": "P-384", "512": "P-521"}[algorithm[2:]]
        return ECKey.generate_key(curve)
    return RSAKey.generate_key(2048)


def public(algorithm: str = "ES256", name: str = "main", **values) -> dict:
    """Return the public key as a row of a key set; None takes a part away."""
    row = key(algorithm, name).as_dict(private=False)
    row |= {"kid": KID, "use": "sig", "alg": algorithm} | values
    return {part: value for part, value in row.items() if value is not None}


def key_set(*rows: dict) -> dict:
    return {"keys": list(rows or [public()])}


def keys(*rows: dict) -> Keys:
    return parse_keys(key_set(*rows))


def id_claims(**values) -> dict:
    """Return good claims of an id_token; a value of None takes the claim away."""
    claims = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": SUB,
        "nonce": NONCE,
        "acr": "eidas1",
        "iat": NOW,
        "exp": NOW + 60,
        "auth_time": NOW - 10,
    } | values
    return {name: value for name, value in claims.items() if value is not None}


def identity(**values) -> dict:
    """Return good claims of a userinfo; a value of None takes the claim away."""
    claims = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": SUB,
        "iat": NOW,
        "exp": NOW + 60,
        "given_name": "Angela Claire Louise",
        "given_name_array": ["Angela", "Claire", "Louise"],
        "family_name": "DUBOIS",
        "birthdate": "1962-08-24",
        "idp_birthdate": "1962-08-24",
        "gender": "female",
        "birthplace": "75107",
        "birthcountry": "99100",
    } | values
    return {name: value for name, value in claims.items() if value is not None}


def sign(claims, algorithm="ES256", name="main", **header) -> str:
    """Return a token; ``header`` adds to its header, None takes away."""
    header = {"alg": algorithm, "kid": KID} | header
    header = {part: value for part, value in header.items() if value is not None}
    payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    registry = Registry(algorithms=[algorithm], strict_check_header=False)
    used = key(algorithm, name)
    return jws.serialize_compact(header, payload, used, registry=registry)


def encode(part) -> str:
    """Return bytes, or an object as JSON, in base64url."""
    data = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


ANGELA = Pivot(
    ("Angela", "Claire", "Louise"),
    "DUBOIS",
    "",
    "1962-08-24",
    "female",
    "75107",
    "99100",
)
ABROAD = Pivot(("Amina",), "BENALI", "", "1970-05-12", "female", "", "99352")


def but(person=ANGELA, **values) -> Pivot:
    return replace(person, **values)


def hmac_signed(claims, secret: bytes, **header) -> str:
    signed = f"{encode({'alg': 'HS256', 'kid': KID} | header)}.{encode(claims)}"
    digest = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{encode(digest)}"


def verify(token, provider=PROVIDER, nonce=NONCE, now=NOW, ring=None):
    return tokens.verify_id_token(token, ring or keys(), provider, nonce, now)


def userinfo(token, provider=PROVIDER, sub=SUB, now=NOW, ring=None):
    return tokens.verify_userinfo(token, ring or keys(), provider, sub, now)


def refusal(function, *args, **values) -> str:
    with pytest.raises(Refused) as caught:
        function(*args, **values)
    # what was received must not reach a log by the chain of exceptions
    assert str(caught.value) == caught.value.code
    assert caught.value.__cause__ is None
    return caught.value.code
