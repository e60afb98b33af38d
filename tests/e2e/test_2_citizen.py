"""A citizen with an account files, follows and answers."""

import pytest
from playwright.sync_api import expect

from .people import CITIZEN, OTHER_CITIZEN, sign_in
from .portal import (
    CANTEEN,
    PDF,
    QUESTION,
    SPACE,
    file_request,
    fill,
    identifier,
    open_form,
    proceed,
    send,
)

REQUEST = {
    "subject": "Benne devant le 14, rue des Tilleuls",
    "description": "Une benne de cinq mètres, du 4 au 6 mai.",
}


@pytest.fixture(scope="session")
def own_request(people):
    """Return the address of a request that the citizen filed."""
    page = people.open(CITIZEN)
    open_form(page, SPACE)
    expect(page.locator("#requester_lastname")).to_have_value("Roussel")
    expect(page.locator("#email_used")).to_have_value(CITIZEN)
    fill(page, REQUEST)
    proceed(page)
    number = send(page)
    page.click("#grc-account-offer a")
    expect(page.locator("h1")).to_contain_text(number)
    return f"/my/demandes/{identifier(page)}", number


def test_citizen_signs_in(visitor, people, check):
    visitor.goto("/my/demandes")
    expect(visitor.locator("form.oe_login_form")).to_be_visible()
    visitor.fill("input[name=login]", OTHER_CITIZEN)
    visitor.fill("input[name=password]", "faux")
    visitor.click("form.oe_login_form button[type=submit]")
    expect(visitor.locator("[role=alert], .alert-danger").first).to_be_visible()
    check.page(visitor, "connexion-erreur")
    sign_in(visitor, OTHER_CITIZEN, people.logins[OTHER_CITIZEN])
    check.page(visitor, "mes-demandes-vide")
    visitor.goto("/my")
    check.page(visitor, "mon-espace-vide")
    visitor.goto("/my/account")
    check.page(visitor, "mon-compte")
    visitor.goto("/my/security")
    check.page(visitor, "securite")


def test_citizen_follows_and_answers(people, check, own_request, mailbox):
    address, number = own_request
    mailbox.wait(CITIZEN, number)
    page = people.open(CITIZEN)
    page.goto("/my")
    check.page(page, "mon-espace")
    page.goto("/my/demandes")
    expect(page.locator(".o_grc_demands")).to_contain_text(number)
    check.page(page, "mes-demandes")
    page.goto(address)
    expect(page.locator("#grc-dates")).to_be_visible()
    check.page(page, "ma-demande")
    page.click("#grc-answer-send")
    expect(page.locator("#error-summary a")).to_have_attribute("href", "#message")
    check.page(page, "ma-demande-erreur")
    page.fill("#message", "Voici le plan demandé.")
    page.set_input_files("#files", [PDF | {"name": "plan.pdf"}])
    page.click("#grc-answer-send")
    expect(page.locator("#grc-sent")).to_be_visible()
    expect(page.locator("#echanges")).to_contain_text("Voici le plan demandé.")
    check.page(page, "ma-demande-reponse")
    with page.expect_download() as download:
        page.locator("#grc-documents a", has_text="plan.pdf").click()
    assert download.value.path().read_bytes() == PDF["buffer"]
    page.goto(f"{address}?envoye=1")
    page.reload()  # the message was sent once
    expect(page.get_by_text("Voici le plan demandé.")).to_have_count(1)


def test_new_citizen_signs_up_and_files(visitor, check, mailbox, run_id):
    email = f"nouvelle.{run_id}@example.com"
    page = visitor
    page.goto("/web/signup")
    fill(page, {"login": email, "name": "Nora Vidal", "password": f"Mot-{run_id}"})
    page.fill("#confirm_password", f"Mot-{run_id}")
    page.click("form.oe_signup_form button[type=submit]")
    page.wait_for_url("**/my**")
    check.page(page, "compte-cree")
    address = {"street": "1 quai Neuf", "zip": "99000", "city": "Admiville"}
    number = file_request(page, QUESTION, address | REQUEST)
    mailbox.wait(email, number)
    page.goto("/my/demandes")
    expect(page.locator(".o_grc_demands")).to_contain_text(number)


def test_visitor_signs_in_while_filing(visitor, people):
    open_form(visitor, CANTEEN)
    visitor.locator("#formulaire a[href*='/web/login']").click()
    sign_in(visitor, OTHER_CITIZEN, people.logins[OTHER_CITIZEN])
    expect(visitor.locator("#requester_lastname")).to_have_value("Mercier")


def test_forged_identifiers_are_not_found(people, check, own_request, expected_log):
    expected_log.append("No CSRF validation token provided for path")
    address, _number = own_request
    other = people.open(OTHER_CITIZEN)
    for path in (
        address,  # exists, and is somebody else's
        f"{address}/documents/1",
        "/my/demandes/0",
        "/my/demandes/2147483647",
        "/my/demandes/99999999999999",
        "/my/demandes/-1",
        "/my/demandes/un",
        "/demarches/999999-rien",
        "/demarches/rien/deposer",
        "/demarches/verification/" + "a" * 32,
        "/demarches/confirmation/" + "a" * 32,
        "/demarches/confirmation/x",
    ):
        answer = other.request.get(path)
        assert answer.status == 404, f"{path}: {answer.status}"
    answer = other.request.post(f"{address}/repondre", form={"message": "x"})
    assert answer.status in (400, 404)
    other.goto(address)
    check.page(other, "introuvable")
    visitor = people.open()
    visitor.goto(address)
    expect(visitor.locator("form.oe_login_form")).to_be_visible()
