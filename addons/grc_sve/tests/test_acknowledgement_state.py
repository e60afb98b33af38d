from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError

from odoo.addons.grc_base.tests.smtp_common import SmtpCommon

from .sve_common import SveCommon


class TestAcknowledgementState(SveCommon):
    """What is owed, by when, and what is late."""

    def test_from_waiting_to_acknowledged(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(False, "mail", is_suspect=True)
        self.assertRecordValues(
            request,
            [
                {
                    "ack_state": "waiting",
                    "next_due_on": date(2026, 9, 16),
                    "next_due_kind": "aee",
                }
            ],
        )
        with freeze_time("2026-09-15 09:00:00"):
            self.env["grc.acknowledgement"]._issue(request, "aee")
        self.assertRecordValues(
            request,
            [
                {
                    "ack_state": "aee_sent",
                    "next_due_on": date(2026, 9, 29),
                    "next_due_kind": "are",
                }
            ],
        )
        with freeze_time("2026-09-16 09:00:00"):
            request.with_user(self.desk_agent)._qualify(
                "request", self.service, self.svr
            )
            request.with_user(self.agent).action_acknowledge()
        # The last working day before J, Sunday 15 November 2026.
        self.assertRecordValues(
            request,
            [
                {
                    "ack_state": "are_sent",
                    "next_due_on": date(2026, 11, 13),
                    "next_due_kind": "decision",
                }
            ],
        )
        with freeze_time("2026-09-17 09:00:00"):
            self._decide(request)
        self.assertRecordValues(
            request, [{"next_due_on": False, "next_due_kind": False}]
        )

    def test_what_is_late_is_found(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(False, "mail", is_suspect=True)
            question = self._file(self.question)
        own = self._as(request.browse(), self.desk_agent)
        both = [("id", "in", (request | question).ids)]
        with freeze_time("2026-09-16 21:30:00"):  # still the 16th in Paris
            self.assertFalse(request.is_late)
            self.assertFalse(own.search([*both, ("is_late", "=", True)]))
            self.assertEqual(len(own.search([*both, ("is_late", "=", False)])), 2)
        self.env.invalidate_all()
        with freeze_time("2026-09-16 22:30:00"):
            self.assertTrue(request.is_late)
            late = own.search([*both, ("is_late", "=", True)])
            self.assertEqual(late.sudo(), request)
            rest = own.search([*both, ("is_late", "=", False)])
            self.assertEqual(rest.sudo(), question)
            rest = own.search([*both, ("is_late", "!=", True)])
            self.assertEqual(rest.sudo(), question)

    def test_a_service_without_telephone_promises_nothing(self):
        """CRPA R112-11-1: the telephone is a mandatory mention."""
        self.service.phone = False
        request = self._file(self.svr)
        self.assertEqual(self._kinds(request), [("aee", "sent")])
        [activity] = request.activity_ids
        self.assertIn("the telephone number of the service", activity.note)
        self.assertEqual(activity.user_id, self.service_head)
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_acknowledge()
        self.service.phone = "01 99 00 00 01"
        request.with_user(self.agent).action_acknowledge()
        self.assertEqual(self._kinds(request), [("aee", "sent"), ("are", "sent")])
        self.assertEqual(request.ack_state, "are_sent")

    def test_a_town_without_court_promises_no_rejection(self):
        self.town.write({"grc_court_name": False})
        request = self._file(self.svr)
        self.assertEqual(self._kinds(request), [("aee", "sent")])
        self.assertIn("the ways of appeal and the court", request.activity_ids[:1].note)
        self.assertEqual(self._kinds(self._file(self.sva)), [("are", "sent")])


class TestAcknowledgementSmtp(SveCommon, SmtpCommon):
    """The server of mails is down: the request stands, and is acknowledged later."""

    def test_it_leaves_once_when_the_server_is_back(self):
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.svr)
        self.assertEqual(request.state, "received")
        self.assertEqual(self._kinds(request), [("are", "waiting")])
        self.assertEqual(request.ack_state, "waiting")
        self.assertEqual(request.next_due_kind, "aee")
        self.assertNotIn("are_sent", self._events(request))
        with freeze_time("2026-09-16 23:30:00"), self.smtp_server() as server:
            self._run_job()
            self._run_job()
        [(recipients, message)] = server.messages
        self.assertEqual(recipients, ["alice.martin@example.com"])
        self.assertIn(request.name, message["Subject"])
        self.assertEqual(message["Auto-Submitted"], "auto-replied")
        [pdf] = message.iter_attachments()
        self.assertEqual(pdf.get_content_type(), "application/pdf")
        self.assertEqual(request.ack_state, "are_sent")
        [sent] = request.event_ids.filtered(lambda event: event.kind == "are_sent")
        self.assertEqual(sent.happened_on, date(2026, 9, 17), "in Paris")
        # It was not instantaneous in the end: the registration was due on the 16th.
        self.assertEqual(request.aee_latest, date(2026, 9, 16))
        self.assertEqual(request.are_latest, date(2026, 9, 29))

    def test_a_wrong_address_calls_the_agent(self):
        with self.smtp_server(**{"alice.martin": "550 No such user"}):
            request = self._file(self.svr)
        self.assertEqual(self._kinds(request), [("are", "failed")])
        self.assertEqual(request.ack_state, "waiting")
        self.assertTrue(request.activity_ids)
        self._ack(request).delivery_id.with_user(self.agent).action_mark_printed()
        self.assertEqual(request.ack_state, "are_sent", "posted")
