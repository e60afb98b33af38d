from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .transfer_common import TransferCommon


class TestAppealLink(TransferCommon):
    """CRPA L411-2: an appeal received by e-mail or online, linked afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-09-15 08:00:00"):
            cls.contested = cls._file(cls.svr)
            cls.pending = cls._file(cls.sva)
            cls.elsewhere = cls._file(cls.other_prestation)
        with freeze_time("2026-09-21 08:00:00"):
            for request, user in (
                (cls.contested, cls.agent),
                (cls.elsewhere, cls.other_agent),
            ):
                cls._as(request, user)._decide("refused", "The rule.", "Our answer.")
        with freeze_time("2026-10-05 08:00:00"):
            cls.appeal = cls._file(
                False,
                "mail",
                service_id=cls.service,
                nature="appeal",
                subject="I contest your answer",
            )

    def _link(self, contested=None, user=None, appeal=None):
        with freeze_time("2026-10-06 08:00:00"):
            user = user or self.agent
            contested = self._as(contested or self.contested, user)
            self._as(appeal or self.appeal, user)._link_appeal(contested)

    def test_each_shows_the_other_and_the_effect(self):
        self._link()
        self.assertEqual(self.appeal.appealed_request_id, self.contested)
        self.assertEqual(self.contested.appeal_ids, self.appeal)
        self.assertIn("Interrupts", self.appeal.appeal_effect)
        self.assertEqual(self._events(self.appeal, "appeal_of"), ["appeal_of"])
        [event] = self.contested.event_ids.filtered(
            lambda e: e.kind == "appeal_received"
        )
        self.assertEqual(event.payload["request"], self.appeal.name)
        self.assertEqual(str(event.happened_on), "2026-10-05")

    def test_the_period_of_the_court_is_counted_again(self):
        with freeze_time("2026-10-06 08:00:00"):
            before = self.contested.court_last_day
        self._link()
        with freeze_time("2026-10-06 08:00:00"):
            self.contested.invalidate_recordset(["court_last_day"])
            # Silence rejects the appeal on 5 December: two months and a day, then
            # the next working day.
            self.assertEqual(str(self.contested.court_last_day), "2027-02-08")
        self.assertNotEqual(before, self.contested.court_last_day)

    def test_a_link_undone_stays_in_both_histories(self):
        self._link()
        mine = self._as(self.appeal, self.agent)
        with self.assertRaises(UserError):
            mine._unlink_appeal(" ")
        mine._unlink_appeal("It contests another decision.")
        self.assertFalse(self.appeal.appealed_request_id)
        self.assertFalse(self.appeal.appeal_effect)
        for request, other in (
            (self.appeal, self.contested),
            (self.contested, self.appeal),
        ):
            [event] = request.event_ids.filtered(lambda e: e.kind == "appeal_unlinked")
            self.assertEqual(event.payload["request"], other.name)
            self.assertEqual(event.payload["comment"], "It contests another decision.")
        with self.assertRaises(UserError):
            mine._unlink_appeal("Again.")
        self._link()
        self.assertEqual(self.appeal.appealed_request_id, self.contested)

    def test_what_cannot_be_linked(self):
        for contested in (self.pending, self.appeal):
            with self.assertRaises(UserError):
                self._link(contested)
        with self.assertRaises(UserError):
            self._link(appeal=self.pending)
        self._link()
        with self.assertRaises(UserError):
            self._link()
        with freeze_time("2026-09-14 08:00:00"):
            earlier = self._file(
                False,
                "mail",
                service_id=self.service,
                nature="appeal",
                subject="Earlier",
            )
        with self.assertRaises(UserError):
            self._link(appeal=earlier)

    def test_only_what_she_may_read_and_only_her_appeal(self):
        with self.assertRaises(AccessError):
            self._link(self.elsewhere)
        for user in (self.other_agent, self.other_company_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._link(user=user)
        self._link()
        for user in (self.other_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._as(self.appeal, user)._unlink_appeal("No.")
        # Read and nothing more is enough for the contested one.
        self.contested.shared_service_ids = self.other_service

    def test_the_window_proposes_what_the_appeal_names(self):
        with freeze_time("2026-10-05 09:00:00"):
            other = self._file(self.svr)
            self._decide(other, "refused", user=self.agent)
            named = self._file(
                False,
                "mail",
                service_id=self.service,
                nature="appeal",
                subject=f"About {self.contested.name}",
            )
            for appeal, proposed in ((named, self.contested), (self.appeal, other)):
                form = Form(
                    self._as(
                        self.env["grc.request.appeal.link"], self.agent
                    ).with_context(default_request_id=appeal.id)
                )
                self.assertEqual(form.contested_id, proposed)
            form.contested_id = self.contested
            self.assertIn("Interrupts", form.effect)
            form.save().action_link()
        self.assertEqual(self.appeal.appealed_request_id, self.contested)
        form = Form(
            self._as(self.env["grc.request.appeal.unlink"], self.agent).with_context(
                default_request_id=self.appeal.id
            )
        )
        form.reason = "A mistake."
        form.save().action_unlink()
        self.assertFalse(self.appeal.appealed_request_id)
