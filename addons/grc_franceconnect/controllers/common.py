"""What the doors of the sign-in share: the browser, the failures, the session."""

import logging
import secrets
import time
from urllib.parse import urlencode

from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.grc_base.client import Unavailable
from odoo.addons.grc_portal.controllers.common import town
from odoo.addons.web.controllers.utils import _get_login_redirect_url

from ..const import CREDENTIAL, FRESH_SECONDS
from ..models.grc_identity_client_mixin import ProviderError
from ..models.grc_identity_transaction import TooMany
from ..rules import authorization, errors
from ..rules.refusal import Refused
from ..ticket import Ticket

_logger = logging.getLogger(__name__)
# Pages of ours, beside those of ``errors.PAGES``.
EXPIRED, TAKEN, BUSY, UNKNOWN_AGENT = "expired", "taken", "busy", "unknown_agent"
LINK_OVER = "link_over"
OUR_PAGES = (EXPIRED, TAKEN, BUSY, UNKNOWN_AGENT, LINK_OVER)
# What a failure of the network or of the provider may raise.
FAILURES = (Refused, Unavailable, ProviderError, TooMany)


def providers():
    """Return the providers that the town offers."""
    return request.env["grc.identity.provider"]._for_town(town())


def provider_named(text):
    """Return the provider that a form names, that of the citizens by default."""
    offered = providers()
    named = offered.filtered(lambda provider: str(provider.id) == (text or ""))
    return named or offered.filtered(lambda p: p.audience == "citizens")[:1]


def name_of(provider):
    """Return what a page calls a provider."""
    return provider.name or "FranceConnect"


def transactions():
    # sudo: nobody has rights on them; each is opened by its state and its browser
    return request.env["grc.identity.transaction"].sudo()


def identities():
    # sudo: nobody writes them but our own methods, on what was verified
    return request.env["grc.identity"].sudo()


def browser_secret(create=False):
    """Return the secret of this session, that nothing outside the server knows."""
    secret = request.session.get("grc_identity_secret")
    if not secret and create:
        secret = secrets.token_urlsafe(32)
        request.session["grc_identity_secret"] = secret
    return secret or ""


def leave(provider, purpose, **options):
    """Send the browser to the provider.

    :param options: see ``grc.identity.transaction._leave``
    """
    back = options.get("return_path")
    try:
        url = transactions()._leave(
            provider,
            browser_secret(create=True),
            purpose,
            source=request.httprequest.remote_addr,
            **options,
        )
    except FAILURES as failure:
        return failed(failure, back, provider)
    return request.redirect(url, code=303, local=False)


def failed(failure, back=None, provider=None):
    """Write what may be written of a failure, and lead to the page that explains it.

    :param failure: one of ``FAILURES``, or the name of a page
    :param str back: where the citizen was
    :param provider: the provider it is about, which the page names; its
        administrators are called when they can mend it
    """
    page, detail = _explained(failure)
    if provider and errors.is_for_administrator(page):
        provider._report_incident(detail)
    reference = secrets.token_hex(4).upper()
    level = logging.ERROR if errors.is_for_administrator(page) else logging.INFO
    _logger.log(level, "Sign-in %s ended: %s %s", reference, page, detail)
    query = {"motif": page, "ref": reference, "retour": authorization.safe_return(back)}
    if provider:
        query["chez"] = provider.id
    return request.redirect(f"/franceconnect/incident?{urlencode(query)}", code=303)


def _explained(failure):
    if isinstance(failure, str):
        return failure, ""
    if isinstance(failure, Refused):
        return errors.page_for_refusal(failure.code), failure.code
    if isinstance(failure, Unavailable):
        return errors.UNAVAILABLE, failure.code
    if isinstance(failure, TooMany):
        return BUSY, ""
    return failure.page, failure.detail


def open_session(provider, user, verified, path):
    """Open the session of ``user``; its identifier changes.

    :param Verified verified: who came back; only its id_token is kept, here
    """
    if request.session.uid and request.session.uid != user.id:
        request.session.logout(keep_db=True)
    ticket = Ticket(provider.id, user.id)
    credential = {"type": CREDENTIAL, "login": user.login, "ticket": ticket}
    try:
        auth = request.session.authenticate(request.env, credential)
    except AccessDenied:
        return failed(errors.TECHNICAL, path)
    remember(provider, verified)
    return request.redirect(_get_login_redirect_url(auth["uid"], path), code=303)


def remember(provider, verified):
    """Keep in the session of the server what its end, and a proof, will need."""
    now = time.time()
    request.session["grc_identity"] = {
        "provider": provider.id,
        "id_token": verified.id_token,
        "at": now,
        "seen": now,
        "fresh": now,
    }


def is_fresh():
    """Tell whether the identity was proved less than five minutes ago."""
    opened = request.session.get("grc_identity") or {}
    return time.time() - opened.get("fresh", 0) < FRESH_SECONDS
