"""What every page met on a journey must pass: axe, French, phone width; its picture."""

import os
from pathlib import Path

from playwright.sync_api import Page

from .servers import NPM, ROOT
from .words import wrong_words

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP, PHONE = (1300, 900), (360, 800)

# Where the web client of Odoo breaks a rule around and inside our screens: (rule, part
# of core's own component). A view cannot change these parts, only the client's
# JavaScript could. The rules stay on for everything else, ours first.
CORE_COMPONENTS = [
    # the thread of messages, all of it, is core's mail component
    ("*", ".o-mail-Chatter"),
    # the gear of lists with optional columns, drawn without a name
    ("button-name", ".o_optional_columns_dropdown"),
    # the columns of core's lists that hold handles, boxes to tick or buttons
    ("empty-table-header", "th[class*=o_list_], tr[data-group-id]"),
    ("label", ".o_list_record_selector, .o_data_row .o-checkbox"),
    # a card of core's kanban is an article that is a link; avatars and the clock of
    # activities are pictures without alternative
    ("aria-allowed-role", ".o_kanban_record"),
    ("image-alt", ".o_avatar"),
    ("role-img-alt", ".o-mail-ActivityButton"),
    # tags, drop-down choices and proposals: roles and attributes of core's widgets
    ("aria-allowed-attr", ".o_field_tags, .o-dropdown, .o-autocomplete"),
    ("autocomplete-valid", ".o_select_menu_input"),
    # the button that copies an address has a picture and a hint, no name
    ("button-name", ".o_clipboard_button"),
    # the name of a file chosen, in a box that cannot be changed
    ("label", ".o_field_binary"),
    # the calendar
    ("color-contrast", ".fc, .o_date_item_cell"),
    ("label-content-name-mismatch", ".fc"),
    ("button-name", ".o_calendar_view"),
    ("label", ".o_calendar_filter"),
    # the pivot: the corner of its table is empty, the names of its measures are grey
    ("empty-table-header", ".o_pivot"),
    ("color-contrast", ".o_pivot_measure_row"),
    # tabs of a form: their role="tablist" is not on their parent
    ("aria-required-parent", ".o_notebook_headers"),
    # a dialog repeats the landmarks of the page behind it, and names itself by a title
    # of level 4
    ("aria-dialog-name", ".modal"),
    ("heading-order", ".modal-title"),
    ("landmark-main-is-top-level", ".modal"),
    ("landmark-no-duplicate-banner", ".modal"),
    ("landmark-no-duplicate-main", ".modal, .o_content"),
    ("landmark-unique", ".modal, .o_content"),
]
RUN_AXE = """
async ([within, tags, core]) => {
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const {violations} = await axe.run(within || document, options);
  const at = (node) => document.querySelector(node.target[0]);
  const isCore = (rule, node) => core.some(
    ([name, part]) => ["*", rule].includes(name) && at(node)?.closest(part));
  return violations
    .map((row) => ({...row, nodes: row.nodes.filter((node) => !isCore(row.id, node))}))
    .filter((row) => row.nodes.length);
}
"""


class Axe:
    """axe-core, run in the page without adding anything to it."""

    def __init__(self):
        path = os.environ.get("GRC_AXE") or NPM / "axe-core/axe.min.js"
        self.source = Path(path).read_text(encoding="utf-8")

    def violations(self, page: Page, *, within: str | None = None, core=()) -> list:
        """Return axe's violations, in the whole page or in one part of it.

        :param within: a selector; the whole page without it
        :param core: (rule, selector) of the components whose fault is not ours
        """
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(f"() => {{ {self.source} }}")
        return page.evaluate(RUN_AXE, [within, TAGS, list(core)])


def told(violations: list) -> str:
    """Return violations as lines that a developer can act on."""
    return "\n".join(
        f"  {row['id']}: {row['help']}\n"
        + "\n".join(f"    {n['target']} {n['html'][:160]}" for n in row["nodes"][:4])
        for row in violations
    )


class Checker:
    """Looks at each page met, at a desk's and at a phone's width.

    It takes note and lets the journey go on: the end of the test fails with all notes.
    """

    def __init__(self, axe: Axe, shots: Path):
        self.axe = axe
        self.shots = shots
        self.seen: dict[str, str] = {}
        self.notes: list[str] = []
        shots.mkdir(parents=True, exist_ok=True)

    def page(self, page: Page, name: str, *, allowed: tuple[str, ...] = ()) -> None:
        """Check a page of the portal or of core's public pages."""
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            self._picture(page, f"{name}-{width}", full=True)
            self._note(page, f"{name}, {width} px", told(self.axe.violations(page)))
            wide = page.evaluate("() => document.documentElement.scrollWidth")
            if wide > width:
                self._note(page, f"{name}, {width} px", f"  the page is {wide} px wide")
        self._words(page, name, allowed)

    def backend(
        self,
        page: Page,
        name: str,
        *,
        within: str = ".o_content",
        allowed: tuple[str, ...] = (),
    ) -> None:
        """Check our part of a screen of the agents' interface."""
        self._picture(page, name)
        violations = self.axe.violations(page, within=within, core=CORE_COMPONENTS)
        self._note(page, name, told(violations))
        self._words(page, name, allowed)

    def leave(self) -> list[str]:
        """Return what was noted so far, and forget it."""
        notes, self.notes = self.notes, []
        return notes

    def _words(self, page: Page, name: str, allowed: tuple[str, ...]) -> None:
        self.seen[name] = page.url
        self._note(page, name, "\n".join(wrong_words(page, allowed)))

    def _note(self, page: Page, name: str, text: str) -> None:
        if text:
            self.notes.append(f"{name} ({page.url}):\n{text}")

    def _picture(self, page: Page, name: str, *, full: bool = False) -> None:
        page.screenshot(path=self.shots / f"{name}.png", full_page=full)

    def for_readme(self, page: Page, who: str) -> None:
        """Take the picture of README.md, at the width of a desk."""
        self.for_docs(page, who, DESKTOP)

    def for_docs(
        self, page: Page, name: str, size: tuple[int, int] | None = None
    ) -> None:
        """Take the picture of a document; in docs/images only when it is asked for.

        :param size: width and height of the window, left as it is without them
        """
        folder = self.shots
        if os.environ.get("GRC_SHOTS_TO_DOCS") == "1":
            folder = ROOT / "docs" / "images"
            folder.mkdir(exist_ok=True)
        if size:
            page.set_viewport_size({"width": size[0], "height": size[1]})
        page.screenshot(path=folder / f"{name}.png")
