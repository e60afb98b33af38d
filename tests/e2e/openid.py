"""A service that signs people in at the simulator, written apart from our add-on."""

import secrets
import time
from urllib.parse import parse_qsl, urlsplit

import requests
from joserfc import jws, jwt
from joserfc.jwk import KeySet

SITE = "http://localhost:8069"
RETURN = f"{SITE}/franceconnect/retour"
LOGOUT_RETURN = f"{SITE}/franceconnect/retour-deconnexion"
SCOPES = "openid identite_pivot preferred_username email idp_birthdate"
HTML = {"Accept": "text/html"}


class Refused(Exception):
    """A token that a careful service does not take."""


class Browser(requests.Session):
    """Keeps cookies, follows the provider's redirects, stops at the service's door."""

    def walk(self, answer: requests.Response) -> requests.Response:
        """Follow until a page, or until an address of the service."""
        while answer.is_redirect and not self.came_back(answer):
            place = requests.compat.urljoin(answer.url, answer.headers["Location"])
            answer = self.get(place, headers=HTML, allow_redirects=False)
        return answer

    @staticmethod
    def came_back(answer: requests.Response) -> dict | None:
        """Return the query that the service receives, None for a page elsewhere."""
        place = answer.headers.get("Location", "")
        if not place.startswith(SITE):
            return None
        return dict(parse_qsl(urlsplit(place).query, keep_blank_values=True))

    def open(self, url: str, params: dict) -> requests.Response:
        return self.walk(
            self.get(url, params=params, headers=HTML, allow_redirects=False)
        )

    def submit(self, page: requests.Response, **fields) -> requests.Response:
        """Post the form of a page of the provider."""
        return self.walk(
            self.post(page.url, data=fields, headers=HTML, allow_redirects=False)
        )


class Service:
    """One client of a provider: what it asks, what it checks."""

    def __init__(
        self,
        issuer: str,
        client: str,
        algorithm: str,
        scopes: str = SCOPES,
        site: str = SITE,
    ):
        self.issuer = issuer
        self.back = f"{site}/franceconnect/retour"
        self.client = client
        self.secret = f"{client}-simulateur-secret-0123456789"
        self.algorithm = algorithm
        self.scopes = scopes
        self.keys = self.read_keys()

    def read_keys(self) -> KeySet:
        answer = requests.get(f"{self.issuer}/jwks", timeout=10)
        return KeySet.import_key_set(answer.json())

    def request(self, **more) -> dict:
        """Return the parameters of an authorization request; None takes one away."""
        values = {
            "client_id": self.client,
            "response_type": "code",
            "redirect_uri": self.back,
            "scope": self.scopes,
            "acr_values": "eidas1",
            "state": secrets.token_urlsafe(32),
            "nonce": secrets.token_urlsafe(32),
            **more,
        }
        return {name: value for name, value in values.items() if value is not None}

    def choose(self, browser: Browser, request: dict, **fields) -> dict:
        """Return what comes back when ``fields`` are posted on the page of choice."""
        page = browser.open(f"{self.issuer}/authorize", request)
        assert page.status_code == 200, page.text
        back = browser.came_back(browser.submit(page, **fields))
        assert back is not None
        return back

    def exchange(self, code: str, **more) -> requests.Response:
        data = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "client_id": self.client,
            "client_secret": self.secret,
            **more,
        }
        return requests.post(f"{self.issuer}/token", data=data, timeout=10)

    def userinfo(self, access_token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {access_token}"}
        return requests.get(f"{self.issuer}/userinfo", headers=headers, timeout=10)

    def read(self, token: str, **expected) -> dict:
        """Return the claims of a token, checked.

        :raise Refused: it is not for us, not of this provider, or not of now
        """
        try:
            claims = jwt.decode(token, self.keys, algorithms=[self.algorithm]).claims
        except Exception as error:  # joserfc has one class for each fault
            raise Refused(type(error).__name__) from error
        now = time.time()
        expected |= {"iss": self.issuer, "aud": self.client}
        for name, value in expected.items():
            if claims.get(name) != value:
                raise Refused(name)
        if not isinstance(claims.get("sub"), str):
            raise Refused("sub")
        if not claims.get("exp", 0) > now - 30 or claims["iat"] > now + 30:
            raise Refused("time")
        if claims.get("nbf", 0) > now + 30:
            raise Refused("nbf")
        return claims

    def sign_in(self, browser: Browser, person: str, **more) -> dict:
        """Sign somebody in; return the tokens, the claims and the identity."""
        request = self.request(**more)
        back = self.choose(browser, request, person=person)
        assert back["state"] == request["state"]
        assert back["iss"] == self.issuer
        answer = self.exchange(back["code"])
        assert answer.status_code == 200, answer.text
        tokens = answer.json()
        claims = self.read(
            tokens["id_token"], nonce=request["nonce"], acr=request["acr_values"]
        )
        answer = self.userinfo(tokens["access_token"])
        identity = self.read(answer.text, sub=claims["sub"])
        return {"tokens": tokens, "claims": claims, "identity": identity}


def header_of(token: str) -> dict:
    return jws.extract_compact(token.encode()).headers()
