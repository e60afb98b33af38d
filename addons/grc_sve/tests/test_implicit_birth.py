from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import CLOCK_EVENTS
from ..models.grc_request_event_silence import EVENT_KINDS
from .silence_common import BIRTH_AT, BORN_ON, FILED_AT, LATER_AT, J, SilenceCommon

JOBS = "odoo.addons.grc_sve.models.grc_request_silence_jobs"


class TestImplicitBirth(SilenceCommon):
    """CRPA L231-1, L231-4: at the end of J, silence decides, once and for ever."""

    def _assert_born(self, request, kind, born_on=BORN_ON):
        self.assertRecordValues(
            request, [{"implicit_decision": kind, "implicit_born_on": born_on}]
        )
        [event] = request.event_ids.filtered(
            lambda event: event.kind == f"implicit_{kind}"
        )
        self.assertEqual(event.happened_on, born_on)

    def test_five_minutes_after_j(self):
        accepted, rejected = self._file_at(self.sva), self._file_at(self.svr)
        self._run("2026-11-15 23:04:00")
        self.assertFalse(accepted.implicit_decision or rejected.implicit_decision)
        self._run("2026-11-15 23:05:00")
        self._assert_born(accepted, "accepted")
        self._assert_born(rejected, "rejected")

    def test_midnight_is_that_of_the_town(self):
        for timezone, early, on_time in (
            ("America/Martinique", "2026-11-16 04:04:00", "2026-11-16 04:05:00"),
            ("Indian/Reunion", "2026-11-15 20:04:00", "2026-11-15 20:05:00"),
        ):
            self.town.grc_timezone = timezone
            request = self._file_at()
            with self.subTest(timezone=timezone):
                self._run(early)
                self.assertFalse(request.implicit_decision)
                self._run(on_time)
                self._assert_born(request, "accepted")

    def test_two_towns_have_two_midnights(self):
        self.far_town.grc_timezone = "America/Martinique"
        self.far_prestation.write({"silence_regime": "sva", "silence_months": 2})
        near, far = self._file_at(), self._file_at(self.far_prestation)
        self._run()
        self.assertEqual(near.implicit_decision, "accepted")
        self.assertFalse(far.implicit_decision)
        self._run("2026-11-16 04:05:00")
        self._assert_born(far, "accepted")

    def test_the_nights_when_the_clocks_change(self):
        for filed_at, early, on_time, born_on in (
            (
                "2026-01-28 09:00:00",
                "2026-03-28 23:04:00",
                "2026-03-28 23:05:00",
                date(2026, 3, 29),
            ),
            (
                "2026-08-25 09:00:00",
                "2026-10-25 23:04:00",
                "2026-10-25 23:05:00",
                date(2026, 10, 26),
            ),
        ):
            request = self._file_at(at=filed_at)
            with self.subTest(filed_at=filed_at):
                self._run(early)
                self.assertFalse(request.implicit_decision)
                self._run(on_time)
                self._assert_born(request, "accepted", born_on)

    def test_a_late_job_keeps_the_day(self):
        request = self._file_at()
        self._run("2026-11-26 09:00:00")
        self._assert_born(request, "accepted")

    def test_the_job_runs_twice(self):
        request = self._born()
        before = (len(request.event_ids), len(request.activity_ids))
        self._run()
        self._run(LATER_AT)
        self.assertEqual((len(request.event_ids), len(request.activity_ids)), before)

    def test_a_job_speaks_the_language_of_the_town(self):
        """Core runs a job without any language: agents must not read the sources."""
        self.town.partner_id.lang = "fr_FR"
        bare = self._file_at().with_context(lang=None)
        words = bare._in_town_language().env
        self.assertEqual(words.lang, "fr_FR")
        self.assertEqual(
            bare.with_context(lang="en_US")._in_town_language().env.lang, "en_US"
        )
        self.env = self.env(context=self.env.context | {"lang": None})
        self._run()
        summary = bare.activity_ids.mapped("summary")[0]
        self.assertNotIn("has accepted", summary)
        self.assertIn(bare.name, summary)

    def test_what_is_locked_is_left_to_the_next_run(self):
        request = self._file_at()
        nothing = self.env["grc.request"]
        with patch.object(type(request), "try_lock_for_update", lambda self: nothing):
            self._run()
        self.assertFalse(request.implicit_decision)
        self._run()
        self._assert_born(request, "accepted")

    def test_the_clock_is_read_again_under_the_lock(self):
        """What is stored may be older than the facts: the facts decide."""
        request = self._file_at()
        with freeze_time("2026-11-10 09:00:00"):
            request._log_event("missing_notified", deadline="2026-11-25")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE grc_request SET implicit_on = %s WHERE id = %s", (J, request.id)
        )
        self.env.invalidate_all()
        self._run()
        self.assertFalse(request.implicit_decision)
        self.assertFalse(request.implicit_on)

    def test_a_decision_on_j_prevents_it(self):
        request = self._file_at()
        with freeze_time("2026-11-15 22:59:00"):
            self._decide(request)
        self._run()
        self._run(LATER_AT)
        self.assertFalse(request.implicit_decision)

    def test_a_decision_after_j_does_not_undo_it(self):
        """The job is late: what silence decided before the agent is a fact."""
        request = self._file_at(self.svr)
        with freeze_time("2026-11-17 09:00:00"):
            self._decide(request, close=True)
        self._run(LATER_AT)
        self._assert_born(request, "rejected")

    def test_pieces_asked_for_before_j_move_it(self):
        request = self._file_at()
        request._log_event(
            "missing_notified", on=date(2026, 11, 10), deadline="2026-11-25"
        )
        self._run(LATER_AT)
        self.assertFalse(request.implicit_decision)
        request._log_event("all_produced", on=date(2026, 11, 20))
        self._run("2027-01-20 23:05:00")
        self._assert_born(request, "accepted", date(2027, 1, 21))

    def test_nothing_unbirths_it(self):
        request = self._born()
        with freeze_time("2026-10-01 09:00:00"):  # the clock of the server
            self.env["grc.request"]._cron_note_implicit_decisions()
            request._log_event("missing_notified", deadline="2026-12-25")
        self.assertFalse(request.implicit_on)
        self._assert_born(request, "accepted")
        for value in (False, "rejected"):
            with self.assertRaises(UserError):
                request._write_facts({"implicit_decision": value})
        with self.assertRaises(UserError):
            request.unlink()

    def test_nobody_writes_it(self):
        request = self._file_at()
        for vals in (
            {"implicit_decision": "accepted"},
            {"implicit_born_on": "2026-11-16"},
            {"implicit_withdrawn_on": "2026-11-16"},
            {"implicit_certificate_id": False},
            {"reasons_requested_on": "2026-11-16"},
            {"reasons_due_on": "2026-11-16"},
            {"reasons_given_on": "2026-11-16"},
            {"agent_warned_for": "2026-11-16"},
            {"head_warned_for": "2026-11-16"},
        ):
            for user in (self.agent, self.manager, self.env.ref("base.user_root")):
                with self.assertRaises(UserError):
                    request.with_user(user).write(vals)

    def test_the_clock_never_reads_it_as_a_decision(self):
        # Of the life of an implicit decision, only its reasons move a legal day: the
        # period of appeal (CRPA, art. L232-4).
        self.assertEqual(
            set(CLOCK_EVENTS) & {kind for kind, _label in EVENT_KINDS},
            {"reasons_requested", "reasons_given"},
        )
        request = self._born(self.svr)
        self.assertEqual(request.implicit_on, J)
        self.assertEqual(request.appeal_last_day, date(2027, 1, 18))

    def test_the_request_stays_open_for_a_late_answer(self):
        request = self._born(self.svr)
        self.assertEqual(request.state, "received")
        self.assertFalse(request.next_due_kind)
        with freeze_time(LATER_AT):
            self._decide(request, "refused")
        self.assertEqual(request.outcome, "refused")
        self._assert_born(request, "rejected")

    def test_agent_and_head_are_called_the_citizen_is_not(self):
        request = self._file_at(self.svr)
        request.agent_id = self.agent
        before = request.delivery_ids
        self._run()
        self.assertEqual(self._planned(request), self.agent | self.service_head)
        self.assertEqual(request.delivery_ids, before)
        labels = [line["label"] for line in request._timeline()]
        self.assertNotIn("Rejected by silence", labels)

    def test_the_citizen_reads_that_it_is_accepted(self):
        request = self._born()
        self.assertEqual(request._state_label(), "Your request is deemed accepted")
        labels = [line["label"] for line in request._timeline()]
        self.assertIn("Accepted by silence", labels)

    def test_one_that_fails_keeps_none_from_the_law(self):
        first, second = self._file_at(), self._file_at()
        call = type(first)._call_about_birth

        def fail(request):
            if request == first:
                raise ValueError("no")
            call(request)

        with (
            patch.object(type(first), "_call_about_birth", fail),
            mute_logger(JOBS),
        ):
            self._run()
        self.assertFalse(first.implicit_decision)
        self._assert_born(second, "accepted")
        self._run()
        self._assert_born(first, "accepted")

    def test_a_batch_after_another(self):
        requests = self.env["grc.request"]
        for _number in range(5):
            requests |= self._file_at()
        with patch(f"{JOBS}._BATCH", 2):
            self._run()
        self.assertEqual(requests.mapped("implicit_decision"), ["accepted"] * 5)


@tagged("grc_performance")
class TestImplicitPerformance(SilenceCommon):
    def _cost(self, at):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._run(at)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    @mute_logger("odoo.addons.grc_base.models.grc_delivery_sending")
    def test_an_idle_run_costs_the_same_however_much_is_stored(self):
        self._cost(FILED_AT)
        few = self._cost(FILED_AT)
        for number in range(20):
            self._file_at(subject=f"Fence {number}")
        self.assertEqual(self._cost(FILED_AT), few)
        self.assertLessEqual(few, 6)

    @mute_logger("odoo.addons.grc_base.models.grc_delivery_sending")
    def test_each_birth_costs_the_same(self):
        """Each has its event, its facts and two calls; the rest is for the batch."""
        self._born()
        costs = []
        for count in (10, 20):
            for number in range(count):
                self._file_at(subject=f"Fence {number}")
            costs.append(self._cost(BIRTH_AT) / count)
        self.assertLessEqual(costs[1], costs[0])
        self.assertLessEqual(costs[0], 60)

    def test_due_requests_are_found_by_their_index(self):
        with freeze_time(BIRTH_AT):
            requests = self.env["grc.request"]
            query = requests._search(
                requests._due_domain(requests._implicit_due_days())
            )
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_bitmapscan = off")
        sql = query.select()
        rows = self.env.execute_query(type(sql)("EXPLAIN %s", sql))
        plan = "\n".join(row[0] for row in rows)
        self.assertIn("implicit_due", plan)
