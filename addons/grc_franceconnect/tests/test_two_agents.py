from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestTwoAgents(IdentityHttpCommon):
    """A merge proposed by one agent and confirmed by another; old certificates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._user("second", "grc_franceconnect.group_grc_identity")
        cls.town.grc_identity_two_agents = True

    def open_case(self):
        self._citizen_known(level="declared")
        self.connect()
        own = self._as(self.case(), self.identity_manager)
        own.decision_reason = "I saw the card."
        return own

    def test_it_is_off_by_default(self):
        self.assertFalse(self.far_town.grc_identity_two_agents)
        self.town.grc_identity_two_agents = False
        own = self.open_case()
        own.action_link()
        self.assertEqual(own.state, "linked")

    def test_a_second_agent_confirms(self):
        own = self.open_case()
        own.action_link()
        self.assertEqual(own.state, "open")
        self.assertEqual(own.proposed_by_id, self.identity_manager)
        called = own.sudo().activity_ids.user_id
        self.assertIn(self.second, called)
        self.assertNotIn(self.identity_manager, called)
        with self.assertRaises(UserError):
            own.action_link()
        self._as(own, self.second).action_link()
        self.assertEqual(own.state, "linked")
        self.assertEqual(own.decided_by_id, self.second)
        self.assertFalse(own.sudo().activity_ids)

    def test_either_keeps_both_apart(self):
        own = self.open_case()
        own.action_link()
        own.action_keep_apart()
        self.assertEqual(own.state, "apart")

    def test_nobody_writes_that_another_proposed(self):
        own = self.open_case()
        with self.assertRaises(UserError):
            own.proposed_by_id = self.second
        with self.assertRaises(UserError):
            self.merge(proposed_by_id=self.second.id)
        with self.assertRaises(UserError):
            self.merge(state="done")
        with self.assertRaises(UserError):
            self.merge().proposed_by_id = self.second

    # === BY HAND === #

    def merge(self, **vals):
        kept, dropped = self._citizen_known(), self._citizen_known()
        return self._as(self.env["grc.citizen.merge"], self.identity_manager).create(
            {
                "company_id": self.town.id,
                "kept_id": kept.id,
                "dropped_id": dropped.id,
                "reason": "Same card.",
            }
            | vals
        )

    def test_a_merge_by_hand_is_confirmed_too(self):
        own = self.merge()
        own.action_merge()
        self.assertEqual(own.state, "draft")
        self.assertTrue(own.dropped_id.active)
        with self.assertRaises(UserError):
            own.action_merge()
        self.assertIn(self.second, own.sudo().activity_ids.user_id)
        self._as(own, self.second).action_merge()
        self.assertEqual(own.state, "done")
        self.assertEqual(own.merged_by_id, self.second)
        self.assertFalse(own.sudo().activity_ids)
        own.action_undo()
        self.assertEqual(own.state, "undone")

    def test_what_cannot_be_merged_is_not_even_proposed(self):
        own = self.merge(reason=" ")
        with self.assertRaises(UserError):
            own.action_merge()
        self.assertFalse(own.proposed_by_id)

    def test_a_proposal_about_other_sheets_is_no_proposal(self):
        own = self.merge()
        own.action_merge()
        self._as(own, self.second).dropped_id = self._citizen_known()
        self.assertFalse(own.proposed_by_id)
        self._as(own, self.second).action_merge()
        self.assertEqual(own.state, "draft")
        self.assertEqual(own.proposed_by_id, self.second)

    # === HOW LONG A CERTIFICATE IS BELIEVED === #

    def test_an_old_certificate_is_asked_again(self):
        self.connect()
        partner = self.identity().partner_id
        partner.grc_identity_on = "2020-01-01"
        self.assertFalse(partner.grc_identity_is_old)
        again = "//*[@id='grc-certify-again']"
        self.assertFalse(self.page("/my/franceconnect").all(again))
        self.town.grc_identity_valid_days = 365
        partner.invalidate_recordset()
        self.assertTrue(partner.grc_identity_is_old)
        self.assertEqual(str(partner.grc_identity_until), "2020-12-31")
        self.assertTrue(self.page("/my/franceconnect").all(again))
        self.sign_in()
        self.connect()
        self.assertFalse(self.page("/my/franceconnect").all(again))

    def test_what_is_only_declared_has_no_certificate(self):
        self.town.grc_identity_valid_days = 1
        partner = self._citizen_known(level="verified", grc_identity_on="2020-01-01")
        self.assertFalse(partner.grc_identity_is_old or partner.grc_identity_until)

    def test_days_are_a_number_of_days(self):
        for days in (-1, 4000):
            with self.assertRaises(ValidationError):
                self.town.grc_identity_valid_days = days
