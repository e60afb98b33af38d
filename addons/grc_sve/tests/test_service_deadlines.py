from datetime import date

from freezegun import freeze_time

from .silence_common import SilenceCommon

FILED = "2026-09-15 08:00:00"
NAMES = ("red", "to_acknowledge", "incomplete", "near", "implicit", "reasons")


class TestServiceDeadlines(SilenceCommon):
    """The dashboard of the head, the red list, and who is told of it."""

    def _unacknowledged(self, prestation=None, **vals):
        with freeze_time(FILED):
            request = self._file(prestation or self.svr, **vals)
        request.acknowledgement_ids.delivery_id.write({"state": "failed"})
        self.assertEqual(request.ack_state, "waiting")
        return request

    def _counts(self, service, user, at="2026-09-15 09:00:00"):
        with freeze_time(at):
            own = self._as(service, user)
            own.invalidate_recordset()
            counts = {name: own[f"{name}_count"] for name in NAMES}
        return {name: count for name, count in counts.items() if count}

    def _opened(self, service, name, at):
        with freeze_time(at):
            own = self._as(service, self.service_head)
            action = getattr(own, f"action_show_{name}")()
            return own.env[action["res_model"]].search(action["domain"])

    # === RED LIST === #

    def test_near_or_past_its_limit(self):
        with freeze_time(FILED):
            request = self._file(False, "mail", service_id=self.service)
        self.assertEqual(request.ack_state, "aee_sent")
        self.assertEqual(request.are_latest, date(2026, 9, 29))
        requests = self._as(self.env["grc.request"], self.agent)
        for at, found in (
            ("2026-09-24 10:00:00", False),
            ("2026-09-25 10:00:00", True),
            ("2026-10-30 10:00:00", True),
        ):
            with self.subTest(at), freeze_time(at):
                request.invalidate_recordset(["is_ack_red"])
                self.assertEqual(request.is_ack_red, found)
                hits = requests.search([("is_ack_red", "=", True)])
                self.assertEqual(request in hits, found)
        with freeze_time("2026-10-30 10:00:00"):
            hits = self._as(requests, self.other_agent).search(
                [("is_ack_red", "=", True)]
            )
            self.assertNotIn(request, hits)

    def test_what_is_acknowledged_is_not_red(self):
        with freeze_time(FILED):
            request = self._file(self.svr)
        with freeze_time("2026-10-30 10:00:00"):
            self.assertFalse(request.is_ack_red)
            self.assertNotIn(request, request.search([("is_ack_red", "=", True)]))

    def _told(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("summary", "like", "Acknowledgements to send")]
        )

    def test_the_head_is_told_in_the_morning_once(self):
        request = self._unacknowledged()
        requests = self.env["grc.request"]
        with freeze_time("2026-09-28 02:00:00"):
            requests._cron_escalate_red_list()
            self.assertFalse(self._told(self.service_head), "the night")
        for at in ("2026-09-28 07:00:00", "2026-09-28 08:00:00", "2026-09-29 07:00:00"):
            with freeze_time(at):
                requests._cron_escalate_red_list()
        [activity] = self._told(self.service_head)
        self.assertIn(self.service.name, activity.summary)
        self.assertIn(request.name, activity.note)
        self.assertIn("L112-12", activity.note)
        activity.unlink()
        with freeze_time("2026-09-30 07:00:00"):
            requests._cron_escalate_red_list()
        self.assertTrue(self._told(self.service_head), "still red the day after")

    def test_without_a_head_nor_agent_the_administrators_are_told(self):
        self.social_service.member_ids = False
        request = self._unacknowledged(self.social_prestation, subject="Rent")
        with freeze_time("2026-09-28 07:00:00"):
            self.env["grc.request"]._cron_escalate_red_list()
        [activity] = self._told(self.manager)
        self.assertIn(request.name, activity.note)
        self.assertNotIn("Rent", activity.note)

    # === DASHBOARD === #

    def test_each_number_opens_what_it_counts(self):
        red = self._unacknowledged()
        with freeze_time(FILED):
            incomplete = self._file(self.svr)
            piece = {"name": "Plan", "legal_basis": "x", "is_indispensable": False}
            self._as(incomplete, self.agent)._ask_missing([piece], date(2026, 10, 7))
            born = self._file(self.svr)
        self._run()
        with freeze_time("2026-11-20 09:00:00"):
            self._as(born, self.agent)._ask_reasons(date(2026, 11, 20))
            near = self._file(self.svr)
        at = "2027-01-15 09:00:00"
        counts = self._counts(self.service, self.service_head, at)
        self.assertEqual(
            counts,
            {
                "red": 1,
                "to_acknowledge": 1,
                "incomplete": 1,
                "near": 1,
                "implicit": 3,
                "reasons": 1,
            },
        )
        for name, expected in (
            ("red", red),
            ("to_acknowledge", red),
            ("incomplete", incomplete),
            ("near", near),
            ("implicit", red | incomplete | born),
            ("reasons", born),
        ):
            with self.subTest(name):
                self.assertEqual(self._opened(self.service, name, at), expected)

    def test_nothing_due(self):
        self.assertFalse(self._counts(self.service, self.service_head))
        self.assertFalse(self._as(self.service, self.service_head).has_deadlines)

    def test_each_follows_what_she_may_read(self):
        def followed(user):
            services = self._as(self.env["grc.service"], user)
            return services.search([("is_followed", "=", True)])

        self.assertEqual(followed(self.agent), self.service)
        self.assertEqual(followed(self.service_head), self.service | self.attached)
        self.assertEqual(followed(self.social_agent), self.social_service)
        self.assertNotIn(self.social_service, followed(self.manager))
        self.assertIn(self.other_service, followed(self.manager))
        self.assertNotIn(self.far_service, followed(self.manager))
        self._unacknowledged(self.social_prestation)
        self.assertFalse(self._counts(self.social_service, self.manager))
        self.assertTrue(self._counts(self.social_service, self.social_agent))

    def test_eighty_services_cost_what_one_does(self):
        services = self.service
        for number in range(79):
            services |= self._service(f"Service {number}", self.agent)
        costs = []
        for some in (self.service, services):
            own = self._as(some, self.manager)
            own.mapped("red_count")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            own.mapped("red_count")
            costs.append(self.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0], costs)
        self.assertLess(costs[1], 25)
