"""API Particulier: what is read of an answer, what its errors mean, whose file it is.

The people are those of the simulator, or invented. CRPA R114-9-7: exchanges are kept
36 months.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from fc_provider import but
from grc_rules.grc_form.data.base import DataError, Settings
from grc_rules.grc_franceconnect import exchanges, holders
from grc_rules.grc_franceconnect.dgfip import Dgfip
from grc_rules.grc_franceconnect.services import SERVICES

SIMULATED = json.loads(
    (Path(__file__).parents[1] / "simulators/data/particulier.json").read_text()
)
CONNECTORS = {connector.code: connector for connector in SERVICES}
BENEFITS = ("rsa", "prime_activite", "asf", "aah", "aeeh", "css")
QF = CONNECTORS["quotient_familial"]
SETTINGS = Settings(recipient="21990000800018")


def answer(told):
    return json.dumps({"data": told, "links": {}, "meta": {}}).encode()


def error(code):
    return json.dumps({"errors": [{"code": code, "title": "x"}]}).encode()


def family(**changes):
    return answer(SIMULATED["amelie"]["quotient_familial"] | changes)


def holder(**changes):
    told = {
        "nom_naissance": "DUBOIS",
        "nom_usage": None,
        "prenoms": "ANGELA CLAIRE LOUISE",
        "date_naissance": "1962-08-24",
        "sexe": "F",
    }
    return holders.person(told | changes)


# === WHAT IS ASKED === #


@pytest.mark.parametrize("connector", SERVICES, ids=lambda one: one.code)
def test_the_token_alone_says_of_whom(connector):
    asked = connector.ask("", SETTINGS)
    assert asked.path.endswith("/france_connect")
    assert asked.params == {"recipient": "21990000800018"}
    assert connector.needs_token and connector.key is None


@pytest.mark.parametrize("connector", SERVICES, ids=lambda one: one.code)
def test_what_proves_something_is_something_that_is_told(connector):
    codes = {datum.code for datum in connector.data}
    assert set(connector.essential) <= codes
    assert set(connector.scopes_by_datum) <= codes
    is_private = connector.code in BENEFITS
    assert all(datum.is_sensitive for datum in connector.data) is is_private


def test_the_scopes_are_those_of_the_data_and_no_other():
    asked = QF.scopes_for(["valeur", "fournisseur"])
    assert asked == ("cnaf_allocataires", "cnaf_quotient_familial")
    assert "cnaf_adresse" not in QF.scopes_for(["nombre_enfants"])
    assert set(QF.scopes_for(["adresse"])) == {"cnaf_allocataires", "cnaf_adresse"}
    rsa = CONNECTORS["rsa"]
    assert rsa.scopes_for(["est_beneficiaire"]) == ("revenu_solidarite_active",)


# === WHAT IS READ === #


def test_a_quotient_is_read():
    assert QF.read(200, family()) == {
        "valeur": 872,
        "fournisseur": "caf",
        "mois": "11/2026",
        "nombre_enfants": 2,
        "adresse": {"street": "12 RUE DES LILAS", "zip": "99000", "city": "ADMIVILLE"},
    }


def test_what_is_not_granted_is_not_told():
    bare = answer({"quotient_familial": {"valeur": 0, "fournisseur": "MSA"}})
    assert QF.read(200, bare) == {"valeur": 0, "fournisseur": "msa"}


@pytest.mark.parametrize(
    "value", [None, True, "872", -1, 10**9, 872.5, float("nan"), [872], {"a": 1}]
)
def test_an_odd_value_is_left_out(value):
    told = QF.read(200, family(quotient_familial={"valeur": value}))
    assert "valeur" not in told and "mois" not in told


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"data": 3}', b'{"data": null}', b"[" * 99999]
)
@pytest.mark.parametrize("connector", SERVICES, ids=lambda one: one.code)
def test_an_answer_that_is_none_is_malformed(connector, body):
    with pytest.raises(DataError) as raised:
        connector.read(200, body)
    assert raised.value.code == "malformed"


def test_what_prices_of_creches_are_computed_from():
    told = {"parametres_calcul_participation_familiale": SIMULATED["amelie"]["eaje"]}
    assert CONNECTORS["participation_eaje"].read(200, answer(told)) == {
        "ressources": "31250.50",
        "annee": 2025,
        "enfants_a_charge": 2,
        "enfants_handicapes": 0,
    }


def test_a_benefit_is_read():
    told = {"est_beneficiaire": True, "date_debut_droit": "2026-01-01"}
    found = CONNECTORS["asf"].read(200, answer(told))
    assert found == {"est_beneficiaire": True, "depuis": "2026-01-01"}
    odd = {"est_beneficiaire": "oui", "date_debut_droit": "2026-00-01"}
    assert CONNECTORS["asf"].read(200, answer(odd)) == {}


def test_a_student_and_a_scholarship_are_read():
    ines = SIMULATED["etudiante"]
    student = CONNECTORS["statut_etudiant"].read(200, answer(ines["statut_etudiant"]))
    assert student["est_etudiant"] is True and student["jusqu_au"] == "2027-08-31"
    none = CONNECTORS["statut_etudiant"].read(200, answer({"admissions": []}))
    assert none == {"est_etudiant": False}
    grant = CONNECTORS["etudiant_boursier"].read(200, answer(ines["etudiant_boursier"]))
    assert grant["echelon"] == "6" and grant["est_boursier"] is True
    assert "ines.roux@example.com" not in json.dumps(grant)


# === ERRORS === #


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, "00101", "expired"),
        (401, "00103", "expired"),
        (401, "00105", "expired"),
        (403, "00100", "misconfigured"),
        (404, "37003", "not_found"),
        (404, "26003", "not_found"),
        (404, "00404", "unavailable"),
        (409, "00015", "busy"),
        (422, "00203", "misconfigured"),
        (422, "00366", "misconfigured"),
        (429, "00429", "too_many"),
        (502, "37999", "unavailable"),
        (504, "00501", "unavailable"),
        (302, "", "misconfigured"),
    ],
)
def test_each_error_has_its_meaning(status, code, expected):
    with pytest.raises(DataError) as raised:
        QF.read(status, error(code))
    assert raised.value.code == expected


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"errors": []}', b'{"errors": 3}'])
def test_an_error_without_a_code_is_no_absence_of_file(body):
    with pytest.raises(DataError) as raised:
        QF.read(404, body)
    assert raised.value.code == "unavailable"


def test_the_tax_connector_waits_for_its_contract():
    dgfip = Dgfip()
    assert not dgfip.is_ready and not dgfip.data
    for call in (lambda: dgfip.ask("", SETTINGS), lambda: dgfip.read(200, b"{}")):
        with pytest.raises(DataError) as raised:
            call()
        assert raised.value.code == "misconfigured"


# === WHOSE FILE === #


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"prenoms": "angéla"},
        {"nom_naissance": "Du Bois"},
        {"nom_naissance": "MARTIN", "nom_usage": "DUBOIS"},
        {"date_naissance": "1962-08-00"},
        {"date_naissance": "1962-00-00"},
        {"date_naissance": None},
        {"date_naissance": ""},
        {"sexe": None},
    ],
)
def test_the_citizen_is_recognised_among_the_holders(changes):
    other = holder(prenoms="PAUL", sexe="M", date_naissance="1960-01-02")
    assert holders.is_among((other, holder(**changes)), but())


@pytest.mark.parametrize(
    "changes",
    [
        {"nom_naissance": "MARTIN"},
        {"prenoms": "PAUL"},
        {"prenoms": None},
        {"nom_naissance": None},
        {"date_naissance": "1962-08-25"},
        {"date_naissance": "1963-00-00"},
        {"sexe": "M"},
    ],
)
def test_somebody_else_s_file_is_not_hers(changes):
    assert not holders.is_among((holder(**changes),), but())
    assert not holders.is_among((), but())


def test_holders_are_read_when_the_service_tells_them():
    assert [one.given_names[0] for one in QF.holders(family())] == ["AMELIE", "PAUL"]
    assert CONNECTORS["rsa"].holders(answer({})) is None
    for told in ({}, {"allocataires": 3}, {"allocataires": [1]}):
        with pytest.raises(DataError):
            QF.holders(answer(told))


def test_the_trace_of_an_exchange_is_kept_36_months():
    assert exchanges.kept_until(date(2026, 11, 25)) == date(2029, 11, 25)
    assert exchanges.kept_until(date(2028, 2, 29)) == date(2031, 2, 28)
