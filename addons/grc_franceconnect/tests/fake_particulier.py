"""API Particulier on this machine: its answers, its errors, what it was asked."""

from urllib.parse import parse_qs, urlsplit

SUFFIX = "/france_connect"
QUOTIENT = "/v3/dss/quotient_familial"
AMELIE_FAMILY = {
    "allocataires": [
        {
            "nom_naissance": "BERNARD",
            "nom_usage": None,
            "prenoms": "AMELIE CLAIRE",
            "date_naissance": "1985-04-12",
            "sexe": "F",
        }
    ],
    "enfants": [
        {
            "nom_naissance": "BERNARD",
            "prenoms": "JADE",
            "date_naissance": "2016-02-07",
            "sexe": "F",
        }
    ],
    "adresse": {
        "numero_libelle_voie": "12 RUE DES LILAS",
        "code_postal_ville": "99000 ADMIVILLE",
    },
    "quotient_familial": {
        "fournisseur": "CNAF",
        "valeur": 872,
        "annee": 2026,
        "mois": 11,
    },
}


class FakeParticulier:
    """Answers who has the last token of its provider.

    :ivar dict told: data, by path
    :ivar list errors: ``(status, code)`` of the next answers; what is left is told
    :ivar list calls: ``(path, recipient, scopes granted)`` of each call
    """

    def __init__(self, provider):
        self.provider = provider
        self.told = {QUOTIENT: AMELIE_FAMILY}
        self.errors, self.calls = [], []

    def serves(self, path):
        return urlsplit(path).path.endswith(SUFFIX)

    def answer(self, path, headers):
        """Return ``(status, values)``."""
        parts = urlsplit(path)
        asked = parse_qs(parts.query)
        name = parts.path.removesuffix(SUFFIX)
        scopes = [call for kind, call in self.provider.calls if kind == "authorize"]
        granted = scopes[-1]["scope"].split() if scopes else []
        self.calls.append((name, asked.get("recipient", [""])[0], granted))
        if headers.get("Authorization") != f"Bearer {self.provider.access}":
            return self.error(401, "00101")
        if self.errors:
            return self.error(*self.errors.pop(0))
        if name not in self.told:
            return self.error(404, "37003")
        return 200, {"data": self.told[name], "links": {}, "meta": {}}

    def error(self, status, code):
        return status, {"errors": [{"code": code, "title": "x", "detail": "y"}]}
