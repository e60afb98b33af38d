"""Silence rejects: the public domain, two months (CRPA, art. L231-4).

The days expected were counted by hand from the articles; no rule of ours was asked.
"""

import pytest
from playwright.sync_api import expect

from .. import backend
from ..portal import SPACE
from .steps import (
    WORKS_AGENT,
    agent_asks_pieces,
    agent_opens,
    citizen_files,
    citizen_opens,
    citizen_sends_piece,
    header,
    person_writes,
    write_day,
)

SERVICE, PHONE = "Services techniques", "01 99 00 10 50"
COURT = "Tribunal administratif d’Admiville-Préfecture"
MAILBOX = "technique@admiville.example.com"
WHY = "La chaussée est trop étroite à cet endroit pour une benne."


def test_rejection_and_its_reasons(town):
    """A mail of Sunday 28 March 2027, 23:59, the day the hour changed, Easter: it is
    received on that Sunday (L112-13). Monday 29 is off: registration by Tuesday 30,
    reception by 12 April (30 and 31 March, 1, 2, 5 to 9 and 12 April). Silence on 28
    May. Court: 28 July + 1 day, Thursday 29 July. Reasons asked on 15 June are due on
    15 July (L232-4).
    """
    town.at("2027-03-28 23:59")
    text = "Bonjour, je voudrais poser une benne devant le 14, rue des Tilleuls."
    saisine = person_writes(town, MAILBOX, "Une benne rue des Tilleuls", text)
    town.expect(
        saisine.number,
        received_on="2027-03-28",
        aee_latest="2027-03-30",
        are_latest="2027-04-12",
        ack_state="aee_sent",
    )
    mail, _pdf_files = town.mail(saisine.email, saisine.number)
    assert "dimanche 28 mars 2027" in mail
    assert "réputée" not in mail
    town.at("2027-04-06 10:00")
    _agent_directs(town, saisine)
    town.expect(
        saisine.number,
        ack_state="are_sent",
        implicit_on="2027-05-28",
        implicit_effective_from="2027-05-29",
        appeal_last_day="2027-07-29",
    )
    mail, _pdf_files = town.mail(saisine.email, "réputée rejetée")
    paper = town.keep_papers(saisine.number)["accuse-reception"]
    for words in ("28 mars 2027", SERVICE, PHONE, "28 mai 2027", "deux mois", COURT):
        assert words in mail, words
        assert words in paper, words
    for internal in ("29 juillet 2027", "28 juillet 2027"):  # never printed (F9)
        assert internal not in mail + paper
    town.night("2027-05-28")
    town.expect(saisine.number, implicit_decision=None)
    town.night("2027-05-29")
    town.expect(
        saisine.number, implicit_decision="rejected", implicit_born_on="2027-05-29"
    )
    _reasons_are_asked_and_given(town, saisine)


def _agent_directs(town, saisine):
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    modal = header(page, "Orienter")
    backend.choose(page, modal, "prestation_id", SPACE)
    backend.settle(page)
    backend.finish(page, modal, "action_qualify")


def _reasons_are_asked_and_given(town, saisine):
    town.at("2027-06-15 09:30")
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    modal = header(page, "Demande de motifs")
    write_day(modal, "asked_on", "2027-06-15")
    backend.finish(page, modal, "action_record")
    town.expect(saisine.number, reasons_due_on="2027-07-15")
    town.at("2027-07-12 16:00")
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    modal = backend.hotkey(page, "m")
    backend.fill(modal, "subject", "Motifs du rejet")
    backend.fill(modal, "body", WHY)
    modal.locator(".o_field_widget[name=gives_reasons] input").check()
    backend.finish(page, modal, "action_send")
    town.mail(saisine.email, WHY)
    # L232-4: two months from 12 July, and a day: Monday 13 September.
    town.expect(
        saisine.number, reasons_given_on="2027-07-12", appeal_last_day="2027-09-13"
    )
    town.keep_papers(saisine.number)


@pytest.mark.parametrize(
    ("received", "asked", "produced", "before", "implicit", "effective", "court"),
    [
        # 6 November, suspended from 16 September to 1 October: 15 days, Sunday 21
        # November. Court: 21 January + 1 day is a Saturday: Monday 24.
        pytest.param(
            *("2027-09-06", "2027-09-16", "2027-10-01"),
            *("2027-11-06", "2027-11-21", "2027-11-22", "2028-01-24"),
            id="in_time",
        ),
        # 4 December, suspended from 14 October to the last day given, 13 November: 30
        # days, 3 January. Court: 3 March + 1 day is a Saturday: Monday 6.
        pytest.param(
            *("2027-10-04", "2027-10-14", "2027-11-20"),
            *("2027-12-04", "2028-01-03", "2028-01-04", "2028-03-06"),
            id="too_late",
        ),
    ],
)
def test_pieces_suspend_the_period(
    town, received, asked, produced, before, implicit, effective, court
):
    """Suspended until the pieces, or the last day given (CRPA, art. L114-5 al. 3)."""
    town.at(f"{received} 08:45")
    saisine = citizen_files(town, SPACE, "Échafaudage au 3, quai du Port")
    town.expect(saisine.number, received_on=received, implicit_on=before)
    town.at(f"{asked} 14:10")
    agent_asks_pieces(town, WORKS_AGENT, saisine.number, 2)
    town.at(f"{produced} 19:00")
    citizen_sends_piece(town, saisine)
    citizen_sends_piece(town, saisine)
    town.expect(
        saisine.number,
        implicit_on=implicit,
        implicit_effective_from=effective,
        appeal_last_day=court,
    )
    town.night(implicit)
    town.expect(saisine.number, implicit_decision=None)
    town.night(effective)
    town.expect(
        saisine.number, implicit_decision="rejected", implicit_born_on=effective
    )
    town.at(f"{effective} 10:00")
    page = citizen_opens(town, saisine)
    expect(page.locator("#grc-certificate-form")).to_have_count(0)
    town.keep_papers(saisine.number)
