"""What the citizen is shown when a sign-in fails, and what may be logged."""

import re
from collections.abc import Mapping

# Never « dead », « unknown »: FranceConnect does not say why, and nobody guesses.
GAVE_UP, NOT_RECOGNISED = "gave_up", "not_recognised"
UNAVAILABLE, TECHNICAL = "unavailable", "technical"
CONFIGURATION, UNKNOWN = "configuration", "unknown"
PAGES = (GAVE_UP, NOT_RECOGNISED, UNAVAILABLE, TECHNICAL, CONFIGURATION, UNKNOWN)

_PAGES = {
    "access_denied": GAVE_UP,
    "interaction_required": GAVE_UP,
    "login_required": GAVE_UP,
    "consent_required": GAVE_UP,
    "account_selection_required": GAVE_UP,
    "temporarily_unavailable": UNAVAILABLE,
    "server_error": TECHNICAL,
    "invalid_grant": TECHNICAL,
    "invalid_token": TECHNICAL,
    "invalid_acr": CONFIGURATION,
    "invalid_idp_hint": CONFIGURATION,
    "invalid_request": CONFIGURATION,
    "invalid_request_object": CONFIGURATION,
    "invalid_request_uri": CONFIGURATION,
    "invalid_scope": CONFIGURATION,
    "invalid_client": CONFIGURATION,
    "invalid_redirect_uri": CONFIGURATION,
    "insufficient_scope": CONFIGURATION,
    "registration_not_supported": CONFIGURATION,
    "request_not_supported": CONFIGURATION,
    "request_uri_not_supported": CONFIGURATION,
    "unauthorized_client": CONFIGURATION,
    "unmet_authentication_requirements": CONFIGURATION,
    "unsupported_grant_type": CONFIGURATION,
    "unsupported_response_type": CONFIGURATION,
}
# Refusals of ours (refusal.CODES) that an administrator can mend.
_OUR_REFUSALS = {"acr", "algorithm", "discovery", "incomplete", "keys", "unsigned"}
# What an administrator mends, by the code of the provider or of a refusal of ours.
CLIENT, SCOPE, LEVEL, ADDRESS = "client", "scope", "level", "address"
SIGNATURE, DOCUMENT, OTHER = "signature", "document", "other"
INCIDENTS = (CLIENT, SCOPE, LEVEL, ADDRESS, SIGNATURE, DOCUMENT, OTHER)
_INCIDENTS = {
    "invalid_client": CLIENT,
    "unauthorized_client": CLIENT,
    "invalid_scope": SCOPE,
    "insufficient_scope": SCOPE,
    "incomplete": SCOPE,
    "invalid_acr": LEVEL,
    "unmet_authentication_requirements": LEVEL,
    "acr": LEVEL,
    "invalid_redirect_uri": ADDRESS,
    "algorithm": SIGNATURE,
    "unsigned": SIGNATURE,
    "discovery": DOCUMENT,
    "keys": DOCUMENT,
}
_NOT_RECOGNISED = "user authentication aborted"
_INCIDENT = re.compile(r"\bcode=(Y[0-9A-F]{6,8})(?:&(?:amp;)?id=([0-9a-fA-F-]{36}))?")


def page_for(error: object, description: object = "") -> str:
    """Return the page shown for an error of the provider, one of ``PAGES``.

    FranceConnect says ``access_denied`` both to who gave up (« User auth aborted »)
    and to whose identity the register did not recognise (« user authentication
    aborted »): only the description tells them apart. Nothing of it is shown.

    :param error: ``error`` of the return, or of the token endpoint
    :param description: ``error_description``

    Source: none (technical): OpenID Connect Core 3.1.2.6, RFC 6749 section 5.2.
    """
    if not isinstance(error, str):
        return UNKNOWN
    is_denied = error == "access_denied" and isinstance(description, str)
    if is_denied and _NOT_RECOGNISED in description[:500].lower():
        return NOT_RECOGNISED
    return _PAGES.get(error, UNKNOWN)


def page_for_refusal(code: str) -> str:
    """Return the page shown when we do not believe what we received.

    :param code: code of a ``Refused``

    Source: none (technical).
    """
    return CONFIGURATION if code in _OUR_REFUSALS else TECHNICAL


def is_for_administrator(page: str) -> bool:
    """Tell whether the failure is ours to mend: an error in the log, an activity.

    Source: none (technical).
    """
    return page == CONFIGURATION


def incident_kind(detail: object) -> str:
    """Return what an administrator has to mend, one of ``INCIDENTS``.

    :param detail: code of the provider or of a ``Refused``, then perhaps a number

    Source: none (technical).
    """
    words = detail.split() if isinstance(detail, str) else []
    return _INCIDENTS.get(words[0], OTHER) if words else OTHER


def loggable(error: object) -> str:
    """Return ``error`` when it is a known code, else ``other``.

    What comes back by the browser is an attacker's text, or a personal one.

    Source: none (technical); RGPD art. 5 (data minimisation).
    """
    return error if isinstance(error, str) and error in _PAGES else "other"


def incident(answer: Mapping) -> str:
    """Return the code and number that FranceConnect's support asks for.

    :param answer: JSON answer of an endpoint, with ``error_uri``
    :return: such as ``Y04EA6EF 5f3c…``, empty when there is none

    Source: none (technical).
    """
    uri = answer.get("error_uri")
    match = _INCIDENT.search(uri[:2000]) if isinstance(uri, str) else None
    return " ".join(filter(None, match.groups())) if match else ""
