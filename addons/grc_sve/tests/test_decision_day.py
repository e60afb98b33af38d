from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .silence_common import BORN_ON, LATER_AT, SilenceCommon

REASON = "The order signed on 10 November is in the register of orders."


class TestDecisionDay(SilenceCommon):
    """A decision taken in time and recorded late: silence had decided nothing."""

    def _correct(self, request, day="2026-11-10", reason=REASON, user=None):
        with freeze_time(LATER_AT):
            mine = self._as(request, user or self.service_head)
            mine._record_decision_day(date.fromisoformat(day), reason)

    def test_it_was_never_born(self):
        request = self._born(self.svr)
        self._correct(request)
        self.assertRecordValues(
            request,
            [
                {
                    "implicit_decision": "rejected",
                    "implicit_born_on": BORN_ON,
                    "implicit_unborn_on": date(2026, 11, 20),
                    "implicit_unborn_reason": REASON,
                    "implicit_on": False,
                    "appeal_last_day": False,
                }
            ],
        )
        self.assertEqual(
            self._events(request, "implicit_rejected", "implicit_unborn"),
            ["implicit_rejected", "implicit_unborn"],
        )
        [event] = request.event_ids.filtered(lambda e: e.kind == "decision_dated")
        self.assertEqual(event.happened_on, date(2026, 11, 10))
        self.assertEqual(event.payload["effect"], "never_born")
        self.assertFalse(request._implicit_stands())
        self.assertFalse(request.event_ids._broken_links(request))
        self._run("2026-12-01 09:00:00")
        self.assertEqual(len(self._events(request, "implicit_rejected")), 1)

    def test_the_certificate_is_no_longer_given(self):
        request = self._born()
        document = request._implicit_certificate()
        self.assertTrue(document.is_visible_to_citizen)
        self._correct(request)
        self.assertFalse(request._can_have_certificate())
        self.assertFalse(document.is_visible_to_citizen)
        self.assertTrue(document.exists())
        with self.assertRaises(UserError):
            request._implicit_certificate()
        message = self._written(request)[-1]
        self.assertIn("10 November 2026", message.body)
        self.assertIn("proves nothing", message.body)
        self.assertNotEqual(request._state_label(), "Your request is deemed accepted")

    def test_then_the_refusal_is_recorded(self):
        request = self._born()
        with self.assertRaisesRegex(UserError, "withdraw the acceptance"):
            self._decide(request, "refused")
        self._correct(request)
        with freeze_time(LATER_AT):
            self._decide(request, "refused")
        self.assertEqual(request.outcome, "refused")
        self.assertFalse(request.implicit_on)

    def test_a_decision_after_j_takes_the_place_of_a_rejection(self):
        request = self._born(self.svr)
        self._correct(request, "2026-11-16")
        self.assertFalse(request.implicit_unborn_on)
        self.assertEqual(str(request.implicit_on), "2026-11-15")
        [event] = request.event_ids.filtered(lambda e: e.kind == "decision_dated")
        self.assertEqual(event.payload["effect"], "replaces")

    def test_a_decision_after_j_does_not_undo_an_acceptance(self):
        request = self._born()
        with self.assertRaisesRegex(UserError, "only a withdrawal"):
            self._correct(request, "2026-11-16")
        self.assertFalse(self._events(request, "decision_dated"))

    def test_what_is_refused_says_what_to_do(self):
        request = self._born(self.svr)
        with self.assertRaisesRegex(UserError, "how you know"):
            self._correct(request, reason=" ")
        for day in ("2026-09-14", "2026-11-21"):
            with self.assertRaisesRegex(UserError, "after the reception"):
                self._correct(request, day)
        with self.assertRaisesRegex(UserError, "with “Decide”"):
            self._correct(self._file_at(self.svr))
        self._correct(request)
        with self.assertRaisesRegex(UserError, "with “Decide”"):
            self._correct(request)

    def test_only_a_head_corrects_it(self):
        request = self._born(self.svr, partner_id=self.citizen.partner_id)
        for user in (
            self.agent,
            self.desk_agent,
            self.other_agent,
            self.other_company_agent,
            self.citizen,
        ):
            with self.assertRaises(AccessError):
                self._correct(request, user=user)
        self._correct(request, user=self.manager)

    def test_the_window_says_the_effect_first(self):
        request = self._born()
        mine = self._as(request, self.service_head)
        with freeze_time(LATER_AT):
            form = Form(
                mine.env["grc.request.decision.day"].with_context(
                    default_request_id=request.id
                )
            )
            form.decided_on = "2026-11-17"
            self.assertEqual(form.effect, "withdrawal")
            form.decided_on = "2026-11-10"
            self.assertEqual(form.effect, "never_born")
            form.reason = REASON
            form.save().action_record()
        self.assertTrue(request.implicit_unborn_on)

    def test_reasons_are_not_asked_of_what_was_never_born(self):
        request = self._born(self.svr)
        self._correct(request)
        with freeze_time(LATER_AT), self.assertRaises(UserError):
            self._as(request, self.agent)._ask_reasons(date(2026, 11, 18))


class TestUrbanWithdrawal(SilenceCommon):
    """C. urb. L424-5: three months instead of four."""

    def _accepted(self):
        request = self._file_at(self.urban)
        request.invalidate_recordset()
        self._run("2026-11-20 09:00:00")
        self.assertEqual(request.implicit_decision, "accepted")
        return request

    def test_until_the_end_of_the_third_month(self):
        request = self._accepted()
        last_day = request._withdrawal_last_day()
        self.assertEqual(str(last_day), "2027-02-15")
        mine = self._as(request, self.agent)
        with (
            freeze_time("2027-02-15 23:30:00"),
            self.assertRaisesRegex(UserError, "three months"),
        ):
            mine._withdraw_acceptance("The plan forbids it.")
        with freeze_time("2027-02-15 22:30:00"):
            mine._withdraw_acceptance("The plan forbids it.")
        self.assertIn("L. 424-5", self._written(request)[-1].body)
