"""What a citizen does on the portal, by the names and identifiers of its fields."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

CANTEEN = "Inscription à la cantine"
SPACE = "Occupation du domaine public"
QUESTION = "Poser une question à la mairie"
MONTHS = """janvier février mars avril mai juin juillet août septembre octobre
novembre décembre""".split()  # noqa: SIM905

# A small file that is what it says it is, and one that is not allowed.
PDF = {
    "name": "justificatif.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
}
PROGRAM = {
    "name": "programme.exe",
    "mimeType": "application/octet-stream",
    "buffer": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 64,
}


def today() -> str:
    """Return the day as the town writes it: « 24 novembre 2026 »."""
    day = datetime.now(ZoneInfo("Europe/Paris")).date()
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def identity(email: str) -> dict[str, str]:
    return {
        "requester_lastname": "Lefèvre",
        "requester_firstname": "Jeanne",
        "street": "22 rue du Port",
        "zip": "99000",
        "city": "Admiville",
        "email_used": email,
        "phone": "06 39 98 00 11",
    }


def open_sheet(page: Page, prestation: str) -> None:
    page.goto("/demarches")
    page.locator("a.o_grc_item_link", has_text=prestation).click()
    expect(page.locator("#grc-file")).to_be_visible()


def open_form(page: Page, prestation: str, kind: str = "person") -> None:
    """Go from the catalogue to the form, saying in whose name if it is asked."""
    open_sheet(page, prestation)
    page.click("#grc-file")
    page.locator("#grc-kind-form, #grc-continue").first.wait_for()
    if page.locator("#grc-kind-form").count():
        page.check(f"#grc-kind-form input[value={kind}]")
        page.click("#grc-kind-form button[type=submit]")
    expect(page.locator("#grc-continue")).to_be_visible()


def fill(page: Page, values: dict[str, str]) -> None:
    for name, text in values.items():
        page.fill(f"#{name}", text)


def proceed(page: Page) -> None:
    page.click("#grc-continue")
    expect(page.locator("#grc-send-form")).to_be_visible()


def send(page: Page) -> str:
    """Press « Envoyer ma demande »; return the number of the request."""
    page.click("#grc-send-form button[type=submit]")
    number = page.locator("#grc-number")
    expect(number).to_have_text(re.compile(r"^\d{4}-\d{6}$"))
    return number.inner_text()


def file_request(page: Page, prestation: str, values: dict, files=()) -> str:
    """File a request from the catalogue to the confirmation; return its number."""
    open_form(page, prestation)
    fill(page, values)
    if files:
        page.set_input_files("#files", list(files))
    proceed(page)
    return send(page)


def identifier(page: Page) -> int:
    """Return the identifier in the address /my/demandes/ID of the page."""
    return int(urlsplit(page.url).path.rpartition("/")[2])
