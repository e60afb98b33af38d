from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.grc_base.tests.common import PDF

from .sve_common import _flat
from .transfer_common import TransferCommon, pdf_text

RECEIVED = "2026-09-15 08:00:00"  # a Tuesday


class TestTransfer(TransferCommon):
    """CRPA L114-2 to L114-4: forward, tell the citizen, and both clocks."""

    def _filed(self, prestation, **vals):
        with freeze_time(RECEIVED):
            return self._with_pdf(prestation, **vals)

    def test_the_request_leaves_and_the_citizen_is_told(self):
        request = self._filed(self.svr)
        with freeze_time("2026-09-17 09:00:00"):
            transfer = self._transfer(request)
        self.assertEqual((request.state, request.outcome), ("closed", "redirected"))
        self.assertEqual(str(transfer.sent_on), "2026-09-17")
        self.assertEqual(transfer.sent_by_id, self.agent)
        notice, message = transfer.notice_id, transfer.delivery_id
        self.assertEqual((notice.kind, notice.state), ("transfer", "sent"))
        self.assertEqual(notice.email_to, "alice.martin@example.com")
        self.assertEqual(message.email_to, "courrier@departement.example.com")
        self.assertEqual((message.kind, message.state), ("transmission", "sent"))
        self.assertEqual(
            sorted(message.document_ids.mapped("name")),
            [f"bordereau-transmission-{request.name}.pdf", "plan.pdf"],
        )
        self.assertEqual(
            self._events(request, "transferred", "decided", "closed"),
            ["transferred", "closed"],
        )
        text = _flat(html2plaintext(notice.body))
        for words in (
            "Departmental council",
            "Departmental roads are its own.",
            "Thursday 17 September 2026",
            "still runs from",
            "You do not have to send it again.",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Urgent", text)
        self.assertIn("Urgent", html2plaintext(message.body))

    def test_the_slip_lists_what_leaves(self):
        request = self._filed(self.svr)
        self._transfer(request)
        slip = request.transfer_ids.document_id
        self.assertFalse(slip.is_visible_to_citizen)
        piece = request.document_ids.filtered(lambda doc: doc.name == "plan.pdf")
        mentions = request.transfer_ids.mentions
        self.assertEqual(
            mentions["documents"],
            [{"name": "plan.pdf", "sha256": piece.sha256, "size_bytes": len(PDF)}],
        )
        text = pdf_text(slip.attachment_id.raw)
        for words in ("Transmission slip", "Departmental council", "plan.pdf"):
            self.assertIn(words, text)
        self.assertIn(piece.sha256, text.replace(" ", ""))

    def test_what_another_address_sent_does_not_leave(self):
        request = self._filed(self.svr)
        secret = self.env["grc.request.document"]._store(
            request, [("other.pdf", PDF)], origin="citizen", visible=False
        )
        transfer = self._transfer(request)
        self.assertNotIn(secret, transfer.delivery_id.document_ids)
        self.assertNotIn("other.pdf", str(transfer.mentions))

    def test_the_administration_is_no_reader_of_the_exchanges(self):
        request = self._filed(self.svr)
        before = request._citizen_messages()
        transfer = self._transfer(request)
        told = request._citizen_messages() - before
        self.assertEqual(told.mapped("message_id"), [transfer.notice_id.message_uid])
        self.assertIn("Number of the request", transfer.delivery_id.body)
        self.assertIn("Number of your request", transfer.notice_id.body)

    def test_an_administration_without_an_address_gets_a_letter(self):
        request = self._filed(self.svr)
        transfer = self._transfer(request, self.prefecture)
        self.assertEqual(transfer.delivery_id.state, "to_print")
        self.assertFalse(transfer.delivery_id.email_to)

    def test_rejection_runs_from_us_and_acceptance_from_them(self):
        svr, sva = self._filed(self.svr), self._filed(self.sva)
        implicit_on = svr.implicit_on
        with freeze_time("2026-09-17 09:00:00"):
            texts = {}
            for request in (svr, sva):
                notice = self._transfer(request).notice_id
                texts[request] = _flat(html2plaintext(notice.body))
        self.assertEqual(svr.implicit_on, implicit_on, "nothing was decided")
        self.assertFalse(sva.implicit_on)
        self.assertIn("silence rejects your request still runs", texts[svr])
        self.assertIn("silence accepts your request runs from", texts[sva])
        with freeze_time("2026-09-21 09:00:00"):
            for request in (svr, sva):
                mine = self._as(request, self.agent)
                form = Form(
                    mine.env["grc.request.transfer.reception"].with_context(
                        default_request_id=request.id
                    )
                )
                form.received_on = "2026-09-20"
                form.save().action_record()
        self.assertEqual(str(sva.implicit_on), "2026-11-20")
        self.assertEqual(svr.implicit_on, implicit_on)
        self.assertEqual(
            self._events(sva, "received_by_competent"), ["received_by_competent"]
        )
        self.assertFalse(sva.has_pending_transfer)

    def test_the_reception_is_theirs_to_acknowledge(self):
        with freeze_time(RECEIVED):
            request = self._file(False, "mail")
            other = self._file(False, "mail", email_used=False)
        self.assertEqual(request.ack_state, "aee_sent")
        with freeze_time("2026-09-15 12:00:00"):
            for each in (request, other):
                self._transfer(each, user=self.desk_agent)
                mine = self._as(each, self.desk_agent)
                mine._record_competent_reception(each._local_day())
                self.assertFalse(each.can_acknowledge)
                with self.assertRaises(UserError):
                    mine.action_acknowledge()
        self.assertFalse(request.next_due_on)
        self.assertEqual(other.next_due_kind, "aee", "owed by the first seized")

    def test_silence_there_is_not_noted_here(self):
        request = self._filed(self.svr)
        self._transfer(request)
        days = {self.town: request.implicit_on + timedelta(days=10)}
        model = self.env["grc.request"]
        self.assertNotIn(request, model.search(model._due_domain(days)))

    def test_never_twice_while_on_its_way(self):
        request = self._filed(self.svr)
        self._transfer(request)
        with self.assertRaisesRegex(UserError, "decided or closed"):
            self._transfer(request)
        reopen = request._open_transitions()[:1]
        self._as(request, self.agent)._apply_transition(reopen, "They refuse it.")
        self.assertEqual(request.state, "instruction")
        with self.assertRaisesRegex(UserError, "already on its way"):
            self._transfer(request)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            request.transfer_ids.copy()

    def test_once_received_there_it_may_go_further(self):
        request = self._filed(self.svr)
        self._transfer(request)
        mine = self._as(request, self.agent)
        mine._record_competent_reception(request._local_day())
        mine._apply_transition(request._open_transitions()[:1], "Sent back.")
        self._transfer(request, self.prefecture)
        self.assertEqual(len(request.transfer_ids), 2)
        self.assertEqual(request.competent_administration_id, self.prefecture)

    def test_sent_back_it_is_ours_again(self):
        request = self._filed(self.sva)
        mine = self._as(request, self.agent)
        with self.assertRaisesRegex(UserError, "no other administration"):
            mine.action_take_back()
        with freeze_time("2026-09-17 09:00:00"):
            self._transfer(request)
            with self.assertRaisesRegex(UserError, "decided or closed"):
                mine.action_take_back()
        with freeze_time("2026-10-05 09:00:00"):
            mine._apply_transition(request._open_transitions()[:1], "Sent back.")
            mine.action_take_back()
        self.assertEqual(str(request.implicit_on), "2026-12-05")
        self.assertEqual(str(request.transfer_ids.returned_on), "2026-10-05")
        self.assertFalse(request.has_pending_transfer)
        self.assertFalse(request.competent_administration_id)
        self.assertTrue(request.next_due_on)
        with self.assertRaises(AccessError):
            self._as(request, self.other_agent).action_take_back()

    def test_impossible_days_of_reception(self):
        request = self._filed(self.svr)
        mine = self._as(request, self.agent)
        today = request._local_day()
        with self.assertRaisesRegex(UserError, "on its way to no"):
            mine._record_competent_reception(today)
        self._transfer(request)
        for day in (today - timedelta(days=1), today + timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "between the day"):
                mine._record_competent_reception(day)
        transfer = request.transfer_ids
        mine._record_competent_reception(today)
        with self.assertRaisesRegex(UserError, "already known"):
            self._as(transfer, self.agent)._record_reception(today)

    def test_parts_that_are_missing(self):
        request = self._filed(self.svr)
        far = self.department.copy({"name": "Far", "company_id": self.far_town.id})
        mine = self._as(request, self.agent)
        with self.assertRaisesRegex(UserError, "Say why"):
            mine._transfer(self.department, "  ")
        with self.assertRaisesRegex(UserError, "another directory"):
            mine._transfer(far, "Why.")
        with self.assertRaises(ValidationError):
            self.department.email = False
        self.assertFalse(request.transfer_ids)
        self.assertEqual(request.state, "received")

    def test_nothing_is_half_done_when_the_slip_fails(self):
        request = self._filed(self.svr)
        count = len(request.delivery_ids)
        with (
            patch.object(
                type(self.env["ir.actions.report"]),
                "_grc_render_pdf",
                side_effect=UserError("no"),
            ),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            self._transfer(request)
        request.invalidate_recordset()
        self.assertEqual(request.state, "received")
        self.assertEqual(len(request.delivery_ids), count)
        self.assertFalse(request.transfer_ids)

    def test_the_window_transfers(self):
        request = self._filed(self.svr)
        mine = self._as(request, self.desk_agent)
        form = Form(
            mine.env["grc.request.transfer"].with_context(default_request_id=request.id)
        )
        form.administration_id = self._as(self.department, self.desk_agent)
        form.reason = "It decides."
        form.save().action_transfer()
        self.assertEqual(request.transfer_ids.sent_by_id, self.desk_agent)
        action = self._as(request.transfer_ids, self.agent).action_open_request()
        self.assertEqual(action["res_id"], request.id)


class TestWrongChannel(TransferCommon):
    """CRPA L112-9 al. 3: a reserved online service, and a mail elsewhere."""

    def _mail(self, **vals):
        return self._file(False, "mail", **vals)

    def _direct(self, request, prestation):
        self._as(request, self.desk_agent)._qualify(
            "request", self.service, self._as(prestation, self.desk_agent)
        )

    def test_a_mail_starts_no_period(self):
        request = self._mail()
        self._direct(request, self.reserved)
        self.assertEqual(self._kinds(request), [("aee", "sent")], "no reception")
        self.assertFalse(request.implicit_on)
        self.assertTrue(request.can_answer_wrong_channel)
        self.assertIn("Wrong channel", request.activity_ids[-1:].note)
        mine = self._as(request, self.agent)
        form = Form(
            mine.env["grc.request.wrong.channel"].with_context(
                default_request_id=request.id
            )
        )
        form.save().action_answer()
        self.assertEqual((request.state, request.outcome), ("closed", "redirected"))
        for day in ("aee_latest", "are_latest", "implicit_on", "next_due_on"):
            self.assertFalse(request[day], day)
        answer = self._written(request)
        self.assertEqual(answer.kind, "message")
        self.assertIn(self.reserved._form_url(), answer.body)
        self.assertIn(self.reserved.name, answer.body)
        [event] = request.event_ids.filtered(lambda e: e.kind == "wrong_channel")
        self.assertEqual(event.payload["prestation"], "ONLINE")
        lines = request._legal_explanation()
        self.assertIn("CRPA L112-9 al. 3", [line["article"] for line in lines])

    def test_reopened_for_something_else_it_is_a_request(self):
        request = self._mail()
        self._direct(request, self.reserved)
        mine = self._as(request, self.agent)
        mine._answer_wrong_channel("Use the form.")
        mine._apply_transition(request._open_transitions()[:1], "We were wrong.")
        self._direct(request, self.svr)
        self.assertFalse(request.is_wrong_channel)
        self.assertTrue(request.implicit_on)
        self.assertEqual(self._kinds(request)[-1], ("are", "sent"))

    def test_the_days_computed_again_are_the_same(self):
        request, other = self._mail(), self._mail()
        self._direct(request, self.reserved)
        self._as(request, self.agent)._answer_wrong_channel("Use the form.")
        self._judge(other, user=self.manager)
        domain = [("id", "in", (request | other).ids)]
        self.assertEqual(self.env["grc.request"]._recompute_clocks(domain), 0)

    def test_one_known_at_intake_promises_nothing(self):
        request = self._file(self.reserved, "mail")
        self.assertEqual(self._kinds(request), [("aee", "sent")])
        self.assertFalse(request.implicit_on)

    def test_the_form_itself_is_the_right_channel(self):
        request = self._file(self.reserved)
        self.assertEqual(self._kinds(request), [("are", "sent")])
        self.assertTrue(request.implicit_on)
        with self.assertRaisesRegex(UserError, "Only an e-mail"):
            self._as(request, self.agent)._answer_wrong_channel("x")

    def test_a_letter_and_an_open_prestation_are_not_concerned(self):
        letter = self._file(self.reserved, "letter")
        mail = self._mail()
        self._direct(mail, self.svr)
        self.assertEqual(self._kinds(mail)[-1], ("are", "sent"))
        for request in (letter, mail):
            self.assertFalse(request.can_answer_wrong_channel)
            with self.assertRaisesRegex(UserError, "Only an e-mail"):
                self._as(request, self.agent)._answer_wrong_channel("x")

    def test_never_without_words_nor_twice(self):
        request = self._mail()
        self._direct(request, self.reserved)
        mine = self._as(request, self.agent)
        with self.assertRaisesRegex(UserError, "Write the message"):
            mine._answer_wrong_channel(" ")
        mine._answer_wrong_channel("Use the form.")
        with self.assertRaisesRegex(UserError, "decided or closed"):
            mine._answer_wrong_channel("Use the form.")

    def test_a_reserved_service_has_a_form(self):
        self.reserved.is_open_portal = False
        self.assertIn("reserved", str(self.reserved._publication_problems()))
