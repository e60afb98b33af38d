"""What an administrator does in the builder of forms, by its fields and buttons."""

from playwright.sync_api import FrameLocator, Locator, Page, expect

from . import backend

LINES = ".o_grc_builder_lines .o_grc_lines .o_data_row"
# Buttons under the lines, in their order.
PAGE, SECTION, QUESTION, PIECE, BLOCK = range(5)


def window(page: Page) -> Locator:
    return page.locator(backend.MODAL).last


def select(page: Page, scope: Page | Locator, name: str, text: str) -> None:
    """Choose in a list of closed choices."""
    scope.locator(f".o_field_widget[name='{name}'] input:visible").first.click()
    page.locator(".o_select_menu_item").get_by_text(text, exact=True).click()


# What every prestation of these tests says of the silence of the town.
_LAW = {"silence_months": "2", "regime_source": "CRPA, art. L. 231-1"}
_LAW["regime_checked_on"] = "24/11/2026"


def create_prestation(page: Page, service: str, **facts: str) -> None:
    """Create a prestation where silence accepts, and save it.

    :param facts: texts by field
    """
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "menu_grc_prestation")
    page.locator(".o_list_button_add:visible").click()
    page.wait_for_selector(".o_form_view")
    backend.choose(page, page, "theme_id", "Culture et loisirs")
    backend.choose(page, page, "service_id", service)
    tabs = {
        None: ("name", "code"),
        "sheet": ("summary", "retention_text"),
        "silence": tuple(_LAW),
        "privacy": ("privacy_purpose", "privacy_legal_basis", "privacy_recipients"),
    }
    for tab, names in tabs.items():
        if tab:
            backend.tab(page, tab)
        if tab == "silence":
            select(page, page, "silence_regime", "Silence vaut acceptation")
        for name in names:
            backend.fill(page, name, (_LAW | facts)[name])
    page.locator(".o_form_button_save").first.click()
    backend.settle(page)


def begin(page: Page, rank: int, label: str | None = None, **choices: str) -> Locator:
    """Open the window of a new line and say what it is; return the window."""
    add = page.locator(".o_grc_builder_lines .o_field_x2many_list_row_add a")
    add.nth(rank).click()
    modal = window(page)
    expect(modal).to_be_visible()
    _describe(page, modal, label, choices)
    return modal


def _describe(page: Page, modal: Locator, label: str | None, choices: dict) -> None:
    if label:
        backend.fill(modal, "label", label)
    for name, text in choices.items():
        select(page, modal, name, text)


def offer(modal: Locator, *answers: str) -> None:
    """Add possible answers to a choice."""
    table = modal.locator(".o_field_widget[name='option_ids']")
    for answer in answers:
        row = table.locator(".o_data_row").nth(table.locator(".o_data_row").count())
        table.locator(".o_field_x2many_list_row_add a").click()
        row.locator("[name='label'] input").fill(answer)


def inner(page: Page, modal: Locator, label: str, **choices: str) -> Locator:
    """Open, from the window of a block, the window of a question that it repeats."""
    add = modal.locator("[name='child_ids'] .o_field_x2many_list_row_add a")
    before = page.locator(backend.MODAL).count()
    add.first.click()
    expect(page.locator(backend.MODAL)).to_have_count(before + 1)
    modal = window(page)
    _describe(page, modal, label, choices)
    return modal


def keep(page: Page) -> None:
    """Save the window on top, and wait until it is closed."""
    before = page.locator(backend.MODAL).count()
    window(page).locator(".o_form_button_save").click()
    expect(page.locator(backend.MODAL)).to_have_count(before - 1)
    backend.settle(page)


def add(page: Page, rank: int, label: str, **choices: str) -> None:
    begin(page, rank, label, **choices)
    keep(page)


def open_line(page: Page, label: str) -> Locator:
    page.locator(LINES, has_text=label).first.locator(".o_grc_line").click()
    modal = window(page)
    expect(modal).to_be_visible()
    return modal


def remove(page: Page, label: str) -> None:
    page.locator(LINES, has_text=label).first.locator(
        "button[name='action_remove']"
    ).click()
    window(page).locator(".modal-footer .btn-primary").click()
    expect(page.locator(LINES, has_text=label)).to_have_count(0)
    backend.settle(page)


def show_if(modal: Locator, question: str, value: str) -> None:
    """Build « shown if … is … » in the editor of conditions."""
    modal.locator(".o_grc_add_condition").first.click()
    # The answer that was being written has left its row.
    expect(modal.locator(".o_selected_row")).to_have_count(0)
    leaf = modal.locator(".o_grc_condition_leaf").last
    leaf.locator(".o_grc_condition_source").select_option(label=question)
    leaf.locator(".o_grc_condition_value").select_option(label=value)


def lines(page: Page) -> list[str]:
    texts = page.locator(f"{LINES} .o_grc_line_text").all_inner_texts()
    return [text.strip().split("\n")[0].strip() for text in texts]


def preview(page: Page, device: str) -> FrameLocator:
    """Show the form as it is on a ``desktop`` or on a ``phone``."""
    icon = {"desktop": "fa-desktop", "phone": "fa-mobile"}[device]
    page.locator(f".o_grc_preview_head button:has(.{icon})").click()
    return page.frame_locator(".o_grc_preview_box iframe")


def open_publication(page: Page) -> Locator:
    backend.press(page, "action_open_publication")
    modal = window(page)
    expect(modal.locator(".o_grc_findings")).to_be_visible()
    return modal


def publish(page: Page, modal: Locator) -> None:
    box = modal.locator(".o_field_widget[name='is_acknowledged'] input:visible")
    if box.count():
        box.check()
    backend.finish(page, modal, "action_publish")


def ask_piece(page: Page, document: str, **values: str) -> None:
    """Ask a document that the town has not described yet: describe it on the way."""
    modal = begin(page, PIECE)
    box = backend.field(modal, "document_type_id")
    box.click()
    box.fill(document)
    # Both proposals come together, once what was typed has been looked for.
    expect(page.locator(".o_m2o_dropdown_option_create")).to_contain_text(document)
    page.locator(".o_m2o_dropdown_option_create_edit").click()
    sheet = page.locator(backend.MODAL).nth(1)
    if nature := values.pop("nature", None):
        select(page, sheet, "nature", nature)
    for name, text in values.items():
        backend.fill(sheet, name, text)
    keep(page)
    keep(page)
