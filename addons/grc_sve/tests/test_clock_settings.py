from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form

from .silence_common import SilenceCommon


class TestClockSettings(SilenceCommon):
    """The territory or the time zone was wrong: the days follow, on request."""

    def _recompute(self):
        self.town.action_recompute_clocks()
        self.env["grc.request"]._cron_recompute_clocks()

    def test_a_change_is_told_and_moves_nothing_by_itself(self):
        request = self._file_at(self.svr, at="2026-09-15 01:30:00")
        self.assertEqual(request.received_on, date(2026, 9, 15))
        self.town.grc_timezone = "America/Martinique"
        self.assertEqual(self.town.grc_clocks_state, "stale")
        self.assertEqual(request.received_on, date(2026, 9, 15))
        self.assertEqual(self.far_town.grc_clocks_state, "right")

    def test_without_a_request_nothing_is_offered(self):
        self.far_town.grc_timezone = "America/Cayenne"
        self.assertEqual(self.far_town.grc_clocks_state, "right")
        self.assertFalse(self.far_town.grc_past_zones)

    def test_the_same_setting_again_is_no_change(self):
        self._file_at(self.svr)
        self.town.write({"grc_timezone": "Europe/Paris", "grc_territory": "FR-MET"})
        self.assertEqual(self.town.grc_clocks_state, "right")

    def test_the_days_are_computed_again_and_logged(self):
        night = self._file_at(self.svr, at="2026-09-15 01:30:00")
        noon = self._file_at(self.svr, at="2026-09-15 12:00:00")
        self.town.grc_timezone = "America/Martinique"
        self._recompute()
        self.assertEqual(self.town.grc_clocks_state, "right")
        self.assertEqual(night.received_on, date(2026, 9, 14))
        self.assertEqual(night.implicit_on, date(2026, 11, 14))
        self.assertEqual(noon.received_on, date(2026, 9, 15))
        [event] = night.event_ids.filtered(lambda e: e.kind == "clock_recomputed")
        self.assertEqual(event.payload["timezone"], "America/Martinique")
        self.assertEqual(
            event.payload["days"]["received_on"], ["2026-09-15", "2026-09-14"]
        )
        self.assertFalse(self._events(noon, "clock_recomputed"))

    def test_a_second_run_changes_nothing(self):
        request = self._file_at(self.svr, at="2026-09-15 01:30:00")
        self.town.grc_timezone = "America/Martinique"
        self._recompute()
        count = len(request.event_ids)
        self.env["grc.request"]._cron_recompute_clocks()
        self.town.grc_clocks_state = "stale"
        self._recompute()
        self.assertEqual(len(request.event_ids), count)

    def test_a_day_that_somebody_said_stays(self):
        request = self._file_at(self.svr)
        with freeze_time("2026-11-16 00:30:00"):  # 15 November, 20:30 in Martinique
            request._log_event("decided", outcome="refused")
        said = self._file_at(self.svr)
        with freeze_time("2026-11-20 00:30:00"):
            said._log_event("decision_dated", on=date(2026, 11, 12))
        self.assertEqual(request.implicit_on, date(2026, 11, 15), "a day too late")
        self.town.grc_timezone = "America/Martinique"
        self._recompute()
        # Decided on J, on the clock of the town.
        self.assertFalse(request.implicit_on)
        self.assertFalse(said.implicit_on)
        event = said.event_ids.filtered(lambda e: e.kind == "decision_dated")
        self.assertEqual(event._clock_day(), date(2026, 11, 12))
        self.assertEqual(event.happened_on, date(2026, 11, 12))
        domain = [("id", "in", (request | said).ids)]
        self.assertEqual(self.env["grc.request"]._recompute_clocks(domain), 0)

    def test_a_holiday_of_the_territory_moves_the_limits(self):
        request = self._file_at(
            self.svr, at="2026-05-21 12:00:00", channel="mail", is_suspect=True
        )
        self.assertEqual(request.aee_latest, date(2026, 5, 22))
        self.town.grc_territory = "FR-972"
        self._recompute()
        self.assertEqual(request.aee_latest, date(2026, 5, 26))

    def test_killed_it_starts_again_where_it_was(self):
        first = self._file_at(self.svr, at="2026-09-15 01:30:00")
        second = self._file_at(self.svr, at="2026-09-15 01:30:00")
        self.town.grc_timezone = "America/Martinique"
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.town.action_recompute_clocks()
        self.town.grc_clocks_next_id = first.id
        self.env["grc.request"]._cron_recompute_clocks()
        self.assertEqual(self.town.grc_clocks_state, "running")
        self.assertEqual(second.received_on, date(2026, 9, 14))
        self.assertEqual(first.received_on, date(2026, 9, 15), "done before")

    def test_the_form_warns_and_offers(self):
        self._file_at(self.svr)
        view = "grc_base.res_company_view_form_authority"
        with (
            self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs,
            Form(self.town.with_user(self.manager), view) as form,
        ):
            form.grc_timezone = "America/Martinique"
        self.assertIn("Recompute the days", logs.output[0])
        self.assertEqual(self.town.grc_clocks_state, "stale")

    def test_agents_recompute_nothing(self):
        self._file_at(self.svr)
        self.town.grc_timezone = "America/Martinique"
        for user in (self.agent, self.service_head, self.citizen):
            with self.assertRaises(AccessError):
                self._as(self.town, user).action_recompute_clocks()
        self._as(self.town, self.manager).action_recompute_clocks()
        self.assertEqual(self.town.grc_clocks_state, "running")
