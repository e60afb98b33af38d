from datetime import date

from freezegun import freeze_time

from .silence_common import SilenceCommon

HEAD_DAY = "2026-11-08 06:00:00"  # 7:00 in Paris, a week before J
AGENT_DAY = "2026-11-13 06:00:00"  # the Friday before a Sunday


class TestImplicitWarning(SilenceCommon):
    """The head is told a week before J, the agent on the last working day."""

    def _file_at(self, prestation=None, **vals):
        request = super()._file_at(prestation, **vals)
        request.agent_id = self.agent
        return request

    def test_a_week_before_for_the_head(self):
        request = self._file_at()
        self._warn("2026-11-07 12:00:00")
        self.assertFalse(self._planned(request))
        self._warn("2026-11-08 05:59:00")  # not yet morning
        self.assertFalse(self._planned(request))
        self._warn(HEAD_DAY)
        self.assertEqual(self._planned(request), self.service_head)

    def test_the_last_working_day_for_the_agent(self):
        request = self._file_at()
        self._warn("2026-11-12 12:00:00")
        self.assertNotIn(self.agent, self._planned(request))
        self._warn(AGENT_DAY)
        self.assertEqual(self._planned(request), self.agent | self.service_head)
        deadlines = set(request.activity_ids.mapped("date_deadline"))
        self.assertIn(date(2026, 11, 13), deadlines)

    def test_morning_is_that_of_the_town(self):
        self.town.grc_timezone = "America/Martinique"
        request = self._file_at()
        self._warn("2026-11-08 10:59:00")
        self.assertFalse(self._planned(request))
        self._warn("2026-11-08 11:00:00")
        self.assertEqual(self._planned(request), self.service_head)

    def test_each_is_told_once(self):
        request = self._file_at()
        self._warn(HEAD_DAY)
        self._warn(AGENT_DAY)
        count = len(request.activity_ids)
        for at in (HEAD_DAY, AGENT_DAY, "2026-11-14 12:00:00"):
            self._warn(at)
        self.assertEqual(len(request.activity_ids), count)
        # What was done is not planned again.
        request.activity_ids.unlink()
        self._warn("2026-11-15 12:00:00")
        self.assertFalse(request.activity_ids)

    def test_a_day_that_moves_is_told_again(self):
        request = self._file_at(self.svr)
        self._warn(HEAD_DAY)
        request.activity_ids.unlink()
        request._log_event(
            "missing_notified", on=date(2026, 11, 10), deadline="2026-11-30"
        )
        self.assertEqual(request.implicit_on, date(2026, 12, 5))
        self._warn("2026-11-20 12:00:00")
        self.assertFalse(request.activity_ids)
        self._warn("2026-11-28 12:00:00")
        self.assertEqual(self._planned(request), self.service_head)

    def test_what_is_decided_or_born_is_not_warned_of(self):
        decided, born = self._file_at(), self._file_at()
        with freeze_time("2026-11-06 09:00:00"):
            self._decide(decided)
        self._run()
        count = len(born.activity_ids)
        self._warn("2026-11-16 12:00:00")
        self._warn(AGENT_DAY)
        self.assertFalse(self._planned(decided))
        self.assertEqual(len(born.activity_ids), count)

    def test_without_a_head_the_agent_is_told(self):
        self.service.head_id = False
        request = self._file_at()
        self._warn(AGENT_DAY)
        self.assertEqual(self._planned(request), self.agent)
