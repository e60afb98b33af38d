import logging

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules.data import DataError
from .common import FormCommon
from .data_common import OTHER_SIRET, SIRET, DataMixin, address, company


@tagged("post_install", "-at_install")
class TestDataSource(DataMixin, FormCommon):
    """A service is asked once, for the town that uses it, and never holds anybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sirene, cls.rna, cls.ban = cls._use_sources("sirene", "rna", "ban")

    def _all(self, company):
        sources = self.env["grc.data.source"].with_context(active_test=False)
        return sources.search([("company_id", "=", company.id)])

    def _error(self, source, key=SIRET, **more):
        # assertRaises would undo what was kept.
        try:
            source._fetch(key, **more)
        except DataError as error:
            return error.code
        return None

    # === SETTINGS === #

    def test_a_new_town_finds_the_sources_ready_and_none_in_use(self):
        other = self._town("Elsewhere")
        sources = self._all(other)
        self.assertLessEqual({"sirene", "rna", "ban"}, set(sources.mapped("connector")))
        self.assertFalse(any(sources.mapped("active")))
        self.assertFalse(self.env["grc.data.source"]._for(other))
        # An update of the software adds none twice.
        self.env["grc.data.source"]._prepare_all()
        self.assertEqual(self._all(other), sources)

    def test_a_service_is_set_up_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.sirene.copy()

    def test_only_https_is_called(self):
        for url in ("http://example.com", "ftp://x", "https://u@x.fr", "x", "file:///"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.sirene.base_url = url

    def test_a_manager_never_points_at_this_machine(self):
        own = self._as(self.sirene, self.manager)
        own.base_url = "https://example.com/search"
        for url in ("http://127.0.0.1:8069", "https://localhost"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                own.base_url = url

    def test_wrong_settings_are_refused(self):
        for vals in (
            {"recipient_siret": "12345678901234"},
            {"timeout_seconds": 60},
            {"timeout_seconds": 0},
            {"cache_hours": -1},
            {"cache_hours": 10_000},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.sirene.write(vals)

    def test_the_key_is_written_and_never_read(self):
        own = self._as(self.rna, self.manager)
        own.new_secret = " key of the town "
        own.invalidate_recordset()
        self.assertFalse(own.new_secret)
        self.assertTrue(own.has_secret)
        with self.assertRaises(AccessError):
            own.read(["kept_secret"])
        self.assertEqual(self.rna.sudo().kept_secret, "key of the town")

    def test_the_key_is_never_sent_to_somebody_else(self):
        self.rna.new_secret = "key"
        self.rna.base_url = "https://other.example.com"
        self.assertFalse(self.rna.has_secret)
        self.rna.write({"base_url": "https://third.example.com", "new_secret": "k2"})
        self.assertEqual(self.rna.sudo().kept_secret, "k2")

    def test_a_source_of_an_addon_that_is_gone_is_not_put_in_use(self):
        self.env.cr.execute(
            "UPDATE grc_data_source SET connector = 'gone' WHERE id = %s",
            [self.sirene.id],
        )
        self.sirene.invalidate_recordset()
        with self.assertRaises(UserError):
            self.sirene.active = True
        self.assertEqual(self._error(self.sirene), "misconfigured")

    # === CALLS === #

    def test_what_was_told_is_not_asked_twice(self):
        with self.services() as fake:
            fake.says(SIRET, company())
            self.assertEqual(self.sirene._fetch(SIRET)["name"], "BAKERY")
            self.assertEqual(self.sirene._fetch(SIRET)["name"], "BAKERY")
            self.assertEqual(len(fake.calls), 1)
            self.assertEqual(self._error(self.sirene, OTHER_SIRET), "not_found")
            self.assertEqual(self._error(self.sirene, OTHER_SIRET), "not_found")
            self.assertEqual(len(fake.calls), 2)
        url, kwargs = fake.calls[0]
        self.assertTrue(url.startswith(self.sirene.base_url))
        self.assertLessEqual(kwargs["timeout"], self.sirene.timeout_seconds)

    def test_what_was_kept_grows_old(self):
        kept = self.env["grc.data.cache"].sudo()
        with self.services() as fake:
            fake.says(SIRET, company())
            self.sirene._fetch(SIRET)
            mine = kept.search([("source_id", "=", self.sirene.id)])
            # The key is not written as such.
            self.assertNotIn(SIRET, mine.key_hash)
            mine.expires_at = "2020-01-01"
            self.sirene._fetch(SIRET)
            self.assertEqual(len(fake.calls), 2)
            kept._gc_expired()
            self.assertFalse(mine.exists())
            self.sirene.cache_hours = 0
            self.sirene._forget_answers()
            self.sirene._fetch(SIRET)
            self.sirene._fetch(SIRET)
            self.assertEqual(len(fake.calls), 4)

    def test_what_the_token_of_a_citizen_gives_is_never_kept(self):
        kept = self.env["grc.data.cache"].sudo()
        with self.services() as fake:
            fake.says(SIRET, company())
            self.sirene._fetch(SIRET, bearer="hers")
            self.sirene._fetch(SIRET, bearer="hers")
            self.assertEqual(len(fake.calls), 2)
        self.assertFalse(kept.search([("source_id", "=", self.sirene.id)]))
        headers = fake.calls[0][1]["headers"]
        self.assertEqual(headers["Authorization"], "Bearer hers")

    def test_a_service_that_is_down_is_left_alone_a_moment(self):
        with self.services() as fake:
            fake.fails("entreprises")
            self.assertEqual(self._error(self.sirene), "unavailable")
            self.assertEqual(self._error(self.sirene), "unavailable")
            self.assertEqual(self._error(self.sirene, OTHER_SIRET), "unavailable")
            self.assertEqual(len(fake.calls), 1)
            # Another service is not.
            fake.says("geocodage", address())
            self.ban._fetch("5 rue du Four, 57000 Metz")
            self.assertEqual(len(fake.calls), 2)

    def test_each_failure_has_its_code(self):
        for status, code in ((401, "refused"), (429, "too_many"), (500, "unavailable")):
            with self.services() as fake:
                fake.says(SIRET, {}, status)
                self.assertEqual(self._error(self.sirene), code)

    def test_nothing_of_what_is_asked_is_logged(self):
        logger = "odoo.addons.grc_form.models.grc_data_source_call"
        with self.services() as fake, self.assertLogs(logger, logging.INFO) as logs:
            fake.fails("entreprises")
            self.assertEqual(self._error(self.sirene), "unavailable")
        self.assertNotIn(SIRET, "".join(logs.output))

    def test_suggestions_are_kept_too(self):
        with self.services() as fake:
            fake.says("search", address())
            found = self.ban._suggest("5 rue du F")
            self.assertEqual(found[0]["city"], "Metz")
            self.assertEqual(self.ban._suggest(" 5 RUE du F"), found)
            self.assertEqual(len(fake.calls), 1)
            self.assertEqual(self.ban._suggest("5"), [])
            self.assertEqual(len(fake.calls), 1)

    def test_a_page_costs_the_same_queries_whatever_was_kept(self):
        with self.services() as fake:
            fake.says(SIRET, company())
            self.sirene._fetch(SIRET)
            for rank in range(20):
                self.sirene._keep_answer("data", f"key {rank}", {"values": {}}, 1)
            self.env.flush_all()
            with self.assertQueryCount(2):
                self.sirene._fetch(SIRET)

    # === TEST BUTTON === #

    def test_the_button_says_what_fails(self):
        own = self._as(self.sirene, self.manager)
        key = own._connector().test_key
        reports = []
        for answer, status in ((company(key), 200), ({}, 401), ([], 200)):
            with self.services() as fake:
                fake.says(key, answer, status)
                own.action_test()
            reports.append(own.test_report)
        with self.services() as fake:
            fake.fails("search")
            own.action_test()
        reports.append(own.test_report)
        self.assertEqual(len(set(reports)), 4)
        self.assertIn("BAKERY", reports[0])
        self.assertTrue(own.tested_at)

    def test_the_button_is_for_the_manager(self):
        for user in (self.agent, self.service_head, self.desk_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._as(self.sirene, user).action_test()
        far = self._all(self.far_town)[:1]
        with self.assertRaises(AccessError):
            self._as(far, self.manager).action_test()

    def test_the_builder_offers_what_the_town_uses(self):
        offered = dict(
            self.env["grc.form.prefill"].with_company(self.town)._prefill_sources()
        )
        self.assertIn("data.sirene.name", offered)
        self.sirene.active = False
        offered = dict(
            self.env["grc.form.prefill"].with_company(self.town)._prefill_sources()
        )
        self.assertNotIn("data.sirene.name", offered)
        self.assertIn("data.rna.name", offered)
