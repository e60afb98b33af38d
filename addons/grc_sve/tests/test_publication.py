from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .silence_common import FILED_AT, J, SilenceCommon

WEBSITE = "Website of the town"


class TestPublication(SilenceCommon):
    """CRPA L232-2: the request is published with the day of its acceptance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sva.needs_publicity = True

    def _publish(self, request, day="2026-09-16", where=WEBSITE, user=None):
        with freeze_time("2026-09-20 09:00:00"):
            mine = self._as(request, user or self.agent)
            mine._record_publication(date.fromisoformat(day), where)

    def test_where_silence_accepts_it_is_to_be_published(self):
        request = self._file_at()
        self.assertTrue(request.is_to_publish)
        self.assertIn(
            request,
            self.env["grc.request"].search(
                [("is_to_publish", "=", True), ("service_id", "=", self.service.id)]
            ),
        )
        self.assertFalse(self._file_at(self.svr).is_to_publish)
        self.sva.needs_publicity = False
        self.assertTrue(request.is_to_publish, "as it was when it was filed")
        self.assertFalse(self._file_at().is_to_publish)

    def test_the_window_records_it(self):
        request = self._file_at()
        mine = self._as(request, self.agent)
        with freeze_time("2026-09-16 09:00:00"):
            form = Form(
                mine.env["grc.request.publication"].with_context(
                    default_request_id=request.id
                )
            )
            self.assertEqual(form.implicit_on, J)
            form.where = WEBSITE
            form.save().action_record()
        self.assertFalse(request.is_to_publish)
        self.assertRecordValues(
            request,
            [
                {
                    "published_on": date(2026, 9, 16),
                    "published_where": WEBSITE,
                    "published_for": J,
                }
            ],
        )
        [event] = request.event_ids.filtered(lambda e: e.kind == "request_published")
        self.assertEqual(event.payload["implicit_on"], str(J))

    def test_when_the_day_moves_it_is_published_again(self):
        request = self._file_at()
        self._publish(request)
        with freeze_time("2026-09-22 09:00:00"):
            request._log_event("missing_notified", deadline="2026-10-07")
        self.assertFalse(request.is_to_publish, "no day to publish yet")
        with freeze_time("2026-09-30 09:00:00"):
            request._log_event("all_produced")
        self.assertTrue(request.is_to_publish)

    def test_a_decision_ends_it(self):
        request = self._file_at()
        with freeze_time(FILED_AT):
            self._decide(request)
        self.assertFalse(request.is_to_publish)

    def test_what_is_refused_says_what_to_do(self):
        request = self._file_at()
        with self.assertRaisesRegex(UserError, "Say where"):
            self._publish(request, where=" ")
        for day in ("2026-09-14", "2026-09-21"):
            with self.assertRaisesRegex(UserError, "after its reception"):
                self._publish(request, day)
        self._publish(request)
        with self.assertRaisesRegex(UserError, "nothing to publish"):
            self._publish(request)
        with self.assertRaises(UserError):
            request.published_on = date(2026, 9, 17)

    def test_others_record_nothing(self):
        request = self._file_at(partner_id=self.citizen.partner_id)
        for user in (self.other_agent, self.other_company_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._publish(request, user=user)

    def test_the_list_of_what_is_to_publish(self):
        action = self.env.ref("grc_sve.grc_request_action_to_publish")
        self.assertEqual(action.domain, "[('is_to_publish', '=', True)]")
        self.assertEqual(action.views[0][1], "list")
