"""The clock of the town is where the stories put it, for whatever reads it."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from playwright.sync_api import expect

from ..people import CITIZEN
from ..portal import QUESTION
from .steps import citizen_files, citizen_opens

A_MINUTE = timedelta(minutes=1)


def test_clock_of_the_town(town):
    """Pages, rows, mails: the same hour, which goes on; sessions and forms live on."""
    town.at("2029-10-28 02:30")  # the hour that comes twice: the first, 00:30 UTC
    moved = datetime(2029, 10, 28, 0, 30, tzinfo=UTC)
    saisine = citizen_files(town, QUESTION, "Quelle heure est-il ?")
    page = citizen_opens(town, saisine)
    headers = page.request.get("/web/health").headers
    (row,) = town.query(
        "select create_date, received_at from grc_request where name = :'number'",
        number=saisine.number,
    )
    (mail,) = town.mailbox.wait(saisine.email)
    for instant in (
        parsedate_to_datetime(headers["date"]),
        datetime.fromisoformat(row["create_date"]).replace(tzinfo=UTC),
        datetime.fromisoformat(row["received_at"]).replace(tzinfo=UTC),
        parsedate_to_datetime(mail["Date"]).astimezone(UTC),
    ):
        assert moved - A_MINUTE < instant < moved + A_MINUTE
    page.fill("#message", "Et maintenant ?")
    town.write_instant(town.clock_file, "2029-11-12 08:00")  # the page stays open
    page.click("#grc-answer-send")
    expect(page.locator("#grc-sent")).to_be_visible()
    expect(page.locator("#echanges")).to_contain_text("12 novembre 2029")
    town.at("2030-01-02 09:00")
    page = town.people.open(CITIZEN)
    page.goto("/my/demandes")
    expect(page.locator(".o_grc_demands")).to_contain_text(saisine.number)
