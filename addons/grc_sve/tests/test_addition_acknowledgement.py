from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import mute_logger

from odoo.addons.grc_base.tests.common import PDF

from .mail_common import MailIntakeCase, letter
from .missing_common import MissingCommon


class TestAdditionAcknowledgement(MissingCommon):
    """What is added is a sending of its own, acknowledged at once (CRPA L112-11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(cls.svr, partner_id=cls.citizen.partner_id)

    def _additions(self, request=None):
        return self._ack(request or self.request, "addition")

    @freeze_time("2026-09-20 21:30:00")
    def test_it_says_when_what_and_who(self):
        self.request._citizen_reply("More.", files=[("plan.pdf", PDF)], key="portal/a")
        [ack] = self._additions()
        document = self.request.document_ids.filtered(lambda d: d.name == "plan.pdf")
        self.assertEqual(ack.state, "sent")
        for text in (self._mail_text(ack), self._pdf_text(ack)):
            for part in (
                self.request.name,
                self.request._explain_day(date(2026, 9, 20)),
                "23:30",
                "plan.pdf",
                self.service.name,
                self.service.phone,
                self.service._postal_address(),
            ):
                self.assertIn(part, text)
            self.assertIn(document.sha256[:20], text)
        self.assertEqual(ack.sha256, ack.document_id.sha256)
        self.assertTrue(ack.delivery_id.is_automatic)
        self.assertEqual(self._events(self.request, "addition_sent"), ["addition_sent"])

    def test_it_does_not_touch_the_acknowledgement_of_the_request(self):
        before = (self.request.ack_state, self.request.implicit_on)
        self.request._citizen_reply("More.")
        self.assertEqual((self.request.ack_state, self.request.implicit_on), before)
        self.assertEqual(len(self._ack(self.request, "are")), 1)

    def test_once_for_one_sending_and_once_for_each(self):
        for key in ("portal/a", "portal/a", "portal/b"):
            self.request._citizen_reply("More.", key=key)
        self.assertEqual(len(self._additions()), 2)
        names = self._additions().document_id.mapped("name")
        self.assertEqual(len(set(names)), 2)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._additions()[0].copy({"addition_key": "portal/b"})

    def test_what_is_said_at_the_counter_is_not_a_sending(self):
        for channel in ("phone", "desk", "letter"):
            self.request._citizen_reply("More.", channel=channel)
        self.assertFalse(self._additions())

    def test_a_suspect_or_abusive_sending_is_owed_nothing(self):
        self.request._citizen_reply("More.", is_suspect=True)
        for fact in ("is_suspect", "is_abusive"):
            request = self._file(self.svr)
            request._write_facts({fact: True})
            request._citizen_reply("More.")
            self.assertFalse(self._additions(request))
        self.assertFalse(self._additions())

    def test_a_service_without_a_telephone_still_acknowledges(self):
        self.service.phone = False
        self.request._citizen_reply("More.")
        self.assertEqual(self._additions().state, "sent")
        notes = " ".join(str(note) for note in self.request.activity_ids.mapped("note"))
        self.assertIn("R112-11-1", notes)

    def test_the_last_document_says_that_the_file_is_complete(self):
        request, missing = self._incomplete(self.sva)
        plan, photo = missing.line_ids
        with freeze_time("2026-09-29 08:00:00"):
            request._produce_piece(plan, [("plan.pdf", PDF)])
            request._produce_piece(plan, [("plan.pdf", PDF)])
        with freeze_time("2026-09-30 08:00:00"):
            request._produce_piece(photo, [("photo.pdf", PDF)])
        first, last = self._additions(request)
        self.assertFalse(first.mentions["effect"])
        text = self._mail_text(last)
        self.assertIn(request._explain_day(date(2026, 9, 30)), text)
        self.assertIn(request._explain_day(date(2026, 11, 30)), text)
        # One message for one sending: the effect is in the acknowledgement.
        self.assertEqual(len(self._complements(request)), 1)

    def test_what_an_agent_records_is_still_told(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids, "2026-09-30 08:00:00")
        self.assertEqual(len(self._complements(request)), 2)
        self.assertFalse(self._additions(request))

    def test_nobody_writes_it_by_hand(self):
        self.request._citizen_reply("More.")
        for user in (self.agent, self.citizen, self.other_agent, self.manager):
            own = self._as(self._additions(), user)
            for attempt in (
                lambda own=own: own.write({"addition_key": "x"}),
                lambda own=own: own.create({"kind": "addition"}),
            ):
                with self.assertRaises(AccessError):
                    attempt()


class TestMailAdditionAcknowledgement(MailIntakeCase):
    """An addition by mail is acknowledged, and machines never answer each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.intakes.env["mail.thread"].message_process(False, letter().as_bytes())
        cls.request = cls.intakes.search([], order="id desc", limit=1).request_id

    def _additions(self):
        return self.request.acknowledgement_ids.filtered(
            lambda ack: ack.kind == "addition"
        )

    def test_the_answer_of_the_citizen_is_acknowledged_in_its_thread(self):
        message = self._reply(self.request)
        self._feed(message)
        [ack] = self._additions()
        self.assertEqual(ack.email_to, self.request.answer_email)
        self.assertEqual(ack.delivery_id.references, message["Message-ID"])

    def test_the_same_mail_twice_is_acknowledged_once(self):
        message = self._reply(self.request)
        self._feed(message, message)
        self.assertEqual(len(self._additions()), 1)

    def test_the_hour_is_that_of_the_journal(self):
        row = self._feed(self._reply(self.request))
        self.assertEqual(self._additions().addition_received_at, row.received_at)

    def test_another_address_is_acknowledged_nothing(self):
        self._feed(self._reply(self.request, sender="eve@example.net"))
        self.assertFalse(self._additions())

    def test_machines_are_not_answered(self):
        for headers in (
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"List_Id": "<list.example.com>"},
        ):
            with self.subTest(headers=headers):
                self._feed(self._reply(self.request, **headers))
        self.assertFalse(self._additions())

    def test_a_blocked_sender_is_not_answered(self):
        today = self.request._local_day()
        self.env["grc.blocked.sender"].sudo().create(
            {
                "request_id": self.request.id,
                "email": self.request.email_used,
                "blocked_on": today,
                "blocked_by_id": self.env.uid,
                "review_on": date(today.year + 1, 1, 1),
                "until_on": date(today.year + 1, 2, 1),
            }
        )
        self._feed(self._reply(self.request))
        self.assertFalse(self._additions())

    def test_a_machine_that_hides_stops_at_the_limit(self):
        self.env["ir.config_parameter"].set_param("grc_sve.flood_threshold", 3)
        for rank in range(6):
            self._feed(self._reply(self.request, f"Again {rank}"))
        self.assertEqual(len(self._additions()), 2)

    def test_our_own_acknowledgement_that_comes_back_is_not_answered(self):
        self._feed(self._reply(self.request))
        [ack] = self._additions()
        self._feed(letter(Message_ID=ack.delivery_id.message_uid))
        self.assertEqual(len(self._additions()), 1)
