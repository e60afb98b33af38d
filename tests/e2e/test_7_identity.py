"""A citizen signs in with FranceConnect: first time, next times, from a form, out."""

import pytest
from playwright.sync_api import expect

from . import identity as fc
from .people import sign_in
from .portal import QUESTION, file_request, fill, open_form, proceed, send

REQUEST = {
    "subject": "Lampadaire éteint",
    "description": "Celui du 3, rue du Port, depuis lundi.",
    "street": "3 rue du Port",
    "zip": "99000",
    "city": "Admiville",
}


@pytest.fixture(scope="module")
def kept():
    """Return what one journey leaves to the next."""
    return {}


def test_first_sign_in_opens_an_account(visitor, franceconnect, check, kept):
    visitor.goto("/web/login")
    expect(visitor.locator(fc.BUTTON)).to_contain_text(
        "S’identifier avec FranceConnect"
    )
    check.page(visitor, "connexion-franceconnect")
    fc.connect(visitor, "amelie")
    check.page(visitor, "franceconnect-mon-espace")
    shown = fc.my_identity(visitor)
    for fact in ("BERNARD", "Amélie, Claire", "12/04/1985", "FranceConnect"):
        expect(shown).to_contain_text(fact)
    check.page(visitor, "mon-identite")
    check.for_docs(visitor, "identity")
    visitor.goto("/my/account")
    name = visitor.locator("#o_name")
    expect(name).to_have_value("Amélie BERNARD")
    assert name.get_attribute("readonly") is not None
    check.page(visitor, "mon-compte-certifie")
    kept["number"] = file_request(visitor, QUESTION, REQUEST)


def test_second_sign_in_finds_the_account(visitor, franceconnect, kept):
    fc.connect(visitor, "amelie", "/my/demandes")
    expect(visitor.locator(".o_grc_demands")).to_contain_text(kept["number"])


def test_sign_out_is_also_at_franceconnect(visitor, franceconnect, check):
    fc.connect(visitor, "amelie")
    visitor.context.clear_cookies(domain="localhost")
    fc.leave(visitor)
    assert fc.is_known_there(visitor), "a sign-out here only would leave this"
    fc.choose(visitor, "amelie")
    visitor.wait_for_url("**/my")
    fc.sign_out(visitor)
    expect(visitor.locator("#grc-signed-out")).to_contain_text("chez FranceConnect")
    check.page(visitor, "deconnecte")
    visitor.goto("/my/demandes")
    expect(visitor.locator("form.oe_login_form")).to_be_visible()
    fc.leave(visitor)
    assert not fc.is_known_there(visitor)


def test_franceconnect_down_at_sign_out(visitor, franceconnect):
    fc.connect(visitor, "amelie")
    franceconnect.fault("session_end", "status_503")
    visitor.click("#grc-sign-out")
    visitor.wait_for_url("**/session/end**")
    visitor.goto("/my")
    expect(visitor.locator("form.oe_login_form")).to_be_visible()


def test_sign_in_in_the_middle_of_a_form(visitor, franceconnect, check):
    open_form(visitor, QUESTION)
    fill(visitor, REQUEST | {"email_used": "sophie.ailleurs@example.com"})
    check.page(visitor, "formulaire-franceconnect")
    visitor.click(f"#grc-connect-form {fc.BUTTON}")
    fc.choose(visitor, "usage")
    expect(visitor.locator("#grc-continue")).to_be_visible()
    expect(visitor.locator("#grc-connect-form")).to_have_count(0)
    for field, text in REQUEST.items():
        expect(visitor.locator(f"#{field}")).to_have_value(text)
    # What she had typed is not replaced by what FranceConnect says.
    email = visitor.locator("#email_used")
    expect(email).to_have_value("sophie.ailleurs@example.com")
    expect(visitor.locator("#requester_firstname")).to_have_value("Sophie")
    name = visitor.locator("#requester_lastname")
    assert "LEROY" in name.input_value().upper()
    check.page(visitor, "formulaire-retour-franceconnect")
    proceed(visitor)
    number = send(visitor)
    visitor.goto("/my/demandes")
    expect(visitor.locator(".o_grc_demands")).to_contain_text(number)


def test_gave_up_in_the_middle_of_a_form(visitor, franceconnect):
    open_form(visitor, QUESTION)
    fill(visitor, REQUEST | {"requester_lastname": "Lefèvre"})
    visitor.click(f"#grc-connect-form {fc.BUTTON}")
    fc.give_up(visitor)
    fc.incident(visitor, "gave_up").locator("a[href*='/deposer']").click()
    for field, text in REQUEST.items():
        expect(visitor.locator(f"#{field}")).to_have_value(text)


def test_keys_change_in_the_middle(visitor, franceconnect):
    fc.leave(visitor)
    fc.wait_for_new_keys(franceconnect)
    franceconnect.rotate()
    fc.choose(visitor, "oeuvre")
    visitor.wait_for_url("**/my")
    expect(fc.my_identity(visitor)).to_contain_text("LEBŒUF-D’ŒUILLY")


# === AN ACCOUNT WITH A PASSWORD === #


@pytest.fixture(scope="module")
def account(people, run_id):
    """Return the login and the password of an account opened by its owner."""
    login, password = f"paul.{run_id}@example.com", f"Mot-de-passe-{run_id}"
    page = people.open()
    page.goto("/web/signup")
    fill(page, {"login": login, "name": "Paul Bernard", "password": password})
    page.fill("#confirm_password", password)
    page.click("form.oe_signup_form button[type=submit]")
    page.wait_for_url("**/my**")
    return login, password


def _enter(page, account, back):
    page.goto(f"/web/login?redirect={back}")
    sign_in(page, *account)


def test_account_is_linked_on_both_proofs(
    visitor, franceconnect, check, account, mailbox
):
    _enter(visitor, account, "/my/franceconnect")
    check.page(visitor, "mon-identite-a-relier")
    box = visitor.locator("input[name=password]")
    box.fill("faux")
    visitor.click(fc.BUTTON)
    expect(visitor.locator("[role=alert]")).to_be_visible()
    check.page(visitor, "mon-identite-erreur")
    box.fill(account[1])
    visitor.click(fc.BUTTON)
    fc.choose(visitor, "paul")
    expect(visitor.locator(".o_grc_notice")).to_contain_text("relié")
    check.page(visitor, "mon-identite-reliee")
    mailbox.wait(account[0], "aussi avec FranceConnect")
    fc.sign_out(visitor)
    fc.connect(visitor, "paul", "/my/account")
    expect(visitor.locator("input[name=email]")).to_have_value(account[0])


def test_account_is_unlinked_then_proved_again(visitor, franceconnect, check, account):
    _enter(visitor, account, "/my/franceconnect")
    visitor.click(fc.BUTTON)
    fc.choose(visitor, "paul")
    button = visitor.locator("form[action$=delier] button")
    expect(button).to_be_visible()
    check.page(visitor, "mon-identite-delier")
    button.click()
    expect(visitor.locator("#grc-signed-out")).to_be_visible()
    check.page(visitor, "deconnecte-ici")
    _enter(visitor, account, "/my/franceconnect")
    expect(visitor.locator("input[name=password]")).to_be_visible()
    visitor.context.clear_cookies(domain="localhost")
    # Her identity is known, and leads to an account: its password is asked for.
    fc.leave(visitor)
    fc.choose(visitor, "paul")
    expect(visitor.locator("#grc-proof")).to_be_visible()
    expect(visitor.locator("#grc-proof")).not_to_contain_text(account[0])
    check.page(visitor, "preuve-du-compte")
    fill(visitor, {"login": account[0], "password": "faux"})
    visitor.click("#grc-proof button.btn-primary")
    expect(visitor.locator("[role=alert]")).to_be_visible()
    check.page(visitor, "preuve-du-compte-erreur")
    fill(visitor, {"login": account[0], "password": account[1]})
    visitor.click("#grc-proof button.btn-primary")
    visitor.wait_for_url("**/my")


def test_password_on_an_account_of_franceconnect(visitor, franceconnect, check, run_id):
    fc.connect(visitor, "oeuvre", "/my/franceconnect")
    form = visitor.locator("#grc-first-password")
    expect(form).to_be_visible()
    check.page(visitor, "premier-mot-de-passe")
    login, password = f"maelys.{run_id}@example.com", f"Un-long-mot-{run_id}"
    fill(visitor, {"login": login, "new1": password, "new2": "autre chose"})
    form.locator("button").click()
    expect(visitor.locator("[role=alert]")).to_be_visible()
    check.page(visitor, "premier-mot-de-passe-erreur")
    fill(visitor, {"new1": password, "new2": password})
    form.locator("button").click()
    expect(visitor.locator(".o_grc_notice")).to_be_visible()
    check.page(visitor, "mot-de-passe-enregistre")
    fc.sign_out(visitor)
    _enter(visitor, (login, password), "/my")
