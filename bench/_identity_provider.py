"""A provider without a network: what it answers is really signed, and timed apart."""

import json
import secrets
import time
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey

ISSUER, CLIENT = "https://provider.example.org/api/v2", "bench"
PERSON = {
    "given_name": "Amélie Claire",
    "given_name_array": ["Amélie", "Claire"],
    "family_name": "BERNARD",
    "gender": "female",
    "birthdate": "1985-04-12",
    "idp_birthdate": "1985-04-12",
    "birthplace": "69123",
    "birthcountry": "99100",
    "email": "amelie@example.org",
}
_CLIENT_MIXIN = "odoo.addons.grc_franceconnect.models.grc_identity_client_mixin"


class CannedProvider:
    """Answers in the place of the network.

    :ivar str sub: who signs in next
    :ivar float spent: seconds spent here, which are not ours
    :ivar list calls: addresses asked for
    """

    def __init__(self):
        values = {"kid": "bench", "use": "sig", "alg": "ES256"}
        self.key = ECKey.generate_key("P-256", values)
        self.sub, self.person = f"{0:064x}v1", dict(PERSON)
        self.nonces, self.calls, self.spent = {}, [], 0.0

    @contextmanager
    def answering(self):
        """Answer every call of the add-on."""
        with patch(f"{_CLIENT_MIXIN}.call", self._call):
            yield self

    def come_back(self, location: str) -> str:
        """Return the address that the browser comes back to from ``location``."""
        asked = dict(parse_qsl(urlsplit(location).query))
        code = secrets.token_urlsafe(16)
        self.nonces[code] = asked["nonce"]
        query = f"code={code}&state={asked['state']}&iss={ISSUER}"
        return f"{urlsplit(asked['redirect_uri']).path}?{query}"

    def _call(self, method, url, **kwargs):
        start = time.perf_counter()
        from odoo.addons.grc_base.client import Answer

        path = url.removeprefix(ISSUER)
        self.calls.append(path)
        body = getattr(self, f"_{path.rpartition('/')[2].replace('-', '_')}")(**kwargs)
        text = body if isinstance(body, str) else json.dumps(body)
        self.spent += time.perf_counter() - start
        return Answer(200, text.encode())

    def _openid_configuration(self, **kwargs):
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "jwks_uri": f"{ISSUER}/jwks",
            "end_session_endpoint": f"{ISSUER}/session/end",
            "authorization_response_iss_parameter_supported": True,
        }

    def _jwks(self, **kwargs):
        return {"keys": [self.key.as_dict(private=False)]}

    def _token(self, data, **kwargs):
        nonce = self.nonces.pop(data["code"])
        id_token = self._signed(nonce=nonce, acr="eidas1", auth_time=int(time.time()))
        return {
            "access_token": "access",
            "expires_in": 60,
            "token_type": "Bearer",
            "id_token": id_token,
        }

    def _userinfo(self, **kwargs):
        return self._signed(**self.person)

    def _signed(self, **claims):
        now = int(time.time())
        claims |= {"iss": ISSUER, "aud": CLIENT, "sub": self.sub}
        claims |= {"iat": now, "exp": now + 60}
        header = {"alg": "ES256", "kid": self.key.kid}
        return jws.serialize_compact(header, json.dumps(claims), self.key)
