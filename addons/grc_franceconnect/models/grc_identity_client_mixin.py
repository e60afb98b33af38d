import base64
import logging
import time
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from odoo import models

from odoo.addons.grc_base.client import Unavailable, call

from ..const import MAX_DOCUMENT_BYTES, MAX_TOKEN_BYTES
from ..rules import discovery, errors, tokens
from ..rules.keys import is_stale, may_refresh, parse_keys
from ..rules.pivot import Pivot, pivot_from_claims
from ..rules.refusal import Refused

_logger = logging.getLogger(__name__)
# By database, provider and address: discovery, keys and when they were asked for. In
# memory: written in the database, two sign-ins at once would refuse one another.
_CACHE = {}


def forget():
    """Forget what was read of every provider."""
    _CACHE.clear()


@dataclass
class Known:
    endpoints: object = None
    endpoints_at: float = 0.0
    keys: object = None
    keys_at: float = 0.0
    keys_asked_at: float = 0.0


@dataclass(frozen=True)
class Verified:
    """Who came back, everything verified. Nothing personal in its ``repr``.

    :param access_token: lives a minute; never stored
    """

    sub: str = field(repr=False)
    acr: str
    claims: dict = field(repr=False)
    pivot: Pivot = field(repr=False)
    id_token: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)


class ProviderError(Exception):
    """The provider answered an error.

    :param page: one of ``errors.PAGES``
    :param detail: known code and incident number, for the log
    """

    def __init__(self, page, detail=""):
        super().__init__(detail)
        self.page = page
        self.detail = detail


class GrcIdentityClientMixin(models.AbstractModel):
    """What we ask of a provider, and believe once it is verified."""

    _name = "grc.identity.client.mixin"
    _description = "Calls to a provider of identities"

    # === DISCOVERY AND KEYS === #

    def _known(self):
        self.ensure_one()
        key = (self.env.cr.dbname, self.id, self.issuer, self._hosts())
        return _CACHE.setdefault(key, Known())

    def _endpoints(self, is_forced=False):
        """Return the addresses of the provider, read again every ten minutes.

        :raise Refused: when its document points elsewhere
        :raise Unavailable: when it cannot be read and was not before
        :rtype: Endpoints
        """
        known = self._known()
        if (
            known.endpoints
            and not is_forced
            and not is_stale(known.endpoints_at, time.time())
        ):
            return known.endpoints
        try:
            answer = self._read(discovery.discovery_url(self.issuer))
        except Unavailable:
            if known.endpoints and not is_forced:
                return known.endpoints
            raise
        known.endpoints = discovery.read_discovery(
            answer.body,
            self.issuer,
            hosts=self._hosts(),
            allow_loopback=self._allows_loopback(),
        )
        known.endpoints_at = time.time()
        return known.endpoints

    def _keys(self, is_renewed=False):
        """Return the keys of the provider.

        :param bool is_renewed: newer ones are wanted; given at most once a minute
        :raise Refused: when there is no usable key
        :raise Unavailable: when they cannot be read and were not before
        """
        known, now = self._known(), time.time()
        wanted = is_renewed or not known.keys or is_stale(known.keys_at, now)
        if known.keys and not (wanted and may_refresh(known.keys_asked_at, now)):
            return known.keys
        known.keys_asked_at = now
        try:
            answer = self._read(self._endpoints().jwks)
        except Unavailable:
            if known.keys:
                return known.keys
            raise
        known.keys = parse_keys(answer.body)
        known.keys_at = now
        return known.keys

    def _read(self, url):
        answer = self._call("GET", url, MAX_DOCUMENT_BYTES)
        if not answer.is_ok:
            raise Unavailable("status")
        return answer

    def _call(self, method, url, limit=MAX_TOKEN_BYTES, **kwargs):
        return call(
            method, url, timeout=self.timeout_seconds or 5, limit=limit, **kwargs
        )

    # === WHO CAME BACK === #

    def _verify_return(self, code, nonce, verifier="", acr=""):
        """Exchange ``code`` and return who came back.

        :param str code: used once
        :param str nonce: the one sent
        :param str verifier: of PKCE, when the provider wants it
        :param str acr: level asked for this trip, that of the settings when empty
        :raise Refused: when what was received is not believed
        :raise ProviderError: when the provider answers an error
        :raise Unavailable: when it does not answer
        :rtype: Verified
        """
        self.ensure_one()
        received = self._exchange(code, verifier)
        rules = self._rules(self._endpoints())
        if acr:
            rules = replace(rules, acr=acr)
        id_claims = self._with_keys(
            lambda keys: tokens.verify_id_token(
                received["id_token"], keys, rules, nonce, time.time()
            )
        )
        claims = dict(id_claims.claims)
        if self._endpoints().userinfo or rules.is_franceconnect:
            body = self._userinfo(received["access_token"])
            claims = claims | self._with_keys(
                lambda keys: tokens.verify_userinfo(
                    body, keys, rules, id_claims.sub, time.time()
                )
            )
        return Verified(
            sub=id_claims.sub,
            acr=id_claims.acr,
            claims=claims,
            pivot=pivot_from_claims(claims, is_franceconnect=rules.is_franceconnect),
            id_token=received["id_token"],
            access_token=received["access_token"],
        )

    def _with_keys(self, verify):
        """Verify, once more with newer keys when a key may have been replaced."""
        try:
            return verify(self._keys())
        except Refused as refused:
            if not refused.is_about_keys:
                raise
            return verify(self._keys(is_renewed=True))

    def _exchange(self, code, verifier=""):
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
        }
        if verifier:
            form["code_verifier"] = verifier
        answer, values = self._ask_tokens(form)
        if not answer.is_ok:
            raise self._provider_error(values)
        for name in ("id_token", "access_token"):
            if not isinstance(values.get(name), str) or not values[name]:
                raise Refused("malformed")
        return values

    def _ask_tokens(self, form):
        headers = {"Accept": "application/json"}
        # sudo: the secret of the client goes to its provider, nowhere else
        secret = self.sudo().kept_secret or ""
        if self.token_auth == "basic":
            pair = f"{quote(self.client_id, '')}:{quote(secret, '')}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        else:
            form = form | {"client_id": self.client_id, "client_secret": secret}
        answer = self._call("POST", self._endpoints().token, data=form, headers=headers)
        if answer.status >= 500:
            raise Unavailable("status")
        try:
            return answer, discovery._values(answer.body)
        except Refused:
            raise Refused("malformed") from None

    def _userinfo(self, access_token):
        answer = self._call(
            "GET",
            self._endpoints().userinfo,
            headers={"Authorization": f"Bearer {access_token}"},
        )
        if answer.status >= 500:
            raise Unavailable("status")
        if not answer.is_ok:
            raise ProviderError(errors.TECHNICAL, f"userinfo {answer.status}")
        return answer.text

    def _provider_error(self, values):
        code = values.get("error")
        detail = f"{errors.loggable(code)} {errors.incident(values)}".strip()
        return ProviderError(errors.page_for(code), detail)
