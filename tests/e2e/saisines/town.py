"""The town hall at the hour that a story says: its clock, its jobs, what it stores."""

import json
import os
import subprocess
import urllib.request
from datetime import datetime
from email.message import EmailMessage
from http.cookiejar import CookieJar
from pathlib import Path
from zoneinfo import ZoneInfo

from ..mails import Mailbox, pdf_files, text_of
from ..people import People
from ..servers import CACHE, Odoo, wait_until
from .papers import Papers

PARIS = ZoneInfo("Europe/Paris")
BIRTHS = "grc_sve.ir_cron_note_implicit_decisions"
WARNINGS = "grc_sve.ir_cron_warn_before_silence"
SENDINGS = "grc_base.ir_cron_send_deliveries"
TECHNICIAN = "admin"
# The days and the facts of a request that the law decides.
FACTS = """received_on aee_latest are_latest implicit_on implicit_effective_from
appeal_last_day implicit_decision implicit_born_on state outcome ack_state
reasons_due_on reasons_given_on is_abusive""".split()  # noqa: SIM905


class Town:
    """One town for all the stories; each goes to the days it wants."""

    def __init__(
        self,
        odoo: Odoo,
        people: People,
        mailbox: Mailbox,
        papers: Papers,
        clock_file: Path,
        run_id: str,
    ):
        self.odoo = odoo
        self.people = people
        self.mailbox = mailbox
        self.papers = papers
        self.clock_file = clock_file
        self.run_id = run_id
        self._texts: dict[int, str] = {}
        self._sessions: dict[str, urllib.request.OpenerDirector] = {}

    def begin(self, story: str) -> None:
        self.story = story
        self.codes: dict[str, list[str]] = {}  # on the papers kept, by their name
        self.papers.begin(story)

    # === CLOCK === #

    @staticmethod
    def write_instant(path: Path, local: str) -> None:
        """Write the hour of the town, « 2027-03-28 23:59 », where the server looks."""
        instant = datetime.fromisoformat(local).replace(tzinfo=PARIS)
        new = path.with_suffix(".new")
        new.write_text(instant.isoformat())
        new.replace(path)  # whole, or not there yet

    def at(self, local: str) -> None:
        """Go to an hour of the town; everybody closes their browser before."""
        self.people.go_home()
        self.write_instant(self.clock_file, local)

    def night(self, day: str) -> None:
        """Let the job of silence run at five past midnight, as a day begins."""
        self.at(f"{day} 00:05")
        self.run(BIRTHS)

    def run(self, job: str) -> None:
        """Run a job now, as the technical administrator does from its screen."""
        module, _dot, name = job.partition(".")
        domain = [["module", "=", module], ["name", "=", name]]
        (row,) = self.call("ir.model.data", "search_read", domain, ["res_id"])
        self.call("ir.cron", "method_direct_trigger", [row["res_id"]])

    # === CALLS === #

    def call(self, model: str, method: str, *args, login: str = TECHNICIAN):
        """Call a method as the web client does, in a session that lasts."""
        if login not in self._sessions:
            cookies = urllib.request.HTTPCookieProcessor(CookieJar())
            self._sessions[login] = urllib.request.build_opener(cookies)
            password = self.people.logins[login]
            params = {"db": self.odoo.database, "login": login, "password": password}
            self._post(login, "/web/session/authenticate", params)
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self._post(login, "/web/dataset/call_kw", params)

    def _post(self, login: str, path: str, params: dict):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            f"{self.odoo.url}{path}",
            body.encode(),
            {"Content-Type": "application/json"},
        )
        with self._sessions[login].open(request, timeout=60) as answer:
            answered = json.load(answer)
        assert "error" not in answered, answered
        return answered.get("result")

    # === WHAT IS STORED === #

    def query(self, sql: str, **values: str) -> list[dict]:
        """Return the rows of a query; ``:'name'`` stands for a value."""
        command = ["psql", "-d", self.odoo.database, "-AtX", "-v", "ON_ERROR_STOP=1"]
        for name, value in values.items():
            command += ["-v", f"{name}={value}"]
        done = subprocess.run(
            command,
            input=f"select row_to_json(r) from ({sql}) r",  # noqa: S608 - ours
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    def facts(self, number: str) -> dict:
        (row,) = self.query(
            f"select {', '.join(FACTS)} from grc_request where name = :'number'",  # noqa: S608
            number=number,
        )
        return row

    def expect(self, number: str, **expected: str | bool | None) -> None:
        """Fail unless the request stores these days; those not named are free."""
        facts = self.facts(number)
        wrong = [
            f"{name}: {facts[name]}, and not {value}"
            for name, value in expected.items()
            if facts[name] != value
        ]
        assert not wrong, f"{number}: {'; '.join(wrong)}"

    # === WHAT LEFT === #

    def keep_papers(self, number: str) -> dict[str, str]:
        """Keep every PDF that the town wrote for a request, once.

        :return: the text of each, by the file's name without number nor ending
        """
        rows = self.query(
            "select d.id, d.name, a.store_fname from grc_request_document d "
            "join grc_request q on q.id = d.request_id "
            "join ir_attachment a on a.id = d.attachment_id "
            "where q.name = :'number' and d.mimetype = 'application/pdf' "
            "and d.origin <> 'citizen' order by d.id",
            number=number,
        )
        store = Path(
            os.environ.get("GRC_E2E_STORE")
            or CACHE / "data/filestore" / self.odoo.database
        )
        texts = {}
        for row in rows:
            name = row["name"].removesuffix(".pdf").replace(f"-{number}", "")
            if row["id"] not in self._texts:
                content = (store / row["store_fname"]).read_bytes()
                text, codes = self.papers.keep(name, content)
                if name.startswith("accuse"):
                    assert [f"/verifier/{number}/" in code for code in codes] == [True]
                self._texts[row["id"]] = text
                self.codes[name] = codes
            texts[name] = self._texts[row["id"]]
        return texts

    def address(self, who: str) -> str:
        """Return the electronic address of somebody of this story, of this run."""
        return f"{who}.{self.story}.{self.run_id}@example.com"

    def mail(self, address: str, *words: str) -> tuple[str, list[bytes]]:
        """Wait for the one mail with these words; return its text and its PDF files."""

        def found() -> list[tuple[str, EmailMessage]]:
            mails = [(_plain(mail), mail) for mail in self.mailbox.to(address)]
            return [
                (text, mail)
                for text, mail in mails
                if all(word in f"{mail['Subject']} {text}" for word in words)
            ]

        ((text, mail),) = wait_until(found, f"a mail to {address} with {words}")
        return text, pdf_files(mail)


def _plain(mail: EmailMessage) -> str:
    """Return the text of a mail in one line, without the marks of what is bold."""
    return " ".join(text_of(mail).replace("*", "").split())
