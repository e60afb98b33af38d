"""Starts and stops what the journeys need: a database, Odoo, a mail catcher."""

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(
    os.environ.get("GRC_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "grc")
)
NPM = CACHE / "npm/node_modules"
LOG_LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ ")
BAD_LINE = re.compile(LOG_LINE.pattern.replace("[A-Z]+", "(WARNING|ERROR|CRITICAL)"))
# A message that refuses what somebody tried is logged by core as a warning.
REFUSAL = r" WARNING \S+ odoo\.http: "
# Two connections of one person that open or close at once write core's presence row
# twice: one of them is told so.
CORE_NOISE = [
    r"(?s)odoo\.sql_db: bad query.*mail_presence",
    r"(?s)odoo\.addons\.bus\.websocket: .*mail_presence",
    r"odoo\.addons\.bus\.websocket: could not serialize access",
    # Core asks odoo.com about the company, once, when its administrator signs in.
    r"odoo\.addons\.(iap\.tools|partner_autocomplete)",
    r"(?s)odoo\.sql_db: bad query.*iap_enrich_auto_done",
]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def wait_until(condition: Callable, what: str, seconds: float = 30):
    """Return the first true value of ``condition()``; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def grc(*args: str, text: str | None = None) -> str:
    """Run ``./grc`` and return what it prints; ``text`` is its standard input."""
    done = subprocess.run(
        [ROOT / "grc", *args],
        input=text,
        capture_output=True,
        text=True,
        timeout=550,
        check=False,
    )
    assert done.returncode == 0, f"./grc {args[0]}: {done.stdout}{done.stderr}"
    return done.stdout


class Server:
    """A program in the background, stopped by its own process id."""

    def __init__(self, command: list, log: Path, env: dict | None = None):
        self.command = command
        self.log = log
        self.env = {**os.environ, **(env or {})}
        self.process = None

    def start(self, url: str) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=self.env,
            )
        try:
            wait_until(lambda: self._ready(url), f"{self.command[0]} at {url}", 90)
        except AssertionError:
            self.stop()
            raise AssertionError(self.log.read_text()[-3000:]) from None

    def _ready(self, url: str) -> bool:
        assert self.process.poll() is None, f"it ended: {self.log.read_text()[-3000:]}"
        return answers(url)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class MailCatcher(Server):
    """maildev: takes every mail, shows them at a small web address."""

    def __init__(self, folder: Path):
        self.smtp_port, self.web_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.web_port}"
        program = (
            os.environ.get("GRC_MAILDEV") or CACHE / "npm/node_modules/.bin/maildev"
        )
        command = [program, "--ip", "127.0.0.1", "--smtp", str(self.smtp_port)]
        command += ["--web-ip", "127.0.0.1", "--web", str(self.web_port), "--silent"]
        command += ["--mail-directory", str(folder / "mails")]
        super().__init__(command, folder / "maildev.log")

    def start(self) -> None:
        """Start, with the mails caught before if it was stopped."""
        super().start(f"{self.url}/healthz")
        answers(f"{self.url}/reloadMailsFromDirectory")


class Simulator(Server):
    """FranceConnect, a plain OpenID provider and public APIs, all invented.

    :param sites: the addresses that people may come back to, as ``http://host:port``
    """

    def __init__(self, folder: Path, *sites: str):
        self.url = f"http://127.0.0.1:{free_port()}"
        self.issuer = f"{self.url}/api/v2"
        self.plain_issuer = f"{self.url}/oidc"
        command = ["node", ROOT / "tests/simulators/server.mjs"]
        env = {
            "GRC_SIM_PORT": self.url.rpartition(":")[2],
            "GRC_SIM_SITES": ",".join(sites),
            "GRC_SIM_MODULES": os.environ.get("GRC_SIM_MODULES")
            or str(CACHE / "simulators"),
        }
        super().__init__(command, folder / "simulator.log", env)
        self._keys_read_at = 0.0

    def start(self) -> None:
        super().start(f"{self.url}/_sim/health")

    def keys_read_at(self) -> float:
        """Return when somebody last read the keys, in seconds since 1970."""
        read = [one["at"] for one in self.seen() if one["path"].endswith("/jwks")]
        for at in read:
            self._keys_read_at = datetime.fromisoformat(at).timestamp()
        return self._keys_read_at

    def control(self, name: str, **values):
        """Ask for something at ``/_sim/<name>``: by POST when there are values.

        :raise HTTPError: the simulator does not know such a thing
        """
        data = json.dumps(values).encode() if values else None
        return self._control(name, data)

    def fault(self, target: str, kind: str, **values):
        """Plan one fault, for the next answer of ``target``."""
        return self.control("fault", target=target, kind=kind, **values)

    def reset(self) -> None:
        """Forget sessions, tokens, faults, settings, sites added and the log."""
        self.keys_read_at()
        self._control("reset", b"{}")

    def rotate(self, **values):
        """Sign with new keys; ``keep_old=True`` still publishes the old ones."""
        return self._control("rotate", json.dumps(values).encode())

    def seen(self) -> list[dict]:
        """Return the requests since the last reset, without their secrets."""
        return self.control("log")

    def _control(self, name: str, data: bytes | None):
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_sim/{name}", data, headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)


class Odoo(Server):
    """The product itself, with the log that tells whether it complained."""

    def __init__(
        self,
        database: str,
        smtp_port: int,
        folder: Path,
        *more,
        env: dict | None = None,
    ):
        self.database = database
        # Not the simulator's 127.0.0.1: two sites for a browser, as in life.
        self.url = f"http://localhost:{free_port()}"
        self.odoo_log = folder / "odoo.log"
        self.read_lines = 0
        port = self.url.rpartition(":")[2]
        self.options = ["-d", database, "--smtp-port", str(smtp_port)]
        self.options += ["--smtp", "127.0.0.1", "--logfile", str(self.odoo_log)]
        command = [ROOT / "grc", "odoo", *self.options, "--http-port", port, *more]
        super().__init__(command, folder / "odoo.out", env)

    def start(self) -> None:
        super().start(f"{self.url}/web/health")

    def new_complaints(self) -> list[str]:
        """Return the warnings and errors logged since the last call, each whole."""
        lines = self.odoo_log.read_text(errors="replace").splitlines()
        new, self.read_lines = lines[self.read_lines :], len(lines)
        records: list[str] = []
        for line in new:
            if LOG_LINE.match(line) or not records:
                records.append(line)
            else:  # a traceback, or a text of several lines
                records[-1] += f"\n{line}"
        return [record for record in records if BAD_LINE.match(record)]


def make_database(suffix: str = "") -> tuple[str, bool]:
    """Return the town's database, and whether it was made here.

    :param suffix: ends the name of another town than the first
    """
    name = os.environ.get("GRC_E2E_DB")
    if name:
        name += suffix
        names = subprocess.run(
            ["psql", "-d", "postgres", "-Atc", "select datname from pg_database"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        if name in names:
            return name, False
    name = name or f"grc_e2e_{os.getpid()}{suffix}"
    grc("db", name, "--demo")
    return name, True


def drop_database(name: str) -> None:
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    subprocess.run(["rm", "-rf", CACHE / "data/filestore" / name], check=True)
