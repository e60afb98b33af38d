from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .smtp_common import SmtpCommon

OTHER = "alice@example.org"


class TestDeliveryElsewhere(SmtpCommon):
    """A message refused for good leaves to another address; the first one stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file()
        cls.request.delivery_ids.write({"state": "printed", "next_attempt_at": False})

    def _refused(self):
        with self.smtp_server(**{"alice.martin": "550 No such user"}):
            delivery = self._message(self.request)
        self.assertEqual(delivery.state, "failed")
        return delivery

    def test_the_same_message_leaves_to_another_address(self):
        failed = self._refused()
        mine = self._as(failed, self.agent)
        self.assertTrue(mine.is_to_solve)
        self.assertIn(failed.email_to, mine.failure_advice)
        with self.smtp_server() as server:
            again = mine._send_elsewhere(f" {OTHER.upper()} ").sudo()
        [(recipients, message)] = server.messages
        self.assertEqual(recipients, [OTHER])
        self.assertEqual(message["Message-Id"], again.message_uid)
        self.assertNotEqual(again.message_uid, failed.message_uid)
        self.assertNotEqual(again.sha256, failed.sha256)
        self.assertEqual((again.body, again.subject), (failed.body, failed.subject))
        self.assertRecordValues(
            failed | again,
            [
                {"state": "failed", "replaces_id": False, "is_to_solve": False},
                {"state": "sent", "replaces_id": failed.id, "is_to_solve": False},
            ],
        )
        [event] = self.request.event_ids.filtered(
            lambda e: e.kind == "delivery_elsewhere"
        )
        self.assertEqual(event.payload["address"], OTHER)
        self.assertEqual(event.payload["first_address"], failed.email_to)
        self.assertEqual(event.actor_id, self.agent)

    def test_the_sender_is_shown_as_people_read_it(self):
        self.service.name = "Développement économique"
        delivery = self._message(self._file(email_used="bob@example.com"))
        self.assertTrue(delivery.sender_text.startswith("Développement économique <"))
        self.assertTrue(delivery.email_from.isascii())

    def test_once(self):
        failed = self._as(self._refused(), self.agent)
        with self.smtp_server() as server:
            failed._send_elsewhere(OTHER)
            with self.assertRaises(UserError):
                failed._send_elsewhere("third@example.org")
            failed.action_retry()
        self.assertEqual(len(server.messages), 1)

    def test_what_is_not_failed_or_no_address_is_refused(self):
        failed = self._as(self._refused(), self.agent)
        for address in ("", "nobody", "a@b.fr, c@d.fr", failed.email_to.upper()):
            with self.subTest(address), self.assertRaises(UserError):
                failed._send_elsewhere(address)
        with self.smtp_server():
            sent = self._message(self._file(email_used="bob@example.com"))
        with self.assertRaises(UserError):
            self._as(sent, self.agent)._send_elsewhere(OTHER)

    def test_only_an_agent_of_the_request(self):
        failed = self._refused()
        self.request.partner_id = self.citizen.partner_id
        for user in (self.other_agent, self.other_company_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._as(failed, user)._send_elsewhere(OTHER)
            with self.assertRaises(AccessError):
                self._as(failed, user).action_send_elsewhere()

    def test_what_failed_is_found_until_it_is_solved(self):
        failed = self._refused()
        domain = [("is_to_solve", "=", True), ("request_id", "=", self.request.id)]
        deliveries = self.env["grc.delivery"]
        self.assertEqual(deliveries.search(domain), failed)
        with self.smtp_server():
            self._as(failed, self.agent)._send_elsewhere(OTHER)
        self.assertFalse(deliveries.search(domain))

    def test_the_window_sends_and_keeps_the_address(self):
        failed = self._as(self._refused(), self.agent)
        action = failed.action_send_elsewhere()
        form = Form(
            failed.env["grc.delivery.elsewhere"].with_context(**action["context"])
        )
        self.assertEqual(form.first_address, failed.email_to)
        form.email = OTHER
        with self.smtp_server() as server:
            form.save().action_send()
        self.assertEqual(len(server.messages), 1)
        self.assertEqual(self.request.answer_email, OTHER)
