"""The catalogue that ships: a pack switched on, a prestation published, a file sent."""

import json
import re

from playwright.sync_api import expect

from . import backend, builder
from .mails import read_pdf
from .party import open_builder, open_prestation
from .people import ADMINISTRATOR
from .portal import identity, open_form

PACK = "Relations avec les usagers"
LOST = "Objets trouvés et objets perdus"


def _open_pack(page):
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "grc_form.menu_grc_form_pack")
    return page.locator(".o_kanban_record", has_text=PACK)


def test_administrator_activates_a_pack(people, check):
    page = people.open(ADMINISTRATOR)
    card = _open_pack(page)
    check.backend(page, "catalogue-ensembles")
    check.for_docs(page, "catalogue")
    activate = card.locator("button[name=action_activate]")
    if activate.count():  # not in a database kept from an earlier run
        activate.click()
        modal = builder.window(page)
        expect(modal).to_contain_text(LOST)
        check.backend(page, "catalogue-activation", within=".modal")
        backend.finish(page, modal, "action_activate")
        card = _open_pack(page)
    expect(activate).to_have_count(0)
    card.click()
    page.wait_for_selector(".o_form_view")
    backend.settle(page)
    check.backend(page, "catalogue-ensemble")
    page.locator(backend.ROW, has_text=LOST).locator("[name=action_open]").click()
    expect(page.locator(".o_breadcrumb .active")).to_contain_text(LOST)
    backend.tab(page, "check")
    check.backend(page, "catalogue-controle")


def test_prestation_of_the_catalogue_is_published(people, check):
    page, visitor = people.open(ADMINISTRATOR), people.open()
    open_builder(page, LOST)
    check.backend(page, "catalogue-formulaire")
    builder.publish(page, builder.open_publication(page))
    open_prestation(page, LOST)
    if page.locator("button[name=action_publish]:visible").count():
        backend.press(page, "action_publish")
    expect(page.locator("button[name=action_unpublish]:visible")).to_be_visible()
    open_form(visitor, LOST)
    for field, text in identity("perdu@example.com").items():
        visitor.fill(f"#{field}", text)
    visitor.click("#grc-continue")
    expect(visitor.locator("#grc-form-page")).to_be_visible()
    check.page(visitor, "catalogue-objets-trouves")


def test_sheet_of_conformity_is_a_tagged_pdf(people):
    page = people.open(ADMINISTRATOR)
    open_prestation(page, LOST)
    backend.tab(page, "check")
    with page.expect_download() as download:
        backend.press(page, "action_conformity")
    text, info = read_pdf(download.value.path().read_bytes())
    assert LOST in text
    assert re.search(r"Tagged:\s+yes", info)
    assert LOST in info.split("Title:")[1].splitlines()[0]


def test_exported_file_comes_back_the_same(people, check, tmp_path, run_id):
    page = people.open(ADMINISTRATOR)
    first = _export(page)
    assert first["name"] == LOST
    _import(page, check, tmp_path, first)
    expect(builder.window(page)).to_contain_text(first["code"])
    page.locator(".modal .btn-close").click()
    copy = first | {"code": f"RC-{run_id}", "name": f"{LOST} {run_id}"}
    _import(page, check, tmp_path, copy)
    backend.finish(page, builder.window(page), "action_import")
    again = _export(page, copy["name"])
    assert again == copy


def _export(page, name=LOST):
    open_prestation(page, name)
    with page.expect_download() as download:
        backend.press(page, "action_export")
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def _import(page, check, folder, data):
    """Open the window of imports and give it a file; what it would do is shown."""
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "menu_grc_prestation")
    page.get_by_role("button", name="Importer une démarche").click()
    file = folder / f"{data['code']}.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    modal = builder.window(page)
    modal.locator("input[type=file]").set_input_files(file)
    expect(modal.locator(".o_field_widget[name=preview_html]")).to_contain_text(
        data["name"]
    )
    check.backend(page, f"import-{len(data['code'])}", within=".modal")
