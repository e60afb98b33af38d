from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError

from ..const import CLOCK_EVENTS
from ..rules import clock
from .sve_common import SveCommon


class TestReceptionDay(SveCommon):
    """Legal days are the civil days of the town, wherever it is."""

    def _days(self, instant, timezone="Europe/Paris", territory="FR-MET"):
        self.town.write({"grc_timezone": timezone, "grc_territory": territory})
        with freeze_time(instant):
            request = self._file(self.svr)
        return request.received_on, request.implicit_on

    def test_the_last_evening_of_the_year(self):
        instant = "2026-12-31 23:30:00"
        self.assertEqual(self._days(instant), (date(2027, 1, 1), date(2027, 3, 1)))
        for timezone, territory, received_on, implicit_on in (
            ("America/Martinique", "FR-972", (2026, 12, 31), (2027, 2, 28)),
            ("Indian/Reunion", "FR-974", (2027, 1, 1), (2027, 3, 1)),
        ):
            with self.subTest(territory=territory):
                self.assertEqual(
                    self._days(instant, timezone, territory),
                    (date(*received_on), date(*implicit_on)),
                )

    def test_the_days_when_the_clocks_change(self):
        for instant, received_on in (
            ("2026-03-28 23:30:00", (2026, 3, 29)),  # 0:30, the clocks jump at 2
            ("2026-03-29 00:30:00", (2026, 3, 29)),
            ("2026-03-29 22:30:00", (2026, 3, 30)),  # summer time: 0:30
            ("2026-10-24 22:30:00", (2026, 10, 25)),  # still summer time: 0:30
            ("2026-10-25 22:30:00", (2026, 10, 25)),  # winter time: 23:30
            ("2026-10-25 23:30:00", (2026, 10, 26)),
        ):
            with self.subTest(instant=instant):
                self.assertEqual(self._days(instant)[0], date(*received_on))

    def test_a_morning_of_reunion_is_the_evening_of_paris(self):
        self.assertEqual(
            self._days("2026-09-14 20:30:00", "Indian/Reunion", "FR-974")[0],
            date(2026, 9, 15),
        )

    def test_a_day_off_of_the_territory(self):
        """CRPA R112-11-2; C. trav. L3422-2: 22 May is off in Martinique only."""
        for timezone, territory, aee_latest in (
            ("Europe/Paris", "FR-MET", (2026, 5, 22)),
            ("America/Martinique", "FR-972", (2026, 5, 26)),  # after Whit Monday
        ):
            self.town.write({"grc_timezone": timezone, "grc_territory": territory})
            with freeze_time("2026-05-21 14:00:00"):
                request = self._file(False, "mail")
            self.assertEqual(request.aee_latest, date(*aee_latest))


class TestClock(SveCommon):
    """The stored days are those of the rules, and can be found again."""

    def _assert_same_as_rules(self, request):
        expected = clock.evaluate(request._clock_facts()).as_vals()
        stored = {name: request[name] or None for name in clock.CLOCK_DAYS}
        self.assertEqual(stored, expected)

    @freeze_time("2026-09-15 08:00:00")
    def test_the_days_of_a_request(self):
        for prestation in (self.svr, self.sva, self.question, self.prior, self.urban):
            request = self._file(prestation)
            with self.subTest(prestation=prestation.code):
                self._assert_same_as_rules(request)
        self.assertRecordValues(
            self._file(self.svr),
            [
                {
                    "received_on": date(2026, 9, 15),
                    "aee_latest": False,  # acknowledged at once
                    "are_latest": date(2026, 9, 15),
                    "implicit_on": date(2026, 11, 15),
                    "implicit_effective_from": date(2026, 11, 16),
                    "appeal_last_day": date(2027, 1, 18),
                }
            ],
        )

    def test_each_event_moves_the_days(self):
        steps = (
            ("missing_notified", "2026-09-22", {"deadline": "2026-10-07"}),
            ("partial_produced", "2026-09-25", {}),
            ("all_produced", "2026-09-30", {}),
        )
        for prestation, implicit_on in (
            (self.svr, date(2026, 11, 23)),
            (self.sva, date(2026, 11, 30)),
        ):
            with freeze_time("2026-09-15 08:00:00"):
                request = self._file(prestation)
            for kind, day, payload in steps:
                request._log_event(kind, on=date.fromisoformat(day), **payload)
                self._assert_same_as_rules(request)
            self.assertEqual(request.implicit_on, implicit_on)

    def test_a_piece_that_is_not_indispensable_moves_nothing(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
        request._log_event(
            "missing_notified",
            on=date(2026, 9, 22),
            deadline="2026-10-07",
            indispensable=False,
        )
        self.assertEqual(request.implicit_on, date(2026, 11, 15))

    def test_a_transfer(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.sva)
        request._log_event("transferred", on=date(2026, 9, 23))
        self.assertFalse(request.implicit_on)
        request._log_event("received_by_competent", on=date(2026, 9, 25))
        self.assertEqual(request.implicit_on, date(2026, 11, 25))
        self._assert_same_as_rules(request)

    def test_a_decision_in_time_leaves_no_silence(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
        with freeze_time("2026-11-15 22:00:00"):  # still J in Paris
            self._decide(request)
        self.assertFalse(request.implicit_on)
        with freeze_time("2026-09-15 08:00:00"):
            late = self._file(self.svr)
        with freeze_time("2026-11-15 23:00:00"):
            self._decide(late)
        self.assertEqual(late.implicit_on, date(2026, 11, 15))

    def test_every_event_of_the_law_is_read(self):
        self.assertLessEqual(set(CLOCK_EVENTS.values()), set(clock.EVENT_KINDS))
        kinds = dict(self.env["grc.request.event"]._fields["kind"].selection)
        self.assertLessEqual(set(CLOCK_EVENTS), set(kinds))

    def test_urbanisme_starts_with_the_sending(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.urban, "mail", is_suspect=True)
            self.assertFalse(request.implicit_on)
        with freeze_time("2026-09-18 08:00:00"):
            request.with_user(self.agent).action_acknowledge()
        self.assertEqual(request.implicit_on, date(2026, 11, 18))

    def test_the_days_are_found_again_from_the_events(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
        before = request.read(list(clock.CLOCK_DAYS))
        for name in clock.CLOCK_DAYS:
            self.env.add_to_compute(request._fields[name], request)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(request.read(list(clock.CLOCK_DAYS)), before)


class TestRegimeSnapshot(SveCommon):
    def test_a_change_of_the_prestation_changes_no_request(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
        self.svr.write(
            {
                "silence_regime": "sva",
                "silence_months": 4,
                "start_basis": "ack_sent",
                "mandatory_prior_appeal": True,
                "regime_source": "Other",
                "nature": "question",
            }
        )
        request.modified(["channel"])
        self.env.flush_all()
        self.assertRecordValues(
            request,
            [
                {
                    "silence_regime": "svr",
                    "silence_months": 2,
                    "start_basis": "default",
                    "mandatory_prior_appeal": False,
                    "regime_source": "CRPA, art. L231-4",
                    "implicit_on": date(2026, 11, 15),
                }
            ],
        )

    def test_nobody_writes_the_clock(self):
        request = self._file(self.svr)
        for name, value in {
            "silence_regime": "sva",
            "silence_months": 4,
            "start_basis": "ack_sent",
            "mandatory_prior_appeal": True,
            "regime_source": "Other",
            "implicit_on": "2030-01-01",
            "received_on": "2020-01-01",
            "aee_latest": "2030-01-01",
            "are_latest": "2030-01-01",
            "implicit_effective_from": "2030-01-01",
            "appeal_last_day": "2030-01-01",
            "ack_state": "are_sent",
            "next_due_on": "2030-01-01",
            "next_due_kind": "aee",
        }.items():
            for user in (self.agent, self.manager, self.env.ref("base.user_root")):
                with (
                    self.subTest(field=name, user=user.login),
                    self.assertRaises(UserError),
                ):
                    request.with_user(user).write({name: value})

    def test_the_nature_alone_may_give_the_regime(self):
        """CRPA L231-4, 2°: two months of silence reject a complaint."""
        for nature, regime, months in (
            ("complaint", "svr", 2),
            ("appeal", "svr", 2),
            ("question", "none", 0),
            ("report", "none", 0),
            ("request", "unknown", 0),
        ):
            request = self._file(False, "mail", nature=nature)
            with self.subTest(nature=nature):
                self.assertEqual(
                    (request.silence_regime, request.silence_months), (regime, months)
                )
        # What is asked is not what the prestation is for: its regime is not taken.
        request = self._file(self.sva, nature="complaint")
        self.assertEqual(request.silence_regime, "svr")
