"""What every controller of the portal needs: the town, the session, the form."""

import hashlib
import re
import secrets

from werkzeug.exceptions import NotFound

from odoo.http import request

from ..const import DEFAULT_MAX_LENGTH, FORM_SLACK, MAX_LENGTH

_TOKEN = re.compile(r"[\w-]{32}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def town():
    """Return the local authority whose website is visited."""
    return request.env["website"].get_current_website()._grc_town()


def catalogue_sudo():
    # sudo: the public has no right on the catalogue; every method called on it
    # keeps to the published prestations of the town
    return request.env["grc.prestation"].sudo().with_company(town())


def published_prestation(slug):
    """Return the prestation that an address names.

    :raise NotFound: when the public may not see it, or there is none
    """
    prestation_sudo = catalogue_sudo()._grc_from_slug(slug, town())
    if not prestation_sudo:
        raise NotFound()
    return prestation_sudo


def citizen():
    """Return the citizen signed in, empty for a visitor."""
    user = request.env.user
    return user.browse().partner_id if user._is_public() else user.partner_id


# === SESSION AND DRAFTS === #


def session_hash(create=False):
    """Return the fingerprint of the secret of this browser session.

    :param bool create: make the secret when the session has none yet
    """
    secret = request.session.get("grc_portal_secret")
    if not secret and create:
        secret = secrets.token_urlsafe(32)
        request.session["grc_portal_secret"] = secret
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def new_token():
    return secrets.token_urlsafe(24)


def drafts_sudo():
    # sudo: nobody has rights on drafts; they are opened by token and session
    return request.env["grc.request.draft"].sudo()


def open_draft(token, **criteria):
    """Return the draft of this session, empty when the token names none."""
    if not _TOKEN.fullmatch(token or ""):
        return drafts_sudo()
    return drafts_sudo()._open(token, session_hash(), citizen(), **criteria)


def ensure_draft(token, **criteria):
    """Return the draft of this session, made when it does not exist yet.

    :raise NotFound: when the token is malformed, or belongs to somebody else
    """
    if not _TOKEN.fullmatch(token or ""):
        raise NotFound()
    draft_sudo = open_draft(token, **criteria)
    if draft_sudo:
        if not draft_sudo.partner_id:
            draft_sudo.partner_id = citizen()
        return draft_sudo
    if drafts_sudo().search_count([("token", "=", token)]):
        raise NotFound()
    return drafts_sudo()._start(
        {
            "token": token,
            "session_hash": session_hash(create=True),
            "company_id": town().id,
            "partner_id": citizen().id,
        }
        | {name: record.id for name, record in criteria.items()}
    )


# === FORMS === #


def typed(post, name):
    """Return a text of the form: trimmed, its lines ended the same way."""
    text = post.get(name)
    if not isinstance(text, str):
        return ""
    return _CONTROLS.sub("", text.replace("\r\n", "\n")).strip()


def length_errors(values):
    """Return ``{field: message}`` of the texts that are too long to be kept."""
    errors = {}
    for name, text in values.items():
        limit = MAX_LENGTH.get(name, DEFAULT_MAX_LENGTH)
        if len(text) > limit:
            errors[name] = request.env._(
                "This text is too long: at most %(limit)s characters.", limit=limit
            )
    return errors


def uploaded_files(field="files"):
    """Return ``(file name, bytes)`` of each file given in one field of the form."""
    return [
        (_clean_name(storage.filename), storage.read())
        for storage in request.httprequest.files.getlist(field)
        if storage.filename
    ]


def _clean_name(name):
    name = _CONTROLS.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, extension = name.rpartition(".")
    return f"{stem[:150]}{dot}{extension[:10]}" if dot else name[:150]


def largest_sending(_controller):
    """Return how many bytes a form with files may weigh."""
    company = town()
    return company.grc_max_files * company.grc_max_file_mb * 1024**2 + FORM_SLACK
