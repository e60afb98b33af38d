from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .common import PDF
from .smtp_common import SmtpCommon


class TestDeliverySmtp(SmtpCommon):
    """What leaves, what waits, what fails: with a real server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What the law sends by itself is the subject of another addon.
        cls.request = cls._quiet_file()

    @classmethod
    def _quiet_file(cls, **vals):
        request = cls._file(**vals)
        request.delivery_ids.write({"state": "printed", "next_attempt_at": False})
        return request

    def _wait(self, delivery):
        """Return the time left before the next attempt."""
        return delivery.next_attempt_at - fields.Datetime.now()

    def test_a_message_leaves_whole(self):
        with self.smtp_server() as server:
            delivery = self._message(self.request, files=[("plan.pdf", PDF)])
        [(recipients, message)] = server.messages
        self.assertEqual(recipients, ["alice.martin@example.com"])
        self.assertEqual(message["Subject"], "Our answer")
        self.assertIn("Green spaces", message["From"])
        self.assertIn("green.spaces@example.com", message["From"])
        self.assertEqual(message["Message-Id"], delivery.message_uid)
        html = message.get_body(("html",)).get_content()
        self.assertIn("Hello.", html)
        self.assertIn("12 rue de la Paix", html)
        self.assertIn(self.request.name, html)
        [joined] = message.iter_attachments()
        self.assertEqual(joined.get_filename(), "plan.pdf")
        self.assertEqual(joined.get_content(), PDF)
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(delivery.attempts, 1)
        event = self.request.event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "delivery_sent")
        self.assertEqual(event.payload["sha256"], delivery.sha256)

    def test_what_was_sent_never_leaves_again(self):
        with self.smtp_server() as server:
            delivery = self._message(self.request)
            delivery._send()
            self._run_job()
            delivery.with_user(self.agent).action_retry()
        self.assertEqual(len(server.messages), 1)

    def test_the_server_is_down_then_back(self):
        with freeze_time("2026-09-15 08:00:00"):
            delivery = self._message(self.request)
            self.assertRecordValues(delivery, [{"state": "waiting", "attempts": 1}])
            self.assertTrue(delivery.last_error)
            self.assertEqual(self._wait(delivery), timedelta(minutes=1))
        with freeze_time("2026-09-15 08:00:30"):
            self._run_job()
            self.assertEqual(delivery.attempts, 1, "too early")
        with freeze_time("2026-09-15 08:01:00"):
            self._run_job()
            self.assertRecordValues(delivery, [{"state": "waiting", "attempts": 2}])
            self.assertEqual(self._wait(delivery), timedelta(minutes=2))
        with self.smtp_server() as server, freeze_time("2026-09-15 08:05:00"):
            self._run_job()
        self.assertRecordValues(
            delivery,
            [
                {
                    "state": "sent",
                    "attempts": 3,
                    "sent_at": fields.Datetime.to_datetime("2026-09-15 08:05:00"),
                    "last_error": False,
                }
            ],
        )
        [(_recipients, message)] = server.messages
        self.assertEqual(message["Message-Id"], delivery.message_uid)

    def test_a_refusal_for_now_is_tried_again(self):
        with self.smtp_server(**{"alice.martin": "451 Come back later"}):
            delivery = self._message(self.request)
        self.assertEqual(delivery.state, "waiting")
        self.assertIn("451", delivery.last_error)
        self.assertFalse(self.request.activity_ids)

    def test_a_refusal_for_good_calls_the_agent(self):
        with self.smtp_server(**{"alice.martin": "550 No such user"}) as server:
            delivery = self._message(self.request)
            self._run_job()
        recipients = [address for to, _message in server.messages for address in to]
        self.assertEqual(recipients, ["service_head@example.com"], "the activity")
        self.assertRecordValues(
            delivery, [{"state": "failed", "attempts": 1, "next_attempt_at": False}]
        )
        self.assertIn("550", delivery.last_error)
        event = self.request.event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "delivery_failed")
        self.assertEqual(event.payload["address"], "alice.martin@example.com")
        [activity] = self.request.activity_ids
        self.assertEqual(activity.user_id, self.service_head)
        self.assertIn("alice.martin@example.com", activity.note)

    def test_an_agent_tries_again_what_failed(self):
        with self.smtp_server(**{"alice.martin": "550 No such user"}):
            delivery = self._message(self.request)
        with self.smtp_server() as server:
            delivery.with_user(self.agent).action_retry()
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(len(server.messages), 1)

    def test_after_three_days_somebody_is_called(self):
        start = fields.Datetime.to_datetime("2026-09-15 08:00:00")
        with freeze_time(start) as clock:
            delivery = self._message(self.request)
            while delivery.state == "waiting":
                clock.move_to(delivery.next_attempt_at)
                delivery._send()
            lasted = fields.Datetime.now() - start
        self.assertEqual(delivery.state, "failed")
        self.assertEqual(delivery.attempts, 15)
        self.assertGreater(lasted, timedelta(days=3))
        self.assertLess(lasted, timedelta(days=4))
        self.assertTrue(self.request.activity_ids)

    def test_one_failure_does_not_stop_the_others(self):
        others = [
            self._quiet_file(email_used=f"{name}@example.com") for name in "abcde"
        ]
        deliveries = [self._message(request) for request in others]
        deliveries[1].subject = "Two\nlines"  # as an odd mail may carry
        for delivery in deliveries:
            delivery.next_attempt_at = fields.Datetime.now()
        with self.smtp_server(a="550 Gone", c="451 Later"):
            self._run_job()
        self.assertEqual(
            [delivery.state for delivery in deliveries],
            ["failed", "waiting", "waiting", "sent", "sent"],
        )
        self.assertIn("Header values", deliveries[1].last_error)

    def test_an_odd_subject_is_put_on_one_line(self):
        request = self._quiet_file(channel="mail", subject="Two\n lines\r\n")
        self.assertEqual(request.subject, "Two lines")
        with self.smtp_server() as server:
            self._message(request, subject="Your\nrequest")
        self.assertEqual(server.messages[0][1]["Subject"], "Your request")

    def test_the_job_sends_a_batch_of_the_oldest(self):
        self.patch(type(self.env["grc.delivery"]), "_send_after_commit", lambda d: None)
        deliveries = self.env["grc.delivery"]
        for _number in range(52):
            deliveries |= self._message(self.request)
        with self.smtp_server() as server:
            self._run_job()
            self.assertEqual(len(server.messages), 50)
            self.assertEqual(
                deliveries.filtered(lambda d: d.state == "waiting"), deliveries[-2:]
            )
            self._run_job()
        self.assertEqual(set(deliveries.mapped("state")), {"sent"})

    def test_a_job_at_the_end_of_its_time_stops(self):
        self.patch(type(self.env["grc.delivery"]), "_send_after_commit", lambda d: None)
        deliveries = self._message(self.request) | self._message(self.request)
        self.patch(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0
        )
        with self.smtp_server() as server:
            self._run_job()
        self.assertEqual(len(server.messages), 1)
        self.assertEqual(set(deliveries.mapped("state")), {"sent", "waiting"})

    def test_headers(self):
        first = self._quiet_file(source_message_id="<first@example.org>")
        with self.smtp_server() as server:
            delivery = self._message(first)
            self.env["grc.delivery"]._queue(
                first, "message", "Auto", "x", automatic=True
            )
        [(_to, by_hand), (_to, automatic)] = server.messages
        self.assertIsNone(by_hand["Auto-Submitted"])
        self.assertEqual(automatic["Auto-Submitted"], "auto-replied")
        self.assertEqual(automatic["X-Auto-Response-Suppress"], "All")
        for message in (by_hand, automatic):
            self.assertEqual(message["In-Reply-To"], "<first@example.org>")
            self.assertIn("<first@example.org>", message["References"])
            self.assertIn(first.name, message["Message-Id"])
        self.assertNotEqual(by_hand["Message-Id"], automatic["Message-Id"])
        self.assertEqual(
            delivery.reply_to, self.service.alias_email or self.service.email
        )
        self.assertEqual(by_hand["Reply-To"], delivery.reply_to)
