"""What somebody without a mouse does: Tab, Space, Enter, arrows, and typing."""

from playwright.sync_api import Page

MOST_TABS = 120
IS_FOCUSED = "(selector) => Boolean(document.activeElement?.matches(selector))"


class Keyboard:
    """A page moved through with the keyboard alone."""

    def __init__(self, page: Page):
        self.page = page

    def to(self, selector: str, *, back: bool = False) -> None:
        """Press Tab until what ``selector`` names has the focus."""
        for _press in range(MOST_TABS):
            if self.page.evaluate(IS_FOCUSED, selector):
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def back_to(self, selector: str) -> None:
        self.to(selector, back=True)

    def type(self, selector: str, text: str) -> None:
        """Go to a field; what it holds is replaced, since Tab selects it."""
        self.to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, selector: str) -> None:
        """Go to a box and press Space."""
        self.to(selector)
        self.page.keyboard.press("Space")

    def press(self, selector: str) -> None:
        """Go to a link or a button, press Enter, and wait for the page it leads to."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
