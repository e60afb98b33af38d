from odoo import Command

from .common import GrcCommon


class TestUnstaffedService(GrcCommon):
    """An alert always calls somebody."""

    def _empty(self, service, head=None):
        service.write({"member_ids": [Command.clear()], "head_id": head})
        return service

    def _called(self, request):
        request._call_agent("Something to do", "A secret note")
        return request.activity_ids.filtered(
            lambda activity: activity.summary == "Something to do"
        ).user_id

    def _apart(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("res_model", "=", False)]
        )

    def test_the_head_then_an_agent_then_the_administrators(self):
        request = self._file()
        self.assertEqual(self._called(request), self.service_head)
        request = self._file()
        self.service.head_id = False
        self.assertEqual(self._called(request), self.agent)
        self._empty(self.service)
        request = self._file()
        self.assertEqual(self._called(request), self.manager)
        request._call_agent("Something to do")
        self.assertEqual(len(request.activity_ids), 1, "once while it is open")

    def test_who_left_is_called_no_more(self):
        request = self._file()
        request.agent_id = self.agent
        (self.agent | self.service_head).active = False
        self.assertEqual(self._called(request), self.manager)
        self.assertTrue(self.service.is_unstaffed)

    def test_administrators_learn_nothing_of_a_protected_file(self):
        self._empty(self.social_service)
        request = self._file(self.social_prestation, subject="Rent not paid")
        self.assertFalse(self._called(request))
        [activity] = self._apart(self.manager)
        self.assertIn(self.social_service.name, activity.summary)
        self.assertIn(request.name, activity.note)
        self.assertNotIn("secret", activity.note)
        self.assertNotIn("Rent", activity.note)
        request._call_agent("Another thing to do")
        self.assertEqual(len(self._apart(self.manager)), 1)

    def test_administrators_of_another_town_are_not_called(self):
        far = self._user("far_manager", "grc_base.group_grc_manager", self.far_town)
        self._empty(self.service)
        self._called(self._file())
        self.assertFalse(self.env["mail.activity"].search([("user_id", "=", far.id)]))

    def test_it_is_flagged_on_its_form_and_found(self):
        self.assertFalse(self.service.is_unstaffed)
        self._empty(self.service)
        service = self._as(self.service, self.manager)
        self.assertTrue(service.is_unstaffed)
        self.assertEqual(service.alert_user_ids, self.manager)
        found = service.search([("is_unstaffed", "=", True)])
        self.assertIn(self.service, found)
        self.assertNotIn(self.other_service, found)
