"""The fixed form: its fields, what fills them first, the order of its errors."""

from odoo.addons.grc_base.const import KINDS

from ..const import (
    ADDRESS_FIELDS,
    CONTACT_FIELDS,
    IDENTITY_FIELDS,
    REQUEST_FIELDS,
)
from .common import citizen, typed


def kinds_of(prestation):
    """Return the kinds of citizens that may file the prestation."""
    kinds = [kind for kind, _label in KINDS if prestation[f"for_{kind}"]]
    return kinds or ["person"]


def fields_of(kind):
    """Return the names of the fields of the form, in its order."""
    return (
        *IDENTITY_FIELDS[kind],
        *ADDRESS_FIELDS,
        *CONTACT_FIELDS,
        *REQUEST_FIELDS,
    )


def form_values(prestation, post):
    """Return what was typed, and in whose name.

    :param dict post: the form as received
    """
    kinds = kinds_of(prestation)
    kind = post.get("requester_kind")
    kind = kind if kind in kinds else kinds[0]
    typed_values = {name: typed(post, name) for name in fields_of(kind)}
    return {"requester_kind": kind} | typed_values


def prefilled(kind):
    """Return what the account holds of the citizen, for the empty form.

    The form may change it for this time: the account does not change.
    """
    partner = citizen()
    if not partner:
        return {"requester_kind": kind}
    values = {
        "street": partner.street,
        "street2": partner.street2,
        "zip": partner.zip,
        "city": partner.city,
        "country_code": partner._grc_country_code(),
        "email_used": partner.email,
        "phone": partner.phone,
    } | _prefilled_identity(partner, kind)
    return {name: value or "" for name, value in values.items()} | {
        "requester_kind": kind
    }


def _prefilled_identity(partner, kind):
    family = partner.grc_usage_name or partner.grc_birth_name
    given = partner._grc_first_name()
    if kind == partner.grc_kind and kind != "person":
        return {
            "requester_organization": partner.name,
            "requester_siret": partner.grc_siret,
            "requester_rna": partner.grc_rna,
            "requester_lastname": family,
            "requester_firstname": given,
        }
    first, _space, rest = (partner.name or "").partition(" ")
    return {
        "requester_lastname": family or rest or first,
        "requester_firstname": given or (rest and first),
    }


def listed_errors(kind, errors, refused):
    """Return the errors in the order of the page, for their summary.

    :param dict errors: ``{field: message}``
    :param refused: one message for each file refused
    :return: ``(identifier to go to, message)`` of each
    """
    order = fields_of(kind)
    found = [(name, errors[name]) for name in order if name in errors]
    found += [("files", message) for message in refused]
    found += [
        ("formulaire", message) for name, message in errors.items() if name not in order
    ]
    return found
