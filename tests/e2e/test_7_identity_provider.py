"""The administrator sets up another provider, whose settings are all different."""

import pytest
from playwright.sync_api import expect

from . import backend, builder
from . import identity as fc
from .people import ADMINISTRATOR_OF_ODOO

CLIENT = "admiville-oidc-ps256-json"
WRONG = "un-autre-secret-0123456789"


@pytest.fixture(scope="module")
def name(run_id):
    return f"Compte métropole {run_id}"


def _fill(page, name, simulator, site):
    """Fill the whole screen, as the provider's own page says."""
    backend.fill(page, "name", name)
    for field, text in (
        ("kind", "Autre fournisseur OpenID"),
        ("algorithm", "PS256"),
    ):
        builder.select(page, page, field, text)
    builder.select(page, page, "token_auth", "Dans l’en-tête")
    for field in ("certifies", "is_userinfo_signed"):
        page.locator(f".o_field_widget[name={field}] input").uncheck()
    page.locator(".o_field_widget[name=uses_pkce] input").check()
    fc.fill_client(
        page,
        issuer=simulator.plain_issuer,
        client_id=CLIENT,
        new_secret=WRONG,
        base_url=site,
        scopes="openid given_name usual_name uid email",
        acr="eidas1",
    )


def test_administrator_sets_it_up(people, franceconnect, odoo, check, name):
    page = people.open(ADMINISTRATOR_OF_ODOO)
    fc.open_providers(page)
    check.backend(page, "fournisseurs")
    page.locator(".o_list_button_add:visible").click()
    page.wait_for_selector(".o_form_view")
    _fill(page, name, franceconnect, odoo.url)
    lines = fc.report_of(page)
    assert "✓ Le fournisseur répond." in lines
    assert any(line.startswith("✗") and "secret" in line for line in lines), lines
    check.backend(page, "fournisseur-mauvais-secret")
    fc.fill_client(page, issuer=f"{franceconnect.plain_issuer}/", new_secret=WRONG)
    lines = fc.report_of(page)
    assert any(line.startswith("✗") and "adresse" in line for line in lines), lines
    check.backend(page, "fournisseur-mauvaise-adresse")
    fc.fill_client(page, issuer="http://127.0.0.1:9/oidc", new_secret=WRONG)
    (line,) = fc.report_of(page)
    assert "ne répond pas" in line
    # Another address forgets the secret: it is not sent to somebody else.
    fc.fill_client(page, issuer=franceconnect.plain_issuer)
    assert any("Aucun secret" in line for line in fc.report_of(page))
    builder.select(page, page, "algorithm", "ES256")
    fc.fill_client(page, new_secret=f"{CLIENT}{fc.SECRET}")
    assert any("signature" in x and "✗" in x for x in fc.report_of(page))
    builder.select(page, page, "algorithm", "PS256")
    fc.save(page)
    lines = fc.report_of(page)
    assert not any("✗" in line for line in lines), lines
    assert fc.ACCEPTED in lines
    assert backend.field(page, "new_secret").input_value() == ""
    check.backend(page, "fournisseur-essai-reussi")


def _button(name):
    return f"form[id^=grc-connect-] button:has-text('{name}')"


def test_citizen_signs_in_by_it(visitor, franceconnect, check, name):
    visitor.goto("/web/login")
    check.page(visitor, "connexion-deux-fournisseurs")
    fc.leave(visitor, button=_button(name))
    fc.choose(visitor, "agent_autre")
    visitor.wait_for_url("**/my")
    shown = fc.my_identity(visitor)
    expect(shown).not_to_contain_text("certifiées")
    check.page(visitor, "mon-identite-autre-fournisseur")
    visitor.goto("/my/account")
    expect(visitor.locator("#o_name")).to_have_value("Karim Haddad")
    visitor.fill("input[name=email]", "k.haddad@example.com")
    fc.sign_out(visitor)
    check.page(visitor, "deconnecte-autre-fournisseur")
    fc.leave(visitor, button=_button(name))
    fc.choose(visitor, "agent_autre")
    visitor.wait_for_url("**/my")
    requests = [one["path"] for one in franceconnect.seen()]
    assert "/oidc/userinfo" in requests
    assert "/api/v2/userinfo" not in requests


def test_keys_of_it_change(visitor, franceconnect, name):
    fc.leave(visitor, button=_button(name))
    fc.wait_for_new_keys(franceconnect)
    franceconnect.rotate(provider="oidc")
    fc.choose(visitor, "agent_autre")
    visitor.wait_for_url("**/my")


def test_it_is_for_agents_only(people, visitor, franceconnect, check, name):
    page = people.open(ADMINISTRATOR_OF_ODOO)
    fc.open_providers(page)
    backend.open_row(page, name)
    builder.select(page, page, "audience", "Agents")
    fc.save(page)
    fc.leave(visitor, button=_button(name))
    fc.choose(visitor, "agent_mairie")
    fc.incident(visitor, "unknown_agent")
    check.page(visitor, "incident-unknown-agent")
    # As it was, without this provider, for whoever comes next.
    page.locator(".o_cp_action_menus button").first.click()
    page.get_by_text("Archiver", exact=True).click()
    page.locator(".modal-footer .btn-primary").click()
    backend.settle(page)
    visitor.goto("/web/login")
    expect(visitor.locator(_button(name))).to_have_count(0)
