import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.grc_base.client import Answer, Unavailable
from odoo.addons.grc_form.models.grc_data_source_call import forget_rests

CALL = "odoo.addons.grc_form.models.grc_data_source_call.call"
SIRET, OTHER_SIRET, RNA = "90000002700012", "90000001900019", "W999000001"


def company(siret=SIRET, name="BAKERY", **more):
    """Return what « Recherche d'entreprises » answers of one company."""
    place = {
        "siret": siret,
        "adresse": "5 RUE DU FOUR 57000 METZ",
        "code_postal": "57000",
        "libelle_commune": "METZ",
        "commune": "57463",
        "date_creation": "2001-01-01",
        "etat_administratif": "A",
    }
    row = {"nom_raison_sociale": name, "siege": place, "matching_etablissements": []}
    return {"results": [row | more]}


def address(street="5 rue du Four", score=0.9):
    """Return what the national base answers of one address."""
    told = {
        "label": f"{street} 57000 Metz",
        "type": "housenumber",
        "name": street,
        "postcode": "57000",
        "city": "Metz",
        "citycode": "57463",
        "score": score,
    }
    place = {"type": "Point", "coordinates": [6.175, 49.119]}
    return {"features": [{"geometry": place, "properties": told}]}


class FakeServices:
    """Answer calls by what their address holds; keep what was called."""

    def __init__(self):
        self.answers, self.calls = {}, []

    def says(self, part, answer, status=200):
        self.answers[part] = (status, json.dumps(answer).encode())

    def fails(self, part, code="timeout"):
        self.answers[part] = code

    def call(self, method, url, **kwargs):
        self.calls.append((url, kwargs))
        asked = url + json.dumps(kwargs.get("params") or {})
        for part, answer in self.answers.items():
            if part in asked:
                if isinstance(answer, str):
                    raise Unavailable(answer)
                return Answer(*answer)
        return Answer(404, b"{}")


class DataMixin:
    """A town that uses the data services, which a fake answers for."""

    @classmethod
    def _use_sources(cls, *codes, **vals):
        sources = cls.env["grc.data.source"].with_context(active_test=False)
        found = sources.search(
            [("company_id", "=", cls.town.id), ("connector", "in", codes)]
        )
        found.write({"active": True} | vals)
        return found.sorted(lambda source: codes.index(source.connector))

    @contextmanager
    def services(self):
        """Replace the network by a fake.

        :rtype: FakeServices
        """
        fake = FakeServices()
        forget_rests()
        with patch(CALL, fake.call):
            yield fake
        forget_rests()
