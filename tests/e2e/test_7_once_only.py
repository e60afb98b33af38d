"""« Dites-le-nous une fois »: the CAF is asked instead of her, if she agrees."""

import pytest
from playwright.sync_api import expect

from . import backend, once_only
from . import identity as fc
from .once_only import CODE, PANEL, PAPER, QUOTIENT, UPLOAD, Tariff
from .people import ADMINISTRATOR, ADMINISTRATOR_OF_ODOO, SCHOOL_HEAD
from .portal import PDF, fill, open_form, send

ADDRESS = {"street": "12 rue des Lilas", "zip": "99000", "city": "Admiville"}


@pytest.fixture(scope="module")
def tariff(run_id):
    return Tariff(run_id)


@pytest.fixture(scope="module")
def kept():
    """Return what one journey leaves to the next."""
    return {}


def test_administrator_asks_the_quotient(people, simulator, check, tariff):
    # Only whoever administers the machine may send the town to this very machine.
    machine = people.open(ADMINISTRATOR_OF_ODOO)
    once_only.use_source(machine, simulator.url, check)
    page = people.open(ADMINISTRATOR)
    once_only.create_prestation(page, tariff)
    once_only.build_form(page, check)
    once_only.publish(page, tariff)


def _begin(page, tariff, person):
    """Sign in and go to the page that asks the quotient."""
    fc.connect(page, person)
    open_form(page, tariff.name)
    fill(page, ADDRESS)
    page.click("#grc-continue")
    expect(page.locator(PANEL)).to_be_visible()


def _proceed(page):
    page.click("#grc-continue")
    expect(page.locator("#grc-form-review")).to_be_visible()


def _type_it(page):
    """Give the answer and the paper oneself."""
    page.locator("[id^='f-votre_quotient_familial']").first.fill("650")
    page.set_input_files(UPLOAD, [PDF | {"name": "attestation.pdf"}])
    _proceed(page)
    for text in ("650", "attestation.pdf"):
        expect(page.locator("#grc-form-review")).to_contain_text(text)


def test_visitor_is_offered_to_sign_in(visitor, franceconnect, check, tariff):
    open_form(visitor, tariff.name)
    email = {"email_used": "jeanne.lefevre@example.com"}
    names = {"requester_lastname": "Lefèvre", "requester_firstname": "Jeanne"}
    fill(visitor, ADDRESS | email | names)
    visitor.click("#grc-continue")
    expect(visitor.locator(PANEL)).to_be_visible()
    expect(visitor.locator(UPLOAD)).to_be_visible()
    check.page(visitor, "quotient-visiteur")
    _type_it(visitor)


def test_quotient_comes_with_her_consent(visitor, franceconnect, check, tariff, kept):
    _begin(visitor, tariff, "amelie")
    assert not [one for one in franceconnect.seen() if "/v3/" in one["path"]]
    check.page(visitor, "quotient-accord")
    visitor.click(f"#grc-data-ask-{CODE}")  # nothing is ticked: nothing is asked
    expect(visitor.locator("#error-summary")).to_be_visible()
    check.page(visitor, "quotient-accord-erreur")
    once_only.agree(visitor, "amelie")
    received = visitor.locator(f"#grc-data-received-{CODE}")
    expect(received).to_contain_text("872")
    expect(visitor.locator(UPLOAD)).to_have_count(0)
    check.page(visitor, "quotient-recu")
    check.for_docs(visitor, "once-only", (1300, 900))
    _proceed(visitor)
    expect(visitor.locator("#grc-form-review")).to_contain_text("872")
    check.page(visitor, "quotient-verification")
    kept["number"] = send(visitor)
    visitor.goto("/my/donnees")
    mine = visitor.locator("#grc-my-data")
    for text in (once_only.SERVICE, tariff.name):
        expect(mine).to_contain_text(text)
    check.page(visitor, "mes-donnees")


def test_agent_sees_where_it_comes_from(people, check, kept):
    page = people.open(SCHOOL_HEAD)
    backend.open_request(page, kept["number"])
    backend.tab(page, "filled_form")
    expect(page.locator(".o_grc_filled")).to_contain_text(QUOTIENT)
    expect(page.locator(".o_grc_filled")).to_contain_text("872")
    backend.tab(page, "data_proofs")
    proofs = page.locator(".o_field_widget[name=data_proof_ids]")
    expect(proofs).to_contain_text("872")
    check.backend(page, "agent-donnees")
    backend.tab(page, "request")
    pieces = page.locator(".o_field_widget[name=document_ids]")
    expect(pieces).to_contain_text(PAPER)


def test_she_refuses_and_types_it(visitor, franceconnect, check, tariff):
    _begin(visitor, tariff, "etudiante")
    visitor.click(f"#grc-data-refuse-{CODE}")
    expect(visitor.locator(f"#grc-data-declined-{CODE}")).to_be_visible()
    expect(visitor.locator(UPLOAD)).to_be_visible()
    check.page(visitor, "quotient-refuse")
    _type_it(visitor)
    send(visitor)
    assert not [one for one in franceconnect.seen() if "/v3/" in one["path"]]


def test_she_does_not_use_what_came(visitor, franceconnect, tariff):
    _begin(visitor, tariff, "annee_seule")
    once_only.agree(visitor, "annee_seule")
    expect(visitor.locator(f"#grc-data-received-{CODE}")).to_contain_text("455")
    visitor.click(f"#grc-data-drop-{CODE}")
    expect(visitor.locator(UPLOAD)).to_be_visible()
    _type_it(visitor)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "error", "status": 502, "code": "37999"}, "unavailable"),
        ({"kind": "slow", "seconds": 20}, "unavailable"),
        ({"kind": "error", "status": 401, "code": "00103"}, "expired"),
        ({"kind": "error", "status": 404, "code": "37003"}, "not_found"),
        ({"kind": "not_json"}, "unavailable"),
    ],
    ids=["502", "slow", "token_expired", "no_file", "not_json"],
)
def test_service_does_not_answer(
    visitor, franceconnect, check, tariff, fault, outcome, request
):
    franceconnect.fault("particulier", **fault)
    _begin(visitor, tariff, "amelie")
    once_only.agree(visitor, "amelie")
    once_only.failed(visitor, outcome)
    check.page(visitor, f"quotient-{request.node.callspec.id}")
    _type_it(visitor)


def test_she_leaves_franceconnect(visitor, franceconnect, check, tariff):
    _begin(visitor, tariff, "amelie")
    for box in visitor.locator(f"{PANEL} input[name=datum]").all():
        box.check()
    visitor.click(f"#grc-data-ask-{CODE}")
    fc.give_up(visitor)
    once_only.failed(visitor, "left")
    check.page(visitor, "quotient-franceconnect-quitte")
    # She may try again.
    once_only.agree(visitor, "amelie")
    expect(visitor.locator(f"#grc-data-received-{CODE}")).to_contain_text("872")
