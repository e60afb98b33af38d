"""API Particulier and the public registers."""

import pytest
import requests

from ..openid import SCOPES, Browser
from ..servers import wait_until

QF = "cnaf_quotient_familial cnaf_allocataires cnaf_enfants cnaf_adresse"
SIRET = "21990000800018"


def family(simulator, token, recipient=SIRET, path="dss/quotient_familial", **query):
    return requests.get(
        f"{simulator.url}/v3/{path}/france_connect",
        params={"recipient": recipient, **query},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )


def end_of(calls) -> list[requests.Response]:
    """Return the next answer if it is a refusal: such an answer is false by itself."""
    answer = next(calls)
    return [] if answer.ok else [answer]


def error_of(answer: requests.Response) -> str:
    return answer.json()["errors"][0]["code"]


def token_of(town, person: str, scopes: str) -> str:
    with Browser() as citizen:
        found = town.sign_in(citizen, person, scope=f"{SCOPES} {scopes}")
    return found["tokens"]["access_token"]


def test_family_quotient(simulator, town):
    token = token_of(town, "amelie", QF)
    data = family(simulator, token).json()["data"]
    assert set(data) == {"allocataires", "enfants", "adresse", "quotient_familial"}
    assert data["quotient_familial"]["valeur"] == 872
    past = family(simulator, token, annee="2025", mois="6").json()["data"]
    assert past["quotient_familial"]["annee"] == 2025
    assert error_of(family(simulator, token, recipient="123")) == "00203"
    assert error_of(family(simulator, "x" * 43)) == "00101"
    path = "dss/participation_familiale_eaje"
    data = family(simulator, token, path=path).json()["data"]
    assert data["parametres_calcul_participation_familiale"]


def test_scopes_limit_data(simulator, town):
    token = token_of(town, "amelie", "cnaf_quotient_familial")
    assert set(family(simulator, token).json()["data"]) == {"quotient_familial"}
    answer = family(simulator, token, path="dss/revenu_solidarite_active")
    assert (answer.status_code, error_of(answer)) == (403, "00100")


@pytest.mark.parametrize(
    ("person", "status", "code"),
    [
        ("usage", 404, "37003"),
        ("jumeau_1", 404, "37003"),
        ("compose", 502, "37999"),
        ("paul", 504, "00501"),
        ("mois_seul", 409, "00015"),
        ("outre_mer", 429, "00429"),
        ("etranger", 422, "00366"),
    ],
)
def test_data_error_of_a_citizen(simulator, town, person, status, code):
    answer = family(simulator, token_of(town, person, QF))
    assert (answer.status_code, error_of(answer)) == (status, code)


def test_student(simulator, town):
    scopes = "revenu_solidarite_active revenu_solidarite_active_majoration"
    scopes += " mesri_admission cnous_statut_boursier cnous_echelon_bourse"
    token = token_of(town, "etudiante", scopes)
    found = {
        path: family(simulator, token, path=path).json()["data"]
        for path in (
            "dss/revenu_solidarite_active",
            "mesri/statut_etudiant",
            "cnous/etudiant_boursier",
        )
    }
    assert found["dss/revenu_solidarite_active"]["avec_majoration"]
    assert found["mesri/statut_etudiant"]["admissions"][0]["est_inscrit"]
    assert set(found["cnous/etudiant_boursier"]) == {"est_boursier", "echelon_bourse"}


def test_planned_data_error(simulator, town):
    token = token_of(town, "amelie", QF)
    simulator.fault("particulier", "error", status=504, code="00501")
    assert error_of(family(simulator, token)) == "00501"
    assert family(simulator, token).status_code == 200


def test_registers(simulator):
    def read(path, **query):
        return requests.get(f"{simulator.url}/{path}", params=query, timeout=10)

    found = read("entreprises/search", q="lavoir").json()
    assert found["results"][0]["siege"]["siret"] == "90000001900019"
    assert read("entreprises/search", q="a").status_code == 400
    rna = "associations/v4/djepva/api-association/associations/open_data"
    assert read(f"{rna}/W999000003").json()["data"]["siren"] is None
    assert read(f"{rna}/W999000009").status_code == 404
    found = read("adresses/search/", q="12 rue des lil", limit=1).json()
    [feature] = found["features"]
    assert feature["properties"]["label"] == "12 rue des Lilas 99000 Admiville"
    assert read("adresses/search/", q="?").status_code == 400
    simulator.fault("adresses", "status_503")
    assert read("adresses/search/", q="rue").status_code == 503


def test_home_page_names_everybody(simulator):
    page = requests.get(f"{simulator.url}/", timeout=10)
    for key in simulator.control("people")["people"]:
        assert f"<code>{key}</code>" in page.text
    assert "<script>" not in page.text


def test_access_token_dies(simulator, town, citizen):
    simulator.control("settings", access_token=1)
    scope = f"{SCOPES} {QF}"
    request = town.request(scope=scope)
    code = town.choose(citizen, request, person="amelie")["code"]
    token = town.exchange(code).json()["access_token"]
    calls = (family(simulator, token) for _call in range(1000))
    late = wait_until(lambda: end_of(calls), "the end of a token")[0]
    assert (late.status_code, error_of(late)) == (401, "00103")
    answer = town.userinfo(token)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
