"""A town of its own for the saisines: its clock goes where the stories want it."""

import os
import re

import pytest

from ..mails import Mailbox
from ..people import People
from ..servers import CACHE, MailCatcher, Odoo, drop_database, make_database
from .papers import Papers
from .town import Town

MODULES = "base,web,grc_test_clock"
BIRTH = "2027-01-04 08:00"  # before every story


@pytest.fixture(scope="session")
def clock_file(tmp_path_factory):
    return tmp_path_factory.mktemp("clock") / "now"


@pytest.fixture(scope="session")
def mail_catcher(tmp_path_factory):
    """Start a catcher of its own: one that starts again shows its mails twice."""
    catcher = MailCatcher(tmp_path_factory.mktemp("maildev_moved"))
    catcher.start()
    yield catcher
    catcher.stop()


@pytest.fixture(scope="session")
def mailbox(mail_catcher):
    return Mailbox(mail_catcher)


@pytest.fixture(scope="session")
def odoo(mail_catcher, tmp_path_factory, clock_file):
    """Start a second Odoo, whose clock is moved; it runs no job but those asked."""
    name, is_ours = make_database("_clock")
    Town.write_instant(clock_file, BIRTH)
    server = Odoo(
        name,
        mail_catcher.smtp_port,
        tmp_path_factory.mktemp("moved"),
        *("--load", MODULES, "--max-cron-threads", "0", "--limit-time-real", "0"),
        env={"GRC_TEST_CLOCK": str(clock_file)},
    )
    server.start()
    yield server
    server.stop()
    if is_ours and not os.environ.get("GRC_E2E_KEEP"):
        drop_database(name)


@pytest.fixture(scope="session")
def people(browser, odoo):
    return People(browser, odoo.url)


@pytest.fixture(scope="session")
def papers():
    folder = os.environ.get("GRC_E2E_PAPERS") or CACHE / "e2e-papers"
    return Papers(folder)


@pytest.fixture(scope="session")
def shared_town(odoo, people, mailbox, papers, clock_file, run_id):
    return Town(odoo, people, mailbox, papers, clock_file, run_id)


@pytest.fixture
def town(shared_town, request):
    """Return the town; what the story wrote is kept under the story's name."""
    words = re.findall(r"[a-z0-9]+", request.node.name.removeprefix("test_"))
    shared_town.begin("-".join(words))
    yield shared_town
    shared_town.people.go_home()
