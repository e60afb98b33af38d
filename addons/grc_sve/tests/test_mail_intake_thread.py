from email.utils import formataddr
from unittest.mock import patch

from .mail_common import PDF, TOWN, MailIntakeCase, failure, letter


class TestMailAddition(MailIntakeCase):
    """An answer joins its request; a stranger opens nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.intakes.env["mail.thread"].message_process(False, letter().as_bytes())
        cls.request = cls.intakes.search([], order="id desc", limit=1).request_id

    def _counts(self):
        return (
            self.requests.search_count([]),
            len(self._automatic(self.request)),
        )

    def test_an_answer_to_the_acknowledgement_is_added(self):
        before = self._counts()
        row = self._feed(self._reply(self.request))
        self.assertEqual((row.state, row.cause), ("addition", "reference"))
        self.assertEqual(row.request_id, self.request)
        self.assertEqual(self._counts(), before)
        self.assertTrue(self.request.has_citizen_news)
        # The last one acknowledges it.
        self.assertIn("Here is more.", self.request._citizen_messages()[-2].body)
        self.assertTrue(self.request.activity_ids)

    def test_only_what_is_new_is_shown_and_nothing_is_lost(self):
        body = "My answer.\n\nOn Mon, 3 May 2026, Town wrote:\n> Your number is 1\n"
        self._feed(self._reply(self.request, body))
        shown = self.request._citizen_messages()[-2]
        self.assertIn("My answer.", shown.body)
        self.assertNotIn("Your number is 1", shown.body)
        self.assertTrue(
            self.request.message_ids.filtered(lambda m: "Your number is 1" in m.body)
        )

    def test_files_of_an_answer_are_sorted_too(self):
        message = self._reply(self.request)
        message.add_attachment(PDF, "application", "pdf", filename="id.pdf")
        message.add_attachment(b"MZ\x90\0", "application", "x", filename="virus.exe")
        self._feed(message)
        self.assertIn("id.pdf", self.request.document_ids.mapped("name"))
        self.assertIn("document_refused", self._events(self.request))

    def test_a_reminder_under_one_s_own_first_mail_is_added(self):
        row = self._feed(
            letter("Any news?", In_Reply_To=self.request.source_message_id)
        )
        self.assertEqual(row.request_id, self.request)

    def test_the_number_in_the_subject_counts_from_the_citizen_only(self):
        subject = f"About {self.request.name}"
        row = self._feed(letter(Subject=subject))
        self.assertEqual((row.state, row.cause), ("addition", "number"))
        stranger = self._feed(letter(Subject=subject, sender="eve@example.net"))
        self.assertEqual(stranger.state, "request")
        self.assertNotEqual(stranger.request_id, self.request)

    def test_a_forged_sender_does_not_pass_for_the_citizen(self):
        forged = {"Authentication_Results": "mx.example.com; dmarc=fail"}
        row = self._feed(letter(Subject=f"About {self.request.name}", **forged))
        self.assertEqual(row.state, "request")
        row = self._feed(self._reply(self.request, **forged))
        self.assertEqual(row.cause, "other_sender")

    def test_another_address_is_added_for_the_agents_alone(self):
        messages = self.request._citizen_messages()
        message = self._reply(self.request, "Send it to me", sender="eve@example.net")
        message.add_attachment(PDF, "application", "pdf", filename="mine.pdf")
        row = self._feed(message)
        self.assertEqual((row.state, row.cause), ("addition", "other_sender"))
        self.assertEqual(row.request_id, self.request)
        self.assertEqual(self.request._citizen_messages(), messages)
        self.assertNotIn("mine.pdf", self.request._citizen_documents().mapped("name"))
        self.assertIn("mine.pdf", self.request.document_ids.mapped("name"))
        self.assertTrue(
            self.request.message_ids.filtered(lambda m: "Send it to me" in m.body)
        )
        warnings = self.request.message_ids.filtered(
            lambda m: "eve@example.net" in m.body and "Send it to me" not in m.body
        )
        self.assertEqual(len(warnings), 1)
        self.assertIn("unverified_message", self._events(self.request))
        self.assertTrue(self.request.activity_ids)
        # Nothing leaves for the stranger, now or later.
        self.assertNotIn(
            "eve@example.net", self.request.delivery_ids.mapped("email_to")
        )
        self.assertEqual(self.request.answer_email, "marie.dupont@example.com")
        self.assertFalse(
            self.env["mail.mail"].search([("email_to", "ilike", "eve@example.net")])
        )

    def test_other_known_addresses_of_the_citizen_are_theirs(self):
        self.request.reply_email = "Home@example.net"
        row = self._feed(self._reply(self.request, sender="home@example.net"))
        self.assertEqual(row.cause, "reference")

    def test_an_answer_sent_to_another_town_is_for_that_town(self):
        row = self._feed(self._reply(self.request, to="desk@autre.example.com"))
        self.assertEqual(row.state, "request")
        self.assertEqual(row.request_id.company_id, self.far_town)

    def test_an_answer_to_an_unknown_reference_is_a_request(self):
        row = self._feed(letter(In_Reply_To="<never@ville.example.com>"))
        self.assertEqual(row.state, "request")

    def test_the_same_answer_twice_is_added_once(self):
        message = self._reply(self.request)
        rows = self._feed(message, message)
        self.assertEqual(rows.mapped("state"), ["addition", "duplicate"])


class TestMailMachine(MailIntakeCase):
    """Machines are never answered, and nobody waits for them."""

    def test_a_vacation_answer_is_a_note_and_starts_no_loop(self):
        request = self._file_mail()
        before = (self.requests.search_count([]), len(request.delivery_ids))
        rows = self._feed(
            *(
                self._reply(request, f"Away until {day}", Auto_Submitted="auto-replied")
                for day in range(5)
            )
        )
        self.assertEqual(rows.mapped("state"), ["automatic"] * 5)
        self.assertEqual(rows.request_id, request)
        self.assertEqual(
            (self.requests.search_count([]), len(request.delivery_ids)), before
        )
        self.assertFalse(request.has_citizen_news)
        notes = request.message_ids.filtered(lambda m: "Away until 3" in m.body)
        self.assertEqual(len(notes), 1)
        self.assertFalse(request._citizen_messages() & notes)

    def test_an_automatic_mail_alone_stays_in_the_journal(self):
        before = self.requests.search_count([])
        rows = self._feed(
            letter(Auto_Submitted="auto-generated"),
            letter(X_Autoreply="yes"),
            letter(Return_Path="<>", Subject="Out of office"),
        )
        self.assertEqual(rows.mapped("state"), ["automatic"] * 3)
        self.assertEqual(self.requests.search_count([]), before)

    def test_a_mailing_is_a_request_without_automatic_acknowledgement(self):
        for header in (
            {"List_Id": "<a.example.com>"},
            {"Precedence": "bulk"},
            {"X_Auto_Response_Suppress": "All"},
            {"Return_Path": "<>"},
        ):
            row = self._feed(letter(**header))
            self.assertEqual((row.state, row.cause), ("request", "bulk"))
            self.assertTrue(row.request_id.is_suspect)
            self.assertFalse(self._automatic(row.request_id))

    def test_our_own_addresses_are_never_acknowledged(self):
        for address in (
            f"green@{TOWN}",
            f"catchall@{TOWN}",
            f"bounce@{TOWN}",
            self.social_service.email,
            self.town.email,
        ):
            row = self._feed(letter(sender=formataddr(("Town", address))))
            self.assertEqual(row.cause, "own_address", address)
            self.assertTrue(row.request_id.is_suspect)
            self.assertFalse(self._automatic(row.request_id))

    def test_our_own_message_that_comes_back_is_nothing(self):
        request = self._file_mail()
        delivery = self._automatic(request)
        raw = delivery._build_message().as_bytes()
        row = self._feed(raw)
        self.assertEqual((row.state, row.cause), ("automatic", "own_message"))
        self.assertEqual(row.request_id, request)

    def test_an_acknowledgement_says_that_a_machine_wrote_it(self):
        message = self._automatic(self._file_mail())._build_message()
        self.assertEqual(message["Auto-Submitted"], "auto-replied")

    def test_a_returned_acknowledgement_has_failed_and_calls_the_agent(self):
        request = self._file_mail()
        delivery = self._automatic(request)
        self.assertEqual((delivery.state, request.ack_state), ("sent", "aee_sent"))
        row = self._feed(failure(delivery.message_uid))
        self.assertEqual((row.state, row.delivery_id), ("bounce", delivery))
        self.assertEqual(row.request_id, request)
        self.assertIn("user unknown", row.detail)
        self.assertEqual(delivery.state, "failed")
        self.assertIn("user unknown", delivery.last_error)
        self.assertEqual(request.ack_state, "waiting")
        self.assertIn("delivery_failed", self._events(request))
        self.assertEqual(len(request.activity_ids), 1)
        again = self._feed(failure(delivery.message_uid))
        self.assertEqual(again.state, "bounce")
        self.assertEqual(len(request.activity_ids), 1)

    def test_a_late_message_has_not_failed(self):
        delivery = self._automatic(self._file_mail())
        row = self._feed(failure(delivery.message_uid, action="delayed"))
        self.assertEqual((row.state, row.cause), ("automatic", "report"))
        self.assertEqual(delivery.state, "sent")

    def test_a_returned_message_is_found_by_its_request(self):
        request = self._file_mail()
        raw = failure(
            f"<changed@ses.example.com>\nReferences: {request.source_message_id}"
        )
        self.assertEqual(self._feed(raw).delivery_id, self._automatic(request))
        other = self._file_mail()
        raw = failure(
            f"<changed@ses.example.com>\nReferences: {other.source_message_id}",
            recipient="eve@example.net",
        )
        self.assertFalse(self._feed(raw).delivery_id)
        self.assertEqual(self._automatic(other).state, "sent")

    def test_an_unknown_returned_message_stays_in_the_journal(self):
        before = self.requests.search_count([])
        row = self._feed(failure("<unknown@example.com>"))
        self.assertEqual(row.state, "bounce")
        self.assertFalse(row.request_id)
        self.assertEqual(self.requests.search_count([]), before)


class TestMailFlood(MailIntakeCase):
    def _flood(self, sender="robert@example.org", **headers):
        return [
            letter(f"Message {rank}", sender=sender, **headers) for rank in range(25)
        ]

    def _told(self):
        return self.env["mail.activity"].search([("user_id", "=", self.desk_agent.id)])

    def test_all_are_kept_and_the_acknowledgements_stop(self):
        rows = self._feed(*self._flood())
        self.assertEqual(rows.mapped("state"), ["request"] * 25)
        self.assertEqual(len(rows.request_id), 25)
        self.assertEqual(rows.mapped("cause"), ["alias"] * 10 + ["flood"] * 15)
        suspects = rows.request_id.filtered("is_suspect")
        self.assertEqual(suspects, rows[10:].request_id)
        self.assertFalse(self._automatic(suspects))
        self.assertEqual(len(self._automatic(rows.request_id)), 10)
        self.assertEqual(len(self._told()), 1)
        # Another citizen is not concerned.
        self.assertFalse(self._file_mail().is_suspect)

    def test_an_address_for_answers_is_not_bombed_either(self):
        rows = self._feed(
            *(
                letter(sender=f"robot{rank}@example.org", Reply_To="victim@example.net")
                for rank in range(12)
            )
        )
        self.assertEqual(len(self._automatic(rows.request_id)), 10)

    def test_the_agent_acknowledges_what_deserves_it(self):
        with patch.object(
            type(self.intakes), "_flood_limits", lambda me: (0, "2000-01-01")
        ):
            request = self._file_mail()
        self.assertTrue(request.is_suspect)
        request.with_user(self.agent).action_acknowledge()
        self.assertFalse(request.is_suspect)
        self.assertEqual(self._automatic(request).kind, "are")

    def test_a_known_sender_may_write_much(self):
        self.env["mail.gateway.allowed"].create({"email": "robert@example.org"})
        rows = self._feed(*self._flood()[:12])
        self.assertFalse(any(rows.request_id.mapped("is_suspect")))

    def test_the_limits_are_settings(self):
        self.env["ir.config_parameter"].set_param("grc_sve.flood_threshold", "3")
        rows = self._feed(*self._flood()[:5])
        self.assertEqual(rows.mapped("cause"), ["alias"] * 3 + ["flood"] * 2)
