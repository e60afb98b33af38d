"""« Recherche d'entreprises »: what the register Sirene says of a company, by SIRET."""

from .base import Ask, Connector, DataError, Datum, Settings, plain, read_as

HIDDEN = "[NON-DIFFUSIBLE]"


class Sirene(Connector):
    """Be the public search of companies: no token, names of people left aside.

    Source: API « Recherche d'entreprises » (DINUM), /search; C. com. art. R123-222
    """

    code = "sirene"
    base_url = "https://recherche-entreprises.api.gouv.fr"
    key = "siret"
    # The State's own interministerial directorate for digital affairs.
    test_key = "13002526500013"
    essential = ("name", "is_open")
    data = (
        Datum("name", "text"),
        Datum("address", "address"),
        Datum("commune", "commune"),
        Datum("activity", "text"),
        Datum("legal_form", "text"),
        Datum("created_on", "date"),
        Datum("is_open", "yes_no"),
        Datum("rna", "rna"),
    )

    def ask(self, key: str, settings: Settings) -> Ask:
        """Return the search of one establishment.

        Source: API « Recherche d'entreprises », /search
        """
        return Ask("/search", {"q": key, "page": "1", "per_page": "5"})

    def _values(self, answer, key):
        company, place = _found(answer["results"], key)
        code = plain(place.get("commune"), 5)
        return {
            "name": _shown(company.get("nom_raison_sociale"))
            or _shown(company.get("nom_complet")),
            "address": _address(place),
            "commune": read_as("commune", {"insee": code}) if code else None,
            "activity": _shown(place.get("activite_principale")),
            "legal_form": _shown(company.get("nature_juridique")),
            "created_on": plain(place.get("date_creation"), 10) or None,
            "is_open": {"A": True, "F": False, "C": False}.get(
                place.get("etat_administratif")
            ),
            "rna": _shown((company.get("complements") or {}).get(_RNA), 10),
        }


_RNA = "identifiant_association"


def _found(results, siret):
    """Return the company and the establishment that have this SIRET, and no other."""
    for company in results[:25]:
        places = company.get("matching_etablissements") or []
        for place in (*places[:100], company.get("siege") or {}):
            if place.get("siret") == siret:
                return company, place
    raise DataError("not_found")


def _shown(value, limit=250):
    text = plain(value, limit)
    return None if not text or HIDDEN in text else text


def _address(place):
    """Return the address: « 5 RUE DU FOUR 99000 ADMIVILLE » without its last line."""
    code, town = _shown(place.get("code_postal"), 5), _shown(place.get(_TOWN), 100)
    line = _shown(place.get("adresse"))
    if not (code and town and line):
        return None
    street = line.removesuffix(f"{code} {town}").strip(" ,")
    return read_as("address", {"street": street, "zip": code, "city": town})


_TOWN = "libelle_commune"
