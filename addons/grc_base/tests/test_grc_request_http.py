from odoo.exceptions import AccessError

from .common import PDF
from .http_common import GrcHttpCommon


class TestRequestFilesHttp(GrcHttpCommon):
    """Who receives a file, asked by its address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(
            partner_id=cls.citizen.partner_id, files=[("plan.pdf", PDF)]
        )
        cls.piece = cls._piece(cls.request)
        cls.hidden = cls.env["grc.request.document"]._store(
            cls.request, [("note.pdf", PDF)], origin="agent", visible=False
        )
        cls.internal = cls._note(cls.request.with_user(cls.agent))
        cls.social_request = cls._file(
            cls.social_prestation, files=[("income.pdf", PDF)]
        )
        cls.social_piece = cls._piece(cls.social_request)

    @classmethod
    def _piece(cls, request):
        return request.document_ids.filtered(lambda doc: doc.kind == "piece")

    @classmethod
    def _note(cls, request):
        attachment = request.env["ir.attachment"].create(
            {
                "name": "internal.pdf",
                "raw": PDF,
                "res_model": "grc.request",
                "res_id": request.id,
            }
        )
        request.message_post(
            body="Between us",
            attachment_ids=attachment.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        return attachment

    def assert_received(self, attachment, *users):
        for user in users:
            with self.subTest(user=user.login):
                answer = self._get(f"/web/content/{attachment.id}", user)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(answer.content, PDF)

    def assert_refused(self, attachment, *users):
        for user in users:
            with self.subTest(user=user and user.login):
                answer = self._get(f"/web/content/{attachment.id}", user)
                self.assertNotIn(PDF, answer.content)
                self.assertIn(answer.status_code, (303, 403, 404))

    def test_a_document_goes_to_its_agents_only(self):
        """Its citizen receives it from the page of the request: see grc_portal."""
        self.assert_received(
            self.piece.attachment_id, self.agent, self.service_head, self.manager
        )
        self.assert_refused(
            self.piece.attachment_id,
            None,
            self.citizen,
            self.other_citizen,
            self.other_agent,
            self.other_company_agent,
            self.plain_user,
        )

    def test_a_hidden_document_is_not_for_the_citizen(self):
        self.assert_received(self.hidden.attachment_id, self.agent)
        self.assert_refused(self.hidden.attachment_id, self.citizen)
        self.assertNotIn(self.hidden, self.request._citizen_documents())
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.citizen).read(["name"])

    def test_what_an_agent_joins_to_a_note_is_not_for_the_citizen(self):
        self.assert_received(self.internal, self.agent)
        self.assert_refused(self.internal, None, self.citizen, self.other_citizen)
        self.assertTrue(self.internal.with_user(self.agent).has_access("read"))
        self.assertFalse(self.internal.with_user(self.citizen).has_access("read"))
        with self.assertRaises(AccessError):
            self.internal.with_user(self.citizen).read(["name"])
        everything = self.internal.with_user(self.citizen).search([])
        self.assertNotIn(self.internal, everything.sudo())

    def test_social_documents_stay_in_their_service(self):
        attachment = self.social_piece.attachment_id
        self.assert_received(attachment, self.social_agent)
        self.assert_refused(
            attachment, self.agent, self.service_head, self.manager, self.desk_agent
        )

    def test_a_citizen_does_not_read_the_notes(self):
        self.request.with_user(self.agent)._message_citizen("Subject", "Text")
        note = self.env["mail.message"].search(
            [("attachment_ids", "in", self.internal.ids)]
        )
        log = self.request._message_log(body="Moved by hand")
        own = self.env["mail.message"].with_user(self.citizen)
        found = own.search(
            [("model", "=", "grc.request"), ("res_id", "=", self.request.id)]
        )
        self.assertEqual(
            found.sudo(), self.request._citizen_messages().sorted("id", True)
        )
        for message in (note, log):
            self.assertEqual(len(message), 1)
            self.assertTrue(message.with_user(self.agent).read(["body"]))
            with self.assertRaises(AccessError):
                message.with_user(self.citizen).read(["body"])

    def test_the_citizen_reads_his_messages_and_documents(self):
        self.request.with_user(self.agent)._message_citizen("Subject", "Text")
        own = self.request.with_user(self.citizen)
        self.assertIn("plan.pdf", own._citizen_documents().mapped("name"))
        self.assertNotIn("note.pdf", own._citizen_documents().mapped("name"))
        self.assertTrue(own._citizen_messages())
