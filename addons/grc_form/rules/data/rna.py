"""What the national register of associations says of one, by its RNA number."""

from .base import Ask, Connector, DataError, Datum, Settings, plain, read_as

# Words that API Entreprise wants of whoever asks.
_CONTEXT, _OBJECT = "GRC", "Instruction d'une demande"


class Rna(Connector):
    """Be the public data of associations, as API Entreprise gives them.

    Source: API Entreprise, v4/djepva/api-association, open_data; CRPA art. R112-9-1
    """

    code = "rna"
    base_url = "https://entreprise.api.gouv.fr"
    key = "rna"
    wants_key = wants_recipient = True
    # No association is sure to stay: the answer « not found » proves the service.
    test_key = "W751000000"
    essential = ("name", "is_active")
    data = (
        Datum("name", "text"),
        Datum("purpose", "long_text"),
        Datum("address", "address"),
        Datum("commune", "commune"),
        Datum("created_on", "date"),
        Datum("is_active", "yes_no"),
        Datum("is_public_utility", "yes_no"),
        Datum("siret", "siret"),
    )

    def ask(self, key: str, settings: Settings) -> Ask:
        """Return the reading of one association.

        Source: API Entreprise: bearer token, ``context``, ``object``, ``recipient``
        """
        params = {"context": _CONTEXT, "object": _OBJECT}
        if settings.recipient:
            params["recipient"] = settings.recipient
        headers = {}
        if settings.token:
            headers["Authorization"] = f"Bearer {settings.token}"
        path = f"/v4/djepva/api-association/associations/open_data/{key}"
        return Ask(path, params, headers)

    def _values(self, answer, key):
        told = answer["data"]
        if told["rna"] != key:
            raise DataError("malformed")
        place = told.get("adresse_siege") or {}
        code = plain(place.get("code_insee"), 5)
        is_active, is_useful = told.get("active"), told.get(_USEFUL)
        return {
            "name": plain(told.get("nom")) or None,
            "purpose": plain((told.get("activites") or {}).get("objet"), 2000) or None,
            "address": _address(place),
            "commune": read_as("commune", {"insee": code}) if code else None,
            "created_on": plain(told.get("date_creation"), 10) or None,
            "is_active": is_active if isinstance(is_active, bool) else None,
            "is_public_utility": is_useful if isinstance(is_useful, bool) else None,
            "siret": plain(told.get("siret_siege"), 14) or None,
        }


_USEFUL = "reconnue_utilite_publique"
_STREET = ("numero_voie", "type_voie", "libelle_voie")


def _address(place):
    street = " ".join(filter(None, (plain(place.get(part), 60) for part in _STREET)))
    raw = {
        "street": street,
        "street2": plain(place.get("complement"), 100),
        "zip": plain(place.get("code_postal"), 5),
        "city": plain(place.get("commune"), 100),
    }
    return read_as("address", raw)
