from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import AccessCommon

MODEL = "grc.request"


@tagged("grc_security")
class TestRequestAccess(AccessCommon):
    """Who sees which request: own, near miss, foreign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._file(partner_id=cls.citizen.partner_id)
        cls.of_attached = cls._file(cls.attached_prestation)
        cls.shared = cls._file()
        cls.shared.shared_service_ids = cls.other_service
        cls.social = cls._file(
            cls.social_prestation,
            subject="Help with the rent",
            partner_id=cls.citizen.partner_id,
        )
        cls.far = cls._file(cls.far_prestation, partner_id=cls.citizen.partner_id)

    def test_own_service(self):
        self.assert_matrix(
            self.own,
            agent="rw",
            service_head="rw",
            manager="rw",
            desk_agent="rw",
            citizen="r",
        )

    def test_attached_service(self):
        self.assert_matrix(
            self.of_attached,
            attached_agent="rw",
            service_head="rw",
            manager="rw",
            desk_agent="rw",
        )

    def test_shared_with_a_service(self):
        self.assert_matrix(
            self.shared,
            agent="rw",
            other_agent="rw",
            service_head="rw",
            manager="rw",
            desk_agent="rw",
        )

    def test_files_of_another_class_are_watertight(self):
        self.assert_matrix(self.social, social_agent="rw", citizen="r")

    def test_a_head_does_not_open_another_class(self):
        self.social_service.parent_id = self.service
        self.assertFalse(self._as(self.social, self.service_head).has_access("read"))
        self.social_service.head_id = self.service_head
        self.assertTrue(self._as(self.social, self.service_head).has_access("read"))

    def test_a_change_of_the_services_holds_at_once(self):
        own = self._as(self.own, self.other_agent)
        self.assertFalse(own.has_access("read"))
        self.service.member_ids += self.other_agent
        self.assertTrue(own.has_access("read"))
        self.other_agent.grc_service_ids -= self.service
        self.assertFalse(own.has_access("read"))
        self.other_agent.grc_service_ids += self.service
        self.assertTrue(own.has_access("read"))
        social = self._as(self.own, self.manager)
        self.assertTrue(social.has_access("read"))
        self.service.data_class = "police"
        self.assertFalse(social.has_access("read"))

    def test_a_head_who_leaves_sees_no_more(self):
        own = self._as(self.of_attached, self.service_head)
        self.assertTrue(own.has_access("read"))
        self.attached.parent_id = False
        self.assertFalse(own.has_access("read"))
        self.attached.parent_id = self.service
        self.assertTrue(own.has_access("read"))
        self.service.head_id = self.agent
        self.assertFalse(own.has_access("read"))

    def test_a_social_file_shared_is_seen_by_the_service_that_helps(self):
        self.social.with_user(self.social_agent).shared_service_ids = self.service
        self.assert_matrix(self.social, social_agent="rw", agent="rw", citizen="r")

    def test_another_town_sees_nothing(self):
        # The citizen lives here and filed there: the request is theirs all the same.
        self.assert_matrix(self.far, other_company_agent="rw", citizen="r")

    def test_the_administrator_of_the_database_is_no_exception(self):
        admin = self.env.ref("base.user_admin")
        admin.company_ids = [Command.link(self.town.id)]
        own = self.social.with_user(admin).with_context(
            allowed_company_ids=self.town.ids
        )
        self.assertFalse(own.has_access("read"))

    def test_an_agent_neither_counts_nor_searches_another_class(self):
        model = self._as(self.env[MODEL], self.agent)
        services = {
            service
            for service, _count in model._read_group([], ["service_id"], ["__count"])
        }
        self.assertEqual(services, {self.service})
        self.assertFalse(model.search_count([("subject", "ilike", "rent")]))
        self.assertFalse(model.search([("service_id.data_class", "=", "social")]))
        self.assertFalse(model.name_search(self.social.name))
        groups = model.formatted_read_group([], ["prestation_id"], ["__count"])
        self.assertNotIn(
            self.social_prestation.id, [group["prestation_id"][0] for group in groups]
        )
        self.assertFalse(self._as(self.social_prestation, self.agent).request_count)
        self.assertFalse(self._as(self.social_service, self.agent).open_request_count)
        self.assertEqual(
            self._as(self.citizen.partner_id, self.agent).grc_request_count, 1
        )

    def test_the_thread_and_the_activities_follow_the_request(self):
        message = self.social._message_log(body="Private")
        activity = self.social.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.social_agent.id
        )
        for user in (self.agent, self.manager, self.desk_agent):
            for record in (message, activity):
                own = self._as(record, user)
                self.assertFalse(own.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    own.read(["res_id"])

    def test_nobody_creates_nor_deletes(self):
        vals = self.own.copy_data()[0] | {"name": "2026-999999"}
        for user in (*self.personas.values(), self.env.ref("base.user_admin")):
            own = self._as(self.own, user)
            for operation in (own.unlink, lambda own=own: own.create(vals)):
                with self.assertRaises(AccessError):
                    operation()

    def test_a_citizen_does_not_read_what_is_for_agents(self):
        for name in ("appeal_last_day", "legal_explanation"):
            if name in self.env[MODEL]._fields:
                with self.assertRaises(AccessError):
                    self._as(self.own, self.citizen).read([name])
                self._as(self.own, self.agent).read([name])

    def test_a_citizen_does_not_search_by_others(self):
        model = self._as(self.env[MODEL], self.other_citizen)
        self.assertFalse(model.search_count([]))
        model = self._as(self.env[MODEL], self.citizen)
        self.assertEqual(model.search([]).sudo(), self.far | self.social | self.own)

    def test_a_follower_sees_no_more(self):
        self.own.message_subscribe(self.other_citizen.partner_id.ids)
        self.own.message_subscribe(self.other_agent.partner_id.ids)
        for user in (self.other_citizen, self.other_agent):
            self.assertFalse(self._as(self.own, user).has_access("read"))
