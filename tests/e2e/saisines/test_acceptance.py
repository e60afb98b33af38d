"""Silence accepts: the canteen, two months (CRPA, art. L231-1).

The days expected were counted by hand from the articles; no rule of ours was asked.
"""

from playwright.sync_api import expect

from .. import backend
from ..people import SCHOOL_HEAD
from ..portal import CANTEEN
from .steps import (
    agent_asks_pieces,
    agent_decides,
    agent_opens,
    citizen_files,
    citizen_opens,
    citizen_sends_piece,
    header,
)
from .town import BIRTHS, WARNINGS

SERVICE, PHONE = "Affaires scolaires", "01 99 00 10 20"
ACCEPTED = "réputée acceptée"


def test_complete_request_is_accepted_by_silence(town):
    """31 December + 2 months: there is no 31 February, so the last day of the month,
    the 29th in 2028 (F5). Acknowledged at once: no registration to acknowledge, and
    the limit of the acknowledgement of reception is that very day.
    """
    town.at("2027-12-31 10:20")
    saisine = citizen_files(town, CANTEEN, "Cantine pour Malo, école des Tilleuls")
    town.expect(
        saisine.number,
        received_on="2027-12-31",
        aee_latest=None,
        are_latest="2027-12-31",
        implicit_on="2028-02-29",
        implicit_effective_from="2028-03-01",
        appeal_last_day=None,
        ack_state="are_sent",
    )
    mail, pdf_files = town.mail(saisine.email, saisine.number)
    (paper,) = town.keep_papers(saisine.number).values()
    assert len(pdf_files) == 1
    for words in (
        saisine.number,
        "31 décembre 2027",
        SERVICE,
        PHONE,
        ACCEPTED,
        "29 février 2028",
        "232-3",
    ):
        assert words in mail, words
        assert words in paper, words
    _code_confirms(town, saisine, "31 décembre 2027")
    town.at("2028-02-28 07:30")  # Monday, the last working day before J
    town.run(WARNINGS)
    page = agent_opens(town, SCHOOL_HEAD, saisine.number)
    expect(page.locator(".o-mail-Activity").first).to_be_visible()
    town.at("2028-02-29 23:59")
    town.run(BIRTHS)
    town.expect(saisine.number, implicit_decision=None)
    town.night("2028-03-01")
    town.expect(
        saisine.number, implicit_decision="accepted", implicit_born_on="2028-03-01"
    )
    town.at("2028-03-02 18:00")
    _citizen_downloads_certificate(town, saisine)
    _last_day_to_withdraw(town, saisine, "29 juin 2028")


def _code_confirms(town, saisine, received):
    """Read the QR code with an independent reader, and open the page it names."""
    (address,) = town.codes["accuse-reception"]
    assert saisine.number in address
    page = town.people.open()
    path = "/" + address.split("/", 3)[3]
    assert page.goto(path).status == 200
    shown = " ".join(page.locator("main").inner_text().split())
    assert saisine.number in shown
    assert received in shown
    for personal in (saisine.email, "Roussel", "Camille", "Malo"):
        assert personal not in shown
    assert page.goto(f"{path[:-1]}{'0' if path[-1] != '0' else '1'}").status == 404


def _citizen_downloads_certificate(town, saisine):
    page = citizen_opens(town, saisine)
    expect(page.locator("#grc-state")).to_contain_text("acceptée")
    with page.expect_download() as download:
        page.click("#grc-certificate-form button")
    content = download.value.path().read_bytes()
    paper, _codes = town.papers.keep("attestation", content)
    for words in (
        saisine.number,
        "31 décembre 2027",
        "29 février 2028",
        "232-3",
        CANTEEN,
        "Roussel",
    ):
        assert words in paper, words


def _last_day_to_withdraw(town, saisine, expected):
    """Four months from J (CRPA, art. L242-1): shown, and not used."""
    page = agent_opens(town, SCHOOL_HEAD, saisine.number)
    modal = header(page, "Retirer l’acceptation")
    assert backend.read(modal, "last_day") == expected
    backend.close_dialog(page)


def test_incomplete_request_starts_again_with_the_last_piece(town):
    """Received on 1 February, asked on the 10th, produced on the 22nd then on Sunday
    28: the two months start on the 28th (L114-5 al. 2), end on 28 April.
    """
    town.at("2027-02-01 09:05")
    saisine = citizen_files(town, CANTEEN, "Cantine pour Lina")
    town.expect(
        saisine.number,
        received_on="2027-02-01",
        are_latest="2027-02-01",
        implicit_on="2027-04-01",
    )
    town.at("2027-02-10 11:00")
    agent_asks_pieces(town, SCHOOL_HEAD, saisine.number, 2)
    town.expect(saisine.number, implicit_on=None, state="incomplete")
    text, _pdf_files = town.mail(saisine.email, "114-5")
    assert "12 mars 2027" in text  # thirty days are proposed
    town.at("2027-02-22 20:15")
    citizen_sends_piece(town, saisine)
    town.expect(saisine.number, implicit_on=None, state="incomplete")
    town.at("2027-02-28 22:40")
    citizen_sends_piece(town, saisine)
    town.expect(
        saisine.number,
        implicit_on="2027-04-28",
        implicit_effective_from="2027-04-29",
        state="instruction",
    )
    town.mail(saisine.email, "28 avril 2027")
    town.night("2027-04-02")
    town.expect(saisine.number, implicit_decision=None)
    town.night("2027-04-29")
    town.expect(
        saisine.number, implicit_decision="accepted", implicit_born_on="2027-04-29"
    )
    town.at("2027-05-03 09:00")
    page = agent_opens(town, SCHOOL_HEAD, saisine.number)
    backend.press(page, "action_implicit_certificate")
    backend.settle(page)
    papers = town.keep_papers(saisine.number)
    (certificate,) = [text for name, text in papers.items() if "attestation" in name]
    for words in (saisine.number, "28 avril 2027", "28 février 2027", "232-3"):
        assert words in certificate, words


def test_incomplete_request_is_never_accepted(town, check):
    """What was asked for never comes: silence never accepts (L114-5 al. 2)."""
    town.at("2027-05-03 14:00")
    saisine = citizen_files(town, CANTEEN, "Cantine pour Noé")
    town.expect(saisine.number, implicit_on="2027-07-03")
    town.at("2027-05-10 10:00")
    agent_asks_pieces(town, SCHOOL_HEAD, saisine.number, 1)
    for morning in ("2027-07-04", "2027-08-11", "2028-05-04"):
        town.night(morning)
        town.expect(saisine.number, implicit_on=None, implicit_decision=None)
    town.at("2028-05-04 09:00")
    page = citizen_opens(town, saisine)
    expect(page.locator("#grc-certificate-form")).to_have_count(0)
    check.page(page, "saisine-jamais-complete")
    page = agent_opens(town, SCHOOL_HEAD, saisine.number)
    reason = "La pièce demandée le 10 mai 2027 n’est jamais venue."
    agent_decides(page, "no_further", reason, "Votre dossier est clos.")
    town.mail(saisine.email, reason)
    town.keep_papers(saisine.number)
    town.expect(saisine.number, implicit_decision=None, outcome="no_further")
