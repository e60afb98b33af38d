from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .sve_common import SveCommon

MODELS = ("grc.missing.request", "grc.missing.piece")
WINDOWS = ("grc.missing.ask", "grc.missing.ask.line", "grc.missing.receive")
TOWN = ("service_head", "manager", "desk_agent")


@tagged("grc_security")
class TestMissingAccess(SveCommon, AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.citizen.partner_id
        cls.own = cls._ask(cls.svr, partner_id=partner)
        cls.shared = cls._ask(cls.svr)
        cls.shared.request_id.shared_service_ids = cls.other_service
        cls.of_attached = cls._ask(cls.attached_prestation)
        cls.social = cls._ask(cls.social_prestation, partner_id=partner)
        cls.far = cls._ask(cls.far_prestation)

    @classmethod
    def _ask(cls, prestation, **vals):
        request = cls._file(prestation, **vals)
        piece = {"name": "Plan", "legal_basis": "A text", "is_indispensable": True}
        deadline = request._local_day() + timedelta(days=30)
        return request._ask_missing([piece], deadline)

    def _assert(self, missing, *personas):
        rights = dict.fromkeys(personas, "r")
        self.assert_matrix(missing, **rights)
        self.assert_matrix(missing.line_ids, **rights)

    def test_own_near_miss_and_foreign(self):
        self._assert(self.own, "agent", *TOWN)
        self._assert(self.shared, "agent", "other_agent", *TOWN)
        self._assert(self.of_attached, "attached_agent", *TOWN)
        self._assert(self.social, "social_agent")
        self._assert(self.far, "other_company_agent")

    def test_nobody_writes_one(self):
        request = self.own.request_id
        day = self.own.deadline
        self.assert_never(
            self.own,
            {"request_id": request.id, "asked_on": day, "deadline": day, "days": 1},
        )
        self.assert_never(
            self.own.line_ids,
            {"missing_request_id": self.own.id, "name": "x", "legal_basis": "y"},
        )

    def test_even_our_own_code_does_not_change_them(self):
        for record in (self.own, self.own.line_ids):
            with self.assertRaises(UserError):
                record.sudo().write({"received_on": False})
            with self.assertRaises(UserError):
                record.sudo().unlink()

    def test_a_request_never_takes_one_from_outside(self):
        request = self._as(self.own.request_id, self.agent)
        command = [(0, 0, {"asked_on": "2026-01-01", "deadline": "2026-02-01"})]
        for name in ("missing_request_ids", "missing_piece_ids"):
            with self.assertRaises(UserError):
                request.write({name: command})

    def test_windows_are_for_the_eyes_of_the_agent_only(self):
        request = self.own.request_id
        for model in ("grc.missing.ask", "grc.missing.receive"):
            window = self._as(self.env[model], self.agent).create(
                {"request_id": request.id}
            )
            self.assertTrue(window.has_access("write"))
            for user in (self.desk_agent, self.other_agent, self.manager):
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(self._as(window, user).has_access("read"))
            for user in (
                self.other_agent,
                self.social_agent,
                self.other_company_agent,
                self.citizen,
                self.other_citizen,
                self.public,
                self.plain_user,
            ):
                with self.assertRaises(AccessError):
                    self._as(self.env[model], user).create({"request_id": request.id})

    def test_lines_of_a_window_are_its_agents(self):
        window = self._as(self.env["grc.missing.ask"], self.agent).create(
            {"request_id": self.own.request_id.id}
        )
        line = window.line_ids.create({"wizard_id": window.id, "name": "Plan"})
        for user in (self.desk_agent, self.other_agent, self.citizen, self.public):
            self.assertFalse(self._as(line, user).has_access("read"))
