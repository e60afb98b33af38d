"""The town, its servers, its people and their browsers."""

import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from .checks import Axe, Checker
from .identity import ready
from .mails import Mailbox
from .party import Party
from .people import ADMINISTRATOR_OF_ODOO, People
from .servers import (
    CORE_NOISE,
    MailCatcher,
    Odoo,
    Simulator,
    drop_database,
    make_database,
)

# Seconds are cheap when a machine of two cores also compiles the first page's assets.
# Two cores may have other work: what never comes is still said in half a minute.
expect.set_options(timeout=30_000)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def mail_catcher(tmp_path_factory):
    catcher = MailCatcher(tmp_path_factory.mktemp("maildev"))
    catcher.start()
    yield catcher
    catcher.stop()


@pytest.fixture(scope="session")
def simulator(tmp_path_factory):
    """Return FranceConnect and its like; ``simulator.control("site", url=…)``."""
    server = Simulator(tmp_path_factory.mktemp("simulator"), "http://localhost:8069")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def odoo(mail_catcher, tmp_path_factory):
    name, is_ours = make_database()
    server = Odoo(name, mail_catcher.smtp_port, tmp_path_factory.mktemp("odoo"))
    server.start()
    yield server
    server.stop()
    if is_ours and not os.environ.get("GRC_E2E_KEEP"):
        drop_database(name)


@pytest.fixture(scope="session")
def mailbox(mail_catcher):
    return Mailbox(mail_catcher)


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("GRC_CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=CHROMIUM_OPTIONS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    return Axe()


@pytest.fixture(scope="session")
def check(axe):
    folder = os.environ.get("GRC_E2E_SHOTS") or Path(__file__).parent / "shots"
    return Checker(axe, Path(folder))


@pytest.fixture(scope="session")
def run_id():
    """Return a word of this run: names and addresses are new in a database kept."""
    return f"{int(time.time()) % 10**7}"


@pytest.fixture(scope="session")
def party(run_id):
    """Return the prestation built in the browser: its name is new in each run."""
    return Party(run_id)


@pytest.fixture(scope="session")
def people(browser, odoo):
    return People(browser, odoo.url)


@pytest.fixture(scope="session")
def identity_set_up(people, simulator, odoo):
    """Have the administrator set FranceConnect up, once."""
    simulator.reset()
    ready(people.open(ADMINISTRATOR_OF_ODOO), simulator, odoo.url)


@pytest.fixture
def franceconnect(simulator, odoo, identity_set_up):
    """Return the simulator, as new, that the town's site sends people to."""
    simulator.reset()
    simulator.control("site", url=odoo.url)
    return simulator


@pytest.fixture
def visitor(people):
    """Return the page of somebody without an account."""
    return people.open()


@pytest.fixture
def expected_log():
    """Return a list: a test adds what the server's log may rightly say."""
    return [*CORE_NOISE]


@pytest.fixture(autouse=True)
def nothing_wrong(request, expected_log):
    """Close the browsers; fail if a script, the server's log or a check complained."""
    yield
    wrong = []
    if "people" in request.fixturenames:
        wrong += request.getfixturevalue("people").leave()
    if "odoo" in request.fixturenames:
        wrong += [
            line
            for line in request.getfixturevalue("odoo").new_complaints()
            if not any(re.search(pattern, line) for pattern in expected_log)
        ]
    if "check" in request.fixturenames:
        wrong += request.getfixturevalue("check").leave()
    assert not wrong, "\n" + "\n".join(wrong)
