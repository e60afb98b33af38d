from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .mail_common import MailIntakeCase
from .transfer_common import TransferCommon


class TestAbusiveSending(TransferCommon):
    """CRPA L112-11 al. 4-5: a human judgment, told, reasoned, reversible."""

    def test_no_acknowledgement_is_owed_and_silence_still_runs(self):
        request = self._file(self.svr, "mail", email_used=False)
        self.assertEqual(request.ack_state, "waiting")
        implicit_on = request.implicit_on
        self._judge(request, message=None, cannot_tell="No address at all.")
        self.assertTrue(request.is_abusive)
        self.assertFalse(request.aee_latest or request.are_latest)
        self.assertEqual(request.implicit_on, implicit_on)
        self.assertEqual(request.ack_state, "not_due")
        self.assertEqual(request.next_due_kind, "decision")
        with self.assertRaises(UserError):
            self._as(request, self.agent).action_acknowledge()
        self._as(request, self.agent)._qualify("request", self.service, self.sva)
        self.assertFalse(request.acknowledgement_ids)

    def test_the_sender_is_told(self):
        request = self._file(self.svr)
        self._judge(request)
        [message] = self._written(request)
        self.assertEqual((message.kind, message.state), ("message", "sent"))
        self.assertIn("considered abusive", message.body)
        [event] = request.event_ids.filtered(lambda e: e.kind == "abusive_qualified")
        self.assertTrue(event.payload["sender_told"])
        self.assertEqual(event.payload["ground"], "repetitive")
        self.assertEqual(event.detail, "They repeat each other")
        labels = [line["label"] for line in request._timeline()]
        self.assertNotIn(event._kind_label(), labels, "work of the agents")

    def test_when_telling_is_impossible_the_history_says_why(self):
        request = self._file(self.svr)
        self._judge(request, message=None, cannot_tell="The address does not exist.")
        self.assertFalse(self._written(request))
        [event] = request.event_ids.filtered(lambda e: e.kind == "abusive_qualified")
        self.assertFalse(event.payload["sender_told"])
        self.assertIn("does not exist", event.payload["cannot_tell"])

    def test_reasons_are_mandatory(self):
        request = self._file(self.svr)
        for vals, words in (
            ({"reason": " "}, "the facts"),
            ({"ground": "boredom"}, "Say why"),
            ({"message": " "}, "say why this is impossible"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._judge(request, **vals)
        self.assertFalse(request.is_abusive)
        self._judge(request)
        with self.assertRaisesRegex(UserError, "already"):
            self._judge(request)

    def test_only_a_head_judges(self):
        request = self._file(self.svr)
        attached = self._file(self.attached_prestation)
        for user in (self.agent, self.desk_agent, self.citizen, self.other_agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._judge(request, user=user)
        self._judge(request, user=self.manager)
        self._judge(attached, user=self.service_head)
        for method in ("_lift_abusive", "action_lift_abusive"):
            with self.assertRaises(AccessError):
                getattr(self._as(request, self.agent), method)()
        social = self._file(self.social_prestation)
        for user in (self.service_head, self.manager):
            with self.assertRaises(AccessError):
                self._judge(social, user=user)

    def test_by_hand_never(self):
        request = self._file(self.svr)
        for name in ("is_abusive", "is_wrong_channel"):
            with self.assertRaises(UserError):
                self._as(request, self.manager).write({name: True})
        with self.assertRaises(UserError):
            self._as(request, self.manager).write({"appealed_request_id": request.id})

    def test_lifted_the_acknowledgements_are_owed_again(self):
        request = self._file(False, "mail", email_used=False)
        self._judge(request, user=self.manager, message=None, cannot_tell="No address.")
        request.reply_email = "alice.martin@example.com"
        self._as(request, self.manager).action_lift_abusive()
        self.assertFalse(request.is_abusive or request.abusive_reason)
        self.assertEqual(self._kinds(request), [("aee", "sent")])
        self.assertTrue(request.are_latest)
        self.assertEqual(
            self._events(request, "abusive_qualified", "abusive_lifted"),
            ["abusive_qualified", "abusive_lifted"],
        )
        with self.assertRaisesRegex(UserError, "not judged"):
            self._as(request, self.manager)._lift_abusive()

    def test_the_window_judges_and_blocks(self):
        request = self._file(self.svr)
        today = request._local_day()
        mine = self._as(request, self.service_head)
        form = Form(
            mine.env["grc.request.abuse"].with_context(default_request_id=request.id)
        )
        self.assertIn(request.name, form.message)
        form.ground = "number"
        form.reason = "Two hundred mails in a day."
        form.is_blocked = True
        form.review_on = today + timedelta(days=30)
        form.until_on = today + timedelta(days=60)
        form.save().action_qualify()
        [blocked] = request.blocked_sender_ids
        self.assertEqual(blocked.email, "alice.martin@example.com")
        [activity] = request.activity_ids.filtered(
            lambda a: "blocking" in (a.summary or "")
        )
        self.assertEqual(activity.date_deadline, blocked.review_on)
        action = self._as(blocked, self.service_head).action_open_request()
        self.assertEqual(action["res_id"], request.id)

    def test_a_blocking_has_a_review(self):
        request = self._file(self.svr)
        today = request._local_day()
        month = today + timedelta(days=30)
        mine = self._as(request, self.service_head)
        with self.assertRaisesRegex(UserError, "judged abusive"):
            mine._block_sender(month, month)
        self._judge(request)
        for until, review in (
            (month, month + timedelta(days=1)),
            (today, today),
            (today - timedelta(days=2), today - timedelta(days=3)),
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                mine._block_sender(until, review)
        with self.assertRaises(UserError):
            self.env["grc.request.abuse"].with_user(self.service_head).with_context(
                allowed_company_ids=self.town.ids
            ).create(
                {
                    "request_id": request.id,
                    "ground": "number",
                    "reason": "x",
                    "is_blocked": True,
                }
            ).action_qualify()


class TestBlockedSender(MailIntakeCase, TransferCommon):
    """The mailbox records every mail of a blocked sender: none is dropped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._file(cls.svr, email_used="Marie.Dupont@example.com")
        cls.today = cls.first._local_day()

    def _block(self, days=30):
        if not self.first.is_abusive:
            self._judge(self.first)
        until = self.today + timedelta(days=days)
        return self._as(self.first, self.service_head)._block_sender(until, until)

    def test_a_mail_is_recorded_without_acknowledgement(self):
        self._block()
        request = self._file_mail()
        self.assertTrue(request.is_suspect)
        self.assertFalse(request.delivery_ids)
        self.assertEqual(request.ack_state, "waiting", "an agent decides")
        row = self.intakes.search([("request_id", "=", request.id)])
        self.assertEqual((row.state, row.cause), ("request", "blocked"))

    def test_others_are_not_concerned(self):
        self._block()
        other = self._file_mail(sender="Paul <paul@example.com>")
        self.assertTrue(self._automatic(other))
        far = self.env["grc.blocked.sender"]._blocks(
            self.far_town, "marie.dupont@example.com"
        )
        self.assertFalse(far)

    def test_until_its_last_day(self):
        blocked = self._block()
        blocks = self.env["grc.blocked.sender"]._blocks
        for day, expected in ((blocked.until_on, True), ("2126-01-01", False)):
            with freeze_time(f"{day} 10:00:00"):
                found = blocks(self.town, "MARIE.dupont@example.com")
                self.assertEqual(found, expected)
        self.assertFalse(blocks(self.town, ""))

    def test_lifted_by_hand_or_with_the_judgment(self):
        blocked = self._block()
        for user in (self.agent, self.desk_agent):
            with self.assertRaises(AccessError):
                self._as(blocked, user).action_lift()
        self._as(blocked, self.service_head).action_lift()
        self.assertEqual(blocked.lifted_by_id, self.service_head)
        self.assertTrue(self._automatic(self._file_mail()))
        again = self._block()
        self._as(self.first, self.service_head).action_lift_abusive()
        self.assertTrue(again.lifted_on)
