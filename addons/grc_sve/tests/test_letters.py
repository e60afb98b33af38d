from datetime import timedelta

from odoo.exceptions import UserError

from odoo.addons.grc_base.tests.pdf_common import PdfAssertions, in_window, pdf_text

from .sve_common import SveCommon


class TestLetters(PdfAssertions, SveCommon):
    """What the law makes due, on paper, for who has no e-mail address."""

    def _paper(self, **vals):
        return self._file(self.svr, channel="letter", email_used=False, **vals)

    def _print(self, delivery):
        self._as(delivery, self.agent).action_print_letter()
        return delivery.letter_document_id.attachment_id.raw

    def test_the_acknowledgement_of_a_letter_is_a_letter(self):
        request = self._paper()
        acknowledgement = self._ack(request, "are")
        pdf = acknowledgement.document_id.attachment_id.raw
        self.assert_accessible(pdf)
        self.assertEqual(
            " ".join(in_window(pdf)), "Alice Martin 5 rue du Puits 99000 VILLE-EXEMPLE"
        )
        self.assertIn("L. 112-3", pdf_text(pdf))
        self.assertEqual(self._print(acknowledgement.delivery_id), pdf)
        self.assertEqual(acknowledgement.state, "printed")
        self.assertEqual(self._events(request, "are_sent"), ["are_sent"])

    def test_the_acknowledgement_with_an_address_comes_later(self):
        request = self._paper(street=False)
        delivery = self._ack(request, "are").delivery_id
        with self.assertRaises(UserError):
            self._print(delivery)
        request.street = "5 rue du Puits"
        text = pdf_text(self._print(delivery))
        self.assertIn("deemed rejected", text)
        self.assertNotIn("joined as a PDF", text)

    def test_with_an_e_mail_address_it_is_no_letter(self):
        for channel in ("letter", "portal"):
            request = self._file(self.svr, channel=channel)
            self.assertFalse(self._ack(request, "are")._letter())

    def test_documents_are_asked_for_by_letter(self):
        request = self._paper()
        mine = self._as(request, self.agent)
        piece = {"name": "Plan", "legal_basis": "C. urb., art. R431-35"}
        missing = mine._ask_missing(
            [piece | {"is_indispensable": True}],
            request._local_day() + timedelta(days=30),
        ).sudo()
        pdf = self._print(missing.delivery_id)
        self.assertIn("Plan (C. urb., art. R431-35)", pdf_text(pdf))
        self.assertEqual(in_window(pdf)[0], "Alice")
        self.assertEqual(missing.notified_on, request._local_day())

    def test_a_transfer_is_posted_to_the_administration(self):
        prefecture = self.env["grc.administration"].create(
            {
                "name": "Préfecture",
                "company_id": self.town.id,
                "street": "1 place de l'État",
                "city": "Chef-Lieu",
            }
        )
        request = self._paper()
        transfer = self._as(request, self.agent)._transfer(prefecture, "Its matter.")
        delivery = transfer.sudo().delivery_id
        with self.assertRaises(UserError) as caught:
            self._print(delivery)
        self.assertIn("Préfecture", str(caught.exception))
        prefecture.zip = "98000"
        window = " ".join(in_window(self._print(delivery)))
        self.assertEqual(window, "Préfecture 1 place de l'État 98000 CHEF-LIEU")
        self.assertFalse(delivery.letter_document_id.is_visible_to_citizen)

    def test_the_whole_file_says_why_these_dates(self):
        request = self._file(self.svr)
        copy = self._as(request, self.agent)._file_copy
        text = pdf_text(copy()[1])
        self.assertIn("Why these dates?", text)
        self.assertIn("silence rejects at the end of this day", text)

    def test_the_last_day_of_appeal_is_never_told_to_the_public(self):
        request = self._file(self.svr)
        self.assertIn(
            "appeal_limit", [s.get("code") for s in request._legal_explanation()]
        )
        copy = self._as(request, self.agent)._file_copy
        self.assertNotIn("seize the court against", pdf_text(copy()[1]))
        self.assertIn("seize the court against", pdf_text(copy(notes=True)[1]))

    def test_the_appeal_is_in_the_decision(self):
        request = self._file(self.svr)
        self._decide(request, "refused")
        document = request.document_ids.filtered(lambda doc: doc.kind == "decision")
        text = pdf_text(document.attachment_id.raw)
        self.assertIn("How to contest this decision", text)
        self.assertIn("tribunal administratif de Ville-Exemple", text)
