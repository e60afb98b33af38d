"""What is for another administration, what no silence decides, what is abusive."""

import pytest
from playwright.sync_api import expect

from .. import backend
from ..people import ADMINISTRATOR, SCHOOL_HEAD
from ..portal import CANTEEN, QUESTION, SPACE
from .steps import (
    WORKS_AGENT,
    agent_opens,
    header,
    visitor_files,
    write_day,
)

UNION = "Syndicat des Trois Rivières"
WHY = "Le syndicat gère ce service depuis 2020."


def _administrator_adds_the_union(town):
    """Enter the other administration; return its address."""
    page = town.people.open(ADMINISTRATOR)
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "grc_sve.menu_grc_administration")
    page.locator(".o_list_button_add:visible").click()
    page.wait_for_selector(".o_form_view")
    name, email = f"{UNION} {town.story} {town.run_id}", town.address("syndicat")
    for field, text in {
        "name": name,
        "competence": "Voirie, restauration",
        "email": email,
        "street": "2 rue du Moulin",
        "zip": "99100",
        "city": "Rivières",
    }.items():
        backend.fill(page, field, text)
    page.locator(".o_form_button_save:visible").click()
    backend.settle(page)
    return name, email


@pytest.mark.parametrize(
    ("prestation", "agent", "are_latest", "implicit", "effective", "court"),
    [
        # The silence that accepts starts there, on 14 June (L114-3): 14 August.
        pytest.param(
            *(CANTEEN, SCHOOL_HEAD),
            *("2027-06-28", "2027-08-14", "2027-08-15", None),
            id="accepts",
        ),
        # The silence that rejects started here, on 7 June: 7 August; court: 7 October
        # + 1 day, a Friday.
        pytest.param(
            *(SPACE, WORKS_AGENT),
            *("2027-06-28", "2027-08-07", "2027-08-08", "2027-10-08"),
            id="rejects",
        ),
    ],
)
def test_transfer(town, prestation, agent, are_latest, implicit, effective, court):
    """Sent on 10 June, received there on 14: reception is acknowledged there within
    ten working days of the 14th (L114-4), Monday 28 June.
    """
    town.at("2027-06-07 10:00")
    union, email = _administrator_adds_the_union(town)
    saisine = visitor_files(town, prestation, "Demande pour le syndicat")
    town.at("2027-06-10 15:00")
    page = agent_opens(town, agent, saisine.number)
    modal = header(page, "Transmettre")
    backend.choose(page, modal, "administration_id", union)
    backend.fill(modal, "reason", WHY)
    backend.finish(page, modal, "action_transfer")
    letter, _pdf_files = town.mail(saisine.email, WHY)
    assert union in letter
    sent, pdf_files = town.mail(email, saisine.number)
    assert pdf_files
    assert saisine.number in sent
    papers = town.keep_papers(saisine.number)
    (slip,) = [text for name, text in papers.items() if "bordereau" in name]
    for words in (saisine.number, union, "7 juin 2027", "10 juin 2027", WHY):
        assert words in slip, words
    town.at("2027-06-15 09:00")
    page = agent_opens(town, agent, saisine.number)
    modal = header(page, "Réception ailleurs")
    write_day(modal, "received_on", "2027-06-14")
    backend.finish(page, modal, "action_record")
    town.expect(
        saisine.number,
        received_on="2027-06-07",
        are_latest=are_latest,
        implicit_on=implicit,
        implicit_effective_from=effective,
        appeal_last_day=court,
    )
    town.night(effective)  # what silence decides there is noted there
    town.expect(saisine.number, implicit_decision=None, outcome="redirected")


def test_question_starts_no_silence(town):
    """Whatever is sent is acknowledged; only a demande is decided by silence."""
    town.at("2027-10-30 23:59")  # a Saturday; the hour changes in the night
    saisine = visitor_files(town, QUESTION, "Horaires de la piscine")
    town.expect(
        saisine.number,
        received_on="2027-10-30",
        are_latest="2027-10-30",
        implicit_on=None,
        appeal_last_day=None,
        ack_state="are_sent",
    )
    mail, _pdf_files = town.mail(saisine.email, saisine.number)
    (paper,) = town.keep_papers(saisine.number).values()
    for text in (mail, paper):
        assert "30 octobre 2027" in text
        assert "réputée" not in text
    town.night("2027-12-31")
    town.expect(saisine.number, implicit_decision=None)


def test_abusive_sending_still_has_its_silence(town):
    """Judged by the head, and the sender told (L112-11); a demande keeps its clock
    (the choice made on the disputed point G7): 8 November + 2 months, 8 January.
    """
    town.at("2027-11-08 10:00")
    saisine = visitor_files(town, CANTEEN, "Encore la cantine")
    page = agent_opens(town, SCHOOL_HEAD, saisine.number)
    page.locator(".o_cp_action_menus button").first.click()
    page.locator(".o-dropdown--menu .o_menu_item", has_text="abusif").click()
    modal = page.locator(backend.MODAL)
    expect(modal).to_be_visible()
    modal.locator(".o_field_widget[name=ground] input").first.check()
    backend.fill(modal, "reason", "Quarante messages depuis lundi.")
    backend.fill(modal, "message", "Vos envois répétés sont jugés abusifs.")
    backend.finish(page, modal, "action_qualify")
    town.mail(saisine.email, "envois répétés")
    town.expect(saisine.number, is_abusive=True, implicit_on="2028-01-08")
    town.night("2028-01-09")
    town.expect(saisine.number, implicit_decision="accepted")
    town.keep_papers(saisine.number)
