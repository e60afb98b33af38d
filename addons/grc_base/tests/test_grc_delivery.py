import hashlib

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

from .common import PDF, GrcCommon
from .smtp_common import SmtpCommon


class TestDelivery(GrcCommon):
    """The outbox without any server: tests of Odoo send nothing."""

    def setUp(self):
        super().setUp()
        self.request = self._file(reply_email="answer@example.com")
        self.mine = self.request.with_user(self.agent)

    def test_the_answer_goes_to_the_address_given_for_it(self):
        delivery = self.mine._message_citizen("Subject", "Text")
        self.assertEqual(delivery.email_to, "answer@example.com")
        self.request.reply_email = False
        delivery = self.mine._message_citizen("Subject", "Text")
        self.assertEqual(delivery.email_to, "alice.martin@example.com")

    def test_a_message_has_a_subject_and_a_text(self):
        for subject, body in (("", "Text"), ("Subject", " ")):
            with self.assertRaises(UserError):
                self.mine._message_citizen(subject, body)

    def test_what_is_written_is_text_not_html(self):
        delivery = self.mine._message_citizen("Subject", "<b>1 < 2</b>\nBye")
        self.assertIn("&lt;b&gt;1 &lt; 2&lt;/b&gt;", delivery.body)

    def test_the_message_stands_in_the_thread(self):
        self.request.partner_id = self.citizen.partner_id
        delivery = self.mine._message_citizen("Subject", "Text")
        message = self.request._citizen_messages()[-1]
        self.assertEqual(message.message_id, delivery.message_uid)
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertIn("agent_message", self._events(self.request))
        self.assertFalse(message.notified_partner_ids, "the outbox alone writes")

    def test_the_news_of_the_citizen_are_answered(self):
        self.request._citizen_reply("Hello")
        self.assertTrue(self.request.has_citizen_news)
        self.mine._message_citizen("Subject", "Text")
        self.assertFalse(self.request.has_citizen_news)

    def test_the_seal_holds_addresses_text_and_files(self):
        delivery = self.mine._message_citizen("Subject", "Text", files=[("a.pdf", PDF)])
        parts = [
            delivery.email_from,
            delivery.email_to,
            delivery.subject,
            str(delivery.body),
            hashlib.sha256(PDF).hexdigest(),
        ]
        self.assertEqual(
            delivery.sha256, hashlib.sha256("\0".join(parts).encode()).hexdigest()
        )

    def test_without_address_the_message_is_handed_over(self):
        request = self._file(channel="desk", email_used=False).with_user(self.agent)
        delivery = request._message_citizen("Subject", "Text")
        self.assertRecordValues(delivery, [{"state": "to_print", "email_to": False}])
        delivery.action_retry()
        self.assertEqual(delivery.state, "to_print")
        delivery.action_mark_printed()
        self.assertEqual(delivery.state, "printed")
        self.assertTrue(delivery.sent_at)
        event = request.event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "delivery_sent")
        self.assertEqual(event.actor_id, self.agent)
        count = len(request.event_ids)
        delivery.action_mark_printed()
        self.assertEqual(len(request.event_ids), count, "once")

    def test_the_address_of_the_sender(self):
        self.assertEqual(self.service._sending_address(), "green.spaces@example.com")
        self.service.email = False
        self.assertEqual(
            self.service._sending_address(),
            self.service.alias_email or "mairie@example.com",
        )
        self.assertEqual(
            self.service._postal_address(), "12 rue de la Paix, 99000 Ville-Exemple"
        )


class TestDeliveryTwice(SmtpCommon):
    def test_two_workers_send_once(self):
        """The second finds the row locked, and leaves it."""
        self.patch(type(self.env["grc.delivery"]), "_send_after_commit", lambda d: None)
        request = self._file()
        delivery = self._message(request)
        calls = []

        def locked(records, **kwargs):
            calls.append(records)
            return records.browse()

        self.patch(type(delivery), "try_lock_for_update", locked)
        with self.smtp_server() as server:
            delivery._send()
            self._run_job()
        self.assertEqual(server.messages, [])
        self.assertTrue(calls)
        self.assertEqual(delivery.state, "waiting")

    def test_nothing_leaves_that_could_not_be_written_down(self):
        """An agent at work on the request holds its history: the message waits."""
        self.patch(type(self.env["grc.delivery"]), "_send_after_commit", lambda d: None)
        request = self._file()
        delivery = self._message(request)
        self.patch(
            type(request), "try_lock_for_update", lambda records: records.browse()
        )
        with self.smtp_server() as server:
            delivery._send()
            self.assertEqual(server.messages, [])
            self.assertEqual((delivery.state, delivery.attempts), ("waiting", 0))

    def test_a_real_second_transaction_waits_for_nothing(self):
        """With two cursors of PostgreSQL, on a row that both see."""
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first = api.Environment(one, SUPERUSER_ID, {})["ir.cron"].search(
                [], limit=1
            )
            self.assertTrue(first.try_lock_for_update())
            second = api.Environment(two, SUPERUSER_ID, {})["ir.cron"].browse(first.id)
            self.assertFalse(second.try_lock_for_update())
