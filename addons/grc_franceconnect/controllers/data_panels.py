"""What a page says of an administration that can answer in the citizen's place."""

from odoo.fields import Datetime
from odoo.http import request

from odoo.addons.grc_base.days import day_in_full

from .common import identities

# What ended, and may be tried again.
_TRIED_AGAIN = ("expired", "unavailable", "left")


def data_panel(draft, page, connector, wanted):
    """Return what the panel of one service says, None when it says nothing.

    :param grc.request.draft draft: the form
    :param dict page: of the schema
    :param str connector: code of the service
    :param dict wanted: see ``grc.request.draft._token_wanted``
    :rtype: dict | None
    """
    source = request.env["grc.data.source"]._for(draft.company_id, connector)
    kept = (draft.data_values or {}).get(connector) or {}
    provider = source and source._franceconnect()
    status = kept.get("status") or ""
    if not kept and not (provider and _is_asked(draft, page, connector)):
        return None
    can_ask = bool(provider) and (not status or status in _TRIED_AGAIN)
    panel = {
        "code": connector,
        "name": source.name or source._connector_texts().get(connector, ""),
        "status": status,
        "can_ask": can_ask,
        "who": _who(draft, provider),
        "has_piece": bool(wanted["pieces"]),
        "data": [
            (f"{connector}.{code}", source._datum_text(connector, code))
            for code in wanted["codes"]
        ],
        "first_id": f"grc-datum-{connector}.{wanted['codes'][0]}",
        "error": "",
        "is_back": request.params.get("donnees") == connector,
        "lines": [],
        "at": "",
        "wording": "",
    }
    if can_ask:
        panel["wording"] = request.env["grc.data.consent"]._wording(
            draft.prestation_id, source
        )
        if request.params.get("choisir") == connector:
            panel["error"] = request.env._(
                "Tick at least one datum, or answer by yourself."
            )
    return panel | _received(draft, kept)


def is_linked(provider):
    """Tell whether the account of this session is linked to ``provider``."""
    return bool(
        identities().search_count(
            [
                ("user_id", "=", request.env.uid),
                ("provider_id", "=", provider.id),
                ("state", "=", "active"),
            ],
            limit=1,
        )
    )


def _who(draft, provider):
    """Return who is there: ``trial``, ``visitor``, ``other`` account, ``linked``."""
    if draft.is_trial:
        return "trial"
    if request.env.user._is_public():
        return "visitor"
    return "linked" if provider and is_linked(provider) else "other"


def _is_asked(draft, page, connector):
    """Tell whether the page asks what the service can answer.

    A question that an answer of the same page hides may come: until that page is
    answered, the panel is there.
    """
    shown = draft._seen().shown
    items = draft._token_items(page, connector)
    if any(item["code"] in shown for item in items):
        return True
    answers = draft.answers or {}
    return not any(item["code"] in answers for item in page["items"])


def _received(draft, kept):
    # sudo: the trace of this form, opened by its own session
    consents_sudo = request.env["grc.data.consent"].sudo()
    consent = consents_sudo.browse(kept.get("consent") or []).exists()
    if not consent or consent.draft_id != draft:
        return {}
    zone = draft.company_id.grc_timezone
    local = Datetime.context_timestamp(
        consent.with_context(tz=zone), Datetime.to_datetime(kept["at"])
    )
    return {
        "lines": consent._told_lines(kept.get("values") or {}),
        "at": day_in_full(request.env, local.date(), weekday=False),
    }
