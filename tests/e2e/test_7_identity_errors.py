"""Each way in which a sign-in fails has its page: what happened, what to do."""

import re
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect

from . import identity as fc

# What the town's log rightly says of an error in its settings.
SETTINGS = r"Sign-in [0-9A-F]{8} ended: configuration"


def _people_refused(page, person):
    fc.leave(page, "/demarches")
    fc.choose(page, person)
    fc.accept_refusal(page)


def _returned(page, simulator, **answer):
    simulator.fault("callback", "error", **answer)
    fc.leave(page, "/demarches")
    fc.choose(page, "amelie")


def _looks_right(page, check, motive, name=None):
    """Check the page, its reference and its ways out."""
    shown = fc.incident(page, motive)
    expect(shown.locator("strong")).to_have_text(re.compile("[0-9A-F]{8}"))
    expect(shown.locator("a[href^='/web/login?']")).to_be_visible()
    expect(shown.locator("a[href='/demarches']").first).to_be_visible()
    check.page(page, f"incident-{name or motive}")


def test_gave_up(visitor, franceconnect, check):
    fc.leave(visitor, "/demarches")
    fc.give_up(visitor)
    _looks_right(visitor, check, "gave_up")
    # From there, a second try begins on the page where one was.
    visitor.click("#grc-incident a[href^='/web/login?']")
    visitor.click(fc.BUTTON)
    fc.choose(visitor, "etudiante")
    visitor.wait_for_url("**/demarches")


@pytest.mark.parametrize(
    ("person", "motive"),
    [
        ("decedee", "not_recognised"),
        ("non_reconnu", "not_recognised"),
        ("rnipp_en_panne", "unavailable"),
        ("identite_incomplete", "technical"),
    ],
)
def test_refused_by_franceconnect(visitor, franceconnect, check, person, motive):
    _people_refused(visitor, person)
    _looks_right(visitor, check, motive, person.replace("_", "-"))
    expect(visitor.locator("#grc-incident")).not_to_contain_text("décéd")


@pytest.mark.parametrize(
    ("target", "kind", "motive"),
    [
        ("id_token", "bad_signature", "technical"),
        ("userinfo", "other_sub", "technical"),
        ("token", "status_503", "unavailable"),
        ("token", "slow", "unavailable"),
        ("callback", "wrong_iss", "technical"),
        ("callback", "no_state", "expired"),
    ],
)
def test_answer_not_believed(visitor, franceconnect, check, target, kind, motive):
    franceconnect.fault(target, kind)
    fc.leave(visitor, "/demarches")
    fc.choose(visitor, "etudiante")
    fc.incident(visitor, motive)
    visitor.goto("/my")
    expect(visitor.locator("form.oe_login_form")).to_be_visible()


def test_settings_refused(visitor, franceconnect, check, expected_log):
    expected_log.append(SETTINGS)
    _returned(visitor, franceconnect, error="invalid_acr")
    _looks_right(visitor, check, "configuration")


def test_error_that_nobody_knows(visitor, franceconnect, check):
    text = "<script>document.title = 'pirate'</script>"
    _returned(visitor, franceconnect, error="nouvelle_erreur", description=text)
    _looks_right(visitor, check, "unknown")
    expect(visitor.locator("#grc-incident")).not_to_contain_text("pirate")
    assert "pirate" not in visitor.title()


def test_return_used_twice(visitor, franceconnect, check):
    with visitor.expect_request("**/franceconnect/retour?**") as returned:
        fc.connect(visitor, "etudiante")
    fc.sign_out(visitor)
    visitor.goto(returned.value.url)
    fc.incident(visitor, "expired")
    check.page(visitor, "incident-expired")


def test_return_of_somebody_else(visitor, franceconnect, odoo):
    """Somebody opens, in her browser, the address of a stranger's own return."""
    with requests.Session() as stranger:
        back = _return_of(stranger, odoo.url)
    visitor.goto(back)
    fc.incident(visitor, "expired")
    visitor.goto("/my")
    expect(visitor.locator("form.oe_login_form")).to_be_visible()


def _token(session, site):
    page = session.get(f"{site}/web/login", timeout=30)
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def _start(session, site, token):
    """Press the button; return the address that it leads to."""
    data = {"csrf_token": token, "retour": "/demarches"}
    url = f"{site}/franceconnect/connexion"
    answer = session.post(url, data=data, allow_redirects=False, timeout=30)
    return answer.headers["Location"]


def _return_of(session, site):
    """Go to FranceConnect and choose somebody; return the address to come back to."""
    page = session.get(_start(session, site, _token(session, site)), timeout=30)
    answer = session.post(
        page.url, data={"person": "etudiante"}, allow_redirects=False, timeout=30
    )
    while not answer.headers["Location"].startswith(site):
        place = requests.compat.urljoin(answer.url, answer.headers["Location"])
        answer = session.get(place, allow_redirects=False, timeout=30)
    return answer.headers["Location"]


def test_identity_of_another_account(visitor, people, franceconnect, check, run_id):
    fc.connect(visitor, "outre_mer")
    other = people.open()
    other.goto("/web/signup")
    values = {"login": f"teva.{run_id}@example.com", "name": "Teva T"}
    for name, text in (values | {"password": f"Mot-{run_id}"}).items():
        other.fill(f"#{name}", text)
    other.fill("#confirm_password", f"Mot-{run_id}")
    other.click("form.oe_signup_form button[type=submit]")
    other.wait_for_url("**/my**")
    fc.my_identity(other)
    other.fill("input[name=password]", f"Mot-{run_id}")
    other.click(fc.BUTTON)
    fc.choose(other, "outre_mer")
    shown = fc.incident(other, "taken")
    expect(shown.locator("a[href='/my/franceconnect']")).to_be_visible()
    check.page(other, "incident-taken")


def test_too_many_from_one_place(visitor, franceconnect, odoo, check):
    """From an address of its own: the others are not held back."""
    site = odoo.url.replace("localhost", "127.0.0.1")
    with requests.Session() as session:
        session.mount("http://", _From("127.0.0.9"))
        token = _token(session, site)
        for _turn in range(61):
            back = _start(session, site, token)
    where = urlsplit(back)
    visitor.goto(f"{where.path}?{where.query}")
    _looks_right(visitor, check, "busy")


class _From(requests.adapters.HTTPAdapter):
    """Calls from another address of this machine."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        kwargs["source_address"] = (self.address, 0)
        super().init_poolmanager(*args, **kwargs)


def test_service_down_before_leaving(visitor, franceconnect, check):
    """The town cannot read where to send people: it says so at once."""
    visitor.goto("/franceconnect/incident?motif=unavailable&retour=/demarches")
    fc.incident(visitor, "unavailable")
    visitor.goto("/franceconnect/connexion")
    check.page(visitor, "incident-adresse")
