from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .missing_common import DEADLINE, MissingCommon

WAIVED = "2026-09-30 08:00:00"
REASON = "No text requires this document."


class TestMissingCorrection(MissingCommon):
    """A document waived, more time given: facts that the clock reads."""

    def _waive(self, request, pieces, instant=WAIVED, user=None, reason=REASON):
        with freeze_time(instant):
            user = user or self.agent
            self._as(request, user)._waive_pieces(self._as(pieces, user), reason)

    def _extend(self, missing, deadline, instant=WAIVED, reason="You asked for it."):
        with freeze_time(instant):
            request = self._as(missing.request_id, self.agent)
            request._extend_missing(self._as(missing, self.agent), deadline, reason)

    def _assert_recomputes(self, request):
        found = self.env["grc.request"]._changed_clocks(request.ids)
        self.assertFalse(found, "the nightly check reads the same days")

    def _assert_state(self, missing, state):
        with freeze_time(WAIVED):
            missing.invalidate_recordset(["state"])
            self.assertEqual(missing.state, state)

    # === WAIVER === #

    def test_the_clock_is_what_it_would_be_had_nobody_asked(self):
        for prestation in (self.svr, self.sva):
            request, missing = self._incomplete(prestation)
            self.assertEqual(request.state, "incomplete")
            self._waive(request, missing.line_ids)
            self.assertEqual(request.implicit_on, date(2026, 11, 15))
            self.assertEqual(request.state, "instruction")
            self.assertEqual(missing.state, "waived")
            self.assertFalse(request.missing_deadline)
            self._assert_recomputes(request)

    def test_who_when_and_why_are_kept_and_the_citizen_is_told(self):
        request, missing = self._incomplete(self.svr)
        plan, photo = missing.line_ids
        self._waive(request, plan)
        self.assertRecordValues(
            plan,
            [
                {
                    "waived_on": date(2026, 9, 30),
                    "waived_by_id": self.agent.id,
                    "waived_reason": REASON,
                    "received_on": False,
                }
            ],
        )
        [event] = request.event_ids.filtered(lambda e: e.kind == "missing_waived")
        self.assertEqual(event.payload["pieces"], ["Plan"])
        self.assertEqual(event.payload["reason"], REASON)
        labels = [line["label"] for line in request._timeline()]
        self.assertIn(event._kind_label(), labels)
        message = self._complements(request)[-1:]
        for words in (REASON, "Plan", "Photo"):
            self.assertIn(words, message.body)
        self.assertEqual(request._awaited_pieces(), photo)
        self._assert_state(missing, "waiting")

    def test_what_was_received_makes_the_file_complete_on_its_day(self):
        request, missing = self._incomplete(self.sva)
        plan, photo = missing.line_ids
        self._receive(request, plan, "2026-09-25 08:00:00")
        self.assertFalse(request.implicit_on)
        self._assert_state(missing, "partial")
        self._waive(request, photo)
        self.assertEqual(request.implicit_on, date(2026, 11, 25))
        self.assertEqual(missing.state, "complete")
        self._assert_recomputes(request)

    def test_silence_may_have_decided_meanwhile(self):
        request, missing = self._incomplete(self.sva)
        with freeze_time("2026-12-01 08:00:00"):
            mine = self._as(request, self.agent)
            events = mine._waiver_events(missing.line_ids)
            self.assertEqual(
                mine._correction_effect(events),
                ("past", None, date(2026, 11, 15)),
            )
            self.assertIn("Take care", mine._correction_sentence(events))
        self._waive(request, missing.line_ids, "2026-12-01 08:00:00")
        with freeze_time("2026-12-02 08:00:00"):
            request._note_implicit_decision(date(2026, 12, 1))
        self.assertEqual(request.implicit_decision, "accepted")
        self.assertEqual(request.implicit_born_on, date(2026, 11, 16))

    def test_a_document_waived_is_never_received_nor_waived_again(self):
        request, missing = self._incomplete(self.svr)
        plan = missing.line_ids[:1]
        self._waive(request, plan)
        self.assertFalse(self._receive(request, plan, "2026-10-01 08:00:00"))
        self.assertFalse(request._produce_piece(plan, []))
        with self.assertRaises(UserError):
            self._waive(request, plan)

    def test_a_letter_that_leaves_late_no_longer_asks_for_it(self):
        request, missing = self._incomplete(self.svr, email_used=False, channel="desk")
        self.assertFalse(missing.notified_on)
        self._waive(request, missing.line_ids[:1])
        with freeze_time("2026-10-01 08:00:00"):
            missing.delivery_id.with_user(self.agent).action_mark_printed()
        [event] = request.event_ids.filtered(lambda e: e.kind == "missing_notified")
        self.assertEqual(event.payload["pieces"], ["Photo"])

    def test_refused_without_reason_without_right_or_after_the_decision(self):
        request, missing = self._incomplete(self.svr)
        with self.assertRaises(UserError):
            self._waive(request, missing.line_ids, reason=" ")
        for user in (self.other_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._waive(request, missing.line_ids, user=user)
        self._decide(request)
        with self.assertRaises(UserError):
            self._waive(request, missing.line_ids)

    # === MORE TIME === #

    def test_more_time_in_time_suspends_longer(self):
        request, missing = self._incomplete(self.svr)
        self.assertEqual(request.implicit_on, date(2026, 11, 30))
        self._extend(missing, date(2026, 10, 17))
        self.assertEqual(missing.deadline, date(2026, 10, 17))
        self.assertEqual(missing.first_deadline, DEADLINE)
        self.assertEqual(request.implicit_on, date(2026, 12, 10))
        self.assertEqual(request.missing_deadline, date(2026, 10, 17))
        self.assertIn("You asked for it.", self._complements(request)[-1:].body)
        self._assert_recomputes(request)

    def test_more_time_too_late_suspends_nothing(self):
        request, missing = self._incomplete(self.svr)
        self._extend(missing, date(2026, 10, 30), "2026-10-08 08:00:00")
        self.assertEqual(missing.deadline, date(2026, 10, 30))
        self.assertEqual(request.implicit_on, date(2026, 11, 30))
        self._assert_recomputes(request)

    def test_no_less_time_and_not_for_nothing(self):
        request, missing = self._incomplete(self.svr)
        for day in (DEADLINE, date(2026, 9, 29), None):
            with self.assertRaises(UserError):
                self._extend(missing, day)
        other = self._incomplete(self.svr)[1]
        with self.assertRaises(UserError), freeze_time(WAIVED):
            self._as(request, self.agent)._extend_missing(
                other, date(2026, 10, 30), "x"
            )
        self._receive(request, missing.line_ids, "2026-09-29 08:00:00")
        with self.assertRaises(UserError):
            self._extend(missing, date(2026, 10, 30))

    # === WINDOWS === #

    def test_the_windows_tell_the_effect_first(self):
        request, missing = self._incomplete(self.svr)
        mine = self._as(missing, self.agent)
        with freeze_time(WAIVED):
            action = mine.action_extend()
            form = Form(
                mine.env["grc.missing.extend"].with_context(**action["context"])
            )
            self.assertEqual(form.deadline, date(2026, 10, 22))
            self.assertIn("15 December 2026", form.effect.replace(",", ""))
            form.reason = "More time."
            form.save().action_extend()
        self.assertEqual(request.implicit_on, date(2026, 12, 15))
        with freeze_time(WAIVED):
            action = mine.line_ids.action_waive()
            form = Form(mine.env["grc.missing.waive"].with_context(**action["context"]))
            self.assertIn("15 November 2026", form.effect)
            form.reason = REASON
            form.save().action_waive()
        self.assertEqual(request.implicit_on, date(2026, 11, 15))

    def test_windows_belong_to_whoever_opened_them(self):
        request, missing = self._incomplete(self.svr)
        for model, vals in (
            ("grc.missing.waive", {}),
            ("grc.missing.extend", {"missing_id": missing.id}),
        ):
            vals |= {"request_id": request.id}
            window = self._as(self.env[model], self.agent).create(vals)
            for user in (self.desk_agent, self.other_agent, self.manager):
                self.assertFalse(self._as(window, user).has_access("read"))
            for user in (self.other_agent, self.other_company_agent, self.citizen):
                with self.assertRaises(AccessError):
                    self._as(self.env[model], user).create(vals)

    def test_a_defect_of_form_says_what_to_do_and_stops_nothing(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
            form = Form(
                self._as(self.env["grc.missing.ask"], self.agent).with_context(
                    default_request_id=request.id
                )
            )
            form.is_regularisation = True
            with form.line_ids.edit(1) as line:
                line.is_chosen = True
                line.legal_basis = "CRPA, art. L212-1"
            form.formalities = "Sign the form and send it back."
            form.save().action_send()
        [missing] = request.missing_request_ids
        self.assertEqual(missing.formalities, "Sign the form and send it back.")
        self.assertIn(missing.formalities, missing.delivery_id.body)
        self.assertEqual(request.implicit_on, date(2026, 11, 15))
        self.assertFalse(self._events(request, "missing_notified"))
