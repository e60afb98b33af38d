from datetime import date, timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..models import grc_register_seal
from .register_common import RegisterCommon


class TestSeals(RegisterCommon):
    """A day is sealed the night after; what was sealed cannot go without a trace."""

    def setUp(self):
        super().setUp()
        with freeze_time("2026-09-15 08:30:00"):
            self.request = self._file(self.svr)
            self.other = self._file(self.sva)
        with freeze_time("2026-09-15 22:30:00"):  # the 16th, in Paris
            self.next_day = self._file(self.svr)

    def _seal(self, instant):
        with freeze_time(instant):
            self.findings._seal_all()
        return self.seals.search([("company_id", "=", self.town.id)], order="sequence")

    def test_the_day_before_on_the_clock_of_the_town(self):
        [seal] = self._seal("2026-09-15 22:05:00")
        self.assertEqual(seal.sealed_on, date(2026, 9, 15))
        self.assertEqual(seal.request_count, 2)
        self.assertEqual(self.request.seal_id, seal)
        self.assertFalse(self.next_day.seal_id)
        self.assertEqual(len(self._seal("2026-09-16 01:30:00")), 1, "once")
        first, second = self._seal("2026-09-17 01:30:00")
        self.assertEqual(second.previous_hash, first.head_hash)
        self.assertEqual(self.next_day.seal_id, second)
        self.assertFalse(self.seals._verify_all(self.town))

    def test_late_it_catches_up_each_day(self):
        self._seal("2026-09-16 01:30:00")
        seals = self._seal("2026-09-20 01:30:00")
        self.assertEqual(
            seals.mapped("sealed_on"),
            [date(2026, 9, 15) + timedelta(days) for days in range(5)],
        )
        self.assertEqual(seals.mapped("request_count"), [2, 1, 0, 0, 0])
        self.assertEqual(seals.mapped("sequence"), [1, 2, 3, 4, 5])

    def test_with_the_clock_moved_back_nothing_is_sealed_twice(self):
        seals = self._seal("2026-09-17 01:30:00")
        self.assertEqual(self._seal("2026-09-10 01:30:00"), seals)

    def test_a_day_of_many_has_several_seals(self):
        with patch.object(grc_register_seal, "_BATCH", 1):
            seals = self._seal("2026-09-16 01:30:00")
            self.assertEqual(seals.mapped("request_count"), [1, 1, 0])
            seals = self._seal("2026-09-17 01:30:00")
        self.assertEqual(sum(seals.mapped("request_count")), 3)
        self.assertFalse(self.seals._verify_all(self.town))

    def test_life_goes_on_after_the_seal(self):
        self._seal("2026-09-16 01:30:00")
        self._decide(self.request, close=True)
        self.assertFalse(self.seals._verify_all(self.town))

    def test_a_deleted_request_is_named(self):
        [seal] = self._seal("2026-09-16 01:30:00")
        name, rank = self.other.name, len(self.other.event_ids)
        self._erase(self.other)
        self.assertFalse(self.events._verify_all(self.town), "it alone tells nothing")
        self.assertEqual(self.seals._verify_all(self.town), [(seal, name, rank)])
        self.findings._cron_verify()
        self.findings._cron_verify()
        self.assertEqual(
            self._found("kind", "number", "event_sequence"), [("entry", name, rank)]
        )

    def test_a_history_written_again_with_its_seals_is_named(self):
        [seal] = self._seal("2026-09-16 01:30:00")
        self._sql(
            "UPDATE grc_request_event SET hash = repeat('0', 64) WHERE id = %s",
            self.request.event_ids.sorted("sequence")[-1].id,
            table="grc_request_event",
        )
        self.assertIn(
            (seal, self.request.name, len(self.request.event_ids)),
            self.seals._verify_all(self.town),
        )

    def test_a_changed_seal_shows(self):
        self._seal("2026-09-16 01:30:00")
        seals = self._seal("2026-09-18 01:30:00")
        self._sql(
            "UPDATE grc_register_seal SET sealed_on = '2020-01-01' WHERE id = %s",
            seals[1].id,
            table="grc_register_seal",
        )
        self.assertEqual(self.seals._verify_all(self.town), [(seals[1], "", 0)])

    def test_a_removed_seal_shows(self):
        self._seal("2026-09-16 01:30:00")
        seals = self._seal("2026-09-20 01:30:00")
        empty = seals[2]
        self._sql(
            "DELETE FROM grc_register_seal WHERE id = %s",
            empty.id,
            table="grc_register_seal",
        )
        self.assertEqual(self.seals._verify_all(self.town), [(seals[3], "", 0)])

    def test_nobody_changes_a_seal(self):
        seal = self._seal("2026-09-16 01:30:00")[:1]
        for user in (self.manager, self.env.ref("base.user_root")):
            with self.assertRaises(UserError):
                seal.with_user(user).write({"sealed_on": "2020-01-01"})
            with self.assertRaises(UserError):
                seal.with_user(user).unlink()
        self.env.flush_all()
        for query in (
            "UPDATE grc_register_seal SET request_count = 0 WHERE id = %s",
            "DELETE FROM grc_register_seal WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error) as caught,
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, (seal.id,))
            self.assertIn("append-only", str(caught.exception))
