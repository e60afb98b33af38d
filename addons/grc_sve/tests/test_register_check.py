from datetime import date
from unittest.mock import patch

from ..models import grc_register_check
from .register_common import RegisterCommon


class TestNightlyVerification(RegisterCommon):
    def test_nothing_is_found_where_everything_holds(self):
        for prestation in (self.svr, self.sva, self.urban, self.question):
            self._file(prestation)
        self._file(False, "mail")
        self._file(self.svr, "letter", email_used=False)
        self._decide(self._file(self.svr), close=True)
        self.findings._cron_verify()
        self.assertEqual(self._found("kind"), [])

    def test_a_changed_day_is_reported_once(self):
        request = self._file(self.svr)
        right = request.implicit_on
        self._sql(
            "UPDATE grc_request SET implicit_on = '2030-01-01' WHERE id = %s",
            request.id,
        )
        for _night in range(2):
            self.findings._cron_verify()
            self.assertEqual(
                self._found("kind", "number", "day_field", "stored", "computed"),
                [("day", request.name, "implicit_on", date(2030, 1, 1), right)],
            )
        self.assertEqual(request.implicit_on, date(2030, 1, 1), "nothing is mended")
        [activity] = self.env["mail.activity"].search(
            [("user_id", "=", self.manager.id)]
        )
        self.assertIn("Discrepancies", activity.summary)

    def test_an_acknowledgement_that_never_left_is_reported(self):
        request = self._file(False, "mail")
        self._sql(
            "UPDATE grc_request SET are_sent_on = '2026-09-15' WHERE id = %s",
            request.id,
        )
        self.findings._cron_verify()
        self.assertEqual(
            self._found("day_field", "stored", "computed"),
            [("are_sent_on", date(2026, 9, 15), False)],
        )

    def test_a_changed_event_is_reported_once(self):
        request = self._file(self.svr)
        self._tamper(request.event_ids.sorted("sequence")[0], request.received_on)
        self.findings._cron_verify()
        self.assertEqual(self._found("kind"), [], "the same day is no change")
        self._sql("DELETE FROM ir_config_parameter WHERE key LIKE 'grc_sve.reg%%'")
        self.env.registry.clear_cache("stable")
        self._tamper(request.event_ids.sorted("sequence")[1])
        for _night in range(2):
            self.findings._cron_verify()
            self.assertEqual(
                [
                    row
                    for row in self._found("kind", "number", "event_sequence")
                    if row[0] == "history"
                ],
                [("history", request.name, 2)],
            )

    def test_it_goes_on_from_where_it_was_killed(self):
        requests = [self._file(self.svr) for _number in range(3)]
        self._tamper(requests[-1].event_ids.sorted("sequence")[1])
        with (
            patch.object(grc_register_check, "_BATCH", 4),
            patch.object(grc_register_check, "_OVERLAP", 0),
        ):
            self.findings._seal_all()
            self.findings._set_cursor(
                "event", requests[0].event_ids.sorted("id")[0].id - 1
            )
            self.commit.return_value = 0
            self.assertFalse(self.findings._verify_touched())
            first = self.findings._cursor("event")
            self.assertFalse(self.findings._verify_touched())
            self.assertGreater(self.findings._cursor("event"), first)
            self.commit.return_value = 100
            self.assertTrue(self.findings._verify_touched())
        self.assertEqual(self._found("number"), [(requests[-1].name,)])

    def test_the_nightly_cost_is_that_of_what_was_touched(self):
        self._file(self.svr)
        with patch.object(grc_register_check, "_OVERLAP", 0):
            self.findings._verify_touched()
            with patch.object(
                type(self.findings), "_record_histories", autospec=True
            ) as verified:
                self.findings._verify_touched()
                self.assertFalse(verified.called)
                request = self._file(self.svr)
                self.findings._verify_touched()
                self.assertEqual(verified.call_args.args[1], request)
