from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .transfer_common import TransferCommon

TEXT = "You did not read my second document."


class TestAdministrativeAppeal(TransferCommon):
    """CRPA L411-2; C. urb. L600-12-2: an appeal is a request linked to its decision."""

    def _decided(self, prestation, outcome="refused"):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(prestation)
        with freeze_time("2026-09-21 08:00:00"):
            self._decide(request, outcome, user=self.agent, close=True)
        return request

    def _appeal(self, request, day, user=None, channel="letter"):
        with freeze_time(f"{day} 16:00:00"):
            mine = self._as(request, user or self.agent)
            return mine._file_appeal(TEXT, date.fromisoformat(day), channel)

    def test_an_appeal_is_a_request_of_its_own(self):
        request = self._decided(self.svr)
        appeal = self._appeal(request, "2026-10-05")
        self.assertEqual((appeal.nature, appeal.channel), ("appeal", "letter"))
        self.assertEqual((appeal.silence_regime, appeal.silence_months), ("svr", 2))
        self.assertEqual(str(appeal.implicit_on), "2026-12-05")
        self.assertEqual(appeal.appealed_request_id, request)
        self.assertEqual(request.appeal_ids, appeal)
        self.assertEqual(appeal.service_id, request.service_id)
        self.assertEqual(appeal.requester_name, request.requester_name)
        self.assertEqual(appeal.description, TEXT)
        self.assertTrue(appeal.acknowledgement_ids)
        self.assertEqual(self._events(appeal, "appeal_of"), ["appeal_of"])
        [event] = request.event_ids.filtered(lambda e: e.kind == "appeal_received")
        self.assertEqual(event.payload["request"], appeal.name)
        self.assertEqual(str(event.happened_on), "2026-10-05")
        details = {line["label"]: line["detail"] for line in request._timeline()}
        self.assertEqual(details[event._kind_label()], appeal.name)

    def test_within_the_period_it_interrupts_it(self):
        request = self._decided(self.svr)
        # Told on 21 September: (two months) + 1 day = Sunday 22 November 2026.
        for day, words in (
            ("2026-11-23", "Interrupts the period"),
            ("2026-11-24", "Came after"),
        ):
            appeal = self._appeal(request, day)
            self.assertIn(words, appeal.appeal_effect)

    def test_town_planning_is_not_interrupted(self):
        appeal = self._appeal(self._decided(self.urban), "2026-10-05")
        self.assertIn("L600-12-2", appeal.appeal_effect)

    def test_against_what_silence_decided(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
            accepted = self._file(self.sva)
            self.assertFalse(request.can_appeal)
        with freeze_time("2026-11-15 08:00:00"):
            request.invalidate_recordset(["can_appeal"])
            self.assertFalse(request.can_appeal, "J is not over")
        with freeze_time("2026-11-16 08:00:00"):
            (request | accepted).invalidate_recordset(["can_appeal"])
            self.assertTrue(request.can_appeal)
            self.assertFalse(accepted.can_appeal)
        appeal = self._appeal(request, "2027-01-18")
        self.assertIn("Interrupts", appeal.appeal_effect)
        appeal = self._appeal(request, "2027-01-19")
        self.assertIn("Came after", appeal.appeal_effect)

    def test_a_decision_that_did_not_arrive_started_no_period(self):
        request = self._decided(self.svr)
        request.delivery_ids.filtered(lambda d: d.kind == "decision").state = "failed"
        appeal = self._appeal(request, "2027-08-02")
        self.assertIn("Interrupts", appeal.appeal_effect)

    def test_nothing_to_contest(self):
        request = self._file(self.svr)
        with self.assertRaisesRegex(UserError, "Nothing was decided"):
            self._as(request, self.agent)._file_appeal(
                TEXT, request.received_on, "letter"
            )
        self._transfer(request)
        self.assertFalse(request.can_appeal, "nothing was decided here")

    def test_impossible_days(self):
        request = self._decided(self.svr)
        for day in (date(2026, 9, 14), date(2126, 1, 1)):
            with self.assertRaisesRegex(UserError, "after the request"):
                self._as(request, self.agent)._file_appeal(TEXT, day, "letter")
        self.assertFalse(request.appeal_ids)

    def test_only_an_agent_of_the_request_records_it(self):
        request = self._decided(self.svr)
        request.partner_id = self.citizen.partner_id
        for user in (self.other_agent, self.other_company_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._as(request, user)._file_appeal(TEXT, request.received_on, "desk")
        appeal = self._appeal(request, "2026-10-05", user=self.desk_agent)
        self.assertEqual(appeal.partner_id, self.citizen.partner_id)

    def test_the_window_records_it(self):
        request = self._decided(self.svr)
        mine = self._as(request, self.agent)
        with freeze_time("2026-10-05 10:00:00"):
            form = Form(
                mine.env["grc.request.appeal"].with_context(
                    default_request_id=request.id
                )
            )
            form.text = TEXT
            action = form.save().action_record()
        self.assertEqual(action["res_id"], request.appeal_ids.id)
        self.assertEqual(str(request.appeal_ids.received_on), "2026-10-05")
