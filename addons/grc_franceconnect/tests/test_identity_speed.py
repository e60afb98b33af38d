from odoo.tests import tagged
from odoo.tools import SQL

from ..models.grc_identity_client_mixin import Verified
from ..rules.pivot import pivot_from_claims, search_keys
from .common import IdentityHttpCommon
from .fake_provider import AMELIE


@tagged("post_install", "-at_install")
class TestIdentitySpeed(IdentityHttpCommon):
    """A town of a million: what is looked for is found by an index."""

    def plan(self, model, domain, **options):
        """Return the plan of a search; few rows would otherwise be read one by one."""
        query = self.env[model]._search(domain, **options)
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.env.cr.execute("SET LOCAL enable_seqscan = on")
        return plan

    def test_a_citizen_is_found_by_an_index(self):
        pivot = pivot_from_claims(AMELIE)
        domain = self.env["grc.identity"]._alike_domain(pivot, search_keys(pivot))
        plan = self.plan("res.partner", domain, order="id", limit=200)
        # The planner chooses: by the keys of the names, or by the day of birth.
        self.assertRegex(plan, "res_partner__grc_(identity_key|birth_date)_index")
        self.assertNotIn("Seq Scan", plan)

    def test_a_subject_is_found_whatever_its_state(self):
        # Many enough for the index to be worth it, for the planner too.
        self.env.cr.execute(
            SQL(
                """INSERT INTO grc_identity
                   (provider_id, company_id, issuer, sub, partner_id, state)
                   SELECT %s, %s, 'https://x', 'sub-' || rank, %s,
                          CASE WHEN rank %% 2 = 0 THEN 'active' ELSE 'ended' END
                     FROM generate_series(1, 2000) AS rank""",
                self.provider.id,
                self.town.id,
                self._citizen_known().id,
            )
        )
        self.env.cr.execute("ANALYZE grc_identity")
        for state in ("active", "ended"):
            domain = [("provider_id", "=", self.provider.id), ("state", "=", state)]
            domain += [("issuer", "=", "https://x"), ("sub", "=", "s")]
            plan = self.plan("grc.identity", domain, limit=1)
            self.assertRegex(plan, "grc_identity_(_sub_index|subject_uniq)")

    def test_who_looks_like_many_costs_as_many_queries_as_like_one(self):
        verified = Verified(
            sub="b" * 66, acr="eidas1", claims={}, pivot=pivot_from_claims(AMELIE)
        )
        costs = []
        for _turn in range(3):
            self._citizen_known()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            decision = self.env["grc.identity"]._recognise(self.provider, verified)
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(decision.reason, "several_matches")
        self.assertEqual(len(set(costs)), 1, costs)
        self.assertLessEqual(costs[0], 8)

    def test_a_common_name_does_not_hide_who_is_looked_for(self):
        """More people of one name and one year than are ever compared."""
        self.env["res.partner"].create(
            [
                {
                    "name": f"Paul Bernard {rank}",
                    "is_grc_citizen": True,
                    "company_id": self.town.id,
                    "grc_birth_name": "Bernard",
                    "grc_given_names": "Paul",
                    "grc_birth_date": f"1985-{1 + rank // 28:02d}-{1 + rank % 28:02d}",
                }
                for rank in range(250)
                if rank // 28 != 3
            ]
        )
        known = self._citizen_known()
        self.connect()
        self.assertEqual(self.identity().partner_id, known)
