"""A prestation whose price hangs on the quotient familial, and its data source."""

import os
import re

from playwright.sync_api import Locator, Page, expect

from . import backend, builder
from . import identity as fc

SERVICE = "Quotient familial"
CODE = "quotient_familial"
QUOTIENT, PAPER = "Votre quotient familial", "Attestation de quotient familial"
NAME = "Tarif du centre de loisirs"
RULES = "Délibération du conseil municipal fixant les tarifs"
SIRET = "21990000800018"
PANEL = f"#grc-data-{CODE}"
UPLOAD = "[data-grc-type=piece] input[type=file]"


class Tariff:
    """One run's prestation."""

    def __init__(self, run_id: str):
        self.code = f"TARIF-{run_id}"
        # A database kept has the prestations of earlier runs.
        self.name = f"{NAME} {run_id}" if os.environ.get("GRC_E2E_KEEP") else NAME


# === THE ADMINISTRATOR === #


def use_source(page: Page, url: str, check) -> None:
    """Put the source of the quotient familial in use, for the simulator."""
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "grc_form.menu_grc_data_source")
    check.backend(page, "sources-de-donnees")
    backend.open_row(page, SERVICE)
    backend.fill(page, "base_url", url)
    backend.fill(page, "recipient_siret", SIRET)
    switch = page.locator(".o_field_widget[name=active] input")
    if switch.is_checked():
        fc.save(page)
    else:
        switch.check()  # saves at once
        backend.settle(page)
    check.backend(page, "source-quotient-familial")


def create_prestation(page: Page, tariff: Tariff) -> None:
    builder.create_prestation(
        page,
        "Affaires scolaires",
        name=tariff.name,
        code=tariff.code,
        summary="Demander le tarif qui correspond à vos revenus.",
        retention_text="Un an après la fin de l’année scolaire",
        privacy_purpose="Calculer le tarif de la famille",
        privacy_legal_basis="Mission d’intérêt public",
        privacy_recipients="Les agents du service Affaires scolaires",
    )


def select_like(page: Page, scope: Locator, name: str, words: str) -> None:
    """Choose in a list of closed choices what begins with ``words`` and ends so."""
    scope.locator(f".o_field_widget[name='{name}'] input:visible").first.click()
    page.locator(".o_select_menu_item").get_by_text(re.compile(words)).first.click()


def build_form(page: Page, check) -> None:
    """Ask the quotient and its paper; the source may answer both."""
    backend.press(page, "action_open_form")
    page.wait_for_selector(".o_grc_builder")
    backend.settle(page)
    builder.add(page, builder.PAGE, "Vos revenus")
    modal = builder.begin(page, builder.QUESTION, QUOTIENT, type="Nombre entier")
    select_like(page, modal, "prefill_source", f"^{SERVICE}.*{SERVICE}$")
    check.backend(page, "constructeur-source", within=".modal")
    builder.keep(page)
    builder.ask_piece(page, PAPER, legal_basis=f"{RULES}, art. 2")
    modal = builder.open_line(page, PAPER)
    select_like(page, modal, "replaced_by_source", f"^{SERVICE}")
    builder.keep(page)
    builder.publish(page, builder.open_publication(page))


def publish(page: Page, tariff: Tariff) -> None:
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "menu_grc_prestation")
    backend.search(page, tariff.name)
    backend.open_row(page, tariff.name)
    backend.press(page, "action_publish")
    expect(page.locator("button[name=action_unpublish]:visible")).to_be_visible()


# === THE CITIZEN === #


def agree(page: Page, person: str) -> None:
    """Tick everything, leave for FranceConnect, come back."""
    for box in page.locator(f"{PANEL} input[name=datum]").all():
        box.check()
    page.click(f"#grc-data-ask-{CODE}")
    fc.choose(page, person)
    expect(page.locator(PANEL)).to_be_visible()


def failed(page: Page, outcome: str) -> Locator:
    """Return what the panel says when nothing came; the upload is there."""
    shown = page.locator(f"#grc-data-failed-{CODE}[data-outcome={outcome}]")
    expect(shown).to_be_visible()
    expect(page.locator(UPLOAD)).to_be_visible()
    return shown
