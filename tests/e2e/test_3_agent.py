"""An agent takes a request, writes to the citizen and decides; the citizen reads it."""

import re

import pytest
from playwright.sync_api import expect

from . import backend
from .mails import text_of
from .people import (
    ADMINISTRATOR,
    CITIZEN,
    CIVIL_AGENT,
    DESK_AGENT,
    SCHOOL_HEAD,
    sign_in,
)
from .portal import CANTEEN, fill, identifier, open_form, proceed, send
from .servers import REFUSAL

REQUEST = {
    "subject": "Cantine pour Léo",
    "description": "Léo mangera à la cantine chaque jour dès lundi.",
}
MESSAGE = "Bonjour, quel jour Léo commence-t-il ?"
REASON = "Une place est libre à l’école des Tilleuls."
CLOSED = re.compile("Clo|clo|Clô")
ANSWER = "Bonjour, Léo est inscrit à la cantine dès lundi."


@pytest.fixture(scope="session")
def filed(people):
    """Return (number, address on the portal) of a request for the canteen."""
    page = people.open(CITIZEN)
    open_form(page, CANTEEN)
    fill(page, REQUEST)
    proceed(page)
    number = send(page)
    page.click("#grc-account-offer a")
    expect(page.locator("#grc-state")).to_be_visible()
    return number, f"/my/demandes/{identifier(page)}"


def test_agent_of_another_service_does_not_find_it(people, check, filed):
    number, _address = filed
    page = people.open(CIVIL_AGENT)
    backend.open_list(page, "/odoo/demandes")
    backend.search(page, number)
    expect(page.locator(backend.ROW)).to_have_count(0)
    check.backend(page, "agent-liste-vide")


def test_agent_signs_in(people, visitor, check):
    visitor.goto("/odoo")
    sign_in(visitor, CIVIL_AGENT, people.logins[CIVIL_AGENT])
    expect(visitor.locator(".o_menu_brand, .o_app").first).to_be_visible()
    backend.settle(visitor)
    check.backend(visitor, "agent-premier-ecran")


def test_agent_handles_the_request(people, check, filed, mailbox, expected_log):
    expected_log.append(REFUSAL)
    number, _address = filed
    page = people.open(SCHOOL_HEAD)
    backend.open_list(page, "/odoo/demandes")
    check.backend(page, "agent-liste")
    page.click("button.o_switch_view.o_kanban")
    backend.settle(page)
    check.backend(page, "agent-tableau")
    backend.open_request(page, number)
    check.backend(page, "agent-demande")
    _closing_is_refused(page)
    backend.press(page, "action_take")
    backend.settle(page)
    assert "Lemoine" in backend.read(page, "agent_id")
    _closing_is_refused(page)
    check.for_readme(page, "agent")
    modal = backend.hotkey(page, "m")
    check.backend(page, "agent-message", within=".modal")
    backend.fill(modal, "body", MESSAGE)
    if not backend.field(modal, "subject").input_value():
        backend.fill(modal, "subject", "Votre demande")
    backend.finish(page, modal, "action_send")
    (mail,) = mailbox.wait(CITIZEN, MESSAGE)
    assert number in f"{mail['Subject']} {text_of(mail)}"
    _closing_is_refused(page)
    _decide(page, check)
    (mail,) = mailbox.wait(CITIZEN, ANSWER)
    assert REASON in text_of(mail) or number in f"{mail['Subject']} {text_of(mail)}"
    check.backend(page, "agent-demande-decidee")
    backend.tab(page, "deliveries")
    check.backend(page, "agent-envois")
    backend.tab(page, "history")
    check.backend(page, "agent-historique")


def _closing_is_refused(page):
    """Try the last step of the bar: nothing closes without an outcome."""
    assert not page.locator("button[name=action_close]:visible").count()
    last = page.locator(".o_field_widget[name=stage_id] button", has_text=CLOSED).first
    if last.is_enabled():
        last.click()
        assert backend.refusal(page)
        backend.discard(page)
    expect(last).not_to_have_class(re.compile("o_arrow_button_current"))


def _decide(page, check):
    modal = backend.hotkey(page, "d")
    backend.press(modal, "action_decide")  # nothing is filled: nothing is decided
    expect(modal).to_be_visible()
    check.backend(page, "agent-decision", within=".modal")
    modal.locator(".o_field_widget[name=outcome] input[type=radio]").first.check()
    backend.fill(modal, "reason", REASON)
    backend.fill(modal, "message", ANSWER)
    backend.finish(page, modal, "action_decide")


def test_citizen_reads_the_decision(people, check, filed):
    number, address = filed
    page = people.open(CITIZEN)
    page.goto(address)
    expect(page.locator("h1")).to_contain_text(number)
    expect(page.locator("#grc-decision")).to_contain_text(REASON)
    expect(page.locator("#echanges")).to_contain_text(MESSAGE)
    expect(page.locator("#echanges")).to_contain_text(ANSWER)
    check.page(page, "ma-demande-decidee")
    check.for_readme(page, "citizen")


@pytest.mark.parametrize("login", [SCHOOL_HEAD, DESK_AGENT, ADMINISTRATOR])
def test_every_screen_of_the_menus(people, check, login):
    page = people.open(login)
    backend.open_list(page, "/odoo/demandes")
    ways = backend.all_menus(page)
    assert len(ways) > 5
    for way in ways:
        backend.open_menu(page, *way)
        who, screen = login.partition(".")[0], way[-1].rpartition(".")[2]
        check.backend(page, f"menu-{who}-{screen}")
        backend.close_dialog(page)


def test_agent_opens_a_citizen(people, check):
    page = people.open(SCHOOL_HEAD)
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_citizens")
    backend.open_row(page, "Roussel")
    check.backend(page, "agent-usager")
