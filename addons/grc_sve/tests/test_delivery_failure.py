from odoo.addons.grc_base.tests.smtp_common import SmtpCommon

from .mail_common import MailIntakeCase, failure


class TestDeliveryFailure(MailIntakeCase, SmtpCommon):
    """A mail server returns our acknowledgement: what is at stake, and what then."""

    def _returned(self):
        with self.smtp_server():
            request = self._file_mail()
        delivery = self._automatic(request)
        self.assertEqual((delivery.state, request.ack_state), ("sent", "aee_sent"))
        row = self._feed(failure(delivery.message_uid))
        self.assertEqual((row.state, row.delivery_id), ("bounce", delivery))
        return request, delivery

    def test_the_risk_is_told_in_plain_words(self):
        request, delivery = self._returned()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("L112-12", delivery.failure_advice)
        [activity] = request.activity_ids
        self.assertIn("L112-12", activity.note)
        self.assertIn(delivery.email_to, activity.note)

    def test_the_acknowledgement_follows_the_new_sending(self):
        request, delivery = self._returned()
        self.assertEqual(request.ack_state, "waiting")
        acknowledgement = request.acknowledgement_ids
        sha256 = acknowledgement.sha256
        with self.smtp_server() as server:
            again = self._as(delivery, self.agent)._send_elsewhere("marie@example.org")
        again = again.sudo()
        [(recipients, _message)] = server.messages
        self.assertEqual(recipients, ["marie@example.org"])
        self.assertEqual(acknowledgement.delivery_id, again)
        self.assertEqual(acknowledgement.sha256, sha256, "the same text")
        self.assertEqual(acknowledgement.email_to, "marie@example.org")
        self.assertEqual(request.ack_state, "aee_sent")
        self.assertEqual(delivery.state, "failed", "the first stays as a proof")

    def test_the_new_sending_may_come_back_too(self):
        request, delivery = self._returned()
        with self.smtp_server():
            again = self._as(delivery, self.agent)._send_elsewhere("marie@example.org")
        again = again.sudo()
        row = self._feed(failure(again.message_uid, recipient="marie@example.org"))
        self.assertEqual(row.delivery_id, again)
        self.assertEqual(again.state, "failed")
        self.assertEqual(request.ack_state, "waiting")

    def test_a_late_first_report_changes_nothing_of_the_new_sending(self):
        _request, delivery = self._returned()
        with self.smtp_server():
            again = self._as(delivery, self.agent)._send_elsewhere("marie@example.org")
        self._feed(failure(delivery.message_uid))
        self.assertEqual(again.sudo().state, "sent")
