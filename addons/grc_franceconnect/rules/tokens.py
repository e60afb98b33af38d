"""Signed tokens: believed only when everything that they must say is right.

The library verifies the signature, with the key and the one algorithm that we choose;
what the token says of itself chooses nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.util import urlsafe_b64decode

from .keys import Keys
from .provider import Provider, seconds
from .refusal import Refused, same_text

SKEW_SECONDS = 30
MAX_TOKEN_CHARACTERS = 64_000
MAX_HEADER_CHARACTERS = 8_000
_MAX_SUBJECT = 255
_LEVELS = {"eidas1": 1, "eidas2": 2, "eidas3": 3}


class _Registry(jws.JWSRegistry):
    # x5c makes headers longer than the library's 512 characters
    max_header_length = MAX_HEADER_CHARACTERS

    def get_alg(self, name: str) -> jws.JWSAlgModel:
        # The library warns at each use of EdDSA, a name that providers still give.
        if name not in self.allowed:
            raise UnsupportedAlgorithmError()
        return self.algorithms[name]


@dataclass(frozen=True)
class IdClaims:
    """What a verified id_token says; nothing personal shows in its ``repr``.

    :param sub: the key of the person at this issuer
    :param acr: level reached, empty when the provider says none
    :param auth_time: seconds since 1970, or None; old when the session was shared
    :param claims: everything, for providers that give the identity here
    """

    issuer: str
    sub: str = field(repr=False)
    acr: str
    auth_time: float | None
    claims: dict = field(repr=False, compare=False)


def verify_id_token(
    token: str, keys: Keys, provider: Provider, nonce: str, now: datetime | float
) -> IdClaims:
    """Return what the id_token says, once everything in it is verified.

    :param token: as received from the token endpoint
    :param nonce: the one sent with this transaction, never empty
    :param provider: with the level asked for this time in its ``acr``, when it was
        another than usual (``dataclasses.replace``)
    :param now: UTC instant, or seconds since 1970
    :raise Refused: with its code; ``is_about_keys`` says that newer keys may help

    Source: none (technical): OpenID Connect Core 3.1.3.7.
    """
    claims = _verified_claims(token, keys, provider)
    _check_issuer_and_audience(claims, provider, is_required=True)
    _check_instants(claims, ("exp", "iat"), seconds(now))
    if not same_text(nonce, claims.get("nonce")):
        raise Refused("nonce")
    acr = _checked_acr(claims, provider)
    return IdClaims(
        issuer=provider.issuer,
        sub=_subject(claims),
        acr=acr,
        auth_time=_instant(claims, "auth_time"),
        claims=claims,
    )


def verify_userinfo(
    token: str | dict,
    keys: Keys,
    provider: Provider,
    sub: str,
    now: datetime | float,
) -> dict:
    """Return the claims of the userinfo, which must speak of the same person.

    :param token: the body received; a signed token for FranceConnect
    :param sub: the subject of the verified id_token
    :raise Refused: ``unsigned`` when a signature is required and there is none

    Source: none (technical): OpenID Connect Core 5.3.
    """
    if _is_plain(token):
        if provider.is_userinfo_signed:
            raise Refused("unsigned")
        claims = token if isinstance(token, dict) else _json_object(token)
    else:
        is_fc = provider.is_franceconnect
        claims = _verified_claims(token, keys, provider)
        _check_issuer_and_audience(claims, provider, is_required=is_fc)
        _check_instants(claims, ("exp", "iat") if is_fc else (), seconds(now))
    if not same_text(sub, _subject(claims)):
        raise Refused("subject")
    return claims


def reaches_level(acr: str, wanted: str) -> bool:
    """Tell whether the level ``acr`` is at least ``wanted``.

    The European levels are ordered; any other must be one of those wanted.

    :param wanted: one level, or several separated by spaces; empty: any will do

    Source: none (technical): règlement (UE) 910/2014 (eIDAS), levels of assurance.
    """
    levels = wanted.split()
    if not levels or acr in levels:
        return True
    rank = _LEVELS.get(acr, 0)
    return any(name in _LEVELS and rank >= _LEVELS[name] for name in levels)


# === SIGNATURE === #


def _verified_claims(token: object, keys: Keys, provider: Provider) -> dict:
    header, payload = _unverified_parts(token)
    if header.get("alg") != provider.algorithm:
        raise Refused("algorithm")
    kid = header.get("kid")
    if not (kid is None or isinstance(kid, str)) or "crit" in header:
        raise Refused("malformed")
    key = keys.find(kid, provider.algorithm)
    registry = _Registry(algorithms=[provider.algorithm], strict_check_header=False)
    try:
        jws.deserialize_compact(token, key, registry=registry)
    except (JoseError, ValueError, TypeError, AttributeError):
        # the form is right: we have read both parts before
        raise Refused("bad_signature") from None
    return _json_object(payload)


def _unverified_parts(token: object) -> tuple[dict, bytes]:
    """Return the header (to choose the key only) and the bytes of the payload."""
    if not isinstance(token, str) or not token.isascii():
        raise Refused("malformed")
    if len(token) > MAX_TOKEN_CHARACTERS:
        raise Refused("too_large")
    parts = token.split(".")
    if len(parts) != 3 or len(parts[0]) > MAX_HEADER_CHARACTERS:
        raise Refused("malformed")
    try:
        header, payload = (urlsafe_b64decode(part.encode()) for part in parts[:2])
    except ValueError:
        raise Refused("malformed") from None
    return _json_object(header), payload


def _json_object(text: str | bytes) -> dict:
    """Return a JSON object without any name twice, nor NaN."""
    if len(text) > MAX_TOKEN_CHARACTERS:
        raise Refused("too_large")
    try:
        value = json.loads(
            text, object_pairs_hook=_without_doubles, parse_constant=_no_constant
        )
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if not isinstance(value, dict):
        raise Refused("malformed")
    return value


def _without_doubles(pairs: list[tuple]) -> dict:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("double")
    return value


def _no_constant(name: str):
    raise ValueError(name)


def _is_plain(token: object) -> bool:
    if isinstance(token, dict):
        return True
    return isinstance(token, str) and token[:100].lstrip()[:1] == "{"


# === CLAIMS === #


def _check_issuer_and_audience(
    claims: dict, provider: Provider, *, is_required: bool
) -> None:
    if (is_required or "iss" in claims) and claims.get("iss") != provider.issuer:
        raise Refused("issuer")
    if not is_required and "aud" not in claims:
        return
    audience = claims.get("aud")
    if isinstance(audience, str):
        audience = [audience]
    if not isinstance(audience, list) or provider.client_id not in audience:
        raise Refused("audience")
    if len(audience) > 1 and "azp" not in claims:
        raise Refused("audience")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise Refused("audience")


def _check_instants(claims: dict, required: tuple[str, ...], now: float) -> None:
    for name in required:
        if name not in claims:
            raise Refused("malformed")
    expires = _instant(claims, "exp")
    if expires is not None and expires + SKEW_SECONDS <= now:
        raise Refused("expired")
    for starts in _starts(claims):
        if starts - SKEW_SECONDS > now:
            raise Refused("not_yet")


def _starts(claims: dict) -> Iterator[float]:
    for name in ("iat", "nbf"):
        instant = _instant(claims, name)
        if instant is not None:
            yield instant


def _instant(claims: dict, name: str) -> float | None:
    if name not in claims:
        return None
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("malformed")
    if isinstance(value, float) and not isfinite(value):
        raise Refused("malformed")  # 1e999 reads as infinity
    return value


def _checked_acr(claims: dict, provider: Provider) -> str:
    acr = claims.get("acr", "")
    if not isinstance(acr, str):
        raise Refused("malformed")
    if not reaches_level(acr, provider.acr):
        raise Refused("acr")
    return acr


def _subject(claims: dict) -> str:
    sub = claims.get("sub")
    if not isinstance(sub, str) or not 0 < len(sub) <= _MAX_SUBJECT:
        raise Refused("malformed")
    if not (sub.isascii() and sub.isprintable()) or " " in sub:
        raise Refused("malformed")
    return sub
