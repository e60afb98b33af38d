"""The front desk enters what comes by telephone, at the counter or by letter."""

import re

from playwright.sync_api import expect

from . import backend
from .people import DESK_AGENT
from .servers import REFUSAL

NUMBER = re.compile(r"\d{4}-\d{6}")


def _enter(page, prestation, subject, email):
    """Type what the caller says, and record it."""
    backend.open_list(page, "/odoo/nouveau-contact")
    backend.choose(page, page, "prestation_id", prestation)
    backend.settle(page)
    backend.fill(page, "requester_lastname", "Garnier")
    backend.fill(page, "requester_firstname", "Paul")
    backend.fill(page, "phone", "01 99 00 88 77")
    backend.fill(page, "reply_email", email)
    backend.fill(page, "subject", subject)
    backend.fill(page, "description", "Le lampadaire du 3, rue du Port est éteint.")
    backend.press(page, "action_file")


def test_desk_agent_enters_a_call(people, check, run_id):
    email = f"appel.{run_id}@example.com"
    page = people.open(DESK_AGENT)
    backend.open_list(page, "/odoo/nouveau-contact")
    check.backend(page, "accueil-nouveau-contact")
    _enter(page, "Signalement", f"Lampadaire éteint {run_id}", email)
    expect(page.locator(".o_grc_request_form")).to_be_visible()
    backend.settle(page)
    number = backend.read(page, "name")
    assert NUMBER.fullmatch(number), number
    assert "Garnier" in backend.read(page, "requester_name")
    check.backend(page, "accueil-contact-enregistre")


def test_desk_agent_gives_the_number_of_what_stays_secret(
    people, check, run_id, mailbox
):
    email = f"aide.{run_id}@example.com"
    page = people.open(DESK_AGENT)
    _enter(page, "Aide financière", "Aide pour le loyer", email)
    expect(page.locator("[name=request_number]:visible").first).to_be_visible()
    backend.settle(page)
    number = backend.read(page, "request_number")
    assert NUMBER.fullmatch(number), number
    check.backend(page, "accueil-numero")
    mailbox.wait(email, number)
    backend.open_list(page, "/odoo/demandes")
    backend.search(page, number)
    expect(page.locator(backend.ROW)).to_have_count(0)


def test_desk_agent_is_told_what_is_missing(people, check, expected_log):
    expected_log.append(REFUSAL)
    page = people.open(DESK_AGENT)
    backend.open_list(page, "/odoo/nouveau-contact")
    backend.press(page, "action_file")
    wrong = page.locator(
        ".o_field_invalid, .o_notification_content, .o_error_dialog, .modal-body"
    )
    expect(wrong.first).to_be_visible()
    check.backend(page, "accueil-contact-incomplet")
    assert not page.locator(".o_field_widget[name=request_number]:visible").count()


def test_desk_agent_sees_the_queue(people, check):
    page = people.open(DESK_AGENT)
    for path, name in (
        ("/odoo/file-accueil", "accueil-file"),
        ("/odoo/contacts-du-jour", "accueil-contacts-du-jour"),
    ):
        backend.open_list(page, path)
        check.backend(page, name)
