"""The town decides in the last minutes, too late, and on an appeal."""

import re

from .. import backend
from ..people import DESK_AGENT
from ..portal import SPACE
from .steps import (
    WORKS_AGENT,
    agent_decides,
    agent_opens,
    agent_posts_letters,
    agent_records_appeal,
    citizen_files,
    citizen_opens,
    desk_enters_letter,
    effect_of_appeal,
    visitor_files,
)

REASON = "L’emplacement demandé laisse un passage libre de 1,40 mètre."
REFUSAL = "L’emplacement demandé ferme le passage des secours."
INTERRUPTS, CHANGES_NOTHING = "Interrompt le délai", "n’interrompt rien"


def test_decision_in_the_last_minutes(town):
    """Received on 10 January 2028, silence at the end of 10 March: granted at 23:50."""
    town.at("2028-01-10 17:00")
    saisine = visitor_files(town, SPACE, "Terrasse du Café du Port")
    town.expect(saisine.number, implicit_on="2028-03-10")
    town.at("2028-03-10 23:50")
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    agent_decides(page, "granted", REASON, "Votre terrasse est autorisée.")
    mail, _pdf_files = town.mail(saisine.email, REASON)
    assert saisine.number in mail
    town.night("2028-03-11")
    town.expect(saisine.number, implicit_decision=None, outcome="granted")
    town.keep_papers(saisine.number)


def test_late_decision_replaces_the_rejection(town):
    """Received on 15 November, rejected by silence on 15 January 2028, refused in
    writing on 15 February: the period starts again (CJA, art. R421-2). 15 April + 1
    day is Sunday 16, Easter: Tuesday 18 is the last day to appeal.
    """
    town.at("2027-11-15 12:00")
    saisine = citizen_files(town, SPACE, "Camion de déménagement, quai Neuf")
    town.expect(saisine.number, implicit_on="2028-01-15", appeal_last_day="2028-03-16")
    town.night("2028-01-16")
    town.expect(saisine.number, implicit_decision="rejected")
    town.at("2028-02-15 11:30")
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    agent_decides(page, "refused", REFUSAL, "Votre demande est refusée.")
    mail, _pdf_files = town.mail(saisine.email, REFUSAL)
    assert saisine.number in mail
    # What silence decided stays a fact; the answer is the decision in force.
    town.expect(saisine.number, implicit_decision="rejected", outcome="refused")
    page = citizen_opens(town, saisine)
    assert REFUSAL in page.locator("#grc-decision").inner_text()
    town.keep_papers(saisine.number)
    for appealed_on, effect in (
        ("2028-04-18", INTERRUPTS),
        ("2028-04-19", CHANGES_NOTHING),
    ):
        town.at(f"{appealed_on} 16:45")
        page = agent_opens(town, WORKS_AGENT, saisine.number)
        agent_records_appeal(page, appealed_on, "desk", "Les secours passent.")
        assert effect in effect_of_appeal(page)


def test_letter_then_appeal(town):
    """A letter stamped on Friday 30 July 2027, entered on Monday: silence on 30
    September (no limit for a paper acknowledgement: L112-3). Court: 30 November + 1
    day, Wednesday 1 December. The appeal of that very day interrupts it (L411-2); its
    own silence is 1 February 2028, its own last day 1 April + 1 day, a Sunday: Monday
    3 April.
    """
    town.at("2027-08-02 09:00")
    saisine = desk_enters_letter(
        town, DESK_AGENT, SPACE, "Étal devant la librairie", "2027-07-30"
    )
    town.expect(
        saisine.number,
        received_on="2027-07-30",
        aee_latest=None,
        are_latest=None,
        implicit_on="2027-09-30",
        implicit_effective_from="2027-10-01",
        appeal_last_day="2027-12-01",
    )
    paper = town.keep_papers(saisine.number)["accuse-reception"]
    for words in (
        "Keller",
        "30 juillet 2027",
        "Services techniques",
        "01 99 00 10 50",
        "réputée rejetée",
        "30 septembre 2027",
        "deux mois",
        "112-3",
    ):
        assert words in paper, words
    agent_posts_letters(agent_opens(town, WORKS_AGENT, saisine.number))
    town.expect(saisine.number, ack_state="are_sent")
    town.night("2027-10-01")
    town.expect(
        saisine.number, implicit_decision="rejected", implicit_born_on="2027-10-01"
    )
    town.at("2027-12-01 11:00")
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    appeal = agent_records_appeal(page, "2027-12-01", "letter", "Il reste 2 mètres.")
    assert INTERRUPTS in effect_of_appeal(page)
    backend.tab(page, "deliveries")
    agent_posts_letters(page)
    town.expect(
        appeal,
        received_on="2027-12-01",
        implicit_on="2028-02-01",
        appeal_last_day="2028-04-03",
    )
    town.night("2028-02-02")
    town.expect(appeal, implicit_decision="rejected", implicit_born_on="2028-02-02")
    town.at("2028-02-02 10:00")  # the first decision is before the court until then
    page = agent_opens(town, WORKS_AGENT, saisine.number)
    backend.tab(page, "legal")
    assert backend.read(page, "court_last_day").startswith("3 avr")
    papers = town.keep_papers(appeal)
    assert re.search(r"\b1(er)? février 2028", papers["accuse-reception"])
