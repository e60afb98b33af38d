"""Signing in with FranceConnect: the way there, the way back, and who sets it up."""

import time
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from . import backend

BUTTON = "button.fr-connect"
MENU = "grc_franceconnect.menu_grc_identity_provider"
SECRET = "-simulateur-secret-0123456789"
ACCEPTED = "✓ L’identifiant et le secret sont acceptés."


# === AT THE PROVIDER === #


def at_provider(page: Page) -> None:
    expect(page.locator("button[name=cancel]")).to_be_visible()


def is_known_there(page: Page) -> bool:
    """Tell whether the provider still knows who was there."""
    at_provider(page)
    return page.get_by_text("Vous êtes déjà connecté").count() == 1


def choose(page: Page, person: str) -> None:
    """Choose who one is, or go on as who is known there."""
    page.click(f"button[name=person][value={person}]")


def give_up(page: Page) -> None:
    page.click("button[name=cancel]")


def accept_refusal(page: Page) -> None:
    """Come back from the page on which FranceConnect says no."""
    page.click("button[name=refused]")


# === ON THE TOWN'S SITE === #


def leave(page: Page, back: str = "/my", button: str = BUTTON) -> None:
    """Go from the sign-in page to the provider."""
    page.goto(f"/web/login?{urlencode({'redirect': back})}")
    page.click(button)
    at_provider(page)


def connect(page: Page, person: str, back: str = "/my") -> None:
    """Sign in, there and back."""
    leave(page, back)
    choose(page, person)
    page.wait_for_url(lambda url: url.endswith(back))


def sign_out(page: Page) -> None:
    page.click("#grc-sign-out")
    expect(page.locator("#grc-signed-out")).to_be_visible()


def incident(page: Page, motive: str) -> Locator:
    """Return the page that says what went wrong, once it is there."""
    shown = page.locator(f"#grc-incident[data-page={motive}]")
    expect(shown).to_be_visible()
    return shown


def my_identity(page: Page) -> Locator:
    page.goto("/my/franceconnect")
    shown = page.locator("#grc-my-identity")
    expect(shown).to_be_visible()
    return shown


# === THE ADMINISTRATOR === #


def open_providers(page: Page) -> None:
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", MENU)


def save(page: Page) -> None:
    page.locator(".o_form_button_save").first.click()
    backend.settle(page)


def fill_client(page: Page, **values: str) -> None:
    """Fill the settings, by their fields, and save them."""
    for name, text in values.items():
        backend.fill(page, name, text)
    save(page)


def report_of(page: Page) -> list[str]:
    """Press « Tester la connexion »; return what it explains, one line for each."""
    backend.press(page, "action_test")
    backend.settle(page)
    report = page.locator(".o_field_widget[name=test_report]")
    expect(report).to_be_visible()
    return report.inner_text().splitlines()


def ready(page: Page, simulator, site: str) -> None:
    """Set FranceConnect up for the simulator, and try it."""
    open_providers(page)
    backend.open_row(page, "FranceConnect")
    fill_client(
        page,
        issuer=simulator.issuer,
        new_secret=f"admiville{SECRET}",
        base_url=site,
    )
    assert ACCEPTED in report_of(page)


# === KEYS === #


def wait_for_new_keys(simulator) -> None:
    """Wait until the town may read the keys again: once a minute, no more."""
    time.sleep(max(0, simulator.keys_read_at() + 61 - time.time()))
