"""The town's administrator configures services, prestations and circuits."""

from playwright.sync_api import expect

from . import backend
from .people import ADMINISTRATOR
from .servers import REFUSAL

UNKNOWN = "Copie d’acte de naissance"
READY = "Réservation d’une salle communale"


def test_administrator_opens_the_configuration(people, check):
    page = people.open(ADMINISTRATOR)
    backend.open_list(page, "/odoo/demandes")
    for menu, row in (
        ("menu_grc_service", "État civil"),
        ("menu_grc_prestation", "Inscription à la cantine"),
        ("menu_grc_circuit", ""),
    ):
        backend.open_menu(page, "menu_grc_config", menu)
        backend.open_row(page, row)
        check.backend(page, f"administrateur-{menu}")
        if menu == "menu_grc_prestation":
            check.for_readme(page, "administrator")


def _open_prestation(page, name):
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "menu_grc_prestation")
    backend.search(page, name)
    backend.open_row(page, name)


def test_prestation_of_unknown_regime_is_not_published(people, check, expected_log):
    expected_log.append(REFUSAL)
    page = people.open(ADMINISTRATOR)
    _open_prestation(page, UNKNOWN)
    backend.press(page, "action_publish")
    dialog = page.locator(".modal-body")
    expect(dialog).to_contain_text("silence")
    check.backend(page, "administrateur-publication-refusee", within=".modal")
    backend.refusal(page)
    visitor = people.open()
    visitor.goto("/demarches?q=naissance")
    expect(visitor.locator("a.o_grc_item_link", has_text=UNKNOWN)).to_have_count(0)


def test_published_prestation_is_on_the_portal(people, check):
    page, visitor = people.open(ADMINISTRATOR), people.open()
    item = visitor.locator("a.o_grc_item_link", has_text=READY)
    visitor.goto("/demarches")
    expect(item).to_have_count(0)
    _open_prestation(page, READY)
    backend.press(page, "action_publish")
    expect(page.locator("button[name=action_unpublish]:visible")).to_be_visible()
    visitor.goto("/demarches")
    expect(item).to_have_count(1)
    item.click()
    expect(visitor.locator("#grc-file")).to_be_visible()
    check.page(visitor, "fiche-publiee")
    backend.press(page, "action_unpublish")  # as it was, for the next run
    expect(page.locator("button[name=action_publish]:visible")).to_be_visible()
    assert visitor.reload().status == 404
