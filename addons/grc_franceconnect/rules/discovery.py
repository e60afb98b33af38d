"""The document where a provider says where its doors are."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from .provider import is_safe_url
from .refusal import Refused

PATH = "/.well-known/openid-configuration"
MAX_CHARACTERS = 128_000


@dataclass(frozen=True)
class Endpoints:
    """Addresses of a provider; an optional one is empty.

    :param algorithms: those announced for the id_token, for the connection test
    """

    authorization: str
    token: str
    jwks: str
    userinfo: str = ""
    end_session: str = ""
    revocation: str = ""
    algorithms: tuple[str, ...] = ()
    returns_issuer: bool = False


def discovery_url(issuer: str) -> str:
    """Return where the discovery document of ``issuer`` is.

    Source: none (technical): OpenID Connect Discovery 1.0, section 4.
    """
    return issuer.rstrip("/") + PATH


def read_discovery(
    document: str | bytes | dict,
    issuer: str,
    *,
    hosts: tuple[str, ...] = (),
    allow_loopback: bool = False,
) -> Endpoints:
    """Return the addresses of the provider, all on the host of ``issuer``.

    A document that points elsewhere would make the server call what it must not.

    :param hosts: other hosts that the administrator allows
    :param allow_loopback: ``http`` on this machine (simulator)
    :raise Refused: ``discovery``

    Source: none (technical): OpenID Connect Discovery 1.0, section 4.3.
    """
    values = _values(document)
    if values.get("issuer") != issuer:
        raise Refused("discovery")
    if not is_safe_url(issuer, allow_loopback=allow_loopback):
        raise Refused("discovery")
    own = urlsplit(issuer)
    allowed = {own.netloc.lower(), *(host.lower() for host in hosts)}

    def address(name: str, *, is_required: bool = False) -> str:
        url = values.get(name)
        if url is None and not is_required:
            return ""
        if not isinstance(url, str) or len(url) > 2000:
            raise Refused("discovery")
        if not is_safe_url(url, allow_loopback=allow_loopback):
            raise Refused("discovery")
        if urlsplit(url).netloc.lower() not in allowed:
            raise Refused("discovery")
        return url

    return Endpoints(
        authorization=address("authorization_endpoint", is_required=True),
        token=address("token_endpoint", is_required=True),
        jwks=address("jwks_uri", is_required=True),
        userinfo=address("userinfo_endpoint"),
        end_session=address("end_session_endpoint"),
        revocation=address("revocation_endpoint"),
        algorithms=_texts(values.get("id_token_signing_alg_values_supported")),
        returns_issuer=(
            values.get("authorization_response_iss_parameter_supported") is True
        ),
    )


def _values(document: str | bytes | dict) -> dict:
    if isinstance(document, str | bytes):
        if len(document) > MAX_CHARACTERS:
            raise Refused("discovery")
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            raise Refused("discovery") from None
    if not isinstance(document, dict):
        raise Refused("discovery")
    return document


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    return tuple(value for value in values[:50] if isinstance(value, str))
