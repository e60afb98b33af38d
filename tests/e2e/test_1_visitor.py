"""Somebody without an account finds a prestation, files it and is answered."""

import re

from playwright.sync_api import expect

from .mails import pdf_files, read_pdf, text_of
from .portal import (
    CANTEEN,
    PDF,
    PROGRAM,
    QUESTION,
    SPACE,
    fill,
    identity,
    open_form,
    open_sheet,
    proceed,
    send,
    today,
)

REQUEST = {
    "subject": "Cantine pour Zoé, école des Tilleuls",
    "description": "Zoé mangera à la cantine le lundi et le jeudi.",
}


def test_visitor_finds_the_prestation(visitor, check):
    visitor.goto("/")
    expect(visitor.locator("h1")).to_be_visible()
    check.page(visitor, "accueil")
    visitor.fill("#q", "cantine")
    visitor.click("form.o_grc_search button")
    visitor.wait_for_url("**/demarches?q=cantine")
    expect(visitor.locator("a.o_grc_item_link", has_text=CANTEEN)).to_be_visible()
    check.page(visitor, "catalogue-recherche")
    visitor.goto("/demarches?q=zzzz")
    expect(visitor.locator("a.o_grc_item_link")).to_have_count(0)
    check.page(visitor, "catalogue-vide")
    visitor.goto("/demarches")
    check.page(visitor, "catalogue")
    visitor.locator("a.o_grc_item_link", has_text=CANTEEN).click()
    expect(visitor.locator("#grc-file")).to_be_visible()
    check.page(visitor, "fiche")


def test_visitor_mends_the_form_and_files(visitor, check, mailbox, run_id):
    email = f"jeanne.{run_id}@example.com"
    page = visitor
    open_form(page, CANTEEN)
    check.page(page, "formulaire")
    fill(page, identity("sans-arobase") | REQUEST | {"requester_lastname": ""})
    page.set_input_files("#files", [PDF, PROGRAM])
    page.click("#grc-continue")
    _check_errors(page, check)
    fill(page, {"requester_lastname": "Lefèvre", "email_used": email})
    proceed(page)
    check.page(page, "verification")
    review = page.locator("#wrap").inner_text()
    for text in (*REQUEST.values(), email, "22 rue du Port", PDF["name"]):
        assert text in review
    assert PROGRAM["name"] not in review
    page.locator(".o_grc_change a").first.click()
    expect(page.locator("#subject")).to_have_value(REQUEST["subject"])
    expect(page.locator(".o_grc_files")).to_contain_text(PDF["name"])
    proceed(page)
    number = send(page)
    expect(page.locator("#grc-confirmation")).to_be_visible()
    check.page(page, "confirmation")
    page.go_back()  # the form is closed: sending again files nothing more
    page.reload()
    expect(page.locator("#grc-number")).to_have_text(number)
    phone = page.locator(".o_grc_service a[href^='tel:']").first.inner_text()
    service = page.locator(".o_grc_service p").first.inner_text()
    _check_acknowledgement(mailbox, email, number, service, phone)


def _check_errors(page, check):
    summary = page.locator("#error-summary")
    expect(summary).to_be_visible()
    check.page(page, "formulaire-erreurs")
    links = [link.get_attribute("href") for link in summary.locator("a").all()]
    assert links == ["#requester_lastname", "#email_used", "#files"]
    assert PROGRAM["name"] in summary.inner_text()
    summary.locator("a").first.click()
    expect(page.locator("#requester_lastname")).to_be_focused()
    for name in ("requester_lastname", "email_used", "files"):
        box = page.locator(f"#{name}")
        assert box.get_attribute("aria-invalid") == "true"
        assert f"{name}-error" in box.get_attribute("aria-describedby")
        expect(page.locator(f"#{name}-error")).to_be_visible()
    expect(page.locator("#requester_firstname")).to_have_value("Jeanne")
    expect(page.locator("#email_used")).to_have_value("sans-arobase")
    expect(page.locator("#description")).to_have_value(REQUEST["description"])
    kept = page.locator(".o_grc_files")
    expect(kept).to_contain_text(PDF["name"])
    expect(kept).not_to_contain_text(PROGRAM["name"])


def _check_acknowledgement(mailbox, email, number, service, phone):
    (mail,) = mailbox.wait(email, number)
    text = text_of(mail)
    (content,) = pdf_files(mail)
    paper, info = read_pdf(content)
    for words in (number, today(), service, phone):
        assert words in text, f"the mail does not say {words}: {text}"
        assert words in paper, f"the PDF does not say {words}: {paper}"
    # Silence accepts this prestation: the date and the attestation are announced.
    assert re.search("acceptée", paper)
    assert "L. 232-3" in paper or "L232-3" in paper
    assert re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Title:\s+\S", info)


def test_too_large_a_file_is_refused_by_name(visitor, run_id):
    large = PDF | {"name": "plan.pdf", "buffer": PDF["buffer"] + b"\0" * (11 * 2**20)}
    open_form(visitor, QUESTION)
    fill(visitor, identity(f"large.{run_id}@example.com") | REQUEST)
    visitor.set_input_files("#files", [large])
    visitor.click("#grc-continue")
    summary = visitor.locator("#error-summary")
    expect(summary).to_contain_text("plan.pdf")
    expect(summary).to_contain_text("10")
    expect(visitor.locator("#subject")).to_have_value(REQUEST["subject"])


def test_company_says_its_siret(visitor, check):
    open_sheet(visitor, SPACE)
    visitor.click("#grc-file")
    expect(visitor.locator("#grc-kind-form")).to_be_visible()
    check.page(visitor, "au-nom-de")
    visitor.click("#grc-kind-form button[type=submit]")
    expect(visitor.locator("#error-summary")).to_be_visible()
    check.page(visitor, "au-nom-de-erreur")
    visitor.check("#grc-kind-form input[value=company]")
    visitor.click("#grc-kind-form button[type=submit]")
    expect(visitor.locator("#grc-continue")).to_be_visible()
    company = {"requester_organization": "Café du Port", "requester_siret": "123"}
    fill(visitor, identity("cafe@example.com") | REQUEST | company)
    visitor.click("#grc-continue")
    link = visitor.locator("#error-summary a")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "#requester_siret")
    fill(visitor, {"requester_siret": "732 829 320 00074"})
    proceed(visitor)


def test_filing_works_without_javascript(people, mailbox, run_id):
    email = f"sobre.{run_id}@example.com"
    page = people.open(javascript=False)
    open_form(page, CANTEEN)
    fill(page, identity(email) | REQUEST)
    page.set_input_files("#files", [PDF])
    proceed(page)
    number = send(page)
    assert len(mailbox.wait(email, number)) == 1


def test_pages_around(visitor, check):
    for path, name in (
        ("/contact", "contact"),
        ("/accessibilite", "accessibilite"),
        ("/modalites-de-saisine", "modalites-de-saisine"),
        ("/mentions-legales", "mentions-legales"),
        ("/donnees-personnelles", "donnees-personnelles"),
        ("/web/login", "connexion"),
        ("/web/signup", "creation-de-compte"),
        ("/web/reset_password", "mot-de-passe-oublie"),
    ):
        visitor.goto(path)
        expect(visitor.locator("h1")).to_be_visible()
        check.page(visitor, name)
