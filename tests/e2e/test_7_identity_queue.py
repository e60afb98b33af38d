"""A doubtful identity: an agent compares, brings together, and takes it back."""

import pytest
from playwright.sync_api import expect

from . import backend
from . import identity as fc
from .people import CITIZEN, CIVIL_AGENT
from .portal import QUESTION, file_request
from .servers import REFUSAL

NAME = "Camille Roussel"
REQUEST = {
    "subject": "Haie à tailler",
    "description": "Devant l’école, elle déborde sur le trottoir.",
    "street": "14 rue des Tilleuls",
    "zip": "99000",
    "city": "Admiville",
    "email_used": CITIZEN,
}
PHONE = "01 99 00 45 12"
SEEN = "Carte d’identité présentée au guichet : même personne."
CASES = "grc_franceconnect.menu_grc_identity_case"
MERGES = "grc_franceconnect.menu_grc_citizen_merge"


@pytest.fixture(scope="module")
def kept():
    """Return what one journey leaves to the next."""
    return {}


def _open_case(page):
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "grc_base.menu_grc_followup", CASES)
    backend.open_row(page, NAME)


def _phone_of(page):
    page.goto("/my/account")
    return page.locator("input[name=phone]").input_value()


def test_who_looks_alike_gets_an_empty_account(visitor, franceconnect, kept):
    fc.connect(visitor, "camille")
    visitor.goto("/my/demandes")
    expect(visitor.locator(".o_grc_demands")).to_have_count(0)
    assert PHONE not in _phone_of(visitor)
    kept["number"] = file_request(visitor, QUESTION, REQUEST)


def test_agent_brings_both_together(people, check, expected_log, kept):
    expected_log.append(REFUSAL)
    page = people.open(CIVIL_AGENT)
    _open_case(page)
    compared = page.locator(".o_grc_compare")
    for text in ("ROUSSEL", "Camille, Jeanne", "17/04/1988", "Différent"):
        expect(compared).to_contain_text(text)
    check.backend(page, "identite-a-verifier")
    backend.press(page, "action_link")
    assert "Écrivez d’abord" in backend.refusal(page)
    backend.fill(page, "decision_reason", SEEN)
    check.for_docs(page, "identity-case", (1300, 900))
    backend.press(page, "action_link")
    backend.settle(page)
    expect(page.locator("button[name=action_link]:visible")).to_have_count(0)
    assert backend.read(page, "decided_by_id") == "Karim Benali"
    check.backend(page, "identite-reunie")


def test_citizen_finds_both_accounts_in_one(visitor, franceconnect, kept):
    fc.connect(visitor, "camille")
    visitor.goto("/my/demandes")
    expect(visitor.locator(".o_grc_demands")).to_contain_text(kept["number"])
    assert _phone_of(visitor) == PHONE


def test_agent_undoes_it(people, check):
    page = people.open(CIVIL_AGENT)
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "grc_base.menu_grc_followup", MERGES)
    check.backend(page, "usagers-reunis")
    backend.open_row(page, NAME)
    assert backend.read(page, "reason").strip() == SEEN
    check.backend(page, "usagers-reunis-fiche")
    backend.press(page, "action_undo")
    page.locator(".modal-footer .btn-primary").click()
    backend.settle(page)
    expect(page.locator("button[name=action_undo]:visible")).to_have_count(0)
    assert backend.read(page, "undone_by_id") == "Karim Benali"


def test_each_has_an_account_again(visitor, people, franceconnect, kept):
    fc.connect(visitor, "camille")
    visitor.goto("/my/demandes")
    expect(visitor.locator(".o_grc_demands")).to_contain_text(kept["number"])
    assert PHONE not in _phone_of(visitor)
    owner = people.open(CITIZEN)
    assert _phone_of(owner) == PHONE
    owner.goto("/my/demandes")
    expect(owner.get_by_text(kept["number"])).to_have_count(0)
