"""The people of the town, each in a browser of their own."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request

from .checks import DESKTOP
from .servers import ROOT

ADMINISTRATOR = "helene.marchand@example.com"
ADMINISTRATOR_OF_ODOO = "admin"
DESK_AGENT = "lucas.perrin@example.com"
SCHOOL_HEAD = "sophie.lemoine@example.com"
CIVIL_AGENT = "karim.benali@example.com"
CULTURE_AGENT = "marion.delaunay@example.com"
CITIZEN = "camille.roussel@example.com"
OTHER_CITIZEN = "antoine.mercier@example.com"


def demo_logins() -> dict[str, str]:
    """Return {login: password} of the demo town."""
    lines = (ROOT / "addons/grc_demo/logins.txt").read_text(encoding="utf-8")
    return dict(line.split("\t")[:2] for line in lines.splitlines() if "\t" in line)


def sign_in(page: Page, login: str, password: str) -> None:
    """Fill core's sign-in page, where ``page`` is already, and wait for the next."""
    page.fill("form.oe_login_form input[name=login]", login)
    page.fill("form.oe_login_form input[name=password]", password)
    page.click("form.oe_login_form button[type=submit]")
    # The first of all makes the server put the scripts of the page together.
    page.wait_for_url(lambda url: "/web/login" not in url, timeout=60_000)


class People:
    """Opens browsers; remembers who is signed in, and what the pages complained of."""

    def __init__(self, browser: Browser, url: str):
        self.browser = browser
        self.url = url
        self.logins = demo_logins()
        self._states: dict[str, dict] = {}
        self._contexts: list[tuple[str | None, BrowserContext]] = []
        self._errors: list[str] = []

    def open(self, login: str | None = None, *, javascript: bool = True) -> Page:
        """Return a page in a new browser, signed in as ``login`` if one is given."""
        if login and login not in self._states:
            page = self._new_page()
            page.goto("/web/login")
            sign_in(page, login, self.logins[login])
            self._states[login] = page.context.storage_state()
        return self._new_page(login, javascript)

    def _new_page(self, login: str | None = None, javascript: bool = True) -> Page:
        context = self.browser.new_context(
            base_url=self.url,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
            reduced_motion="reduce",
            storage_state=self._states.get(login),
            java_script_enabled=javascript,
        )
        context.set_default_timeout(30_000)
        self._contexts.append((login, context))
        page = context.new_page()
        page.on("pageerror", lambda error: self._errors.append(error.stack))
        count_calls(page)
        return page

    def go_home(self) -> None:
        """Close the browsers; who comes back finds the session that was left open."""
        for login, context in self._contexts:
            if login:
                self._states[login] = context.storage_state()
        self._close()

    def leave(self) -> list[str]:
        """Close the browsers opened so far; return the errors of their scripts."""
        self._close()
        errors, self._errors = self._errors, []
        return sorted(set(errors))

    def _close(self) -> None:
        while self._contexts:
            _login, context = self._contexts.pop()
            context.close()


def count_calls(page: Page) -> None:
    """Keep in ``page.pending`` what the web client asked and was not answered yet."""
    page.pending = set()
    page.on("request", lambda call: _is_call(call) and page.pending.add(call))
    for ended in ("requestfinished", "requestfailed"):
        page.on(ended, lambda call: page.pending.discard(call))


def _is_call(call: Request) -> bool:
    path = urlsplit(call.url).path
    return path.startswith(
        ("/web/dataset/", "/web/action/", "/mail/", "/web/webclient")
    )
