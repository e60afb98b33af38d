from datetime import date

from freezegun import freeze_time

from odoo.tools import html2plaintext

from .missing_common import DEADLINE, MissingCommon
from .sve_common import _flat

REMIND = "2026-09-30 06:00:00"  # 8:00 in Paris, seven days before
AFTER = "2026-10-08 06:00:00"


class TestMissingReminder(MissingCommon):
    """The citizen is reminded once before the last day; the agent told once after."""

    def setUp(self):
        super().setUp()
        # A job commits what it did; a test may not.
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *args, **kwargs: float("inf"),
        )

    def _run(self, at):
        with freeze_time(at):
            self.env["grc.missing.request"]._cron_follow_deadlines()

    def _reminders(self, request):
        return request.delivery_ids.filtered(lambda d: d.kind == "reminder")

    def _activities(self, request):
        return request.activity_ids.filtered(
            lambda activity: activity.note and "Plan" in activity.note
        )

    def test_seven_days_before_once(self):
        request, _missing = self._incomplete(self.sva)
        self._run("2026-09-29 12:00:00")
        self.assertFalse(self._reminders(request))
        self._run("2026-09-30 04:59:00")  # not yet morning
        self.assertFalse(self._reminders(request))
        for at in (REMIND, REMIND, "2026-10-01 06:00:00", "2026-10-07 06:00:00"):
            self._run(at)
        [reminder] = self._reminders(request)
        text = _flat(html2plaintext(reminder.body))
        for part in ("Plan", "Photo", request._explain_day(DEADLINE)):
            self.assertIn(part, text)
        self.assertTrue(reminder.is_automatic)
        self.assertEqual(
            self._events(request, "missing_reminded"), ["missing_reminded"]
        )

    def test_a_late_job_still_reminds(self):
        request, _missing = self._incomplete(self.sva)
        self._run("2026-10-06 06:00:00")
        self.assertEqual(len(self._reminders(request)), 1)

    def test_only_what_is_still_awaited(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids[0], "2026-09-25 08:00:00")
        self._run(REMIND)
        text = html2plaintext(self._reminders(request).body)
        self.assertNotIn("Plan", text)
        self.assertIn("Photo", text)

    def test_nothing_when_everything_came(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids, "2026-09-25 08:00:00")
        for at in (REMIND, AFTER):
            self._run(at)
        self.assertFalse(self._reminders(request) | self._reminders(request))
        self.assertFalse(self._activities(request))

    def test_nothing_once_decided(self):
        request, _missing = self._incomplete(self.svr)
        with freeze_time("2026-09-28 08:00:00"):
            self._decide(request)
        for at in (REMIND, AFTER):
            self._run(at)
        self.assertFalse(self._reminders(request))
        self.assertFalse(self._activities(request))

    def test_the_town_chooses_how_long_before(self):
        self.town.grc_missing_reminder_days = 3
        request, _missing = self._incomplete(self.sva)
        self._run(REMIND)
        self.assertFalse(self._reminders(request))
        self._run("2026-10-04 06:00:00")
        self.assertEqual(len(self._reminders(request)), 1)
        self.town.grc_missing_reminder_days = 0
        request, _missing = self._incomplete(self.sva)
        self._run("2026-10-07 06:00:00")
        self.assertFalse(self._reminders(request))

    def test_without_an_address_no_letter_is_printed_by_a_machine(self):
        request, missing = self._incomplete(
            self.sva, channel="letter", email_used=False
        )
        with freeze_time("2026-09-23 08:00:00"):
            missing.delivery_id.action_mark_printed()
        self._run(REMIND)
        self.assertFalse(self._reminders(request))
        self._run(AFTER)
        self.assertEqual(len(self._activities(request)), 1)

    def test_the_agent_is_told_once_the_day_after(self):
        request, _missing = self._incomplete(self.sva)
        self._run("2026-10-07 12:00:00")
        self.assertFalse(self._activities(request))
        self._run(AFTER)
        [activity] = self._activities(request)
        self.assertIn(request.name, activity.summary)
        activity.unlink()
        self._run("2026-10-09 06:00:00")
        self.assertFalse(self._activities(request))
        # That of the last day itself, before noon: none came afterwards.
        self.assertEqual(len(self._reminders(request)), 1)

    def test_more_time_is_told_again(self):
        request, missing = self._incomplete(self.sva)
        self._run(REMIND)
        missing._write_facts({"deadline": date(2026, 10, 20)})
        self._run("2026-10-08 06:00:00")
        self.assertEqual(len(self._reminders(request)), 1)
        self.assertFalse(self._activities(request))
        self._run("2026-10-13 06:00:00")
        self.assertEqual(len(self._reminders(request)), 2)

    def test_each_consequence_is_in_words(self):
        for prestation in (self.sva, self.svr, self.question):
            _request, missing = self._incomplete(prestation)
            self.assertTrue(missing._consequence())
            [step] = missing._deadline_reasons("citizen")
            self.assertEqual(step["article"], "CRPA L114-5")
        _request, missing = self._incomplete(
            self.svr, pieces=self._pieces("Plan", indispensable=False)
        )
        self.assertIn("do not delay", missing._consequence())
