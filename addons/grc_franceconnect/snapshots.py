"""A pivot identity as it is kept beside a link: names as received."""

from .rules.pivot import Pivot


def as_snapshot(pivot):
    """Return a pivot identity as it is kept: names as received."""
    return {
        "given_names": list(pivot.given_names),
        "family_name": pivot.family_name,
        "preferred_username": pivot.preferred_username,
        "birth_date": pivot.birth_date,
        "gender": pivot.gender,
        "birth_place": pivot.birth_place,
        "birth_country": pivot.birth_country,
        "is_date_certain": pivot.is_date_certain,
    }


def as_pivot(snapshot):
    """Return the pivot identity that a snapshot keeps."""
    values = dict(snapshot or {})
    values["given_names"] = tuple(values.get("given_names") or ())
    return Pivot(**values)
