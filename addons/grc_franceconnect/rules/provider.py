"""What we know of an OpenID provider: its settings, without its secret."""

from dataclasses import dataclass
from datetime import datetime, timezone

from .base_rules import urls

FRANCECONNECT, OIDC = "franceconnect", "oidc"
# Only asymmetric ones: with a shared secret, whoever verifies can also forge.
ALGORITHMS = (
    "ES256",
    "ES384",
    "ES512",
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "EdDSA",
    "Ed25519",
)
FRANCECONNECT_ALGORITHMS = ("ES256", "RS256")
FRANCECONNECT_SCOPES = (
    "openid",
    "identite_pivot",
    "preferred_username",
    "email",
    "idp_birthdate",
)
is_safe_url = urls.is_safe_url


@dataclass(frozen=True)
class Provider:
    """One client of one provider. The client secret is not here, on purpose.

    :param issuer: as the tokens write it, exactly
    :param algorithm: the only one accepted, one of ``ALGORITHMS``
    :param kind: ``franceconnect`` or ``oidc``
    :param acr: lowest level accepted; for another provider, the values accepted,
        separated by spaces; empty (never for FranceConnect): not checked
    :param uses_pkce: send a code challenge; FranceConnect refuses it
    :param is_userinfo_signed: refuse a userinfo that is not a signed token
    :param returns_issuer: the return always names its issuer (RFC 9207)
    :param certifies: the provider has checked the civil identity that it gives
    :raise ValueError: when the settings contradict one another
    """

    issuer: str
    client_id: str
    algorithm: str = "ES256"
    kind: str = FRANCECONNECT
    acr: str = "eidas1"
    scopes: tuple[str, ...] = FRANCECONNECT_SCOPES
    authorization_endpoint: str = ""
    end_session_endpoint: str = ""
    redirect_uri: str = ""
    post_logout_redirect_uri: str = ""
    uses_pkce: bool = False
    is_userinfo_signed: bool = True
    returns_issuer: bool = True
    certifies: bool = True

    def __post_init__(self):
        if not self.issuer or not self.client_id:
            raise ValueError("issuer")
        if self.kind not in (FRANCECONNECT, OIDC):
            raise ValueError("kind")
        if self.algorithm not in ALGORITHMS:
            raise ValueError("algorithm")
        if self.is_franceconnect:
            self._check_franceconnect()

    def _check_franceconnect(self):
        if self.algorithm not in FRANCECONNECT_ALGORITHMS:
            raise ValueError("algorithm")
        if not self.acr:
            raise ValueError("acr")
        if self.uses_pkce:
            raise ValueError("pkce")
        if not self.is_userinfo_signed:
            raise ValueError("is_userinfo_signed")
        if not self.returns_issuer:
            raise ValueError("returns_issuer")

    @property
    def is_franceconnect(self) -> bool:
        """Tell FranceConnect from another OpenID provider.

        Source: none (technical).
        """
        return self.kind == FRANCECONNECT


def seconds(instant: datetime | float) -> float:
    """Return ``instant`` in seconds since 1970; a naive one is UTC, as in Odoo.

    Source: none (technical).
    """
    if not isinstance(instant, datetime):
        return instant
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=timezone.utc)
    return instant.timestamp()
