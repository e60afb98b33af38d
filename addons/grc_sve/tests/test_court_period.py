from datetime import date

from freezegun import freeze_time

from .silence_common import FILED_AT, SilenceCommon

TEXT = "You did not read my second document."


class TestCourtPeriod(SilenceCommon):
    """CRPA L232-4, L411-2, L412-7: when the court's period runs again."""

    def _appeal(self, request, day):
        with freeze_time(f"{day} 16:00:00"):
            mine = self._as(request, self.agent)
            return mine._file_appeal(TEXT, date.fromisoformat(day), "letter")

    def _words(self, request, at="2027-01-10 09:00:00"):
        with freeze_time(at):
            request.invalidate_recordset(["legal_explanation", "court_last_day"])
            return " ".join(line["text"] for line in request._court_explanation())

    # === REASONS === #

    def test_reasons_given_open_two_months(self):
        request = self._born(self.svr)
        self.assertEqual(str(request.appeal_last_day), "2027-01-18")
        with freeze_time("2026-12-01 09:00:00"):
            self._as(request, self.agent)._ask_reasons(date(2026, 12, 1))
        self.assertFalse(request.appeal_last_day, "open until they are given")
        with freeze_time("2026-12-20 09:00:00"):
            self._as(request, self.agent)._give_reasons()
        self.assertEqual(str(request.appeal_last_day), "2027-02-22")
        articles = [line["article"] for line in request._legal_explanation()]
        self.assertIn("CRPA L232-4", articles)
        domain = [("id", "=", request.id)]
        self.assertEqual(self.env["grc.request"]._recompute_clocks(domain), 0)

    def test_reasons_asked_for_late_change_nothing(self):
        request = self._born(self.svr)
        before = request.appeal_last_day
        with freeze_time("2027-02-01 09:00:00"):
            self._as(request, self.agent)._ask_reasons(date(2027, 1, 20))
            self._as(request, self.agent)._give_reasons()
        self.assertEqual(request.appeal_last_day, before)

    # === EXPRESS REFUSALS === #

    def test_a_late_refusal_opens_the_period_again(self):
        request = self._born(self.svr)
        self.assertEqual(str(request.appeal_last_day), "2027-01-18")
        with freeze_time("2026-12-10 09:00:00"):
            self._decide(request, outcome="refused")
            request.delivery_ids._send()
            request.invalidate_recordset(["court_last_day", "legal_explanation"])
            self.assertEqual(str(request.court_last_day), "2027-02-11")
        self.assertIn("runs again", self._words(request))

    def test_a_refusal_after_the_period_only_confirms(self):
        request = self._born(self.svr)
        with freeze_time("2027-02-10 09:00:00"):
            self._decide(request, outcome="refused")
            request.delivery_ids._send()
            request.invalidate_recordset(["court_last_day"])
            self.assertEqual(request.court_last_day, request.appeal_last_day)

    def test_with_a_collegial_body_nobody_is_late(self):
        self.svr.is_collegial = True
        request = self._born(self.svr)
        self.assertTrue(request.is_collegial)
        with freeze_time("2027-02-10 09:00:00"):
            self._decide(request, outcome="refused")
            request.delivery_ids._send()
            request.invalidate_recordset(["court_last_day"])
            self.assertEqual(str(request.court_last_day), "2027-04-12")

    # === APPEALS === #

    def test_without_an_appeal_nothing_is_added(self):
        request = self._born(self.svr)
        self.assertFalse(request.court_last_day)
        self.assertEqual(request._court_explanation(), [])

    def test_the_silence_on_the_appeal_restarts_the_period(self):
        request = self._born(self.svr)
        appeal = self._appeal(request, "2026-12-01")
        self.assertEqual(str(appeal.implicit_on), "2027-02-01")
        with freeze_time("2027-02-10 09:00:00"):
            request.invalidate_recordset(["court_last_day"])
            self.assertEqual(str(request.court_last_day), "2027-04-02")
        self.assertIn("interrupts the period", self._words(request))
        self.assertIn("never told to the public", self._words(request))
        self.assertIn("interrupts the period", str(request.legal_explanation))

    def test_an_express_rejection_of_the_appeal_restarts_it(self):
        request = self._born(self.svr)
        appeal = self._appeal(request, "2026-12-01")
        with freeze_time("2026-12-10 09:00:00"):
            self._decide(appeal.sudo(), "refused")
        delivery = appeal.sudo().delivery_ids.filtered(lambda d: d.kind == "decision")
        delivery.write({"state": "sent", "sent_at": "2026-12-10 09:00:00"})
        request.invalidate_recordset(["court_last_day"])
        self.assertEqual(str(request.court_last_day), "2027-02-11")

    def test_an_appeal_granted_leaves_nothing(self):
        request = self._born(self.svr)
        self._decide(self._appeal(request, "2026-12-01"), "granted")
        request.invalidate_recordset(["court_last_day"])
        self.assertFalse(request.court_last_day)
        self.assertIn("nothing is left", self._words(request))

    def test_distance_follows_the_citizen_into_the_appeal(self):
        request = self._born(self.svr)
        with freeze_time("2026-11-20 09:00:00"):
            self._as(request, self.agent)._set_distance(1, "She moved to Nouméa.")
        appeal = self._appeal(request, "2026-12-01")
        self.assertEqual(appeal.distance_months, 1)
        request.invalidate_recordset(["court_last_day"])
        self.assertEqual(str(request.court_last_day), "2027-05-03")

    def test_a_prior_appeal_gives_the_period(self):
        request = self._born(self.prior)
        self.assertFalse(request.appeal_last_day)
        appeal = self._appeal(request, "2026-11-20")
        self.assertIn("Had to come before the court", appeal.appeal_effect)
        request.invalidate_recordset(["court_last_day"])
        self.assertEqual(appeal.implicit_on, date(2027, 1, 20))
        self.assertEqual(request.court_last_day, appeal.appeal_last_day)

    # === TOWN PLANNING === #

    def _refused(self, at):
        with freeze_time(at):
            request = self._file(self.urban)
            self._decide(request, "refused")
        delivery = request.delivery_ids.filtered(lambda d: d.kind == "decision")
        delivery.write({"state": "sent", "sent_at": at})
        return request

    def test_town_planning_is_told_apart_by_the_day_of_the_decision(self):
        # Interrupted, the period runs again from the silence on the appeal (15
        # February); else from the refusal that was told.
        for at, day, word, last_day in (
            ("2025-11-27 09:00:00", "2025-12-15", "Interrupts", "2026-04-16"),
            ("2025-11-28 09:00:00", "2025-12-15", "Does not interrupt", "2026-01-29"),
        ):
            request = self._refused(at)
            appeal = self._appeal(request, day)
            self.assertIn(word, appeal.appeal_effect)
            request.invalidate_recordset(["court_last_day"])
            self.assertEqual(str(request.court_last_day), last_day)

    def test_nobody_but_agents_reads_it(self):
        request = self._file_at(self.svr, partner_id=self.citizen.partner_id)
        field = self.env["grc.request"]._fields["court_last_day"]
        self.assertEqual(field.groups, "base.group_user")
        self.assertNotIn("court_last_day", self._as(request, self.citizen).fields_get())
        self.assertEqual(FILED_AT[:10], str(request.received_on))
