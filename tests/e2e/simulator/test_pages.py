"""The simulator's pages, in a browser: each is looked at as ours are."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from ..openid import Service


class EmptySite(BaseHTTPRequestHandler):
    """Where people come back: the address is all that counts."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"La mairie")

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def site(simulator):
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptySite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    simulator.reset()
    url = f"http://127.0.0.1:{server.server_port}"
    simulator.control("site", url=url)
    yield url
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser):
    """Return a page of a citizen's browser."""
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture
def town(simulator, site):
    return Service(simulator.issuer, "admiville", "ES256", site=site)


def test_pages(page, simulator, town, check):
    def ask(**more):
        page.goto(f"{town.issuer}/authorize?{urlencode(town.request(**more))}")

    page.goto(simulator.url)
    check.page(page, "simulator-home")
    ask(nonce="court")
    expect(page.get_by_text("Y030007")).to_be_visible()
    check.page(page, "simulator-error")
    ask()
    # « (attaque) » is a person's name made of HTML: shown, never run.
    assert "simulateur" in page.title()
    check.page(page, "simulator-choice")
    page.get_by_role("button", name="Jeanne FONTAINE").click()
    check.page(page, "simulator-refusal")
    page.get_by_role("button", name="Revenir sur").click()
    page.wait_for_url(f"{town.back}?error=access_denied&*")
    ask()
    page.get_by_role("button", name="Amélie, Claire BERNARD").click()
    page.wait_for_url(f"{town.back}?code=*")
    ask()
    expect(page.get_by_text("Vous êtes déjà connecté")).to_be_visible()
    check.page(page, "simulator-continue", allowed=("email",))
    page.get_by_role("link", name="Choisir une autre identité").click()
    # Another person than the one signed in: the first is signed out on the way.
    page.get_by_role("button", name="Paul BERNARD").click()
    page.wait_for_url(f"{town.back}?code=*")


def test_logout_needs_no_click(page, town, site):
    page.goto(f"{town.issuer}/authorize?{urlencode(town.request())}")
    page.get_by_role("button", name="Paul BERNARD").click()
    page.wait_for_url(f"{town.back}?code=*")
    code = page.url.partition("code=")[2].partition("&")[0]
    token = town.exchange(code).json()["id_token"]
    back = f"{site}/franceconnect/retour-deconnexion"
    query = {
        "id_token_hint": token,
        "post_logout_redirect_uri": back,
        "state": "abc",
    }
    page.goto(f"{town.issuer}/session/end?{urlencode(query)}")
    page.wait_for_url(f"{back}?state=abc")
