"""A hundred thousand requests listed, searched, grouped, exported by an answer.

The reference is a plain column of the same table, of the same kind and distribution,
without index, in the same run. The limits are the ratios measured when the storage was
chosen, and a tenth more for the noise of a run: agents must not get slower than that.
"""

import os
import statistics
import subprocess
import time
from datetime import date

from _common import Row, copied_database, scratch_environment
from _form_town import OPTIONS, make_prestation

ROWS = int(os.environ.get("GRC_BENCH_ROWS", "100000"))
TURNS, NOISE = 11, 1.1
DAY = date(2030, 1, 1)


def asked(code, kind, **attributes):
    """Return a question that may be left empty."""
    return {
        "kind": "question",
        "code": code,
        "type": kind,
        "label": f"Question {code}",
        "required": False,
        "visible_if": None,
    } | attributes


ITEMS = [
    asked("hall", "choice", options=OPTIONS),
    asked("wishes", "choices", options=OPTIONS),
    asked("reference", "text"),
    asked("story", "text", max_length=100),
    asked("day_wanted", "date"),
    asked("people", "integer"),
    asked("is_member", "yes_no"),
    *(asked(f"other_{rank}", "text") for rank in range(3)),
]
INDEXED = ("hall", "reference", "story", "day_wanted", "wishes")
# A word in one text out of forty, a reference of one request only, four channels.
ANSWERS = """jsonb_build_object(
    'hall', (ARRAY['a', 'b', 'c', 'd'])[1 + rank %% 4],
    'wishes', jsonb_build_array((ARRAY['a', 'b', 'c', 'd'])[1 + rank %% 4]),
    'reference', 'REF-' || rank,
    'story', CASE WHEN rank %% 44 = 0 THEN 'near the old mill ' ELSE 'by the sea ' END
             || md5(rank::text),
    'day_wanted', (date '2029-01-01' + rank %% 500)::text,
    'people', rank %% 300,
    'is_member', CASE WHEN rank %% 2 = 0 THEN 'yes' ELSE 'no' END,
    'other_0', md5(rank::text), 'other_1', md5(rank::text), 'other_2', 'Metz')"""
PLAIN = {
    "channel": "(ARRAY['portal', 'mail', 'desk', 'phone'])[1 + rank %% 4]",
    "requester_firstname": "'REF-' || rank",
    "subject": "CASE WHEN rank %% 44 = 0 THEN 'near the old mill ' ELSE 'by the sea '"
    " END || md5(rank::text)",
    "closed_at": "timestamp '2029-01-01' + (rank %% 500) * interval '1 day'",
    "answers": ANSWERS,
}


def searches() -> list[Row]:
    """Measure the searches without index, make the indexes, measure them again."""
    with copied_database("search") as name:
        with scratch_environment(name, commit=True) as env:
            prestation = make_prestation(env, ITEMS, "SEARCH")
            seed = fill(env, prestation)
        vacuum(name)
        with scratch_environment(name, commit=True) as env:
            rows = [*without_index(env), *lists(env), *creations(env, seed)]
            start = time.perf_counter()
            env["grc.form.question"].search([("code", "in", INDEXED)]).is_indexed = True
            made = time.perf_counter() - start
        vacuum(name)
        with scratch_environment(name) as env:
            rows += with_index(env)
        print(f"The indexes of {len(INDEXED)} answers: {made:.1f} s")
    return rows


def vacuum(name: str) -> None:
    subprocess.run(
        ["psql", "-q", "-d", name, "-c", "VACUUM ANALYZE grc_request"], check=True
    )


def fill(env, prestation) -> dict:
    """Insert the requests, copies of one that was filed; return what was filed."""
    version = prestation.published_version_id
    seed = {
        "prestation_id": prestation.id,
        "form_version_id": version.id,
        "subject": "Bench",
        "description": "Bench",
        "requester_kind": "person",
        "requester_lastname": "Martin",
        "requester_firstname": "Zoé",
        "street": "3 rue des Tilleuls",
        "zip": "99000",
        "city": "Banc",
        "email_used": "zoe.martin@example.com",
        "form_answers": {
            "hall": "a",
            "wishes": ["a"],
            "reference": "REF-0",
            "story": "by the sea",
            "day_wanted": DAY.isoformat(),
            "people": 12,
            "is_member": True,
        },
    }
    request = env["grc.request"]._intake(dict(seed), "desk")
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'grc_request'"
    )
    own = {"id", "name", "idempotency_key", *PLAIN}
    kept = ", ".join(f'"{row[0]}"' for row in env.cr.fetchall() if row[0] not in own)
    env.cr.execute(
        f"""INSERT INTO grc_request (name, {", ".join(PLAIN)}, {kept})
            SELECT 'BENCH-' || rank, {", ".join(PLAIN.values())}, {kept}
              FROM grc_request, generate_series(1, %s) AS rank WHERE id = %s""",  # noqa: S608
        [ROWS, request.id],
    )
    return seed


# === CASES: answer, plain column, worst ratio === #


def count(field: str, operator: str, value):
    """Return what counts requests."""
    return lambda env: env["grc.request"].search_count([(field, operator, value)])


def group(field: str):
    """Return what counts requests by group."""
    return lambda env: env["grc.request"].formatted_read_group([], [field], ["__count"])


SELECTION = count("channel", "=", "mail")
REFERENCE = count("requester_firstname", "=", "REF-77777")
WORDS = count("subject", "ilike", "old mill")
DAYS = count("closed_at", ">=", "2030-01-01")
A_SELECTION = count("answers.hall", "=", "b")
A_REFERENCE = count("answers.reference", "=", "REF-77777")
WISHES = count("answers.wishes", "in", ["b"])
A_WORDS = count("answers.story", "ilike", "old mill")
A_DAYS = count("answers.day_wanted", ">=", "2030-01-01")


def without_index(env) -> list[Row]:
    """Measure the searches and the groups, no answer indexed."""
    plain = "the plain column"
    by_channel = group("channel")
    return compared(
        env,
        ("count, one option in four", A_SELECTION, plain, SELECTION, 2.1),
        ("count, one hit", A_REFERENCE, plain, REFERENCE, 3.5),
        ("count, words", A_WORDS, plain, WORDS, 1.3),
        ("count, days", A_DAYS, plain, DAYS, 2.1),
        ("group by option", group("answers.hall"), plain, by_channel, 2.8),
        (
            "group by month",
            group("answers.day_wanted:month"),
            "by a plain option",
            by_channel,
            3.9,
        ),
        (
            "group by several options",
            group("answers.wishes"),
            "by a plain option",
            by_channel,
            4.8,
        ),
    )


def with_index(env) -> list[Row]:
    """Measure the same searches, the answers indexed."""
    plain = "the plain column, not indexed"
    return compared(
        env,
        # No index helps to find one request in four.
        ("indexed: count, one option in four", A_SELECTION, plain, SELECTION, None),
        ("indexed: count, one hit", A_REFERENCE, plain, REFERENCE, 0.1),
        ("indexed: count, words", A_WORDS, plain, WORDS, 0.5),
        ("indexed: count, days", A_DAYS, plain, DAYS, 2.1),
        ("indexed: count, one of several", WISHES, "a plain option", SELECTION, 2.1),
    )


def lists(env) -> list[Row]:
    """Measure a page of the list, and an export."""
    columns = {name: {} for name in ("name", "received_at", "subject", "stage_id")}

    def page(**more):
        return lambda env: env["grc.request"].web_search_read(
            [("state", "!=", "closed")], columns | more, limit=80
        )

    ids = env["grc.request"].search([], limit=1000, order="id desc").ids

    def export(*names):
        return lambda env: env["grc.request"].browse(ids).export_data(list(names))

    return compared(
        env,
        ("page of 80, answers shown", page(answers={}), "without", page(), 1.9),
        (
            "export, 1 000 requests, 2 answers",
            export("answers.hall", "answers.reference"),
            "2 plain columns",
            export("channel", "subject"),
            # 22 with core's way of reading properties (models/answers_field.py).
            10,
        ),
    )


def creations(env, seed: dict) -> list[Row]:
    """Measure the creation of many requests, and the filing of one."""
    requests = env["grc.request"]
    company = env.company
    plain = dict(seed)
    del plain["form_version_id"], plain["form_answers"]
    ready = requests._prepare_intake_vals(dict(seed), "desk", company, None)
    bare = requests._prepare_intake_vals(dict(plain), "desk", company, None)

    def create(vals):
        def run(env):
            with env.cr.savepoint() as point:
                env["grc.request"].create(
                    [vals | {"name": f"NEW-{rank}"} for rank in range(200)]
                )
                env.flush_all()
                point.rollback()

        return run

    def file(vals):
        def run(env):
            with env.cr.savepoint() as point:
                env["grc.request"]._intake(dict(vals), "desk")
                env.flush_all()
                point.rollback()

        return run

    return compared(
        env,
        ("200 created, 7 answers", create(ready), "without form", create(bare), 1.5),
        ("one filed, checked and sealed", file(seed), "without form", file(plain), 2.0),
    )


def compared(env, *cases) -> list[Row]:
    """Measure each case and its reference in turn; take the medians."""
    rows = []
    for case, action, reference, plain, worst in cases:
        taken: dict = {action: [], plain: []}
        queries = 0
        for turn in range(TURNS + 1):
            for one in (action, plain):
                env.invalidate_all()
                before, start = env.cr.sql_log_count, time.perf_counter()
                one(env)
                spent = (time.perf_counter() - start) * 1000
                if turn:
                    taken[one].append(spent)
                if one is action:
                    queries = env.cr.sql_log_count - before
        bare = statistics.median(taken[plain])
        rows.append(
            Row(
                case=f"{ROWS} requests, {case}",
                value=statistics.median(taken[action]),
                unit="ms",
                reference=reference,
                reference_value=bare,
                limit=worst and NOISE * worst * bare,
                queries=queries,
                less_is_better=True,
            )
        )
    return rows
