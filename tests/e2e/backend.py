"""What an agent does in Odoo's interface, by the names of its fields and buttons."""

from playwright.sync_api import Locator, Page, Request, expect

ROW = ".o_data_row"
MODAL = ".modal .modal-content"


def settle(page: Page) -> None:
    """Wait until the web client has drawn what it was asked for."""
    quiet = 0
    while quiet < 3:
        page.wait_for_timeout(50)
        quiet = 0 if page.pending else quiet + 1
    page.wait_for_selector(".o_action_manager .o_content")


def open_list(page: Page, path: str) -> None:
    page.goto(path)
    settle(page)


def search(page: Page, words: str) -> None:
    """Type in the search bar, as an agent who looks for a number or a name."""
    for facet in page.locator(".o_searchview .o_facet_remove").all():
        facet.click()
    bar = page.locator(".o_searchview_input")
    bar.fill(words)
    bar.press("Enter")
    settle(page)


def open_row(page: Page, words: str) -> None:
    page.locator(ROW, has_text=words).first.locator("td.o_data_cell").nth(1).click()
    page.wait_for_selector(".o_form_view")
    settle(page)


def open_request(page: Page, number: str) -> None:
    open_list(page, "/odoo/demandes")
    search(page, number)
    open_row(page, number)


def field(scope: Page | Locator, name: str) -> Locator:
    """Return what one types in: the input or the text area of a field."""
    return scope.locator(
        f".o_field_widget[name='{name}'] input:visible, "
        f".o_field_widget[name='{name}'] textarea:visible"
    ).first


def fill(scope: Page | Locator, name: str, text: str) -> None:
    field(scope, name).fill(text)


def choose(page: Page, scope: Page | Locator, name: str, text: str) -> None:
    """Choose a record: type its name, take the proposal."""
    box = field(scope, name)
    box.click()
    # What is proposed before one types gives way to what is found: not before.
    with page.expect_response(lambda got: _looks_for(got.request, text)):
        box.fill(text)
    page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()
    # The next list of proposals must not be mistaken for this one.
    expect(page.locator(".o-autocomplete--dropdown-item")).to_have_count(0)


def _looks_for(call: Request, text: str) -> bool:
    return "name_search" in call.url and text in (call.post_data or "")


def read(scope: Page | Locator, name: str) -> str:
    widget = scope.locator(f".o_field_widget[name='{name}']").first
    box = widget.locator("input, textarea, select")
    return box.first.input_value() if box.count() else widget.inner_text()


def press(scope: Page | Locator, name: str) -> None:
    """Press the button of a form, by the method that it calls."""
    scope.locator(f"button[name='{name}']:visible").first.click()


def hotkey(page: Page, key: str) -> Locator:
    """Press the form's button that has this shortcut; return the dialog it opens."""
    page.locator(f".o_form_statusbar button[data-hotkey='{key}']:visible").click()
    modal = page.locator(MODAL)
    expect(modal).to_be_visible()
    return modal


def finish(page: Page, modal: Locator, button: str) -> None:
    """Press a dialog's button and wait until the dialog is closed."""
    press(modal, button)
    expect(page.locator(MODAL)).to_have_count(0)
    settle(page)


def refusal(page: Page) -> str:
    """Return the text of the refusal on screen, and dismiss it."""
    dialog = page.locator(".o_error_dialog, .modal.o_technical_modal").last
    expect(dialog).to_be_visible()
    text = dialog.locator(".modal-body").inner_text()
    dialog.locator(".modal-footer button").first.click()
    return text


def discard(page: Page) -> None:
    """Give up what was changed on the form."""
    page.locator(".o_form_button_cancel:visible").click()
    settle(page)


def tab(page: Page, name: str) -> None:
    page.locator(f".o_notebook .nav-link[name='{name}']").click()


def open_menu(page: Page, *names: str) -> None:
    """Open a menu of ours, then an entry in it, by their XML identifiers."""
    for name in names:
        name = name if "." in name else f"grc_base.{name}"
        page.locator(f"[data-menu-xmlid='{name}']:visible").first.click()
    settle(page)


def close_dialog(page: Page) -> None:
    """Close the window that the menu opened, if it opened one."""
    button = page.locator(".modal .btn-close")
    if button.count():
        button.click()
        button.wait_for(state="hidden")


def all_menus(page: Page) -> list[tuple[str, ...]]:
    """Return the ways to every screen of our application: (menu,) or (menu, entry)."""
    ways = []
    for section in page.locator(".o_menu_sections > [data-menu-xmlid]:visible").all():
        name = section.get_attribute("data-menu-xmlid")
        if section.get_attribute("aria-expanded") is None:
            ways.append((name,))
            continue
        section.click()
        entries = page.locator(".o-dropdown--menu [data-menu-xmlid]:visible")
        entries.first.wait_for()
        for entry in entries.all():
            ways.append((name, entry.get_attribute("data-menu-xmlid")))
        page.keyboard.press("Escape")
        entries.first.wait_for(state="hidden")
    return ways
