from ast import literal_eval
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import LockError, UserError, ValidationError

from odoo.addons.grc_base.tests.smtp_common import SmtpCommon

from ..rules.facts import Facts
from .missing_common import MissingCommon
from .silence_common import BIRTH_AT, SilenceCommon


class TestClockFaults(SilenceCommon):
    """The clock of the server is wrong, or a fact comes twice."""

    def test_the_clock_of_the_server_goes_back(self):
        request = self._file_at(self.svr)
        with freeze_time("2026-10-01 09:00:00"):
            request._log_event("taken", agent="Agent")
        with freeze_time("2026-09-01 09:00:00"):
            late = request._log_event("all_produced")
        self.assertEqual(request.event_ids.sorted("sequence")[-1], late)
        self.assertFalse(request.event_ids._broken_links(request), "the chain holds")
        self.assertIn("tell the administrator", late.detail)
        # Dated before the reception, it moves no day.
        self.assertEqual(str(request.implicit_on), "2026-11-15")
        texts = " ".join(line["text"] for line in request._legal_explanation())
        self.assertIn("before the reception has no effect", texts)

    def test_a_small_correction_of_the_clock_is_no_fault(self):
        request = self._file_at(self.svr)
        with freeze_time("2026-10-01 09:00:30"):
            request._log_event("taken", agent="Agent")
        with freeze_time("2026-10-01 09:00:00"):
            event = request._log_event("taken", agent="Agent")
        self.assertNotIn("clock_back_from", event.payload)

    def test_a_reception_in_the_future_says_what_is_wrong(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        with self.assertRaisesRegex(ValidationError, "cannot be in the future"):
            self._file(self.svr, "letter", received_at=tomorrow)

    def test_the_same_fact_twice_is_one_fact_for_the_clock(self):
        request = self._file_at(self.svr)
        asked = {"on": date(2026, 9, 22), "deadline": "2026-10-07"}
        request._log_event("missing_notified", **asked)
        once = request.implicit_on
        request._log_event("missing_notified", **asked)
        self.assertEqual(request.implicit_on, once)
        for _twice in range(2):
            request._log_event("all_produced", on=date(2026, 9, 30))
        self.assertEqual(str(request.implicit_on), "2026-11-23")

    def test_a_territory_without_table_is_refused_by_name(self):
        with self.assertRaisesRegex(ValueError, "unknown territory: 'FR-999'"):
            Facts(territory="FR-999", received_on=date(2026, 9, 15))
        with self.assertRaises(ValueError):
            self.town.grc_territory = "FR-999"
        codes = dict(self.env["res.company"]._fields["grc_territory"].selection)
        for code in codes:
            Facts(territory=code, received_on=date(2026, 9, 15))


class TestPieceFaults(MissingCommon):
    """Days of documents that cannot be."""

    def test_produced_before_it_was_asked_for_says_what_is_wrong(self):
        request, missing = self._incomplete(self.svr)
        with self.assertRaises(UserError) as caught:
            self._receive(
                request, missing.line_ids, "2026-09-30 08:00:00", date(2026, 9, 1)
            )
        self.assertTrue(str(caught.exception))
        self.assertFalse(self._events(request, "all_produced"))


class TestTwoAtOnce(SilenceCommon):
    """Two workers at once; with real processes in ``tests/e2e/test_6_workers.py``."""

    def _locked_elsewhere(self, call):
        """Run ``call`` while another connection holds a row that both see."""
        with self.registry.cursor() as one, self.registry.cursor() as two:
            row = api.Environment(one, SUPERUSER_ID, {})["ir.cron"].search([], limit=1)
            row.lock_for_update()
            return call(api.Environment(two, SUPERUSER_ID, {})["ir.cron"], row.id)

    def test_the_second_connection_finds_the_row_taken(self):
        def second(model, row_id):
            self.assertFalse(model.browse(row_id).try_lock_for_update())
            with self.assertRaises(LockError):
                model.browse(row_id).lock_for_update()

        self._locked_elsewhere(second)

    def test_of_two_agents_the_second_is_told_what_to_do(self):
        request = self._file_at(self.svr)
        self.env.flush_all()

        def taken(records, **kwargs):
            raise LockError("Cannot grab a lock on records")

        # Core's own method: the row is in the hands of another transaction.
        core = self.env.registry["base"]
        with (
            patch.object(core, "lock_for_update", taken),
            self.assertRaisesRegex(LockError, "Wait a few seconds, read it again"),
        ):
            self._decide(request, "refused")
        self.assertFalse(self._events(request, "decided"))

    def test_of_two_agents_one_after_the_other_the_second_reads_the_step(self):
        request = self._file_at(self.svr)
        self._decide(request, "refused")
        with self.assertRaisesRegex(UserError, "cannot be decided from here"):
            self._decide(request, "granted")
        self.assertEqual(request.outcome, "refused")
        self.assertEqual(self._events(request, "decided"), ["decided"])

    def test_the_job_of_silence_twice_at_once(self):
        """Each request is noted by the run that holds it, and once."""
        requests = [self._file_at(self.svr) for _index in range(3)]
        held = requests[0]
        model = type(held)
        free = model.try_lock_for_update

        def others(records, **kwargs):
            return free(records.filtered(lambda r: r != held), **kwargs)

        with patch.object(model, "try_lock_for_update", others):
            self._run()
        self.assertEqual(
            [bool(request.implicit_decision) for request in requests],
            [False, True, True],
        )
        self._run()
        self._run(BIRTH_AT)
        for request in requests:
            self.assertEqual(len(self._events(request, "implicit_rejected")), 1)


class TestOutage(SilenceCommon, SmtpCommon):
    """A day without a mail server, a worker that dies: sent once, to the same."""

    def _is_red(self, request):
        """Tell whether the list « Not acknowledged » shows the request."""
        action = self.env.ref("grc_sve.grc_request_action_unacknowledged")
        domain = literal_eval(action.domain) + [("id", "=", request.id)]
        return bool(self.env["grc.request"].search(domain))

    def test_a_day_without_a_mail_server(self):
        start = fields.Datetime.to_datetime("2026-09-15 08:00:00")
        with freeze_time(start) as clock:
            request = self._file(self.svr)
            delivery = self._ack(request, "are").delivery_id
            uid, waits = delivery.message_uid, []
            while fields.Datetime.now() < start + timedelta(days=1):
                waits.append(delivery.next_attempt_at - fields.Datetime.now())
                clock.move_to(delivery.next_attempt_at)
                self._run_job()
            self.assertEqual(waits, sorted(waits), "each wait as long at least")
            self.assertGreater(delivery.attempts, 8)
            self.assertEqual((delivery.state, request.ack_state), ("waiting",) * 2)
            self.assertTrue(delivery.last_error)
            self.assertTrue(self._is_red(request))
            self.assertFalse(request.activity_ids, "nobody is called for nothing")
            clock.move_to(delivery.next_attempt_at)
            with self.smtp_server() as server:
                self._run_job()
                self._run_job()
        [(_to, message)] = server.messages
        self.assertEqual(message["Message-Id"], uid)
        self.assertEqual(request.ack_state, "are_sent")
        self.assertEqual(self._events(request, "are_sent"), ["are_sent"])
        self.assertFalse(self._is_red(request))

    def test_the_worker_dies_between_the_commit_and_the_sending(self):
        """The row is safe and waits; the job of another worker sends it, once."""
        deliveries = self.env["grc.delivery"]
        with patch.object(type(deliveries), "_send_after_commit", lambda self: None):
            request = self._file(self.svr)
        delivery = self._ack(request, "are").delivery_id
        uid = delivery.message_uid
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((delivery.state, delivery.attempts), ("waiting", 0))
        with self.smtp_server() as server:
            self._run_job()
            self._run_job()
        [(_to, message)] = server.messages
        self.assertEqual(message["Message-Id"], uid)
        self.assertEqual(delivery.message_uid, uid)
        self.assertEqual((delivery.state, delivery.attempts), ("sent", 1))
