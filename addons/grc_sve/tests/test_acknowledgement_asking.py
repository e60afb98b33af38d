from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form

from .missing_common import DEADLINE, MissingCommon


class TestAskingInTheAcknowledgement(MissingCommon):
    """CRPA R112-11-4: the acknowledgement itself asks for the documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As a mailbox makes one: registered, nothing said about the reception yet.
        with freeze_time("2026-09-15 08:00:00"):
            cls.request = cls._file(False, "mail", partner_id=cls.citizen.partner_id)

    def _held(self, prestation, asked="2026-09-16 08:00:00", **vals):
        with freeze_time(asked):
            self.request._write_facts({"is_ack_held": True})
            self._as(self.request, self.desk_agent)._qualify(
                prestation.nature, self.service, prestation
            )
            self.assertEqual(self._kinds(self.request), [("aee", "sent")])
            missing = self._as(self.request, self.agent)._ask_missing(
                vals.get("pieces") or self._pieces("Plan", "Photo"),
                DEADLINE,
                vals.get("is_regularisation", False),
            )
        return missing.sudo()

    def _assert_said(self, are, *texts):
        for text in (self._mail_text(are), self._pdf_text(are)):
            for expected in texts:
                self.assertIn(expected, text)

    def test_where_silence_accepts(self):
        missing = self._held(self.sva)
        are = self._ack(self.request, "are")
        self.assertEqual(are.missing_request_id, missing)
        self.assertEqual(missing.delivery_id, are.delivery_id)
        self.assertEqual(missing.notified_on, date(2026, 9, 16))
        self.assertFalse(self._complements(self.request), "one sending")
        self._assert_said(
            are,
            "Plan (C. urb., art. R431-35)",
            "You have twenty-one days: we must receive everything by Wednesday 7 "
            "October 2026",
            "deemed accepted two months after the day on which we have received all "
            "the documents asked for: on Monday 7 December 2026 if the last of them "
            "comes on Wednesday 7 October 2026",
            "L. 114-5, second paragraph",
        )
        self.assertNotIn("15 November 2026", self._mail_text(are))
        self.assertEqual(
            self._events(self.request, "are_sent", "missing_notified"),
            ["are_sent", "missing_notified"],
        )
        self.assertFalse(self.request.implicit_on)
        self.assertEqual(self.request.ack_state, "are_sent")
        self.assertFalse(self.request.is_ack_held)
        self._receive(self.request, missing.line_ids, "2026-10-07 08:00:00")
        self.assertEqual(self.request.implicit_on, date(2026, 12, 7), "as announced")

    def test_where_silence_rejects(self):
        self._held(self.svr)
        are = self._ack(self.request, "are")
        self._assert_said(
            are,
            "deemed rejected on Sunday 6 December 2026 at the latest: the period is "
            "suspended until we have received the documents asked for, and at most "
            "until Wednesday 7 October 2026",
            "L. 114-5, third paragraph",
            "tribunal administratif de Ville-Exemple",
        )
        self.assertEqual(self.request.implicit_on, date(2026, 12, 6))

    def test_where_silence_decides_nothing(self):
        self._held(self.question)
        are = self._ack(self.request, "are")
        self._assert_said(are, "Plan (C. urb., art. R431-35)")
        self.assertNotIn("deemed", self._mail_text(are))

    def test_town_planning(self):
        request = self.request
        self._held(self.urban)
        text = self._mail_text(self._ack(request, "are"))
        self.assertIn("on Monday 7 December 2026 if the last of them", text)
        self.assertNotIn("leaves", text)

    def test_a_piece_that_is_not_indispensable_moves_nothing(self):
        self._held(self.svr, pieces=self._pieces("Plan", indispensable=False))
        self._assert_said(
            self._ack(self.request, "are"),
            "deemed rejected on Sunday 15 November 2026",
            "L. 114-5-1",
        )

    def test_a_defect_of_form_has_its_own_letter(self):
        self._held(self.svr, is_regularisation=True)
        self.assertFalse(self._ack(self.request, "are"))
        self.assertEqual(len(self._complements(self.request)), 1)

    def test_after_the_acknowledgement_the_complementary_sending_remains(self):
        request, missing = self._incomplete(self.svr)
        self.assertFalse(self._ack(request, "are").missing_request_id)
        self.assertEqual(self._complements(request), missing.delivery_id)

    def test_what_cannot_be_acknowledged_is_asked_for_all_the_same(self):
        self.service.phone = False
        missing = self._held(self.svr)
        self.assertFalse(self._ack(self.request, "are"))
        self.assertEqual(self._complements(self.request), missing.delivery_id)
        self.assertTrue(self.request.activity_ids, "an agent is called")

    def test_a_suspect_mail_becomes_a_request(self):
        self.request._write_facts({"is_suspect": True})
        self._held(self.svr)
        self.assertFalse(self.request.is_suspect)
        self.assertTrue(self._ack(self.request, "are").missing_request_id)

    def test_directing_with_documents_missing(self):
        self.request._write_facts({"service_id": self.service.id})
        windows = self._as(self.env["grc.request.qualify"], self.agent)
        form = Form(windows.with_context(default_request_id=self.request.id))
        form.prestation_id = self.sva
        form.holds_ack = True
        action = form.save().action_qualify()
        self.assertEqual(action["res_model"], "grc.missing.ask")
        self.assertEqual(action["context"]["default_request_id"], self.request.id)
        self.assertTrue(self.request.is_ack_held)
        self.assertEqual(self._kinds(self.request), [("aee", "sent")])
        self.assertEqual(self.request.next_due_kind, "are", "the limit still runs")
        # Nothing was missing after all.
        self._as(self.request, self.agent).action_acknowledge()
        self.assertFalse(self._ack(self.request, "are").missing_request_id)

    def test_directing_again_without_missing_documents(self):
        self.request._write_facts({"is_ack_held": True})
        window = self._as(self.env["grc.request.qualify"], self.desk_agent).create(
            {
                "request_id": self.request.id,
                "prestation_id": self.sva.id,
                "nature": "request",
                "service_id": self.service.id,
            }
        )
        window.action_qualify()
        self.assertEqual(self._kinds(self.request)[-1], ("are", "sent"))

    def test_the_mark_is_nobody_s_to_write(self):
        with self.assertRaises(UserError):
            self._as(self.request, self.agent).write({"is_ack_held": True})
