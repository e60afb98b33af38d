from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import html2plaintext

from .missing_common import ASKED, DEADLINE, RECEIVED, TEXT, MissingCommon
from .sve_common import _flat


class TestMissingVectors(MissingCommon):
    """The cases of law V33 to V64, through the records (CRPA L114-5)."""

    def _days(self, request):
        return request.implicit_on, request.implicit_effective_from

    def test_v33_rejection_produced_before_the_last_day(self):
        request, missing = self._incomplete(self.svr)
        self._receive(request, missing.line_ids, "2026-09-30 08:00:00")
        self.assertEqual(self._days(request), (date(2026, 11, 23), date(2026, 11, 24)))
        self.assertEqual(request.appeal_last_day, date(2027, 1, 25))

    def test_v34_rejection_nothing_produced(self):
        request, _missing = self._incomplete(self.svr)
        self.assertEqual(self._days(request), (date(2026, 11, 30), date(2026, 12, 1)))
        self.assertEqual(request.appeal_last_day, date(2027, 2, 1))

    def test_rejection_produced_after_the_last_day_changes_nothing(self):
        request, missing = self._incomplete(self.svr)
        self._receive(request, missing.line_ids, "2026-10-20 08:00:00")
        self.assertEqual(request.implicit_on, date(2026, 11, 30))

    def test_v37_a_piece_that_is_not_indispensable(self):
        pieces = self._pieces("Plan", indispensable=False)
        request, _missing = self._incomplete(self.svr, pieces=pieces)
        self.assertEqual(self._days(request), (date(2026, 11, 15), date(2026, 11, 16)))
        self.assertEqual(request.appeal_last_day, date(2027, 1, 18))

    def test_v38_acceptance_incomplete_then_complete(self):
        request, missing = self._incomplete(self.sva)
        self.assertEqual(self._days(request), (False, False))
        self._receive(request, missing.line_ids, "2026-09-30 08:00:00")
        self.assertEqual(self._days(request), (date(2026, 11, 30), date(2026, 12, 1)))
        self.assertFalse(request.appeal_last_day)

    def test_v40_acceptance_complete_after_the_last_day(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids, "2026-10-20 08:00:00")
        self.assertEqual(self._days(request), (date(2026, 12, 20), date(2026, 12, 21)))

    def test_v64_asked_after_the_implicit_rejection(self):
        request, _missing = self._incomplete(
            self.svr, "2026-11-20 08:00:00", date(2026, 12, 5)
        )
        self.assertEqual(self._days(request), (date(2026, 11, 15), date(2026, 11, 16)))
        text = self._text(self._complements(request))
        self.assertIn("does not change it", text)

    def _text(self, delivery):
        return _flat(html2plaintext(delivery.body))

    def test_a_defect_of_form_stops_nothing(self):
        """CRPA L114-6 is no L114-5: the period of silence goes on."""
        with freeze_time(RECEIVED):
            request = self._file(self.svr)
        with freeze_time(ASKED):
            self._as(request, self.agent)._ask_missing(
                self._pieces("Signature"), DEADLINE, is_regularisation=True
            )
        self.assertEqual(request.implicit_on, date(2026, 11, 15))
        self.assertEqual(
            self._events(request, "missing_notified", "regularisation_asked"),
            ["regularisation_asked"],
        )
        self.assertIn("L. 114-6", self._text(self._complements(request)))

    def test_both_kinds_in_one_message_are_two_facts(self):
        pieces = self._pieces("Plan") + self._pieces("Photo", indispensable=False)
        request, missing = self._incomplete(self.sva, pieces=pieces)
        self.assertEqual(len(self._events(request, "missing_notified")), 2)
        plan, _photo = missing.line_ids
        self._receive(request, plan, "2026-09-30 08:00:00")
        self.assertEqual(request.implicit_on, date(2026, 11, 30))
        self.assertEqual(missing.state, "expired")

    def test_the_message_says_what_the_law_wants(self):
        """CRPA R112-11-4: what is missing, by when, and the effect."""
        for prestation, paragraph, day in (
            (self.sva, "second paragraph", date(2026, 12, 7)),
            (self.svr, "third paragraph", date(2026, 11, 30)),
        ):
            with self.subTest(regime=prestation.silence_regime):
                request, missing = self._incomplete(prestation)
                [delivery] = self._complements(request)
                self.assertEqual(delivery, missing.delivery_id)
                text = self._text(delivery)
                limit = request._explain_day(DEADLINE)
                for part in ("Plan", "Photo", TEXT, limit, paragraph, "R. 112-11-4"):
                    self.assertIn(part, text)
                self.assertIn(request._explain_day(day), text)

    def test_the_request_waits_for_the_citizen_and_comes_back(self):
        request, missing = self._incomplete(self.svr)
        self.assertEqual(request.state, "incomplete")
        self._receive(request, missing.line_ids[0], "2026-09-25 08:00:00")
        self.assertEqual(request.state, "incomplete")
        self._receive(request, missing.line_ids[1], "2026-09-30 08:00:00")
        self.assertEqual(request.state, "instruction")

    def test_a_letter_counts_from_the_day_it_is_posted(self):
        """The period is touched by what was sent, not by what was written."""
        vals = {"channel": "desk", "email_used": False}
        request, missing = self._incomplete(self.svr, **vals)
        self.assertEqual(missing.delivery_id.state, "to_print")
        self.assertEqual(request.implicit_on, date(2026, 11, 15))
        with freeze_time("2026-09-24 08:00:00"):
            self._as(missing.delivery_id, self.agent).action_mark_printed()
        self.assertEqual(missing.notified_on, date(2026, 9, 24))
        self.assertEqual(request.implicit_on, date(2026, 11, 28))

    def test_a_letter_answered_before_it_is_posted_stops_nothing(self):
        vals = {"channel": "desk", "email_used": False}
        request, missing = self._incomplete(self.sva, **vals)
        self._receive(request, missing.line_ids, "2026-09-23 08:00:00")
        with freeze_time("2026-09-24 08:00:00"):
            self._as(missing.delivery_id, self.agent).action_mark_printed()
        self.assertFalse(self._events(request, "missing_notified"))
        self.assertEqual(request.implicit_on, date(2026, 11, 15))


class TestMissingWindow(MissingCommon):
    """What an agent does, in three clicks, and what she is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.sva | cls.svr).write(
            {"required_documents": "- Plan\n\n• Photo \n", "legal_basis": TEXT}
        )

    def setUp(self):
        super().setUp()
        with freeze_time(RECEIVED):
            self.request = self._file(self.svr)
        frozen = freeze_time(ASKED)
        frozen.start()
        self.addCleanup(frozen.stop)

    def _form(self, request=None, user=None):
        own = self._as(request or self.request, user or self.agent)
        return Form(own.env["grc.missing.ask"].with_context(default_request_id=own.id))

    def _choose(self, form, index=0):
        with form.line_ids.edit(index) as line:
            line.is_chosen = True

    def test_the_window_proposes_the_documents_of_the_prestation(self):
        form = self._form()
        self.assertEqual(
            [line["name"] for line in form.line_ids._records], ["Plan", "Photo"]
        )
        self.assertEqual(form.days, 30)
        self.assertEqual(form.deadline, date(2026, 10, 22))
        self.assertFalse(form.effect)

    def test_the_days_of_the_prestation_come_first(self):
        self.svr.missing_days = 10
        self.assertEqual(self._form().deadline, date(2026, 10, 2))
        self.town.grc_missing_days = 21
        self.svr.missing_days = 0
        self.assertEqual(self._form().days, 21)

    def test_the_effect_is_told_before_sending(self):
        form = self._form()
        self._choose(form)
        form.deadline = DEADLINE
        for day in (date(2026, 11, 15), date(2026, 11, 30), DEADLINE):
            self.assertIn(self.request._explain_day(day), form.effect)
        with form.line_ids.edit(0) as line:
            line.is_indispensable = False
        self.assertIn("unchanged", form.effect)

    def test_the_effect_where_silence_accepts(self):
        with freeze_time(RECEIVED):
            request = self._file(self.sva)
        form = self._form(request)
        self._choose(form)
        form.deadline = DEADLINE
        self.assertIn(request._explain_day(date(2026, 12, 7)), form.effect)
        self.assertIn("no implicit acceptance", form.effect)

    def test_only_what_was_chosen_is_asked(self):
        form = self._form()
        self._choose(form, 1)
        form.deadline = DEADLINE
        form.save().action_send()
        [piece] = self.request.missing_piece_ids
        self.assertEqual((piece.name, piece.legal_basis), ("Photo", TEXT))
        self.assertEqual(self.request.implicit_on, date(2026, 11, 30))
        self.assertEqual(piece.missing_request_id.days, 15)

    def test_nothing_chosen_is_refused(self):
        with self.assertRaisesRegex(UserError, "at least one document"):
            self._form().save().action_send()
        self.assertFalse(self.request.missing_request_ids)

    def test_a_day_that_is_past_is_refused_at_its_place(self):
        for deadline in (date(2026, 9, 21), date(2026, 9, 22)):
            form = self._form()
            self._choose(form)
            form.deadline = deadline
            self.assertIn("after today", form.deadline_error)
            with self.assertRaisesRegex(UserError, "after today"):
                form.save().action_send()
        self.assertFalse(self.request.missing_request_ids)

    def test_a_document_without_a_text_is_refused_at_its_place(self):
        """CRPA L114-5: « exigées par les textes »."""
        form = self._form()
        self._choose(form)
        with form.line_ids.edit(0) as line:
            line.legal_basis = False
        self.assertIn("Plan", form.piece_error)
        with self.assertRaisesRegex(UserError, "text requires: Plan"):
            form.save().action_send()

    def test_a_document_is_not_asked_for_twice(self):
        for _attempt in range(2):
            form = self._form()
            self._choose(form)
            form.deadline = DEADLINE
            form.save().action_send()
        self.assertEqual(
            self.request.missing_piece_ids.sorted("id").mapped("name"),
            ["Plan", "Photo"],
        )
        with self.assertRaisesRegex(UserError, "still awaited: plan"):
            self._as(self.request, self.agent)._ask_missing(
                self._pieces("plan"), DEADLINE
            )

    def test_an_unknown_regime_promises_nothing(self):
        with freeze_time(RECEIVED):
            request = self._file(self.unknown, "mail", files=())
        with self.assertRaisesRegex(UserError, "unknown"):
            self._as(request, self.agent)._ask_missing(self._pieces("Plan"), DEADLINE)

    def test_a_decided_request_asks_for_nothing(self):
        self._decide(self.request)
        with self.assertRaisesRegex(UserError, "decided"):
            self._as(self.request, self.agent)._ask_missing(
                self._pieces("Plan"), DEADLINE
            )

    def test_the_agent_of_another_service_asks_for_nothing(self):
        for user in (self.other_agent, self.social_agent, self.other_company_agent):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._form(user=user)
                with self.assertRaises(AccessError):
                    self._as(self.request, user)._ask_missing(
                        self._pieces("Plan"), DEADLINE
                    )

    def test_the_filter_finds_what_is_incomplete(self):
        request, missing = self._incomplete(self.svr)
        domain = [("missing_piece_ids", "any", [("received_on", "=", False)])]
        found = self.env["grc.request"].search(domain)
        self.assertIn(request, found)
        self.assertNotIn(self.request, found)
        self.assertEqual(request.missing_deadline, DEADLINE)
        self.assertEqual(missing.state, "waiting")
        self.assertEqual(missing.days, (DEADLINE - date(2026, 9, 22)) // timedelta(1))
