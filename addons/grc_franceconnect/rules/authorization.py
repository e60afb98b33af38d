"""Where the browser is sent, and what it may bring back."""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlencode

from .provider import Provider
from .refusal import Refused, same_text

MIN_RANDOM = 32
MAX_PATH = 2000
_MAX_PARAMETER = 2048
_PROMPTS = ("", "login", "consent", "login consent")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
# Doors of the sign-in itself: coming back to one would loop, or sign out.
_ELSEWHERE = re.compile(r"//|:|/\.|%2f|%5c", re.IGNORECASE)
_DOORS = ("/franceconnect", "/web/session", "/web/login")


@dataclass(frozen=True)
class Returned:
    """What the browser brought back: a code, or an error, never both.

    :param code: to exchange once, within 30 seconds; never logged
    :param error: as received: show only what ``errors.page_for`` makes of it
    """

    code: str = field(default="", repr=False)
    error: str = ""
    description: str = field(default="", repr=False)


def new_state() -> str:
    """Return a state that nobody can guess: 64 hexadecimal characters.

    Source: none (technical): OpenID Connect Core 3.1.2.1.
    """
    return secrets.token_hex(32)


def new_nonce() -> str:
    """Return a nonce: 64 hexadecimal characters, FranceConnect wants 22 at least.

    Source: none (technical): OpenID Connect Core 3.1.2.1.
    """
    return secrets.token_hex(32)


def new_verifier() -> str:
    """Return a PKCE verifier: 64 characters, for providers other than FranceConnect.

    Source: none (technical): RFC 7636, section 4.1.
    """
    return secrets.token_hex(32)


def challenge(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier.

    Source: none (technical): RFC 7636, section 4.2.
    """
    digest = sha256(verifier.encode("ascii")).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorization_url(
    provider: Provider,
    state: str,
    nonce: str,
    scopes: tuple[str, ...] = (),
    acr: str = "",
    pkce: str | None = None,
    prompt: str = "",
) -> str:
    """Return the address where the citizen signs in.

    Only the parameters that FranceConnect accepts: with any other it shows an error
    page of its own, without a link back.

    :param scopes: those of the provider when empty; ``openid`` is always asked
    :param acr: the provider's when empty
    :param pkce: a challenge (see ``challenge``), exactly when the provider wants one
    :param prompt: ``login`` to ask for the identity again
    :raise ValueError: when the request could not be right

    Source: none (technical): OpenID Connect Core 3.1.2.1.
    """
    if min(len(state), len(nonce)) < MIN_RANDOM or state == nonce:
        raise ValueError("state")
    if bool(pkce) != provider.uses_pkce:
        raise ValueError("pkce")
    if prompt not in _PROMPTS:
        raise ValueError("prompt")
    if not provider.authorization_endpoint or not provider.redirect_uri:
        raise ValueError("endpoint")
    parameters = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.redirect_uri,
        "scope": _scope(scopes or provider.scopes),
        "acr_values": acr or provider.acr,
        "state": state,
        "nonce": nonce,
        "prompt": prompt,
        "code_challenge": pkce,
        "code_challenge_method": pkce and "S256",
    }
    return _with_query(provider.authorization_endpoint, parameters)


def logout_url(provider: Provider, id_token: str, state: str) -> str:
    """Return the address that ends the session at the provider too.

    The local session is closed before. An expired id_token is a good hint.

    :param id_token: from the session of the server, the only place where it is
    :return: empty when only the local session can be closed

    Source: none (technical): OpenID Connect RP-Initiated Logout 1.0.
    """
    if not id_token or not provider.end_session_endpoint:
        return ""
    if len(state) < MIN_RANDOM:
        raise ValueError("state")
    back = provider.post_logout_redirect_uri
    parameters = {
        "id_token_hint": id_token,
        "state": back and state,
        "post_logout_redirect_uri": back,
    }
    return _with_query(provider.end_session_endpoint, parameters)


def read_return(provider: Provider, parameters: Mapping[str, str]) -> Returned:
    """Return the code or the error that came back, from that provider only.

    The state is consumed before, by who keeps it.

    :param parameters: the query of the callback
    :raise Refused: ``issuer`` (mix-up of two providers), ``malformed``

    Source: none (technical): RFC 9207, section 2.4.
    """
    issuer = parameters.get("iss")
    if issuer is None and provider.returns_issuer:
        raise Refused("issuer")
    if issuer is not None and not same_text(provider.issuer, issuer):
        raise Refused("issuer")
    code, error = parameters.get("code", ""), parameters.get("error", "")
    if bool(code) == bool(error):
        raise Refused("malformed")
    texts = (code, error, parameters.get("error_description", ""))
    for text in texts:
        if not isinstance(text, str) or len(text) > _MAX_PARAMETER:
            raise Refused("malformed")
    return Returned(*texts)


def safe_return(path: object, default: str = "/my") -> str:
    """Return ``path`` when it stays on this site, else ``default``.

    :param path: what a page asked to come back to: path and query, no fragment

    Source: none (technical): open redirect (OWASP).
    """
    if not isinstance(path, str) or not 0 < len(path) <= MAX_PATH:
        return default
    is_plain = path.isprintable() and not set(path) & {"\\", " ", "#"}
    if not is_plain or not path.startswith("/"):
        return default
    bare = path.partition("?")[0]
    if _ELSEWHERE.search(bare) or any(_is_under(bare, door) for door in _DOORS):
        return default
    return path


def _is_under(path: str, door: str) -> bool:
    return f"{path}/".startswith(f"{door}/")


def _scope(scopes: tuple[str, ...]) -> str:
    if isinstance(scopes, str):
        scopes = tuple(scopes.split())
    if not all(_SCOPE.fullmatch(scope) for scope in scopes):
        raise ValueError("scope")
    return " ".join(dict.fromkeys(("openid", *scopes)))


def _with_query(url: str, parameters: dict) -> str:
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{url}{'&' if '?' in url else '?'}{query}"
