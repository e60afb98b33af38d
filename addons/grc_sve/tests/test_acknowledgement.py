from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..rules.mentions import required_mentions
from .sve_common import SveCommon


class TestWhichAcknowledgement(SveCommon):
    """Which one leaves, for each nature, regime and channel: exactly once."""

    def test_a_known_prestation_is_acknowledged_at_once(self):
        for prestation in (self.svr, self.sva, self.question, self.prior, self.urban):
            for channel in ("portal", "mail"):
                with self.subTest(prestation=prestation.code, channel=channel):
                    request = self._file(prestation, channel)
                    self.assertEqual(self._kinds(request), [("are", "sent")])
                    self.assertTrue(self._ack(request).is_instant)
                    self.assertEqual(request.ack_state, "are_sent")
                    self.assertFalse(request.activity_ids)

    def test_an_unknown_regime_is_only_registered(self):
        request = self._file(self.unknown)
        self.assertEqual(self._kinds(request), [("aee", "sent")])
        self.assertEqual(request.ack_state, "aee_sent")
        [activity] = request.activity_ids
        self.assertIn("The regime of silence is unknown", activity.note)

    def test_a_mail_to_the_town_is_only_registered(self):
        request = self._file(False, "mail")
        self.assertEqual(self._kinds(request), [("aee", "sent")])

    def test_what_is_not_electronic(self):
        """CRPA L112-3: an acknowledgement, but no limit of days."""
        for channel in ("letter", "desk", "phone"):
            with self.subTest(channel=channel):
                request = self._file(self.svr, channel, email_used=False)
                self.assertEqual(self._kinds(request), [("are", "to_print")])
                self.assertEqual(request.ack_state, "waiting")
                self.assertFalse(request.aee_latest or request.are_latest)
                self._ack(request).delivery_id.action_mark_printed()
                self.assertEqual(request.ack_state, "are_sent")
                self.assertIn("are_sent", self._events(request))
                text = self._pdf_text(self._ack(request))
                self.assertIn("Acknowledgement of your request", text)
                self.assertNotIn("electronic", text.replace("electronically", ""))

    def test_a_question_at_the_counter_needs_none(self):
        for nature in ("question", "report"):
            request = self._file(False, "desk", nature=nature)
            self.assertEqual(self._kinds(request), [])
            self.assertEqual(request.ack_state, "not_due")

    def test_a_complaint_by_letter_is_acknowledged(self):
        request = self._file(False, "letter", nature="complaint", email_used=False)
        self.assertEqual(self._kinds(request), [("are", "to_print")])
        self.assertEqual((request.silence_regime, request.silence_months), ("svr", 2))

    def test_an_acknowledgement_leaves_once(self):
        request = self._file(self.svr)
        acknowledgements = self.env["grc.acknowledgement"]
        again = acknowledgements._issue(request, "are")
        self.assertEqual(again, self._ack(request))
        self.assertEqual(len(request.delivery_ids), 1)
        request.with_user(self.agent).action_acknowledge()
        request.with_user(self.agent)._qualify("request", self.service, self.svr)
        self.assertEqual(len(request.delivery_ids), 1)
        self.assertEqual(self._events(request, "are_sent"), ["are_sent"])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._ack(request).copy()

    def test_it_goes_to_the_address_given_for_the_answer(self):
        request = self._file(self.svr, reply_email="other@example.com")
        self.assertEqual(self._ack(request).email_to, "other@example.com")
        sent = request.event_ids.filtered(lambda event: event.kind == "are_sent")
        self.assertEqual(sent.payload["address"], "other@example.com")
        request = self._file(self.svr)
        self.assertEqual(self._ack(request).email_to, "alice.martin@example.com")

    def test_a_robot_is_not_answered_until_an_agent_decides(self):
        request = self._file(False, "mail", is_suspect=True)
        self.assertEqual(self._kinds(request), [])
        self.assertEqual(request.ack_state, "waiting")
        mine = request.with_user(self.desk_agent)
        mine._qualify("request", self.service, self.svr)
        self.assertEqual(self._kinds(request), [], "still not")
        request.with_user(self.agent).action_acknowledge()
        self.assertEqual(self._kinds(request), [("are", "sent")])
        self.assertFalse(request.is_suspect)

    def test_a_mail_without_an_address_waits_in_sight(self):
        request = self._file(self.svr, "mail", email_used=False)
        self.assertEqual(self._kinds(request), [])
        self.assertEqual(request.ack_state, "waiting")
        self.assertEqual(request.next_due_kind, "aee")


class TestQualificationAcknowledges(SveCommon):
    def test_once_directed_the_reception_is_acknowledged(self):
        request = self._file(False, "mail")
        desk = request.with_user(self.desk_agent)
        desk._qualify("request", self.service, self.sva)
        self.assertEqual(self._kinds(request), [("aee", "sent"), ("are", "sent")])
        self.assertFalse(self._ack(request, "are").is_instant)
        self.assertEqual(request.silence_regime, "sva")
        desk._qualify("request", self.service, self.sva)
        self.assertEqual(len(self._ack(request)), 2, "nothing new to say")

    def test_a_request_of_unknown_kind_is_not(self):
        request = self._file(False, "mail")
        request.with_user(self.desk_agent)._qualify("request", self.service)
        self.assertEqual(self._kinds(request), [("aee", "sent")])
        self.assertEqual(request.silence_regime, "unknown")
        with self.assertRaises(UserError) as caught:
            request.with_user(self.agent).action_acknowledge()
        self.assertIn("The regime of silence is unknown", str(caught.exception))

    def test_a_question_is_told_who_handles_it(self):
        request = self._file(False, "mail")
        request.with_user(self.desk_agent)._qualify("question", self.other_service)
        are = self._ack(request, "are")
        self.assertEqual(are.mentions["service"], "Culture")
        self.assertFalse(request.implicit_on)


class TestMentions(SveCommon):
    """CRPA R112-11-1: each mention stands in the message and in the PDF."""

    def _assert_printed(self, acknowledgement, *texts):
        for where, text in (
            ("mail", self._mail_text(acknowledgement)),
            ("PDF", self._pdf_text(acknowledgement)),
        ):
            for expected in texts:
                with self.subTest(where=where, expected=expected):
                    self.assertIn(expected, text)

    @freeze_time("2026-09-15 08:30:00")
    def test_every_mention_is_printed(self):
        for prestation, regime in (
            (self.svr, "svr"),
            (self.sva, "sva"),
            (self.question, "none"),
            (self.prior, "svr"),
        ):
            request = self._file(prestation)
            are = self._ack(request, "are")
            required = set(required_mentions("are", regime)) - {"address"}
            self._assert_printed(
                are,
                request.name,
                "Tuesday 15 September 2026",
                "10:30",
                "Green spaces",
                "12 rue de la Paix, 99000 Ville-Exemple",
                "green.spaces@example.com",
                "01 99 00 00 01",
                *(are.mentions[name] for name in required),
            )

    @freeze_time("2026-09-15 08:30:00")
    def test_silence_that_rejects(self):
        are = self._ack(self._file(self.svr))
        self._assert_printed(
            are,
            "deemed rejected on Sunday 15 November 2026",
            "provided that your request is complete",
            "two months",
            "tribunal administratif de Ville-Exemple",
            "3 rue du Palais, 99000 Ville-Exemple",
            "www.telerecours.fr",
        )
        self.assertNotIn("accepted", self._mail_text(are))
        # The last day to seize the court is never told: 18 January 2027.
        self.assertNotIn("January 2027", self._mail_text(are) + self._pdf_text(are))

    @freeze_time("2026-09-15 08:30:00")
    def test_silence_that_accepts(self):
        are = self._ack(self._file(self.sva))
        self._assert_printed(
            are,
            "deemed accepted on Sunday 15 November 2026",
            "certificate provided for in article L. 232-3",
        )
        self.assertNotIn("rejected", self._mail_text(are))

    @freeze_time("2026-09-15 08:30:00")
    def test_a_prior_appeal(self):
        are = self._ack(self._file(self.prior))
        self._assert_printed(
            are, "Thursday 15 October 2026", "You must first ask the CADA"
        )
        self.assertNotIn("tribunal", self._pdf_text(are))

    @freeze_time("2026-09-15 08:30:00")
    def test_no_silence(self):
        are = self._ack(self._file(self.question))
        for text in (self._mail_text(are), self._pdf_text(are)):
            self.assertNotIn("If you receive no answer", text)

    @freeze_time("2026-09-15 08:30:00")
    def test_registration(self):
        aee = self._ack(self._file(False, "mail"))
        self._assert_printed(
            aee,
            "Tuesday 15 September 2026",
            "within ten working days",
            "This message records your sending",
        )
        self.assertIn("electronic registration", aee.delivery_id.subject)
        self.assertIn("electronic registration", self._pdf_text(aee))

    @freeze_time("2026-09-15 08:30:00")
    def test_urbanisme_counts_from_the_sending(self):
        request = self._file(False, "mail")
        with freeze_time("2026-09-16 08:30:00"):
            request.with_user(self.desk_agent)._qualify(
                "request", self.service, self.urban
            )
        # The AEE of the 15th is the first acknowledgement sent (C. urb. R474-1).
        self.assertIn(
            "Sunday 15 November 2026", self._mail_text(self._ack(request, "are"))
        )

    def test_the_message_carries_the_pdf(self):
        are = self._ack(self._file(self.svr))
        self.assertEqual(are.delivery_id.document_ids, are.document_id)
        self.assertEqual(are.sha256, are.document_id.sha256)
        self.assertTrue(are.delivery_id.is_automatic)
        self.assertEqual(are.document_id.kind, "receipt")
        self.assertTrue(are.document_id.is_visible_to_citizen)

    def test_what_was_said_never_changes(self):
        request = self._file(self.svr)
        before = self._ack(request).mentions
        self.service.write({"phone": "09 99 99 99 99", "name": "New"})
        self.town.grc_court_name = "Other court"
        self.assertEqual(self._ack(request).mentions, before)

    def test_french(self):
        french = self.env["res.lang"]._get_data(code="fr_FR")
        if not french:
            self.skipTest("fr_FR is not installed in this database")
        with freeze_time("2026-09-15 08:30:00"):
            are = self._ack(self._file(self.svr, language="fr_FR"))
        self._assert_printed(
            are,
            "mardi 15 septembre 2026",
            "dimanche 15 novembre 2026",
            "deux mois",
            "rejetée",
        )
        for text in (self._mail_text(are), self._pdf_text(are)):
            for english in ("Your", "request", "Telephone", "Subject", "decision"):
                self.assertNotIn(english, text)
