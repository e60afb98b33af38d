"""A prestation built in the browser from nothing, filed, then changed."""

import re

from playwright.sync_api import expect

from . import backend, builder
from .checks import PHONE
from .keyboard import Keyboard
from .mails import text_of
from .party import (
    COUNT,
    DOMICILE,
    GOODS,
    INSURANCE,
    KIND,
    MUSIC,
    PEOPLE,
    PLACE,
    PLAN,
    RULES,
    THING,
    WHAT,
    WHEN,
    fill_first_page,
    open_builder,
    open_prestation,
)
from .people import ADMINISTRATOR, CULTURE_AGENT
from .portal import PDF, identity


def _create_prestation(page, party):
    builder.create_prestation(
        page,
        "Culture",
        name=party.name,
        code=party.code,
        summary="Emprunter tables, bancs et barnums de la mairie.",
        retention_text="Deux ans après la fête",
        privacy_purpose="Prêter le matériel et le récupérer",
        privacy_legal_basis="Mission d’intérêt public",
        privacy_recipients="Les agents du service Culture",
    )


def _add_questions(page, check):
    builder.add(page, builder.PAGE, "Votre fête")
    builder.add(page, builder.QUESTION, WHAT)
    builder.add(page, builder.QUESTION, WHEN, type="Date")
    builder.add(page, builder.QUESTION, PEOPLE, type="Nombre entier")
    builder.add(page, builder.QUESTION, MUSIC, type="Oui ou non")
    modal = builder.begin(page, builder.QUESTION, KIND, type="Choix unique")
    builder.offer(modal, "Enregistrée", "Orchestre")
    builder.show_if(modal, MUSIC, "oui")
    check.backend(page, "constructeur-question", within=".modal")
    builder.keep(page)
    builder.add(page, builder.QUESTION, PLACE, type="Adresse postale")


def _add_block(page, check):
    block = builder.begin(page, builder.BLOCK, GOODS)
    backend.fill(block, "item_label", "Objet")
    backend.fill(block, "min_count", "1")
    question = builder.inner(page, block, THING, type="Choix unique")
    builder.offer(question, "Table", "Banc", "Barnum")
    builder.keep(page)
    builder.inner(page, block, COUNT, type="Nombre entier")
    builder.keep(page)
    check.backend(page, "constructeur-bloc", within=".modal")
    builder.keep(page)


def test_administrator_builds_a_form(people, check, party):
    page = people.open(ADMINISTRATOR)
    _create_prestation(page, party)
    check.backend(page, "formulaire-prestation")
    backend.press(page, "action_open_form")
    page.wait_for_selector(".o_grc_builder")
    backend.settle(page)
    check.backend(page, "constructeur-vide")
    _add_questions(page, check)
    _add_block(page, check)
    builder.add(page, builder.PAGE, "Vos pièces")
    builder.ask_piece(page, INSURANCE, legal_basis=f"{RULES}, art. 4")
    proof = {"nature": DOMICILE, "legal_basis": f"{RULES}, art. 5"}
    builder.ask_piece(page, DOMICILE, **proof)
    assert builder.lines(page) == [
        *("Votre fête", WHAT, WHEN, PEOPLE, MUSIC, KIND, PLACE, GOODS),
        *("Vos pièces", INSURANCE, DOMICILE),
    ]
    for device, width in (("desktop", 1000), ("phone", 375)):
        shown = builder.preview(page, device)
        frame = page.locator(".o_grc_preview_box iframe")
        expect(frame).to_have_attribute("src", re.compile(f"largeur={width}&"))
        expect(shown.locator("[data-grc-item='quelle_musique']")).to_be_visible()
        expect(shown.locator("body")).to_contain_text(DOMICILE)
        check.backend(page, f"constructeur-{device}")


def test_proof_of_domicile_is_refused_then_mended(people, check, party):
    page = people.open(ADMINISTRATOR)
    open_builder(page, party.name)
    modal = builder.open_publication(page)
    expect(modal.locator(".o_grc_findings")).to_contain_text("R113-8")
    expect(modal.locator("button[name=action_publish]:visible")).to_have_count(0)
    check.backend(page, "constructeur-refus", within=".modal")
    modal.locator(".modal-footer button:visible").click()
    builder.remove(page, DOMICILE)
    builder.ask_piece(page, PLAN, legal_basis=f"{RULES}, art. 5")
    check.for_docs(page, "builder")


def test_form_is_tried_then_published(people, check, party):
    page = people.open(ADMINISTRATOR)
    open_builder(page, party.name)
    with page.expect_popup() as popup:
        backend.press(page, "action_try")
    trial = popup.value
    expect(trial.locator("#grc-trial")).to_be_visible()
    check.page(trial, "formulaire-essai")
    trial.click("#grc-trial-form button")
    fill_first_page(trial)
    trial.click("#grc-continue")
    trial.set_input_files("[data-grc-type=piece] input >> nth=0", [PDF])
    trial.set_input_files("[data-grc-type=piece] input >> nth=1", [PDF])
    trial.click("#grc-continue")
    expect(trial.locator("#grc-trial-end")).to_be_visible()
    expect(trial.locator("#grc-send-form")).to_have_count(0)
    check.page(trial, "formulaire-essai-fin")
    trial.close()
    builder.publish(page, builder.open_publication(page))
    expect(page.locator(".o_form_view .alert-info")).to_be_visible()
    open_prestation(page, party.name)
    # The trial filed nothing.
    assert backend.read(page, "request_count").split()[0] == "0"
    backend.press(page, "action_publish")
    expect(page.locator("button[name=action_unpublish]:visible")).to_be_visible()
    check.backend(page, "formulaire-publie")


# === THE CITIZEN === #


def _look(page, check, shot):
    """Check the page at both widths, and come back to the telephone's."""
    check.page(page, shot)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


def _identify(keys, email):
    for field, text in identity(email).items():
        keys.type(f"#{field}", text)
    keys.press("#grc-continue")


def _answer(keys):
    """Fill the first page, after an error, with the keyboard."""
    page = keys.page
    keys.press("#grc-continue")
    expect(page.locator("#error-summary")).to_be_focused()
    keys.to("#error-summary a")
    page.keyboard.press("Enter")
    expect(page.locator("#f-nom_de_la_fete")).to_be_focused()
    page.keyboard.type("Fête du port")
    for part, text in (("", "21"), ("-month", "6"), ("-year", "2027")):
        keys.type(f"#f-date_de_la_fete{part}", text)
    keys.type("#f-personnes_attendues", "60")
    kind = page.locator("[data-grc-item='quelle_musique']")
    expect(kind).to_be_hidden()
    keys.tick("#f-y_aura_t_il_de_la_musique")
    expect(kind).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(kind).to_be_hidden()
    page.keyboard.press("ArrowUp")
    expect(kind).to_be_visible()
    keys.tick("#f-quelle_musique")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#f-quelle_musique-1")).to_be_checked()
    address = {"": "3 quai Neuf", ".zip": "99000", ".city": "Admiville"}
    for part, text in address.items():
        keys.type(f"[id='f-ou_se_tient_la_fete{part}']", text)


def _choose_goods(keys):
    """Fill a row, add two and remove one."""
    page = keys.page
    for row, (rank, count) in enumerate((("", "12"), ("-1", "24"), ("-2", "1"))):
        if row:
            keys.press("button[value='add:materiel_souhaite']")
        first = f"[id='f-materiel_souhaite.{row}.quel_objet']"
        keys.tick(first)
        for _step in range(int(rank[1:] or 0)):
            page.keyboard.press("ArrowDown")
        expect(
            page.locator(f"[id='f-materiel_souhaite.{row}.quel_objet{rank}']")
        ).to_be_checked()
        keys.type(f"[id='f-materiel_souhaite.{row}.combien']", count)
    keys.press("button[value='remove:materiel_souhaite.2']")
    expect(page.locator(".o_grc_form_row")).to_have_count(2)


def test_citizen_files_with_the_keyboard_on_a_phone(people, check, mailbox, party):
    page = people.open()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    keys = Keyboard(page)
    page.goto("/demarches")
    keys.type("#q", party.name)
    keys.press(".o_grc_search button, .o_grc_filters button")
    keys.press("a.o_grc_item_link")
    _look(page, check, "formulaire-fiche")
    keys.press("#grc-file")
    _identify(keys, party.email)
    _look(page, check, "formulaire-page")
    _answer(keys)
    _choose_goods(keys)
    page.evaluate("() => window.scrollTo(0, 0)")
    check.for_docs(page, "form", (PHONE[0], 1200))
    _look(page, check, "formulaire-page-remplie")
    keys.press("#grc-continue")
    for rank, file in enumerate(("assurance.pdf", "plan.pdf")):
        box = page.locator("[data-grc-type=piece] input[type=file]").nth(rank)
        box.set_input_files([PDF | {"name": file}])
    _look(page, check, "formulaire-pieces")
    keys.press("#grc-continue")
    review = page.locator("#grc-form-review")
    for text in ("Fête du port", "60", "Orchestre", "3 quai Neuf", "Banc", "24"):
        expect(review).to_contain_text(text)
    for file in ("assurance.pdf", "plan.pdf"):
        expect(review).to_contain_text(file)
    expect(review).not_to_contain_text("Barnum")
    _look(page, check, "formulaire-verification")
    keys.press("a[href$='#f-personnes_attendues']")
    expect(page.locator("#f-personnes_attendues")).to_be_focused()
    keys.type("#f-personnes_attendues", "80")
    keys.press("#grc-continue")
    keys.press("#grc-continue")
    expect(review).to_contain_text("80")
    keys.press("#grc-send-form button")
    number = page.locator("#grc-number")
    expect(number).to_have_text(re.compile(r"^\d{4}-\d{6}$"))
    _look(page, check, "formulaire-confirmation")
    party.numbers[1] = number.inner_text()
    (mail,) = mailbox.wait(party.email, party.numbers[1])
    assert party.name in f"{mail['Subject']} {text_of(mail)}"


# === THE AGENT === #


def test_agent_reads_the_form_as_it_was_filled(people, check, party):
    page = people.open(CULTURE_AGENT)
    backend.open_request(page, party.numbers[1])
    backend.tab(page, "filled_form")
    filled = page.locator(".o_grc_filled")
    for text in (WHAT, "Fête du port", MUSIC, "Oui", KIND, "Orchestre", "80", PLACE):
        expect(filled).to_contain_text(text)
    expect(filled).to_contain_text(INSURANCE)
    expect(filled.locator("a")).to_have_count(2)
    check.backend(page, "agent-formulaire")
    backend.tab(page, "request")
    pieces = page.locator(".o_field_widget[name='document_ids']")
    for piece in (INSURANCE, PLAN):
        expect(pieces).to_contain_text(piece)
    check.backend(page, "agent-pieces")
    backend.press(page, "action_take")
    backend.settle(page)
    modal = backend.hotkey(page, "d")
    modal.locator(".o_field_widget[name=outcome] input[type=radio]").first.check()
    backend.fill(modal, "reason", "Le matériel est libre ce jour-là.")
    backend.fill(modal, "message", "Bonjour, le matériel vous est réservé.")
    backend.finish(page, modal, "action_decide")
