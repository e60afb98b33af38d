"""Town planning: the period runs from the sending of the acknowledgement."""

import pytest

from ..people import ADMINISTRATOR
from .steps import visitor_files
from .town import SENDINGS


@pytest.fixture
def works_declaration(town):
    """Publish a prestation of town planning; return its name."""
    town.at("2027-04-30 09:00")
    (service,) = town.query(
        "select id from grc_service where name = :'name'", name="Services techniques"
    )
    (theme,) = town.query("select id from grc_theme order by id limit 1")
    name = f"Déclaration préalable de travaux {town.run_id}"
    values = {
        "name": name,
        "code": f"DP{town.run_id}",
        "theme_id": theme["id"],
        "nature": "request",
        "summary": "Déclarer des travaux qui changent l’aspect d’une maison.",
        "legal_basis": "Code de l’urbanisme, art. R. 421-9 et suivants",
        "service_id": service["id"],
        "is_open_portal": True,
        "silence_regime": "sva",
        "silence_months": 1,
        "start_basis": "ack_sent",
        "regime_source": "Code de l’urbanisme, art. R. 424-1",
        "regime_checked_on": "2027-04-01",
    }
    created = town.call("grc.prestation", "create", [values], login=ADMINISTRATOR)
    town.call("grc.prestation", "action_publish", created, login=ADMINISTRATOR)
    return name


def test_period_runs_from_the_sending(town, works_declaration, mail_catcher):
    """Filed on Friday 30 April 2027 at 23:50 while the mail server is down; what
    acknowledges it leaves on Monday 3 May: one month from there, 3 June (C. urb., art.
    R474-1), and not 30 May.
    """
    town.at("2027-04-30 23:50")
    mail_catcher.stop()
    try:
        saisine = visitor_files(town, works_declaration, "Ravalement, 4 rue du Port")
    finally:
        mail_catcher.start()
    town.expect(saisine.number, received_on="2027-04-30", ack_state="waiting")
    town.at("2027-05-03 08:30")
    town.run(SENDINGS)
    town.mail(saisine.email, saisine.number)
    town.expect(
        saisine.number,
        received_on="2027-04-30",
        implicit_on="2027-06-03",
        implicit_effective_from="2027-06-04",
        appeal_last_day=None,
        ack_state="are_sent",
    )
    town.night("2027-05-31")
    town.expect(saisine.number, implicit_decision=None)
    town.night("2027-06-04")
    town.expect(
        saisine.number, implicit_decision="accepted", implicit_born_on="2027-06-04"
    )
    town.keep_papers(saisine.number)
