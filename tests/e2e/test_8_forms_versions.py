"""A form changed once people have filed it: each file keeps what its citizen saw."""

from playwright.sync_api import expect

from . import backend, builder
from .party import (
    GOODS,
    KIND,
    PEOPLE,
    RENAMED,
    THING,
    WHAT,
    fill_first_page,
    open_builder,
    open_prestation,
)
from .people import ADMINISTRATOR, CULTURE_AGENT
from .portal import PDF, fill, identity, open_form, send


def test_second_version_says_what_it_changes(people, check, party):
    page = people.open(ADMINISTRATOR)
    open_builder(page, party.name)
    modal = builder.open_line(page, WHAT)
    backend.fill(modal, "label", RENAMED)
    builder.keep(page)
    block = builder.open_line(page, GOODS)
    block.locator(".o_data_row", has_text=THING).first.locator(".o_grc_line").click()
    expect(page.locator(backend.MODAL)).to_have_count(2)
    builder.offer(builder.window(page), "Sono")
    builder.keep(page)
    builder.keep(page)
    builder.remove(page, PEOPLE)
    modal = builder.open_publication(page)
    changes = modal.locator(".o_grc_changes")
    for text in (RENAMED, THING, PEOPLE):
        expect(changes).to_contain_text(text)
    check.backend(page, "constructeur-changements", within=".modal")
    backend.fill(modal, "note", "La sonorisation se prête aussi")
    builder.publish(page, modal)
    expect(page.locator(".o_form_view .alert-info")).to_be_visible()


def test_second_form_is_filed_without_javascript(people, mailbox, party):
    page = people.open(javascript=False)
    open_form(page, party.name)
    fill(page, identity(party.email))
    page.click("#grc-continue")
    expect(page.locator("body")).to_contain_text(RENAMED)
    expect(page.locator("#f-personnes_attendues")).to_have_count(0)
    fill_first_page(page)
    page.check("#f-y_aura_t_il_de_la_musique")
    page.check("[id='f-materiel_souhaite.0.quel_objet-3']")
    kind = page.locator("[data-grc-item='quelle_musique']")
    expect(kind).to_be_hidden()
    page.click("#grc-continue")  # the server shows what the answers ask for
    expect(page.locator("#grc-new-questions")).to_contain_text(KIND)
    expect(kind).to_be_visible()
    page.check("#f-quelle_musique")
    page.click("#grc-continue")
    for rank in range(2):
        page.set_input_files(f"[data-grc-type=piece] input >> nth={rank}", [PDF])
    page.click("#grc-continue")
    expect(page.locator("#grc-form-review")).to_contain_text("Sono")
    party.numbers[2] = send(page)
    mailbox.wait(party.email, party.numbers[2])


def test_first_file_keeps_its_version(people, check, party):
    page = people.open(CULTURE_AGENT)
    filled = page.locator(".o_grc_filled")
    for version, there, gone in ((1, WHAT, RENAMED), (2, RENAMED, PEOPLE)):
        backend.open_request(page, party.numbers[version])
        backend.tab(page, "filled_form")
        expect(filled).to_contain_text(there)
        expect(filled).not_to_contain_text(gone)
        expect(page.locator("[name='form_version_id']").first).to_contain_text(
            f"version {version}"
        )
    expect(filled).to_contain_text("Sono")
    # The same file answers two pieces: each has its own.
    expect(filled.locator("a", has_text=PDF["name"])).to_have_count(2)


def test_first_version_is_restored(people, check, party):
    page = people.open(ADMINISTRATOR)
    open_prestation(page, party.name)
    backend.press(page, "action_open_versions")
    backend.settle(page)
    for facet in page.locator(".o_searchview .o_facet_remove").all():
        facet.click()
    backend.settle(page)
    rows = page.locator(backend.ROW)
    expect(rows).to_have_count(2)
    check.backend(page, "versions")
    rows.filter(has_text="Remplacée").locator("td.o_data_cell").first.click()
    page.wait_for_selector(".o_grc_builder")
    backend.settle(page)
    check.backend(page, "constructeur-version-remplacee")
    backend.press(page, "action_restore")
    builder.window(page).locator(".modal-footer .btn-primary").click()
    expect(page.locator(builder.LINES, has_text=PEOPLE)).to_have_count(1)
    modal = builder.open_publication(page)
    expect(modal.locator(".o_grc_changes")).to_contain_text(PEOPLE)
    builder.publish(page, modal)
    visitor = people.open()
    open_form(visitor, party.name)
    fill(visitor, identity("retour@example.com"))
    visitor.click("#grc-continue")
    expect(visitor.locator("#f-personnes_attendues")).to_be_visible()
    expect(visitor.locator("label", has_text=WHAT)).to_have_count(1)
