from odoo.exceptions import AccessError
from odoo.tests import tagged

from .sve_common import SveCommon


@tagged("grc_security")
class TestFollowupAccess(SveCommon):
    """Windows of the follow-up: for the eyes of whoever opened them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(cls.svr, partner_id=cls.citizen.partner_id)
        piece = {"name": "Plan", "legal_basis": "A text", "is_indispensable": True}
        day = cls.request._local_day().replace(year=2126)
        cls.missing = cls.request._ask_missing([piece], day)

    def _windows(self):
        vals = {"request_id": self.request.id}
        return {
            "grc.missing.waive": vals,
            "grc.missing.extend": vals | {"missing_id": self.missing.id},
            "grc.request.appeal.link": vals,
            "grc.request.appeal.unlink": vals,
        }

    def test_windows_of_a_request(self):
        for model, vals in self._windows().items():
            window = self._as(self.env[model], self.agent).create(vals)
            self.assertTrue(window.has_access("write"))
            for user in (self.desk_agent, self.other_agent, self.manager):
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(self._as(window, user).has_access("read"))
            for user in (
                self.other_agent,
                self.social_agent,
                self.other_company_agent,
                self.plain_user,
                self.citizen,
                self.public,
            ):
                with self.assertRaises(AccessError):
                    self._as(self.env[model], user).create(vals)

    def test_the_window_of_a_settlement(self):
        finding = self.env["grc.register.finding"]._record(
            [
                {
                    "kind": "history",
                    "company_id": self.town.id,
                    "request_id": self.request.id,
                    "number": self.request.name,
                    "event_sequence": 1,
                }
            ]
        )
        vals = {"finding_ids": finding.ids}
        windows = self.env["grc.register.settlement"]
        window = self._as(windows, self.manager).create(vals)
        second = self._user("manager_two", "grc_base.group_grc_manager")
        self.assertFalse(self._as(window, second).has_access("read"))
        for user in (self.agent, self.service_head, self.desk_agent, self.citizen):
            with self.assertRaises(AccessError):
                self._as(windows, user).create(vals)
