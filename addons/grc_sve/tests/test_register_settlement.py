from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .register_common import RegisterCommon


class TestRegisterSettlement(RegisterCommon):
    """A discrepancy is settled, with a reason; it stays, and is not found again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(cls.svr)

    def _break(self, day="2030-01-01"):
        self._sql(
            "UPDATE grc_request SET implicit_on = %s WHERE id = %s",
            day,
            self.request.id,
        )
        self.findings._cron_verify()
        return self.findings.search([("number", "=", self.request.name)])

    def test_who_when_and_how(self):
        finding = self._break()
        self.assertEqual(finding.state, "open")
        self._as(finding, self.manager)._settle("Updated on purpose.")
        self.assertRecordValues(
            finding,
            [
                {
                    "state": "settled",
                    "settled_by_id": self.manager.id,
                    "settled_reason": "Updated on purpose.",
                }
            ],
        )
        self.assertTrue(finding.settled_at)

    def test_the_same_fact_is_not_found_again_but_another_is(self):
        finding = self._break()
        self._as(finding, self.manager)._settle("Seen.")
        self.assertEqual(self._break(), finding)
        self.assertEqual(len(self._break("2031-01-01")), 2)

    def test_once_and_with_a_reason(self):
        finding = self._as(self._break(), self.manager)
        with self.assertRaises(UserError):
            finding._settle(" ")
        finding._settle("Seen.")
        finding._settle("Again.")
        self.assertEqual(finding.settled_reason, "Seen.")
        with self.assertRaises(UserError):
            finding.sudo().write({"settled_reason": "Mine"})
        with self.assertRaises(UserError):
            finding.sudo().unlink()

    def test_administrators_of_the_town_alone(self):
        finding = self._break()
        far = self._user("far_manager", "grc_base.group_grc_manager", self.far_town)
        for user in (self.agent, self.service_head, self.desk_agent, far, self.citizen):
            with self.assertRaises(AccessError):
                self._as(finding, user)._settle("Mine.")
            with self.assertRaises(AccessError):
                self._as(finding, user).action_settle()
        windows = self._as(self.env["grc.register.settlement"], far)
        with self.assertRaises(AccessError):
            windows.create({"finding_ids": finding.ids, "reason": "Mine."})

    def test_the_window_settles_several(self):
        findings = self._break() | self._break("2031-01-01")
        mine = self._as(findings, self.manager)
        action = mine.action_settle()
        form = Form(
            mine.env["grc.register.settlement"].with_context(**action["context"])
        )
        form.reason = "Both seen."
        form.save().action_settle()
        self.assertEqual(set(findings.mapped("state")), {"settled"})
        view = mine.env.ref("grc_sve.grc_register_finding_action")._get_action_dict()
        self.assertEqual(view["context"], "{'search_default_open': 1}")
