"""The legal clock: the rules alone, then the stored clocks of many requests.

``GRC_BENCH_REQUESTS`` says how many requests are made (50 000).
"""

import json
import os
import random
import statistics
import sys
import time
from datetime import date, timedelta

from _common import ROOT, Row, report, scratch_environment, seconds

sys.path.insert(0, str(ROOT / "scripts"))

import vectors

REQUESTS = int(os.environ.get("GRC_BENCH_REQUESTS", "50000"))
PER_SECOND = 5000
BATCH = 2000
TURNS = 50
# Kind, days after the reception: what happens to a request. One line is drawn for
# each; the acknowledgement comes in addition.
LIVES = (
    (),
    (),
    (("decided", 25),),
    (("missing_notified", 7),),
    (("missing_notified", 7), ("all_produced", 15), ("decided", 40)),
    (("transferred", 2), ("received_by_competent", 6)),
)
REGIMES = (("sva", 2), ("svr", 2), ("svr", 1), ("none", 0), ("sva", 4))


def rules_alone() -> list[Row]:
    """Measure the evaluations of the cases of law, facts made anew each time."""
    clock = vectors.clock
    cases = vectors.read_cases(ROOT / "tests" / "unit" / "data" / "sve_vectors.csv")
    values = [dict(vars(case.facts)) for case in cases]

    def evaluate(with_steps):
        for _ in range(TURNS):
            for one in values:
                clock.evaluate(clock.Facts(**one), with_steps=with_steps)

    count = TURNS * len(values)
    explained = count / seconds(lambda: evaluate(True))
    return [
        Row(
            case="rules alone, days only",
            value=count / seconds(lambda: evaluate(False)),
            unit="clocks/s",
            reference="the same, explained",
            reference_value=explained,
        )
    ]


# === MANY REQUESTS === #


def make_requests(env) -> list[int]:
    """Insert the requests and their facts, past the records, and return their ids."""
    seed = seed_request(env)
    draw = random.Random(7)
    names = stored_columns(env.cr, "grc_request") - {"id", "name"}
    names -= {"idempotency_key", *vectors.clock.CLOCK_DAYS}
    lives, rows = [], []
    for index in range(REQUESTS):
        regime, months = draw.choice(REGIMES)
        day = date(2026, 1, 2) + timedelta(days=draw.randrange(300))
        channel = draw.choice(("portal", "mail", "desk"))
        at = f"{day} {draw.randrange(24):02}:30:00"
        rows.append((f"BENCH-{index}", regime, months, channel, at))
        lives.append((day, channel, draw.choice(LIVES)))
    own = ("silence_regime", "silence_months", "channel", "received_at")
    kept = ", ".join(f'r."{name}"' for name in sorted(names - set(own)))
    places = ", ".join(f'"{name}"' for name in sorted(names - set(own)))
    env.cr.execute_values(
        f"""INSERT INTO grc_request (name, {", ".join(own)}, {places})
            SELECT v.name, v.regime, v.months::int, v.channel, v.at::timestamp, {kept}
              FROM (VALUES %s) AS v (name, regime, months, channel, at), grc_request r
             WHERE r.id = {seed.id}""",  # noqa: S608 - our own names of columns
        rows,
        page_size=5000,
    )
    env.cr.execute(
        "SELECT id FROM grc_request WHERE name LIKE 'BENCH-%'"
        " ORDER BY substr(name, 7)::int"
    )
    ids = [row[0] for row in env.cr.fetchall()]
    make_events(env, ids, lives)
    env.cr.execute("ANALYZE grc_request, grc_request_event")
    return ids


def seed_request(env):
    """Return the request that the others are copied from."""
    company = env.company
    company.write({"street": "1 place de la Mairie", "email": "a@example.com"})
    service = env["grc.service"].create({"name": "Bench", "email": "b@example.com"})
    vals = {"subject": "Bench", "description": "Bench", "service_id": service.id}
    vals |= {"email_used": "c@example.com", "is_suspect": True}
    request = env["grc.request"].with_company(company)._intake(vals, "mail")
    env.flush_all()
    return request


def stored_columns(cr, table: str) -> set[str]:
    """Return the names of the columns of a table."""
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
        [table],
    )
    return {row[0] for row in cr.fetchall()}


def make_events(env, ids, lives) -> None:
    """Insert the facts: a reception, perhaps an acknowledgement, perhaps a life."""
    rows = []
    for request_id, (day, channel, life) in zip(ids, lives, strict=True):
        facts = [("received", 0)]
        if channel != "desk":
            facts.append(("are_sent", 0))
        for rank, (kind, days) in enumerate((*facts, *life), 1):
            on = day + timedelta(days=days)
            payload = {}
            if kind == "missing_notified":
                payload = {"deadline": str(on + timedelta(days=20))}
            elif kind == "are_sent":
                payload = {"instant": channel == "portal"}
            values = (rank, kind, f"{on} 08:00:00", on, env.uid)
            rows.append((request_id, *values, json.dumps(payload), "bench"))
    env.cr.execute_values(
        """INSERT INTO grc_request_event (request_id, sequence, kind, happened_at,
                                          happened_on, actor_id, payload, hash)
           VALUES %s""",
        rows,
        template="(%s, %s, %s, %s, %s, %s, %s::jsonb, %s)",
        page_size=5000,
    )


def forget(env, ids) -> None:
    """Take the days away from the requests: all have to be written again."""
    days = ", ".join(f"{name} = NULL" for name in vectors.clock.CLOCK_DAYS)
    env.cr.execute(
        f"UPDATE grc_request SET {days}, next_due_on = NULL WHERE id = ANY(%s)",  # noqa: S608
        [ids],
    )


def read_bare(env, ids) -> None:
    """Read what the clocks depend on, and nothing else: the reference."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        env.cr.execute(
            """SELECT id, received_at, channel, company_id, clock_conventions,
                      silence_regime, silence_months, start_basis,
                      mandatory_prior_appeal, received_on, aee_latest, are_latest,
                      implicit_on, implicit_effective_from, appeal_last_day
                 FROM grc_request WHERE id = ANY(%s)""",
            [batch],
        )
        env.cr.fetchall()
        env.cr.execute(
            "SELECT request_id, kind, happened_on, payload FROM grc_request_event"
            " WHERE request_id = ANY(%s)",
            [batch],
        )
        env.cr.fetchall()


def measure(env, ids, prepare, changed: int) -> tuple[float, int]:
    """Return requests a second (the median of three) and queries of one turn."""
    taken, domain = [], [("id", "in", ids)]
    for _ in range(3):
        prepare()
        env.invalidate_all()
        before, start = env.cr.sql_log_count, time.perf_counter()
        found = env["grc.request"]._recompute_clocks(domain, batch_size=BATCH)
        taken.append(time.perf_counter() - start)
        queries = env.cr.sql_log_count - before
        if found != changed:
            sys.exit(f"{found} clocks differ instead of {changed}")
    return len(ids) / statistics.median(taken), queries


def stored_clocks() -> list[Row]:
    """Measure the clocks of many requests, database included, on one core."""
    with scratch_environment() as env:
        ids = make_requests(env)
        bare = len(ids) / seconds(lambda: read_bare(env, ids))
        rows = []
        some = ids[::10]
        env["grc.request"]._recompute_clocks([("id", "in", ids)], batch_size=BATCH)
        for case, prepare, changed, limit in (
            ("all right", lambda: None, 0, PER_SECOND),
            ("one in ten written", lambda: forget(env, some), len(some), PER_SECOND),
            ("all written", lambda: forget(env, ids), len(ids), None),
        ):
            value, queries = measure(env, ids, prepare, changed)
            rows.append(
                Row(
                    case=f"{len(ids)} clocks, {case}",
                    value=value,
                    unit="requests/s",
                    reference="the same rows, bare SQL",
                    reference_value=bare,
                    limit=limit,
                    queries=queries,
                )
            )
        return rows


def main() -> int:
    """Run both; return the exit code."""
    rows = rules_alone() + stored_clocks()
    status = report("clock", rows)
    for row in rows[1:]:
        print(f"A million: {1_000_000 / row.value:.0f} s ({row.case})")
    return status


if __name__ == "__main__":
    sys.exit(main())
