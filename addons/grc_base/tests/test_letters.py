from odoo.exceptions import AccessError, UserError

from .common import GrcCommon
from .pdf_common import PdfAssertions, in_window, pdf_text, pdf_words, picture


class LetterCommon(PdfAssertions, GrcCommon):
    """Somebody who has a letter box and no e-mail address."""

    def setUp(self):
        super().setUp()
        self.request = self._file(channel="letter", email_used=False)
        self.mine = self._as(self.request, self.agent)

    def _letter_of(self, delivery):
        return delivery.letter_document_id.attachment_id.raw


class TestLetters(LetterCommon):
    """What has no e-mail address goes by post, in a window envelope."""

    def test_a_message_is_printed_and_posted_once(self):
        delivery = self.mine._message_citizen("An answer", "We will come on Monday.")
        self.assertEqual(delivery.state, "to_print")
        action = self._as(delivery, self.agent).action_print_letter()
        document = delivery.letter_document_id
        self.assertIn(str(document.attachment_id.id), action["url"])
        self.assertEqual(delivery.state, "printed")
        self.assertEqual(self._events(self.request, "delivery_sent"), ["delivery_sent"])
        event = self.request.event_ids.filtered(lambda e: e.kind == "delivery_sent")
        self.assertEqual(event.payload["letter_sha256"], document.sha256)
        self.assertEqual(event.actor_id, self.agent)
        self._as(delivery, self.agent).action_print_letter()
        self.assertEqual(delivery.letter_document_id, document)
        self.assertEqual(len(self._events(self.request, "delivery_sent")), 1)
        self.assertTrue(document.is_visible_to_citizen)

    def test_the_address_is_in_the_window_and_nothing_else(self):
        delivery = self.mine._message_citizen("An answer", "We will come on Monday.")
        delivery._letter_document()
        pdf = self._letter_of(delivery)
        self.assert_accessible(pdf, "An answer")
        self.assertEqual(
            " ".join(in_window(pdf)), "Alice Martin 5 rue du Puits 99000 VILLE-EXEMPLE"
        )
        [(left, top)] = [
            (left, top) for _page, word, left, top in pdf_words(pdf) if word == "Alice"
        ]
        self.assertTrue(100 <= left <= 106, left)
        self.assertTrue(45 <= top <= 52, top)

    def test_the_letter_says_the_message_without_the_frame_of_the_mail(self):
        delivery = self.mine._message_citizen(
            "An answer", "We will <come>.\nBye", files=[("plan.txt", b"a plan")]
        )
        delivery._letter_document()
        text = pdf_text(self._letter_of(delivery))
        self.assertIn("Subject: An answer", text)
        self.assertIn("We will <come>. Bye", text)
        self.assertIn(f"Our ref.: {self.request.name}", text)
        self.assertIn("Enclosed: • plan.txt", text)
        self.assertNotIn("Number of your request", text)
        self.assertEqual(text.count("Ville-Exemple,"), 1, "place and date")

    def test_long_names_and_addresses_stay_whole(self):
        self.request.write(
            {
                "requester_kind": "association",
                "requester_organization": "Association des amis et riverains du grand "
                "canal de la vallée de Ville-Exemple",
                "requester_lastname": "de La Rochefoucauld-Montmorency-Luxembourg",
                "street2": "Résidence des Grands Champs, escalier 12, bâtiment "
                "Chateaubriand, 14e étage, porte 1403",
                "street": "12345 avenue du Général-Jean-Baptiste-Exemplaire prolongée",
            }
        )
        delivery = self.mine._message_citizen("An answer", "Text")
        delivery._letter_document()
        pdf = self._letter_of(delivery)
        self.assertEqual(
            " ".join(in_window(pdf)).split(),
            " ".join(self.request._postal_lines()).split(),
        )

    def test_a_long_letterhead_pushes_the_text_down_not_the_address(self):
        self.town.write(
            {
                "grc_letter_logo": picture(size=(200, 200)),
                "grc_letter_lines": "\n".join(f"Line number {n}" for n in range(14)),
                "grc_letter_authority": "Town hall of Ville-Exemple and its hamlets",
            }
        )
        delivery = self.mine._message_citizen("An answer", "Text")
        delivery._letter_document()
        pdf = self._letter_of(delivery)
        self.assertEqual(in_window(pdf)[0], "Alice")
        words = pdf_words(pdf)
        line_13 = max(top for _page, word, _left, top in words if word == "13")
        subject = max(top for _page, word, _left, top in words if word == "Subject:")
        self.assertGreater(subject, line_13)

    def test_without_an_address_the_agent_is_told_what_to_fill(self):
        self.request.write({"street": False, "zip": " "})
        delivery = self._as(self.mine._message_citizen("An answer", "Text"), self.agent)
        with self.assertRaises(UserError) as caught:
            delivery.action_print_letter()
        self.assertIn("street, postcode.", str(caught.exception))
        self.assertEqual(delivery.state, "to_print")
        self.request.write({"street": "5 rue du Puits", "zip": "99000"})
        delivery.action_print_letter()
        self.assertEqual(delivery.state, "printed")

    def test_a_letter_goes_abroad(self):
        self.request.write({"country_code": "BE", "zip": False, "city": "Bruxelles"})
        self.assertEqual(self.request._postal_lines()[-2:], ["BRUXELLES", "BELGIUM"])
        self.assertFalse(self.request._missing_postal_parts())

    def test_what_left_by_mail_is_not_printed_and_what_failed_is(self):
        request = self._file()
        delivery = self._as(request, self.agent)._message_citizen("Hello", "Text")
        with self.assertRaises(UserError):
            self._as(delivery, self.agent).action_print_letter()
        delivery.sudo().state = "failed"
        self._as(delivery, self.agent).action_print_letter()
        self.assertEqual(delivery.state, "printed")

    def test_the_button_of_the_request(self):
        # an acknowledgement may wait for the post already
        self.request.delivery_ids.sudo().action_mark_printed()
        self.assertEqual(self.mine.letter_to_print_count, 0)
        first = self.mine._message_citizen("First", "Text")
        self.mine.invalidate_recordset(["letter_to_print_count"])
        self.assertEqual(self.mine.letter_to_print_count, 1)
        second = self.mine._message_citizen("Second", "Text")
        action = self.mine.action_print_letter()
        self.assertEqual(sorted(action["domain"][0][2]), [first.id, second.id])
        first.sudo().action_mark_printed()
        self.mine.action_print_letter()
        self.assertEqual(second.state, "printed")

    def test_only_agents_of_the_request_print(self):
        delivery = self.mine._message_citizen("An answer", "Text")
        self.request.partner_id = self.citizen.partner_id
        for user in (
            self.other_agent,
            self.social_agent,
            self.other_company_agent,
            self.plain_user,
            self.citizen,
            self.other_citizen,
            self.public,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(delivery, user).action_print_letter()
        self.assertEqual(delivery.state, "to_print")

    def test_nobody_signs_what_nobody_wrote(self):
        delivery = self.mine._message_citizen("An answer", "Text")
        self.assertEqual(delivery._letter_author(), "Agent")
        delivery.sudo().is_automatic = True
        self.assertEqual(delivery._letter_author(), "")


class TestDecisionLetter(LetterCommon):
    """The decision as a document: reasons, appeal, author (CRPA, art. L212-1)."""

    def setUp(self):
        super().setUp()
        self.town.write(
            {
                "grc_seal": picture(),
                "grc_signatory_given_name": "Jeanne",
                "grc_signatory_name": "Roy",
                "grc_signatory_quality": "The mayor",
            }
        )

    def _decision(self, request):
        return request.document_ids.filtered(lambda doc: doc.kind == "decision")

    def test_a_refusal_is_a_letter(self):
        self._decide(self.request, "refused")
        document = self._decision(self.request)
        pdf = document.attachment_id.raw
        self.assert_accessible(pdf, self.request.name)
        text = pdf_text(pdf)
        for words in (
            "Here is our answer.",
            "Refused",
            "Reasons Because of the rule.",
            "The mayor",
            "Jeanne Roy Green spaces",
        ):
            self.assertIn(words, text)
        [seal] = self.tags(pdf, "/Figure")
        self.assertEqual(seal["/Alt"], "Seal: Ville-Exemple")
        self.assertEqual(in_window(pdf)[0], "Alice")

    def test_it_goes_with_the_message_and_the_citizen_reads_it(self):
        request = self._file()
        self._decide(request)
        document = self._decision(request)
        delivery = self._written(request)
        self.assertIn(document, delivery.document_ids)
        self.assertTrue(document.is_visible_to_citizen)
        self.assertEqual(document.origin, "system")
        self.assertEqual(len(document.sha256), 64)
        request.partner_id = self.citizen.partner_id
        mine = self._as(document, self.citizen)
        self.assertEqual(mine.read(["sha256"])[0]["sha256"], document.sha256)
        with self.assertRaises(AccessError):
            self._as(document, self.other_citizen).read(["sha256"])

    def test_the_decision_itself_is_posted(self):
        self._decide(self.request)
        delivery = self._written(self.request)
        self.assertEqual(delivery.letter_document_id, self._decision(self.request))
        count = len(self.request.document_ids)
        self._as(delivery, self.agent).action_print_letter()
        self.assertEqual(len(self.request.document_ids), count)
        self.assertEqual(delivery.state, "printed")

    def test_without_an_address_a_covering_letter_comes_later(self):
        self.request.write({"street": False})
        self._decide(self.request)
        delivery = self._written(self.request)
        self.assertFalse(delivery.letter_document_id)
        self.request.write({"street": "5 rue du Puits"})
        self._as(delivery, self.agent).action_print_letter()
        text = pdf_text(self._letter_of(delivery))
        self.assertIn(self._decision(self.request).name, text)
        self.assertIn("Because of the rule.", text)

    def test_an_answer_to_a_question_is_no_decision(self):
        for outcome in ("answered", "redirected"):
            request = self._file()
            self._decide(request, outcome)
            self.assertFalse(self._decision(request))
