"""The mail server is down: the request stands, its acknowledgement waits."""

from playwright.sync_api import expect

from . import backend
from .people import SCHOOL_HEAD
from .portal import CANTEEN, file_request, identity
from .servers import grc

REQUEST = {"subject": "Cantine pour Inès", "description": "Chaque mardi."}
# The back-off is a minute at least: the next attempt is made due now, and the job runs
# in the server, as it does by itself every minute.
RUN_THE_JOB = """
waiting = env["grc.delivery"].search([("state", "=", "waiting")])
waiting.write({"next_attempt_at": "2000-01-01 00:00:00"})
env.ref("grc_base.ir_cron_send_deliveries")._trigger()
env.cr.commit()
"""


def test_acknowledgement_waits_for_the_mail_server(
    people, check, mail_catcher, mailbox, odoo, run_id
):
    email = f"panne.{run_id}@example.com"
    mail_catcher.stop()
    try:
        number = file_request(people.open(), CANTEEN, identity(email) | REQUEST)
        page = people.open(SCHOOL_HEAD)
        backend.open_request(page, number)
        backend.tab(page, "deliveries")
        state = page.locator(f"{backend.ROW} .o_field_widget[name=state]").first
        expect(state).to_contain_text("attente")
        check.backend(page, "agent-envoi-en-attente")
    finally:
        mail_catcher.start()
    assert not mailbox.to(email)
    grc("odoo", "shell", *odoo.options[:2], "--no-http", text=RUN_THE_JOB)
    mailbox.wait(email, number)
    page.reload()
    backend.settle(page)
    backend.tab(page, "deliveries")
    expect(state).not_to_contain_text("attente")
    assert len(mailbox.to(email)) == 1
