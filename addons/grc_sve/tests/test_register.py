from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError

from .register_common import RegisterCommon


class TestRegister(RegisterCommon):
    """What the register says of a request comes from its history."""

    @freeze_time("2026-09-15 08:30:00")
    def test_the_days_of_the_acknowledgements(self):
        request = self._file(False, "mail")
        self.assertEqual(request.aee_sent_on, date(2026, 9, 15))
        self.assertFalse(request.are_sent_on)
        with freeze_time("2026-09-15 22:30:00"):
            request.with_user(self.desk_agent)._qualify(
                "request", self.service, self.sva
            )
        self.assertEqual(request.aee_sent_on, date(2026, 9, 15))
        self.assertEqual(request.are_sent_on, date(2026, 9, 16))

    def test_the_last_seal_follows_the_history(self):
        request = self._file(self.svr)
        before = request.chain_head
        self.assertEqual(before, request.event_ids.sorted("sequence")[-1].hash)
        request.with_user(self.agent).action_take()
        self.assertNotEqual(request.chain_head, before)
        self.assertEqual(
            request.chain_head, request.event_ids.sorted("sequence")[-1].hash
        )

    def test_nobody_writes_them(self):
        request = self._file(self.svr)
        for name in ("aee_sent_on", "are_sent_on", "chain_head", "seal_id"):
            for user in (self.agent, self.manager, self.env.ref("base.user_root")):
                with self.assertRaises(UserError):
                    request.with_user(user).write({name: False})


class TestVerification(RegisterCommon):
    def test_a_history_that_holds(self):
        request = self._file(self.svr)
        action = self._as(request, self.agent).action_verify_history()
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn(request.name, action["params"]["message"])
        self.assertFalse(self.events._verify_all(self.town))

    def test_a_changed_event_is_named(self):
        request, other = self._file(self.svr), self._file(self.svr)
        second = request.event_ids.sorted("sequence")[1]
        self._tamper(second)
        action = self._as(request, self.agent).action_verify_history()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertIn("event 2", action["params"]["message"])
        self.assertEqual(self.events._verify_all(self.town), [(request.name, 2)])
        self.assertIn((request.name, 2), self.events._verify_all())
        self.assertFalse(self.events._verify_all(self.far_town))
        action = self._as(other, self.agent).action_verify_history()
        self.assertEqual(action["params"]["type"], "success")

    def test_the_last_events_removed_are_missed(self):
        request = self._file(self.svr)
        count = len(request.event_ids)
        self._sql(
            "DELETE FROM grc_request_event WHERE id = %s",
            request.event_ids.sorted("sequence")[-1].id,
            table="grc_request_event",
        )
        self.assertEqual(self.events._verify_all(self.town), [(request.name, count)])

    def test_a_history_removed_altogether_is_missed(self):
        request = self._file(self.svr)
        self._sql(
            "DELETE FROM grc_request_event WHERE request_id = %s",
            request.id,
            table="grc_request_event",
        )
        self.assertEqual(self.events._verify_all(self.town), [(request.name, 1)])

    def test_many_cost_no_more_questions_than_few(self):
        requests = self._file(self.svr)
        self._cost(requests)
        one = self._cost(requests)
        for _number in range(11):
            requests |= self._file(self.svr)
        self.assertEqual(self._cost(requests), one)

    def _cost(self, requests):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertFalse(self.events._broken_links(requests))
        return self.cr.sql_log_count - before
