"""The keys of a provider: only public, asymmetric ones, found by their name."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.util import urlsafe_b64decode

from .provider import seconds
from .refusal import Refused

REFRESH_SECONDS = 60
LIFE_SECONDS = 600
MAX_KEYS = 50
MAX_CHARACTERS = 128_000
_CLASSES = {"EC": ECKey, "OKP": OKPKey, "RSA": RSAKey}
_CURVES = {
    "ES256": "P-256",
    "ES384": "P-384",
    "ES512": "P-521",
    "EdDSA": "Ed25519",
    "Ed25519": "Ed25519",
}
_RSA_BITS = range(2048, 8193)
_RSA_CHARACTERS = 2000
_PARTS = ("kty", "kid", "use", "alg", "crv", "x", "y", "n", "e")


@dataclass(frozen=True)
class _Entry:
    kid: str
    kty: str
    crv: str
    alg: str
    key: Key = field(repr=False)

    def can_verify(self, algorithm: str) -> bool:
        if self.alg and self.alg != algorithm:
            return False
        if curve := _CURVES.get(algorithm):
            return self.crv == curve
        return self.kty == "RSA"


@dataclass(frozen=True)
class Keys:
    """The keys of a provider that we accept to verify with.

    :param entries: in the order of the key set
    """

    entries: tuple[_Entry, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def kids(self) -> tuple[str, ...]:
        """The names of the keys, for the connection test.

        Source: none (technical).
        """
        return tuple(entry.kid for entry in self.entries)

    def find(self, kid: str | None, algorithm: str) -> Key:
        """Return the only key of that name that fits ``algorithm``.

        A token without ``kid`` is verified when a single key fits.

        :raise Refused: ``key_unknown`` when none fits, or several

        Source: none (technical): OpenID Connect Core 10.1.
        """
        found = [
            entry.key
            for entry in self.entries
            if entry.can_verify(algorithm) and (kid is None or entry.kid == kid)
        ]
        if len(found) != 1:
            raise Refused("key_unknown")
        return found[0]


def parse_keys(document: str | bytes | dict) -> Keys:
    """Return the keys of a key set (JWKS) that may verify a signature.

    Left out without a word: shared secrets (``oct``), private keys, keys to encrypt,
    weak, unknown or broken ones.

    :param document: the key set, as received or already read
    :raise Refused: ``keys`` when it is no key set, or holds no such key

    Source: none (technical): RFC 7517, section 5.
    """
    if isinstance(document, str | bytes):
        if len(document) > MAX_CHARACTERS:
            raise Refused("keys")
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            raise Refused("keys") from None
    rows = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(rows, list) or len(rows) > MAX_KEYS:
        raise Refused("keys")
    entries = tuple(filter(None, map(_entry, rows)))
    if not entries:
        raise Refused("keys")
    return Keys(entries)


def may_refresh(last: datetime | float | None, now: datetime | float) -> bool:
    """Tell whether the key set may be asked for again: once a minute.

    An attacker who names random keys makes us ask no more often. A ``last`` that
    lies ahead (the clock went back) does not stop us.

    :param last: when the key set was last asked for, whatever the answer; or None
    :param now: both UTC instants, or seconds since 1970

    Source: none (technical).
    """
    if not last:
        return True
    age = seconds(now) - seconds(last)
    return age >= REFRESH_SECONDS or age < 0


def is_stale(fetched: datetime | float | None, now: datetime | float) -> bool:
    """Tell whether the key set, or the discovery document, is to be read again.

    Ten minutes, as FranceConnect says (``cache-control: max-age=600``).

    :param fetched: when it was last received, or None

    Source: none (technical).
    """
    if not fetched:
        return True
    age = seconds(now) - seconds(fetched)
    return age >= LIFE_SECONDS or age < 0


def _entry(row: object) -> _Entry | None:
    if not isinstance(row, dict) or not _is_for_verifying(row):
        return None
    parts = {name: row[name] for name in _PARTS if row.get(name) is not None}
    if not all(isinstance(value, str) for value in parts.values()):
        return None
    kty = parts.get("kty", "")
    if kty not in _CLASSES or len(parts.get("n", "")) > _RSA_CHARACTERS:
        return None
    crv = parts.get("crv", "")
    if kty != "RSA" and crv not in _CURVES.values():
        return None
    key = _import(kty, parts)
    if key is None:
        return None
    return _Entry(parts.get("kid", ""), kty, crv, parts.get("alg", ""), key)


def _import(kty: str, parts: dict) -> Key | None:
    """Return the key; its name and use are ours to check, not the library's."""
    bare = {
        name: parts[name]
        for name in ("kty", "crv", "x", "y", "n", "e")
        if name in parts
    }
    try:
        if kty == "RSA" and not _is_strong(bare):
            return None
        return _CLASSES[kty].import_key(bare)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _is_strong(parts: dict) -> bool:
    modulus = int.from_bytes(urlsafe_b64decode(parts["n"].encode()), "big")
    return modulus.bit_length() in _RSA_BITS


def _is_for_verifying(row: dict) -> bool:
    if "d" in row or "k" in row or row.get("use", "sig") != "sig":
        return False
    operations = row.get("key_ops")
    return operations is None or (
        isinstance(operations, list) and "verify" in operations
    )
