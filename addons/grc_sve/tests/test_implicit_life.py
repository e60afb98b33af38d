import io
import subprocess
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools.pdf import PdfReader

from .silence_common import LATER_AT, SilenceCommon
from .sve_common import _flat


class TestCertificate(SilenceCommon):
    """CRPA L232-3: the certificate, at any time after the acceptance."""

    def _text(self, document):
        done = subprocess.run(
            ("pdftotext", "-layout", "-enc", "UTF-8", "-", "-"),
            input=document.attachment_id.raw,
            capture_output=True,
            check=True,
        )
        return _flat(done.stdout.decode())

    @freeze_time(LATER_AT)
    def test_what_it_says(self):
        request = self._born(subject="A fence of wood")
        document = request._implicit_certificate()
        text = self._text(document)
        for part in (
            request.name,
            "A fence of wood",
            "Alice Martin",
            "Tuesday 15 September 2026",
            "Sunday 15 November 2026",
            "Monday 16 November 2026",
            "Friday 20 November 2026",
            "L. 232-3",
            self.service.name,
        ):
            self.assertIn(part, text)
        self.assertEqual(
            (document.kind, document.mimetype), ("decision", "application/pdf")
        )
        reader = PdfReader(io.BytesIO(document.attachment_id.raw))
        metadata = reader.trailer["/Root"]["/Metadata"].get_data()
        self.assertIn(b"pdfuaid", metadata)

    def test_it_says_when_the_file_was_complete(self):
        request = self._file_at()
        request._log_event(
            "missing_notified", on=date(2026, 9, 22), deadline="2026-10-07"
        )
        request._log_event("all_produced", on=date(2026, 9, 30))
        self._run("2026-12-01 09:00:00")
        self.assertIn(
            "Wednesday 30 September 2026", self._text(request._implicit_certificate())
        )

    def test_it_is_written_once(self):
        request = self._born()
        first = request._implicit_certificate()
        self.assertEqual(request._implicit_certificate(), first)
        self.assertEqual(len(self._events(request, "certificate_issued")), 1)
        [event] = request.event_ids.filtered(lambda e: e.kind == "certificate_issued")
        self.assertEqual(event.payload["sha256"], first.sha256)

    def test_nothing_is_certified_without_an_acceptance(self):
        for request in (self._born(self.svr), self._file_at()):
            agents = request.with_user(self.agent)
            with self.assertRaises(UserError):
                agents.action_implicit_certificate()
            with self.assertRaises(UserError):
                request._certificate_facts()
            self.assertFalse(self._events(request, "certificate_issued"))

    def test_only_an_agent_of_the_request_takes_it(self):
        request = self._born(partner_id=self.citizen.partner_id)
        for user in (
            self.other_agent,
            self.social_agent,
            self.other_company_agent,
            self.citizen,
            self.other_citizen,
            self.public,
        ):
            with self.assertRaises(AccessError):
                self._as(request, user).action_implicit_certificate()
        action = self._as(request, self.agent).action_implicit_certificate()
        self.assertIn(
            str(request.implicit_certificate_id.attachment_id.id), action["url"]
        )


class TestReasons(SilenceCommon):
    """CRPA L232-4: the reasons of an implicit rejection, within a month."""

    def _ask(self, request, asked_on="2026-11-18", user=None):
        request = self._as(request, user or self.agent)
        wizards = request.env["grc.request.reasons"]
        form = Form(wizards.with_context(default_request_id=request.id))
        form.asked_on = asked_on
        form.save().action_record()

    @freeze_time(LATER_AT)
    def test_they_are_due_in_a_month(self):
        request = self._born(self.svr)
        self._ask(request)
        self.assertRecordValues(
            request,
            [
                {
                    "reasons_requested_on": date(2026, 11, 18),
                    "reasons_due_on": date(2026, 12, 18),
                    "next_due_on": date(2026, 12, 18),
                    "next_due_kind": "reasons",
                }
            ],
        )
        [event] = request.event_ids.filtered(lambda e: e.kind == "reasons_requested")
        self.assertEqual(event.happened_on, date(2026, 11, 18))
        self.assertTrue(event.payload["in_time"])
        self.assertIn(date(2026, 12, 18), request.activity_ids.mapped("date_deadline"))

    @freeze_time("2027-03-01 09:00:00")
    def test_after_the_period_of_appeal_it_is_recorded_as_late(self):
        request = self._born(self.svr)
        self._ask(request, "2027-02-26")
        [event] = request.event_ids.filtered(lambda e: e.kind == "reasons_requested")
        self.assertFalse(event.payload["in_time"])

    @freeze_time(LATER_AT)
    def test_they_are_given_by_a_message(self):
        request = self._born(self.svr)
        self._ask(request)
        for gives in (False, True):
            wizards = self._as(request, self.agent).env["grc.request.message"]
            form = Form(wizards.with_context(default_request_id=request.id))
            form.body = "Because of the rule."
            form.gives_reasons = gives
            form.save().action_send()
            self.assertEqual(bool(request.reasons_given_on), gives)
        self.assertEqual(self._events(request, "reasons_given"), ["reasons_given"])
        self.assertFalse(request.next_due_kind)

    @freeze_time(LATER_AT)
    def test_only_of_a_rejection_by_silence(self):
        for request in (self._born(self.sva), self._file_at(self.svr)):
            with self.assertRaises(UserError):
                self._ask(request)
        request = self._born(self.svr)
        for day in ("2026-11-15", "2026-11-21"):
            with self.assertRaises(UserError):
                self._ask(request, day)
        self._ask(request, "2026-11-16")
        with self.assertRaises(UserError):
            self._ask(request)


class TestWithdrawal(SilenceCommon):
    """CRPA L242-1: an unlawful acceptance is withdrawn within four months."""

    def _withdraw(self, request, at=LATER_AT, reason="The plan forbids it.", **vals):
        request = self._as(request, self.agent)
        wizards = request.env["grc.request.withdrawal"]
        with freeze_time(at):
            wizards.create(
                {"request_id": request.id, "reason": reason} | vals
            ).action_withdraw()

    def test_the_citizen_is_told_why(self):
        request = self._born()
        self._withdraw(request)
        self.assertEqual(request.implicit_withdrawn_on, date(2026, 11, 20))
        self.assertEqual(request.implicit_decision, "accepted")
        message = self._written(request)[-1]
        self.assertEqual(message.kind, "decision")
        for part in ("The plan forbids it.", "L. 242-1", "tribunal administratif"):
            self.assertIn(part, message.body)
        self.assertIn("implicit_withdrawn", self._events(request))
        self.assertFalse(request._can_have_certificate())
        self.assertNotEqual(request._state_label(), "Your request is deemed accepted")

    def test_until_the_last_day(self):
        first, second = self._born(), self._born()
        self._withdraw(first, "2027-03-15 22:59:00")
        self.assertTrue(first.implicit_withdrawn_on)
        with self.assertRaises(UserError):
            self._withdraw(second, "2027-03-15 23:01:00")
        self._withdraw(second, "2028-01-01 09:00:00", is_fraud=True)
        self.assertTrue(second.implicit_withdrawn_on)

    def test_a_reason_is_wanted_and_an_acceptance(self):
        request = self._born()
        with self.assertRaises(UserError):
            self._withdraw(request, reason="  ")
        self._withdraw(request)
        with self.assertRaises(UserError):
            self._withdraw(request)
        with self.assertRaises(UserError):
            self._withdraw(self._born(self.svr))

    def test_the_window_says_the_last_day(self):
        request = self._as(self._born(), self.agent)
        form = Form(
            request.env["grc.request.withdrawal"].with_context(
                default_request_id=request.id
            )
        )
        self.assertEqual(form.last_day, date(2027, 3, 15))

    @freeze_time(LATER_AT)
    def test_an_acceptance_is_withdrawn_before_a_refusal(self):
        request = self._born()
        for outcome in ("refused", "partial"):
            with self.assertRaises(UserError):
                self._decide(request, outcome)
        self._withdraw(request)
        self._decide(request, "refused")
        self.assertEqual(request.outcome, "refused")


class TestDeadlineScreens(SilenceCommon):
    def test_the_filters_find_them(self):
        near, born = self._file_at(at="2026-09-25 08:00:00"), self._born()
        view = self.env["grc.request"].get_view(
            self.env.ref("grc_base.grc_request_view_search").id, "search"
        )
        self.assertIn("implicit_born", view["arch"])
        requests = self.env["grc.request"]
        with freeze_time(LATER_AT):
            self.assertIn(
                near,
                requests.search(
                    [
                        ("implicit_decision", "=", False),
                        ("implicit_on", ">=", "today"),
                        ("implicit_on", "<=", "today +7d"),
                    ]
                ),
            )
        action = self.env.ref("grc_sve.grc_request_action_implicit")
        self.assertEqual(action.domain, "[('implicit_decision', '!=', False)]")
        self.assertIn(born, requests.search([("implicit_decision", "!=", False)]))

    def test_deadlines_by_service(self):
        action = self.env.ref("grc_sve.grc_request_action_deadlines_by_service")
        self.assertEqual([mode for _id, mode in action.views][:2], ["pivot", "graph"])
        for view_id, mode in action.views[:2]:
            arch = self.env["grc.request"].get_view(view_id, mode)["arch"]
            self.assertIn("next_due_kind", arch)
