"""What the people of a story do, on the screens they have."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from .. import backend
from ..people import CITIZEN
from ..portal import (
    PDF,
    file_request,
    fill,
    identifier,
    identity,
    open_form,
    proceed,
    send,
)
from .town import Town

WORKS_AGENT = "julien.faure@example.com"


@dataclass
class Saisine:
    """A request of a story: its number, its page on the portal, where its mails go."""

    number: str
    email: str
    address: str = ""


def visitor_files(town: Town, prestation: str, subject: str, who="jeanne") -> Saisine:
    """File a request without an account."""
    email = town.address(who)
    page = town.people.open()
    values = identity(email) | {"subject": subject, "description": f"{subject}."}
    return Saisine(file_request(page, prestation, values), email)


def citizen_files(town: Town, prestation: str, subject: str) -> Saisine:
    """File a request from an account; the answers go to an address of the story."""
    page = town.people.open(CITIZEN)
    open_form(page, prestation)
    email = town.address("camille")
    values = {"subject": subject, "description": f"{subject}.", "reply_email": email}
    fill(page, values)
    proceed(page)
    number = send(page)
    page.click("#grc-account-offer a")
    expect(page.locator("h1")).to_contain_text(number)
    return Saisine(number, email, f"/my/demandes/{identifier(page)}")


def citizen_opens(town: Town, saisine: Saisine) -> Page:
    page = town.people.open(CITIZEN)
    page.goto(saisine.address)
    expect(page.locator("h1")).to_contain_text(saisine.number)
    return page


def citizen_sends_piece(town: Town, saisine: Saisine) -> None:
    """Send the first document that is still awaited."""
    page = citizen_opens(town, saisine)
    form = page.locator("#grc-pieces form").first
    form.locator("input[type=file]").set_input_files([PDF])
    form.locator("button[type=submit]").click()
    expect(page.locator("#grc-piece-sent")).to_be_visible()


def agent_opens(town: Town, login: str, number: str) -> Page:
    """Look for the number in the list, and open that request (not an appeal)."""
    page = town.people.open(login)
    backend.open_list(page, "/odoo/demandes")
    backend.search(page, number)
    exactly = re.compile(rf"^\s*{number}\s*$")
    page.locator(f"{backend.ROW} td[name=name]", has_text=exactly).click()
    page.wait_for_selector(".o_form_view")
    backend.settle(page)
    return page


def header(page: Page, label: str) -> Locator:
    """Press a button of the form's bar by its label; return the window it opens."""
    words = re.compile(rf"^\s*{re.escape(label)}\s*$")
    page.locator(".o_form_statusbar button:visible", has_text=words).click()
    modal = page.locator(backend.MODAL)
    expect(modal).to_be_visible()
    return modal


def write_day(scope: Page | Locator, name: str, day: str) -> None:
    """Type a day, « 2027-06-14 », in a field of days."""
    widget = scope.locator(f".o_field_widget[name={name}]")
    expect(widget).to_be_visible()
    shown = widget.locator("button:visible")
    if shown.count():  # a day that is known is a button until one writes in it
        shown.first.click()
    box = widget.locator("input:visible")
    box.fill("/".join(reversed(day.split("-"))))
    box.press("Tab")


def agent_asks_pieces(town: Town, login: str, number: str, how_many: int) -> None:
    """Ask for the first documents that the prestation proposes."""
    page = agent_opens(town, login, number)
    modal = header(page, "Demander des pièces")
    toggles = modal.locator("[name=is_chosen] input")
    for rank in range(how_many):
        toggles.nth(rank).click()
    backend.settle(page)
    backend.finish(page, modal, "action_send")


def agent_decides(page: Page, outcome: str, reason: str, message: str) -> None:
    """Decide; the outcome by its value."""
    modal = backend.hotkey(page, "d")
    modal.locator(
        f".o_field_widget[name=outcome] input[type=radio][data-value={outcome}]"
    ).check()
    backend.fill(modal, "reason", reason)
    backend.fill(modal, "message", message)
    backend.finish(page, modal, "action_decide")


def stored_days(page: Page) -> str:
    """Return what the agent reads on the tab of the legal days."""
    backend.tab(page, "legal")
    return page.locator(".o_notebook_content").inner_text()


# === MAIL AND LETTERS === #


def person_writes(town: Town, to: str, subject: str, text: str) -> Saisine:
    """Let a mail reach the town's gateway; return what it became."""
    email = town.address("ines")
    raw = (
        f"From: Inès Garnier <{email}>\nTo: {to}\nSubject: {subject}\n"
        f"Message-ID: <{town.address('message')}>\n"
        'MIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\n'
        f"Content-Transfer-Encoding: 8bit\n\n{text}\n"
    )
    town.call("mail.thread", "message_process", False, raw)
    (row,) = town.query(
        "select name from grc_request where email_used = :'email'", email=email
    )
    return Saisine(row["name"], email)


def desk_enters_letter(
    town: Town, login: str, prestation: str, subject: str, stamped_on: str
) -> Saisine:
    """Record a letter of somebody who has no electronic address."""
    page = town.people.open(login)
    backend.open_list(page, "/odoo/nouveau-contact")
    page.locator(".o_field_widget[name=channel] input[data-value=letter]").check()
    write_day(page, "stamped_on", stamped_on)
    backend.choose(page, page, "prestation_id", prestation)
    backend.settle(page)
    values = {
        "requester_lastname": "Keller",
        "requester_firstname": "Ruth",
        "street": "8 quai des Moulins",
        "zip": "99000",
        "city": "Admiville",
        "subject": subject,
        "description": f"{subject}.",
    }
    for name, text in values.items():
        backend.fill(page, name, text)
    backend.press(page, "action_file")
    expect(page.locator(".o_grc_request_form")).to_be_visible()
    backend.settle(page)
    return Saisine(backend.read(page, "name"), "")


def agent_posts_letters(page: Page) -> None:
    """Say that each letter that waits for it was posted."""
    backend.tab(page, "deliveries")
    posted = page.locator("button[name=action_mark_printed]:visible")
    while posted.count():
        before = posted.count()
        posted.first.click()
        expect(posted).to_have_count(before - 1)
        backend.settle(page)


def agent_records_appeal(page: Page, received_on: str, channel: str, text: str) -> str:
    """Record an appeal against the decision shown; return the number of the appeal."""
    modal = header(page, "Enregistrer un recours")
    write_day(modal, "received_on", received_on)
    modal.locator(f".o_field_widget[name=channel] input[data-value={channel}]").check()
    backend.fill(modal, "text", text)
    backend.finish(page, modal, "action_record")
    return backend.read(page, "name")


def effect_of_appeal(page: Page) -> str:
    backend.tab(page, "transfers")
    return backend.read(page, "appeal_effect")
