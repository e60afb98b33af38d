from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .mail_common import MailIntakeCase, letter


@tagged("grc_security")
class TestGrcMailIntakeAccess(MailIntakeCase):
    """Who reads grc.mail.intake, who makes requests of it, and who does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far_desk_agent = cls._user(
            "far_desk", "grc_base.group_grc_desk", cls.far_town
        )
        cls.row = cls._received(letter(sender=None, to="desk"))
        cls.social_row = cls._received(letter(sender=None, to="aid"))
        cls.far_row = cls._received(letter(sender=None, to="desk@autre.example.com"))

    @classmethod
    def _received(cls, message):
        cls.env["mail.thread"].message_process(False, message.as_bytes())
        return cls.intakes.search([], order="id desc", limit=1)

    def _seen(self, user):
        rows = self.row | self.social_row | self.far_row
        found = (
            self.env["grc.mail.intake"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
        )
        try:
            return found.search([("id", "in", rows.ids)]).sudo()
        except AccessError:
            return found.sudo()

    def test_who_sees_what(self):
        self.assertEqual(self._seen(self.desk_agent), self.row)
        self.assertEqual(self._seen(self.manager), self.row)
        self.assertEqual(self._seen(self.social_agent), self.social_row)
        self.assertEqual(self._seen(self.far_desk_agent), self.far_row)
        for user in (
            self.agent,
            self.service_head,
            self.other_company_agent,
            self.plain_user,
            self.citizen,
            self.public,
        ):
            self.assertFalse(self._seen(user), user.name)

    def test_near_misses_read_neither_the_row_nor_its_message(self):
        for user in (
            self.agent,
            self.far_desk_agent,
            self.other_company_agent,
            self.citizen,
        ):
            with self.assertRaises(AccessError):
                self.row.with_user(user).read(["subject"])
            with self.assertRaises(AccessError):
                self.row.raw_attachment_id.with_user(user).read(["raw"])
        self.assertTrue(self.row.raw_attachment_id.with_user(self.desk_agent).raw)

    def test_the_desk_does_not_read_what_is_for_a_protected_service(self):
        with self.assertRaises(AccessError):
            self.social_row.with_user(self.desk_agent).read(["subject"])
        request = self._file_mail(to="desk")
        row = self.intakes.search([("request_id", "=", request.id)])
        self.assertTrue(row.with_user(self.desk_agent).has_access("read"))
        request._qualify("request", self.social_service)
        row.invalidate_recordset()
        self.assertFalse(row.with_user(self.desk_agent).has_access("read"))

    def test_nobody_writes_creates_or_deletes(self):
        for user in (self.desk_agent, self.manager, self.social_agent):
            row = self.social_row if user == self.social_agent else self.row
            row = row.with_user(user)
            with self.assertRaises(AccessError):
                row.write({"state": "automatic"})
            with self.assertRaises(AccessError):
                row.unlink()
            with self.assertRaises(AccessError):
                row.create({"sha256": "x"})
            with self.assertRaises(AccessError):
                row.raw_attachment_id.write({"raw": b"forged"})

    def test_the_actions_are_for_those_who_read(self):
        for name in (
            "action_replay",
            "action_set_aside",
            "action_create_request",
            "action_download",
        ):
            for user in (self.agent, self.far_desk_agent, self.citizen):
                with self.assertRaises(AccessError):
                    getattr(self.row.with_user(user), name)()

    def test_the_desk_sets_aside_and_sorts_again(self):
        row = self.row.with_user(self.desk_agent)
        row.action_replay()
        self.assertEqual(row.state, "unroutable")
        row.action_set_aside()
        self.assertEqual(row.handled_by_id, self.desk_agent)
        self.assertTrue(row.handled_at)
        self.assertIn(str(row.raw_attachment_id.id), row.action_download()["url"])

    def _wizard(self, user, row, service):
        return (
            self.env["grc.mail.intake.request"]
            .with_user(user)
            .create({"intake_id": row.id, "service_id": service.id})
        )

    def test_the_desk_makes_a_request_of_a_row(self):
        action = self.row.with_user(self.desk_agent).action_create_request()
        self.assertEqual(action["res_model"], "grc.mail.intake.request")
        wizard = self._wizard(self.desk_agent, self.row, self.service)
        opened = wizard.action_create()
        request = self.row.request_id
        self.assertEqual(opened["res_id"], request.id)
        self.assertEqual((self.row.state, self.row.cause), ("request", "by_agent"))
        self.assertEqual(request.service_id, self.service)
        self.assertEqual(request.received_at, self.row.received_at)
        self.assertEqual(request.filed_by_id, self.desk_agent)
        self.assertTrue(request.is_suspect)
        self.assertFalse(request.delivery_ids)
        with self.assertRaises(UserError):
            wizard.action_create()
        action = self.row.with_user(self.desk_agent).action_open_request()
        self.assertEqual(action["res_id"], request.id)

    def test_a_copy_may_become_a_request_on_the_word_of_an_agent(self):
        message = letter()
        _first, copy = self._received(message), self._received(message)
        self.assertEqual(copy.state, "duplicate")
        self._wizard(self.desk_agent, copy, self.service).action_create()
        self.assertEqual(copy.state, "request")
        self.assertNotEqual(copy.request_id, _first.request_id)

    def test_the_proposed_service_is_the_one_addressed(self):
        wizard = self.env["grc.mail.intake.request"].create({"intake_id": self.row.id})
        self.assertEqual(wizard.service_id, self.desk_service)

    def test_near_misses_make_no_request(self):
        with self.assertRaises(UserError):
            self._wizard(
                self.desk_agent, self.row, self.far_service
            ).sudo().action_create()
        for user in (self.agent, self.far_desk_agent):
            with self.assertRaises(AccessError):
                self._wizard(user, self.row, self.service).action_create()
        with self.assertRaises(AccessError):
            self._wizard(self.citizen, self.row, self.service)
        self.assertFalse(self.row.request_id)
