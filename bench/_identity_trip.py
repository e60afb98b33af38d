"""Our part of a sign-in: whole requests of a browser, without a network.

The pages are asked of Odoo's own application, in this process; what a provider would
take to answer is taken off.
"""

import logging
import os
import statistics
import sys
import time

from _common import Row, copied_database, scratch_environment
from _identity_provider import CLIENT, ISSUER, CannedProvider
from lxml import html

TURNS = int(os.environ.get("GRC_BENCH_TURNS", "40"))
WARM_UP = 5
MOST_MS, MOST_QUERIES = 50, 24
LOGIN, PASSWORD = "bench.citizen@example.org", "A long password of the bench"


def trips() -> list[Row]:
    """Measure sign-ins of a citizen known, of a new one, and core's with a password."""
    with copied_database("trips") as name:
        with scratch_environment(name, commit=True) as env:
            make_town(env)
        provider = CannedProvider()
        with provider.answering():
            return measure(name, provider)


def make_town(env) -> None:
    """Set the provider up, and give a citizen a password."""
    env["grc.identity.provider"].create(
        {
            "company_id": env.company.id,
            "issuer": ISSUER,
            "client_id": CLIENT,
            "new_secret": "the secret of the bench",
            "base_url": "https://town.example.org",
        }
    )
    users = env["res.users"].with_context(no_reset_password=True)
    user = users._create_user_from_template({"login": LOGIN, "name": "Zoé Martin"})
    user.password = PASSWORD


class Counted:
    """A browser of one database, and what its requests cost on our side."""

    def __init__(self, name: str, provider: CannedProvider):
        from werkzeug.test import Client

        from odoo import sql_db
        from odoo.http import root

        self.sql, self.provider = sql_db, provider
        self.name, self.client = name, None
        self.new_client = lambda: Client(root)
        self.forget()

    def forget(self) -> None:
        """Open another browser."""
        self.client = self.new_client()
        self.ms, self.queries = 0.0, 0

    def get(self, path: str, **kwargs):
        return self._open("GET", path, **kwargs)

    def post(self, path: str, data: dict):
        return self._open("POST", path, data=data)

    def token(self, path: str = "/web/login") -> str:
        """Return the token of the forms, without counting."""
        page = html.fromstring(self.get(path).get_data())
        self.ms, self.queries = 0.0, 0
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def _open(self, method: str, path: str, **kwargs):
        before, spent = self.sql.sql_counter, self.provider.spent
        start = time.perf_counter()
        answer = self.client.open(
            path,
            method=method,
            base_url="https://town.example.org",
            environ_base={"REMOTE_ADDR": "127.0.0.1"},
            **kwargs,
        )
        body = answer.get_data()
        took = time.perf_counter() - start - (self.provider.spent - spent)
        self.ms += took * 1000
        self.queries += self.sql.sql_counter - before
        if answer.status_code >= 400:
            sys.exit(f"{path}: {answer.status_code} {body[:300]}")
        return answer


def leave(browser: Counted) -> str:
    """Press the button; return where it leads."""
    token = browser.token()
    answer = browser.post("/franceconnect/connexion", {"csrf_token": token})
    return browser.provider.come_back(answer.headers["Location"])


def come_back(browser: Counted, path: str) -> None:
    answer = browser.get(path)
    if answer.headers["Location"].partition("?")[0] not in ("/my",):
        sys.exit(f"The sign-in led to {answer.headers['Location']}")


def with_password(browser: Counted) -> None:
    """Sign in as core does."""
    values = {"login": LOGIN, "password": PASSWORD, "csrf_token": browser.token()}
    answer = browser.post("/web/login", values)
    if answer.status_code != 303:
        sys.exit("The password of the bench is refused")


def noted(browser: Counted, found: dict, case: str, action):
    """Do something, and note what it cost as ``{case: [(ms, queries)]}``."""
    before = browser.ms, browser.queries
    result = action()
    cost = browser.ms - before[0], browser.queries - before[1]
    found.setdefault(case, []).append(cost)
    return result


def sign_in(browser: Counted, found: dict, sub: int, case: str) -> None:
    """Sign a person in: nobody looks like anybody."""
    provider, born = browser.provider, f"{1920 + sub % 90}-04-12"
    provider.sub = f"{sub:064x}v1"
    provider.person |= {"birthdate": born, "idp_birthdate": born}
    provider.person["family_name"] = f"BERNARD{'ABCDEFGHIJ'[sub % 10] * 9}"
    browser.forget()
    path = noted(browser, found, "leaving", lambda: leave(browser))
    noted(browser, found, case, lambda: come_back(browser, path))


def sign_ins(browser: Counted) -> dict:
    """Return ``{case: [(ms, queries)]}``, warm.

    Opening an account empties Odoo's caches: those who come again are measured first.
    """
    found: dict = {}
    for rank in range(WARM_UP + TURNS):
        if rank == WARM_UP:
            found.clear()
            browser.provider.calls.clear()
        sign_in(browser, found, 0, "known")
        browser.forget()
        noted(browser, found, "password", lambda: with_password(browser))
    for rank in range(TURNS):
        sign_in(browser, found, rank + 1, "new")
    return found


def measure(name: str, provider: CannedProvider) -> list[Row]:
    """Sign in many times and take the medians."""
    from odoo.http import root

    root.initialize()
    logging.getLogger("odoo").setLevel(logging.ERROR)
    taken = sign_ins(Counted(name, provider))
    ms = {case: statistics.median(x for x, _q in rows) for case, rows in taken.items()}
    queries = {
        case: round(statistics.median(q for _x, q in rows))
        for case, rows in taken.items()
    }
    return [*rows_of(ms, queries), *cache_rows(provider)]


def rows_of(ms: dict, queries: dict) -> list[Row]:
    """Return the rows: limits hold for a citizen who comes again."""
    whole = "a sign-in, there and back"
    ms["both"] = ms["leaving"] + ms["known"]
    queries["both"] = queries["leaving"] + queries["known"]
    ms["first"] = ms["leaving"] + ms["new"]
    queries["first"] = queries["leaving"] + queries["new"]
    password = "core's sign-in with a password, hashed"
    rows = [
        Row(
            case=case,
            value=ms[key],
            unit="ms",
            reference=password,
            reference_value=ms["password"],
            limit=limit,
            queries=queries[key],
            less_is_better=True,
        )
        for key, case, limit in (
            ("leaving", "leaving for the provider", None),
            ("known", "coming back", None),
            ("both", whole, MOST_MS),
            ("first", f"{whole}, an account opened", None),
        )
    ]
    rows.append(
        Row(
            case=whole,
            value=queries["both"],
            unit="queries",
            reference=password,
            reference_value=queries["password"],
            limit=MOST_QUERIES,
            less_is_better=True,
        )
    )
    return rows


def cache_rows(provider: CannedProvider) -> list[Row]:
    """Count what was asked of the provider for its addresses and its keys."""
    kept = ("/.well-known/openid-configuration", "/jwks")
    asked = sum(path in kept for path in provider.calls)
    return [
        Row(
            case=f"{TURNS * 2} sign-ins: addresses and keys asked for",
            value=asked,
            unit="calls",
            reference="codes and identities",
            reference_value=len(provider.calls) - asked,
            limit=0,
            less_is_better=True,
        )
    ]
