import hashlib
from datetime import datetime
from unittest.mock import patch

import psycopg2.errors
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .mail_common import PDF, TOWN, MailIntakeCase, letter

LOGGER = "odoo.addons.grc_sve.models.grc_mail_intake"
EXE = b"MZ\x90\0" + bytes(200)


class TestMailRequest(MailIntakeCase):
    """A person writes: one request, whatever the shape of the mail."""

    @freeze_time("2026-09-15 21:30:00")
    def test_a_plain_mail_is_a_request_of_the_service(self):
        message = letter(
            "Hello,\n\nhere is my request.\n", Message_ID="<a@example.com>"
        )
        row = self._feed(message)
        self.assertRecordValues(
            row,
            [
                {
                    "state": "request",
                    "cause": "alias",
                    "email_from": "marie.dupont@example.com",
                    "sender_name": "Marie Dupont",
                    "email_to": f"green@{TOWN}",
                    "subject": "A tree to cut",
                    "date_header": "Tue, 15 Sep 2026 08:30:00 +0200",
                    "message_uid": "<a@example.com>",
                    "company_id": self.town.id,
                    "service_id": self.service.id,
                    "size_bytes": len(message.as_bytes()),
                }
            ],
        )
        self.assertRecordValues(
            row.request_id,
            [
                {
                    "channel": "mail",
                    "nature": "question",
                    "service_id": self.service.id,
                    "subject": "A tree to cut",
                    "description": "Hello,\n\nhere is my request.",
                    "requester_lastname": "Dupont",
                    "requester_firstname": "Marie",
                    "email_used": "marie.dupont@example.com",
                    "reply_email": False,
                    "partner_id": False,
                    "is_suspect": False,
                    "received_at": datetime(2026, 9, 15, 21, 30),
                    "source_message_id": "<a@example.com>",
                }
            ],
        )

    def test_it_is_acknowledged_once_to_the_address_used(self):
        request = self._file_mail()
        self.assertEqual(self._automatic(request).mapped("kind"), ["aee"])
        self.assertEqual(request.delivery_ids.email_to, "marie.dupont@example.com")

    def test_the_known_citizen_is_not_linked_by_an_address(self):
        self.citizen.partner_id.email = "marie.dupont@example.com"
        self.assertFalse(self._file_mail().partner_id)

    def test_the_raw_mail_is_kept_byte_for_byte(self):
        for raw in (
            letter().as_bytes(),
            letter().as_bytes().replace(b"\n", b"\r\n"),
            b"\x89PNG\r\n\x1a\n" + bytes(50) + letter().as_bytes(),
            b"<html><body>From: a@example.com</body></html>",
            bytes(range(256)),
        ):
            row = self._feed(raw)
            attachment = row.raw_attachment_id
            self.assertEqual(attachment.raw, raw)
            self.assertEqual(row.sha256, hashlib.sha256(raw).hexdigest())
            self.assertEqual(attachment.mimetype, "message/rfc822")
            self.assertFalse(attachment.index_content)

    def test_the_text_is_shown_to_the_web_client_too(self):
        row = self._feed(letter("Hello there")).with_context(bin_size=True)
        row.invalidate_recordset()
        self.assertEqual(row.preview, "Hello there")
        self.assertIn(b"Hello there", row._raw())

    def test_a_text_given_as_text_is_accepted(self):
        self.assertEqual(self._feed(letter("Été").as_string()).state, "request")

    def test_html_is_read_and_its_original_kept_without_anything_remote(self):
        message = letter()
        message.set_content(
            "<p>My <b>garden</b></p><img src='https://t.example/p.gif'>"
            "<script>alert(1)</script>",
            subtype="html",
        )
        request = self._feed(message).request_id
        self.assertEqual(request.description, "My garden")
        original = request.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertIn("<b>garden</b>", original.body)
        self.assertNotIn("t.example", original.body)
        self.assertNotIn("script", original.body)
        self.assertFalse(request._citizen_messages() & original)

    def test_files_are_kept_and_refused_ones_are_named(self):
        message = letter("Here they are.")
        message.add_attachment(PDF, "application", "pdf", filename="plan.pdf")
        message.add_attachment(EXE, "application", "x-dosexec", filename="run.exe")
        row = self._feed(message)
        request = row.request_id
        self.assertEqual(
            request.document_ids.filtered(lambda d: d.origin == "citizen").mapped(
                "name"
            ),
            ["plan.pdf"],
        )
        self.assertIn("document_refused", self._events(request))
        self.assertTrue(
            request.message_ids.filtered(lambda m: "run.exe" in (m.body or ""))
        )
        self.assertIn(b"run.exe", row.raw_attachment_id.raw)

    def test_a_file_that_is_too_large_passes_as_a_request(self):
        message = letter("My film.")
        content = b"\0\0\0\x18ftypmp42" + bytes(18 * 1024 * 1024)
        message.add_attachment(content, "video", "mp4", filename="film.mp4")
        raw = message.as_bytes()
        self.assertGreater(len(raw), 24 * 1024 * 1024)
        row = self._feed(raw)
        self.assertEqual(row.state, "request")
        self.assertEqual(row.raw_attachment_id.raw, raw)
        refused = row.request_id.event_ids.filtered(
            lambda event: event.kind == "document_refused"
        )
        self.assertEqual(refused.payload["files"], ["film.mp4"])
        self.assertTrue(self._automatic(row.request_id))

    def test_a_very_long_text_is_a_file_too(self):
        request = self._file_mail("a long line of text\n" * 20_000)
        self.assertLess(len(request.description), 101_000)
        document = request.document_ids.filtered(lambda d: d.name == "message.txt")
        self.assertEqual(document.size_bytes, 20 * 20_000 - 1)

    def test_a_social_security_number_is_masked_everywhere_but_in_the_raw(self):
        number = "1 85 05 78 006 084 91"
        row = self._feed(letter(f"My number is {number}", Subject=f"NIR {number}"))
        request = row.request_id
        shown = [row.subject, row.preview, request.subject, request.description]
        for text in (*shown, *request.message_ids.mapped("body")):
            self.assertNotIn("006 084", text or "")
        self.assertIn(number.encode(), row.raw_attachment_id.raw)

    def test_the_other_address_given_for_answers_prevails(self):
        # CRPA, art. R112-11-3.
        request = self._file_mail(Reply_To="Home <home@example.net>")
        self.assertEqual(request.email_used, "marie.dupont@example.com")
        self.assertEqual(request.reply_email, "home@example.net")
        self.assertEqual(self._automatic(request).email_to, "home@example.net")
        for useless in ("marie.dupont@example.com", f"desk@{TOWN}", "a@b.fr, c@d.fr"):
            self.assertFalse(self._file_mail(Reply_To=useless).reply_email, useless)

    def test_an_unknown_address_seizes_the_front_desk(self):
        # CRPA, art. R112-9-2 and L100-3.
        for address in ("the.mayor", "catchall", "bounce", "x@elsewhere.example.org"):
            row = self._feed(letter(to=address))
            self.assertEqual(row.state, "request", address)
            self.assertEqual(row.cause, "no_alias")
            self.assertEqual(row.request_id.service_id, self.desk_service)
            self.assertTrue(self._automatic(row.request_id))

    def test_the_public_address_of_a_service_is_enough(self):
        row = self._feed(letter(to=self.other_service.email.upper()))
        self.assertEqual(row.request_id.service_id, self.other_service)

    def test_several_services_of_one_town_make_one_request(self):
        row = self._feed(letter(to=f"x@example.org, culture@{TOWN}, green@{TOWN}"))
        self.assertEqual(len(row), 1)
        self.assertEqual(row.request_id.service_id, self.other_service)

    def test_two_towns_are_both_seized(self):
        rows = self._feed(letter(to=f"green@{TOWN}, desk@autre.example.com"))
        self.assertEqual(rows.mapped("state"), ["request", "request"])
        self.assertEqual(rows.request_id.company_id, self.town | self.far_town)
        self.assertEqual(len(set(rows.mapped("sha256"))), 1)

    def test_the_domain_of_an_unknown_address_names_the_town(self):
        row = self._feed(letter(to="nobody@autre.example.com"))
        self.assertEqual(row.company_id, self.far_town)
        self.assertEqual(row.request_id.service_id, self.far_service)

    def test_an_alias_may_say_what_is_asked(self):
        self.service.alias_defaults = (
            f"{{'service_id': {self.service.id}, 'nature': 'complaint', 'state': 'x'}}"
        )
        self.assertEqual(self._file_mail().nature, "complaint")
        self.service.alias_defaults = "{'service_id': 999999999}"
        self.assertEqual(self._file_mail().service_id, self.desk_service)

    def test_a_reserved_alias_is_open_to_all(self):
        self.service.alias_contact = "followers"
        self.assertEqual(self._file_mail().service_id, self.service)


class TestMailDuplicate(MailIntakeCase):
    def test_the_same_mail_twice_is_one_request(self):
        raw = letter().as_bytes()
        first, second = self._feed(raw, b"Received: by relay.example.com\n" + raw)
        self.assertEqual((first.state, second.state), ("request", "duplicate"))
        self.assertEqual(second.duplicate_of_id, first)
        self.assertEqual(second.request_id, first.request_id)
        self.assertEqual(len(self._automatic(first.request_id)), 1)

    def test_without_identifier_the_content_tells(self):
        raw = letter(Message_ID=None).as_bytes()
        other = letter("Another text", Message_ID=None).as_bytes()
        rows = self._feed(raw, b"Received: by relay\n" + raw, other)
        self.assertEqual(rows.mapped("state"), ["request", "duplicate", "request"])

    def test_another_text_of_the_same_sender_is_added(self):
        known = {"Message_ID": "<always@scanner.example.com>"}
        first, second = self._feed(letter("One", **known), letter("Two", **known))
        self.assertEqual((second.state, second.cause), ("addition", "other_text"))
        self.assertEqual(second.request_id, first.request_id)
        self.assertEqual(len(self._automatic(first.request_id)), 1)

    def test_nobody_can_take_the_identifier_of_another(self):
        known = {"Message_ID": "<guessed@example.com>"}
        rows = self._feed(letter(sender="eve@example.net", **known), letter(**known))
        self.assertEqual(rows.mapped("state"), ["request", "request"])
        self.assertEqual(len(rows.request_id), 2)

    def test_the_same_mail_for_another_town_is_not_a_copy(self):
        raw = letter(to="undisclosed@example.org").as_bytes()
        rows = self._feed(
            b"Delivered-To: green@ville.example.com\n" + raw,
            b"Delivered-To: desk@autre.example.com\n" + raw,
        )
        self.assertEqual(rows.mapped("state"), ["request", "request"])
        self.assertEqual(rows.request_id.company_id, self.town | self.far_town)


class TestMailNothingLost(MailIntakeCase):
    """Whatever fails inside, the mail is in the journal, with its reason."""

    def _break(self, error):
        return patch.object(type(self.requests), "_intake", side_effect=error)

    @mute_logger(LOGGER)
    def test_a_failure_leaves_the_row_and_the_front_desk_is_told(self):
        with self._break(ValueError("broken")):
            rows = self._feed(letter(), letter())
        self.assertEqual(rows.mapped("state"), ["error", "error"])
        self.assertEqual(rows[0].detail, "ValueError: broken")
        self.assertIn("broken", rows[0].reason)
        self.assertTrue(rows[0].raw_attachment_id.raw)
        told = self.env["mail.activity"].search([("user_id", "=", self.desk_agent.id)])
        self.assertEqual(len(told), 1)

    @mute_logger(LOGGER)
    def test_the_day_of_reception_is_that_of_the_mail_not_of_the_repair(self):
        # CRPA, art. L112-13.
        with freeze_time("2026-09-15 21:30:00"), self._break(ValueError("broken")):
            row = self._feed(letter())
        row.with_user(self.desk_agent).action_replay()
        self.assertEqual(row.state, "request")
        self.assertEqual(row.request_id.received_at, datetime(2026, 9, 15, 21, 30))

    @mute_logger("odoo.sql_db", LOGGER)
    def test_a_conflict_between_transactions_is_tried_again(self):
        for error in (
            psycopg2.errors.SerializationFailure(),
            psycopg2.errors.UniqueViolation(),
        ):
            with self._break(error):
                row = self._feed(letter())
                self.assertEqual((row.state, row.cause), ("received", "concurrency"))
            cron = type(self.env["ir.cron"])
            with patch.object(cron, "_commit_progress", return_value=60):
                self.intakes._cron_process_waiting()
            self.assertEqual(row.state, "request")

    @mute_logger("odoo.sql_db", LOGGER)
    def test_it_is_not_tried_for_ever(self):
        with self._break(psycopg2.errors.SerializationFailure()):
            row = self._feed(letter())
            for _time in range(4):
                row._process()
        self.assertEqual((row.state, row.attempts), ("error", 5))

    @mute_logger(LOGGER)
    def test_half_done_work_is_undone(self):
        before = self.requests.search_count([])
        with patch.object(
            type(self.intakes), "_post_original", side_effect=ValueError("late")
        ):
            row = self._feed(letter())
        self.assertEqual(row.state, "error")
        self.assertFalse(row.request_id)
        self.assertEqual(self.requests.search_count([]), before)

    @mute_logger(LOGGER)
    def test_a_town_without_a_service_keeps_its_mail(self):
        self.far_service.active = False
        row = self._feed(letter(to="nobody@autre.example.com"))
        self.assertEqual(row.state, "error")

    def test_a_mail_without_a_sender_waits_for_an_agent(self):
        rows = self._feed(letter(sender=None), b"", b"\0\xff")
        self.assertEqual(rows.mapped("state"), ["unroutable"] * 3)
        self.assertEqual(set(rows.mapped("cause")), {"no_sender"})

    def test_what_was_received_never_changes(self):
        row = self._feed(letter())
        for vals in ({"subject": "x"}, {"sha256": "x"}, {"received_at": False}):
            with self.assertRaises(UserError):
                row.write(vals)
        with self.assertRaises(UserError):
            row.unlink()

    def test_a_citizen_cannot_bring_a_mail_in(self):
        threads = self.env["mail.thread"].with_user(self.citizen)
        with self.assertRaises(AccessError):
            threads.message_process(False, letter().as_bytes())


class TestMailElsewhere(MailIntakeCase):
    """Mails of other applications go on as if we were not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias"].create(
            {
                "alias_name": "contacts",
                "alias_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "alias_contact": "everyone",
                "alias_domain_id": cls.domain.id,
            }
        )

    def test_core_makes_its_record_and_we_keep_no_copy(self):
        row = self._feed(letter(to="contacts", Subject="Private matter"))
        self.assertEqual((row.state, row.cause), ("elsewhere", "other_model"))
        self.assertFalse(row.raw_attachment_id)
        self.assertFalse(row.subject)
        self.assertTrue(
            self.env["res.partner"].search([("name", "=", "Private matter")])
        )

    def test_a_mail_for_both_is_both(self):
        row = self._feed(letter(to=f"green@{TOWN}, contacts@{TOWN}", Subject="Both"))
        self.assertEqual(row.state, "request")
        self.assertEqual(len(row.request_id), 1)
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Both")]))

    def test_an_answer_to_another_application_goes_there(self):
        note = self.agent.partner_id.message_post(body="Hello", message_type="comment")
        row = self._feed(letter(to="catchall", In_Reply_To=note.message_id))
        self.assertEqual(row.state, "elsewhere")
        self.assertIn("here is my request", self.agent.partner_id.message_ids[0].body)

    def test_the_model_of_the_mail_server_is_respected(self):
        row = self._feed(
            letter(to="any@example.org", Subject="Any"), model="res.partner"
        )
        self.assertEqual(row.state, "elsewhere")
        row = self._feed(letter(to="any@example.org"), model="grc.request")
        self.assertEqual(row.request_id.service_id, self.desk_service)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_the_same_mail_twice_is_known(self):
        message = letter(to="contacts", Subject="Twice")
        rows = self._feed(message, message)
        self.assertEqual(rows.mapped("state"), ["elsewhere", "duplicate"])

    @mute_logger(LOGGER, "odoo.addons.mail.models.mail_thread")
    def test_what_core_cannot_do_is_kept(self):
        partners = type(self.env["res.partner"])
        with patch.object(partners, "message_new", side_effect=ValueError("broken")):
            row = self._feed(letter(to="any@example.org"), model="res.partner")
        self.assertEqual(row.state, "error")
        self.assertTrue(row.raw_attachment_id)
        row.action_replay()
        self.assertEqual(row.state, "elsewhere")
