import hashlib
import json
from datetime import date, datetime

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..rules import chain
from .common import GrcCommon


class TestRequestEvent(GrcCommon):
    """The history: appended, never changed, sealed by what follows."""

    def setUp(self):
        super().setUp()
        self.request = self._file()
        self._decide(self.request)
        self.events = self.request.event_ids.sorted("sequence")

    def _broken(self):
        return self.env["grc.request.event"]._first_broken_event(self.request)

    def test_nobody_changes_the_history(self):
        for user in (self.agent, self.manager, self.env.ref("base.user_root")):
            events = self.events.with_user(user)
            with self.assertRaises(UserError):
                events[0].write({"kind": "closed"})
            with self.assertRaises(UserError):
                events[0].unlink()

    def test_the_database_refuses_too(self):
        self.env.flush_all()
        for query in (
            "UPDATE grc_request_event SET kind = 'closed' WHERE id = %s",
            "DELETE FROM grc_request_event WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error) as caught,
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, (self.events[0].id,))
            self.assertIn("append-only", str(caught.exception))

    def test_the_chain_holds(self):
        self.assertGreater(len(self.events), 3)
        self.assertEqual(
            self.events.mapped("sequence"), list(range(1, len(self.events) + 1))
        )
        self.assertFalse(self.events[0].previous_hash)
        for previous, event in zip(self.events, self.events[1:], strict=False):
            self.assertEqual(event.previous_hash, previous.hash)
        self.env.invalidate_all()
        self.assertFalse(self._broken())

    def test_a_change_behind_our_back_is_seen(self):
        second = self.events[1]
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.cr.execute("ALTER TABLE grc_request_event DISABLE TRIGGER USER")
            self.env.cr.execute(
                "UPDATE grc_request_event SET happened_on = '2020-01-01' WHERE id = %s",
                (second.id,),
            )
            self.env.invalidate_all()
            self.assertEqual(self._broken(), second)
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertFalse(self._broken())

    def test_a_missing_event_is_seen(self):
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.cr.execute("ALTER TABLE grc_request_event DISABLE TRIGGER USER")
            self.env.cr.execute(
                "DELETE FROM grc_request_event WHERE id = %s", (self.events[1].id,)
            )
            self.env.invalidate_all()
            self.assertEqual(self._broken(), self.events[2])
            savepoint.rollback()
        self.env.invalidate_all()

    def test_the_seal_can_be_computed_by_anybody(self):
        first = self.events[0]
        facts = self.env["grc.request.event"]._sealed_facts(
            self.request.name, first.read()[0] | {"actor_id": first.actor_id.id}
        )
        text = json.dumps(
            ["", facts], sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        self.assertEqual(first.hash, hashlib.sha256(text.encode()).hexdigest())
        self.assertEqual(first.hash, chain.event_hash("", facts))

    def test_the_day_is_that_of_the_town(self):
        with freeze_time("2026-12-31 23:30:00"):
            paris = self._file()
            self.far_town.grc_timezone = "America/Martinique"
            far = self._file(self.far_prestation)
        self.assertEqual(paris.event_ids[-1:].happened_on, date(2027, 1, 1))
        self.assertEqual(far.event_ids[-1:].happened_on, date(2026, 12, 31))
        self.assertEqual(
            paris.event_ids[-1:].happened_at, datetime(2026, 12, 31, 23, 30)
        )

    def test_the_citizen_reads_words_not_comments(self):
        closing = self.request.with_user(self.agent)
        closing.action_close()
        closing._apply_transition(
            self.env.ref("grc_base.transition_reopen"), "Between us."
        )
        self.request.partner_id = self.citizen.partner_id
        timeline = self.request.with_user(self.citizen)._timeline()
        labels = [line["label"] for line in timeline]
        self.assertEqual(labels[0], "Request received")
        self.assertIn("Decision taken", labels)
        self.assertIn("Request reopened", labels)
        self.assertNotIn("Step changed", labels)
        self.assertNotIn("Between us.", str(timeline))
        self.assertEqual(timeline[0]["date"], self.events[0].happened_on)
