"""A provider on this machine, without Node: what it signs may be made wrong."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from .fake_particulier import FakeParticulier

PATH = "/api/v2"
CLIENT, SECRET = "town", "the-secret-of-the-town-0123456789"
AMELIE = {
    "given_name": "Amélie Claire",
    "given_name_array": ["Amélie", "Claire"],
    "family_name": "BERNARD",
    "gender": "female",
    "birthdate": "1985-04-12",
    "idp_birthdate": "1985-04-12",
    "birthplace": "69123",
    "birthcountry": "99100",
    "email": "famille.bernard@example.com",
}
AMELIE_SUB = "a" * 64 + "v1"
# By the two first letters of an algorithm: the class of its keys, and their size.
MAKERS = {
    "ES": (ECKey, "P-256"),
    "RS": (RSAKey, 2048),
    "PS": (RSAKey, 2048),
    "Ed": (OKPKey, "Ed25519"),
}
SIZES = {"ES384": "P-384", "ES512": "P-521"}


class FakeProvider:
    """Keeps what it was asked; ``person`` and ``sub`` are who signs in next.

    :ivar dict id_changes: claims of the id_token that are changed; None removes one
    :ivar dict info_changes: those of the userinfo
    :ivar faults: names of what fails: ``token``, ``userinfo``, ``down``, ``plain``,
        ``redirect``, ``slow``
    """

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}{PATH}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.reset()

    def reset(self, algorithm="ES256"):
        self.algorithm = algorithm
        self.person, self.sub = dict(AMELIE), AMELIE_SUB
        self.keys = [self.new_key("one")]
        self.id_changes, self.info_changes, self.faults = {}, {}, set()
        self.nonces, self.calls = {}, []
        self.token_error = None
        self.access = "access"
        self.particulier = FakeParticulier(self)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def new_key(self, kid):
        make, size = MAKERS[self.algorithm[:2]]
        names = {"kid": kid, "use": "sig", "alg": self.algorithm}
        return make.generate_key(SIZES.get(self.algorithm, size), names)

    def authorize(self, location):
        """Return the query that the browser brings back from ``location``."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(location).query).items()}
        self.calls.append(("authorize", asked))
        code = f"code-{len(self.nonces)}"
        self.nonces[code] = asked["nonce"]
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def sign(self, claims, key=None):
        key = key or self.keys[-1]
        header = {"alg": self.algorithm, "kid": key.kid}
        return jws.serialize_compact(
            header, json.dumps(claims), key, algorithms=[self.algorithm]
        )

    def claims(self, **more):
        now = int(time.time())
        return {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.sub,
            "iat": now,
            "exp": now + 60,
        } | more

    def changed(self, claims, changes):
        claims = claims | changes
        return {name: value for name, value in claims.items() if value is not None}

    # === ANSWERS === #

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/session/end",
            "authorization_response_iss_parameter_supported": True,
        }

    def jwks(self):
        return {"keys": [key.as_dict(private=False) for key in self.keys]}

    def token(self, form):
        if self.token_error:
            return 400, self.token_error
        if form.get("client_secret") != SECRET:
            return 401, {"error": "invalid_client"}
        nonce = self.nonces.pop(form.get("code"), None)
        if nonce is None:
            return 400, {"error": "invalid_grant"}
        claims = self.claims(nonce=nonce, acr="eidas1", auth_time=int(time.time()))
        return 200, {
            "access_token": self.access,
            "expires_in": 60,
            "token_type": "Bearer",
            "id_token": self.sign(self.changed(claims, self.id_changes)),
        }

    def userinfo(self):
        claims = self.changed(self.claims(**self.person), self.info_changes)
        if "plain" in self.faults:
            return json.dumps(claims)
        return self.sign(claims)

    def get(self, path):
        """Return ``(status, body, kind, headers)`` of a page read."""
        if "down" in self.faults:
            return 503, "{}", "application/json", {}
        if "redirect" in self.faults:
            return 302, "", "text/plain", {"Location": "http://127.0.0.1:1/"}
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps(self.discovery()), "application/json", {}
        if path == "/jwks":
            return 200, json.dumps(self.jwks()), "application/json", {}
        return 200, self.userinfo(), "application/jwt", {}

    def _handler(self):
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if fake.particulier.serves(self.path):
                    status, values = fake.particulier.answer(self.path, self.headers)
                    self.answer(status, json.dumps(values), "application/json", {})
                    return
                path = urlsplit(self.path).path.removeprefix(PATH)
                fake.calls.append(("GET", path))
                self.answer(*fake.get(path))

            def do_POST(self):
                size = int(self.headers["Content-Length"])
                body = self.rfile.read(size).decode()
                form = {k: v[0] for k, v in parse_qs(body).items()}
                basic = self.headers.get("Authorization", "").removeprefix("Basic ")
                if basic:
                    pair = base64.b64decode(basic).decode().split(":")
                    form |= {"client_id": pair[0], "client_secret": unquote(pair[1])}
                fake.calls.append(("POST", form))
                if "slow" in fake.faults:
                    time.sleep(2.3)
                status, values = fake.token(form)
                self.answer(status, json.dumps(values), "application/json", {})

            def answer(self, status, text, kind, headers):
                content = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                return

        return Handler
