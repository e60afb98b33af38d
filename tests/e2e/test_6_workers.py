"""Real processes and real transactions: a worker killed, two at once."""

import signal
import subprocess

from .servers import ROOT, grc

# Letter of three months ago: nothing leaves by itself, and silence has decided.
FILE = """
from datetime import timedelta
from odoo import api, fields
from odoo.exceptions import LockError
prestation = env["grc.prestation"].search(
    [("silence_regime", "=", "svr"), ("state", "=", "published"),
     ("nature", "=", "request"), ("start_basis", "=", "default")], limit=1)
vals = {"subject": "Banc cassé", "description": "Devant l’école.",
        "requester_lastname": "Faure", "requester_firstname": "Line",
        "street": "2 rue Haute", "zip": "99000", "city": "Admiville",
        "prestation_id": prestation.id}
def file_letter():
    request = env["grc.request"]._intake(
        vals | {"received_at": fields.Datetime.now() - timedelta(days=95)}, "letter")
    env.cr.commit()
    return request
"""
# The process dies when its transaction is safe, before the message leaves.
KILLED = (
    FILE
    + """
import os, signal
env.cr.postcommit.add(lambda: os.kill(os.getpid(), signal.SIGKILL))
env["grc.request"]._intake(vals | {"email_used": EMAIL}, "portal")
env.cr.commit()
"""
)
AFTER = """
from odoo import fields
[delivery] = env["grc.delivery"].search(
    [("email_to", "=", EMAIL)])
print("BEFORE", delivery.state, delivery.attempts, delivery.message_uid)
for _twice in range(2):
    env["grc.delivery"].search([("state", "=", "waiting")]).write(
        {"next_attempt_at": "2000-01-01 00:00:00"})
    env["grc.delivery"]._cron_send()
    env.cr.commit()
delivery.invalidate_recordset()
print("ERROR", delivery.last_error)
print("AFTER", delivery.state, delivery.attempts, delivery.message_uid)
"""
# One transaction holds the request while the other tries: then the other again.
TWO_AGENTS = (
    FILE
    + """
request = file_letter()
def decide(env, outcome):
    mine = env["grc.request"].browse(request.id)
    mine._decide(outcome, "Motif.", "Réponse.")
with env.registry.cursor() as one, env.registry.cursor() as two:
    decide(api.Environment(one, 1, {}), "refused")
    try:
        decide(api.Environment(two, 1, {}), "granted")
    except LockError as error:
        print("SECOND", error)
    two.rollback()
    one.commit()
    try:
        decide(api.Environment(two, 1, {}), "granted")
    except Exception as error:
        print("THEN", type(error).__name__)
    two.rollback()
env.cr.commit()
request.invalidate_recordset()
print("OUTCOME", request.outcome, request.event_ids.mapped("kind").count("decided"))
"""
)
TWO_JOBS = (
    FILE
    + """
import threading
requests = env["grc.request"].union(*(file_letter() for _index in range(3)))
ready = threading.Barrier(2, timeout=60)
def run():
    with env.registry.cursor() as cr:
        own = api.Environment(cr, 1, {})
        ready.wait()
        days = own["grc.request"]._implicit_due_days()
        batch = own["grc.request"].search(
            own["grc.request"]._due_domain(days), order="implicit_on, id")
        ready.wait()
        batch.try_lock_for_update()._note_births(days)
        ready.wait()
        cr.commit()
threads = [threading.Thread(target=run) for _index in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
env.cr.commit()
env.invalidate_all()
for request in requests:
    print("BORN", request.event_ids.mapped("kind").count("implicit_rejected"))
"""
)


def shell(odoo, script: str, email: str = "") -> str:
    text = f"EMAIL = {email!r}\n" + f"exec({script!r})\n"
    return grc("odoo", "shell", *odoo.options[:6], "--no-http", text=text)


def test_worker_killed_between_the_commit_and_the_sending(odoo, mailbox, run_id):
    email = f"tuee.{run_id}@example.com"
    text = f"EMAIL = {email!r}\nexec({KILLED!r})\n"
    done = subprocess.run(
        [ROOT / "grc", "odoo", "shell", *odoo.options[:6], "--no-http"],
        input=text,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
    assert not mailbox.to(email)
    said = shell(odoo, AFTER, email)
    before, after = (
        next(line for line in said.splitlines() if word in line).split()[-3:]
        for word in ("BEFORE", "AFTER")
    )
    assert before[:2] == ["waiting", "0"]
    assert after[:2] == ["sent", "1"], said
    assert before[2] == after[2]
    assert len(mailbox.to(email)) == 1


def test_two_agents_decide_at_once(odoo):
    said = shell(odoo, TWO_AGENTS)
    # The second is told what to do; trying again, it reads what the first did.
    assert "SECOND Quelqu’un" in said or "SECOND Somebody else" in said
    assert "THEN " in said
    assert "OUTCOME refused 1" in said


def test_job_of_silence_runs_twice_at_once(odoo):
    assert shell(odoo, TWO_JOBS).count("BORN 1") == 3
