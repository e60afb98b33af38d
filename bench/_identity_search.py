"""One identity looked for among 1 300 000 citizens: ours, beside bare SQL.

The names follow the French ones: a few are very common, most are rare. One
citizen in ten has signed in already.
"""

import os
import statistics
import subprocess
import sys
import time

from _common import Row, copied_database, scratch_environment
from _identity_provider import CLIENT, ISSUER

CITIZENS = int(os.environ.get("GRC_BENCH_CITIZENS", "1300000"))
TURNS, MOST_MS = 41, 20
# Rank 1 has one citizen in 300, as « Martin » in France; 200 000 names in all.
NAME = "CASE WHEN rank %% 300 = 0 THEN 1 ELSE 2 + abs(hashint4(-rank)) %% 200000 END"
LETTERS = "ABCDEFGHIJ"
PARTNERS = """
    WITH people AS (
        SELECT rank,
               'NOM' || translate(({name})::text, '0123456789', '{letters}') AS family,
               (date '1930-01-01' + abs(hashint4(rank)) %% 33000) AS born
          FROM generate_series(1, %(count)s) AS rank)
    INSERT INTO res_partner (name, complete_name, {columns}, is_grc_citizen,
        grc_birth_name, grc_given_names, grc_gender, grc_birth_date,
        grc_birth_place_code, grc_birth_country_code, grc_identity_level,
        grc_identity_key, grc_usage_key, company_id)
    SELECT family, family, {values}, true, family,
           'Prénom' || translate((rank %% 977)::text, '0123456789', '{letters}'),
           CASE WHEN rank %% 2 = 0 THEN 'female' ELSE 'male' END,
           born::text, '69123', '99100', 'verified',
           to_char(born, 'YYYY') || ':' || family, NULL, p.company_id
      FROM people, (SELECT * FROM res_partner WHERE id = %(seed)s) AS p"""
IDENTITIES = """
    INSERT INTO grc_identity (provider_id, company_id, issuer, sub, partner_id, state,
        snapshot, first_seen_at, last_seen_at)
    SELECT %(provider)s, %(company)s, %(issuer)s, md5(id::text) || md5(id::text) ||
           'v1', id, CASE WHEN id %% 7 = 0 THEN 'ended' ELSE 'active' END, '{}', now(),
           now()
      FROM res_partner WHERE id > %(seed)s AND id %% 10 = 0"""


def recognitions() -> list[Row]:
    """Measure what a first sign-in looks for, in a town of 1 300 000 citizens."""
    with copied_database("citizens") as name:
        with scratch_environment(name, commit=True) as env:
            start = time.perf_counter()
            fill(env)
            print(f"{CITIZENS} citizens: {time.perf_counter() - start:.0f} s")
        subprocess.run(
            [
                "psql",
                "-q",
                "-d",
                name,
                "-c",
                "VACUUM ANALYZE res_partner, grc_identity",
            ],
            check=True,
        )
        with scratch_environment(name) as env:
            return compared(env)


def fill(env) -> None:
    """Insert the citizens and the identities, copies of what Odoo would write."""
    env["grc.identity.provider"].create(
        {
            "company_id": env.company.id,
            "issuer": ISSUER,
            "client_id": CLIENT,
            "new_secret": "the secret of the bench",
            "base_url": "https://town.example.org",
        }
    )
    seed = env["res.partner"].create({"name": "Seed", "company_id": env.company.id})
    env.flush_all()
    env.cr.execute(
        """SELECT column_name FROM information_schema.columns
            WHERE table_name = 'res_partner' AND (is_nullable = 'NO'
               OR column_name IN ('active', 'lang', 'type', 'create_date'))
              AND column_name NOT IN ('id', 'name', 'complete_name', 'is_grc_citizen')
        """
    )
    names = [row[0] for row in env.cr.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f'p."{name}"' for name in names)
    env.cr.execute(
        PARTNERS.format(name=NAME, letters=LETTERS, columns=columns, values=values),
        {"count": CITIZENS, "seed": seed.id},
    )
    env.cr.execute(
        IDENTITIES,
        {
            "provider": provider_of(env).id,
            "company": env.company.id,
            "issuer": ISSUER,
            "seed": seed.id,
        },
    )


def provider_of(env):
    return env["grc.identity.provider"].search([("client_id", "=", CLIENT)], limit=1)


def identities_to_look_for(env) -> dict:
    """Return ``{case: pivot}``: as FranceConnect gives them."""
    from odoo.addons.grc_franceconnect.rules.pivot import Pivot

    def as_known(domain):
        citizen = env["res.partner"].search(domain, limit=1, order="id desc")
        return citizen._grc_pivot()

    known = [("is_grc_citizen", "=", True), ("grc_identity_level", "=", "verified")]
    common = [*known, ("grc_birth_name", "=", "NOMB")]
    nobody = Pivot(("Zoé",), "NOMINCONNU", "", "1985-04-12", "female", "69123", "99100")
    year = as_known(common)
    return {
        "somebody known": as_known(known),
        "the most common name": as_known(common),
        "the most common name, year of birth only": Pivot(
            year.given_names,
            year.family_name,
            birth_date=f"{year.birth_date[:4]}-00-00",
            gender=year.gender,
            birth_country="99352",
        ),
        "nobody known": nobody,
    }


def compared(env) -> list[Row]:
    """Recognise each, and look the same up in bare SQL, in turn; the index is used."""
    from odoo.addons.grc_franceconnect.models.grc_identity_client_mixin import Verified
    from odoo.addons.grc_franceconnect.rules.pivot import search_keys

    provider, rows = provider_of(env), []
    for case, pivot in identities_to_look_for(env).items():
        verified = Verified(sub="f" * 64 + "v1", acr="eidas1", claims={}, pivot=pivot)
        key = search_keys(pivot)[0]
        check_plan(env, provider, pivot)
        taken, bare, queries = [], [], 0
        for turn in range(TURNS + 1):
            env.invalidate_all()
            before, start = env.cr.sql_log_count, time.perf_counter()
            env["grc.identity"]._recognise(provider, verified)
            spent = (time.perf_counter() - start) * 1000
            queries = env.cr.sql_log_count - before
            start = time.perf_counter()
            env.cr.execute(
                "SELECT id FROM res_partner WHERE grc_identity_key = %s", [key]
            )
            env.cr.fetchall()
            if turn:
                taken.append(spent)
                bare.append((time.perf_counter() - start) * 1000)
        rows.append(
            Row(
                case=f"{CITIZENS} citizens, {case}",
                value=statistics.median(taken),
                unit="ms",
                reference="the key, bare SQL",
                reference_value=statistics.median(bare),
                limit=MOST_MS,
                queries=queries,
                less_is_better=True,
            )
        )
    return rows


def check_plan(env, provider, pivot) -> None:
    """Stop when the citizens would be read one by one."""
    from odoo.tools import SQL

    from odoo.addons.grc_franceconnect.rules.pivot import search_keys

    identities = env["grc.identity"]
    domain = identities._candidates_domain(provider, pivot, search_keys(pivot))
    query = env["res.partner"]._search(domain, order="id", limit=200)
    env.cr.execute(SQL("EXPLAIN %s", query.select()))
    plan = "\n".join(row[0] for row in env.cr.fetchall())
    indexes = ("grc_identity_key_index", "grc_birth_date_index")
    if "Seq Scan" in plan or not any(name in plan for name in indexes):
        sys.exit(f"The index is not used:\n{plan}")
