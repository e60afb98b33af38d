from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.common import GrcCommon


@tagged("post_install", "-at_install")
class TestCitizenMerge(GrcCommon):
    """Two sheets made one: nothing lost, written down, and undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.identity_manager = cls._user(
            "identity_manager", "grc_franceconnect.group_grc_identity"
        )
        cls.kept = cls.env["res.partner"].create(
            {"name": "Kept", "is_grc_citizen": True, "company_id": cls.town.id}
        )
        cls.dropped = cls.env["res.partner"].create(
            {
                "name": "Dropped",
                "is_grc_citizen": True,
                "company_id": cls.town.id,
                "phone": "01 99 00 00 02",
            }
        )
        cls.one = cls._file(partner_id=cls.kept)
        cls.two = cls._file(cls.social_prestation, partner_id=cls.dropped)

    def merge(self, **vals):
        return self._as(self.env["grc.citizen.merge"], self.identity_manager).create(
            {
                "company_id": self.town.id,
                "kept_id": self.kept.id,
                "dropped_id": self.dropped.id,
                "reason": "Same person at the counter.",
            }
            | vals
        )

    def test_every_request_follows_and_its_facts_stay(self):
        events = self._events(self.two)
        merge = self.merge()
        merge.action_merge()
        self.assertEqual(self.two.partner_id, self.kept)
        self.assertEqual(self._events(self.two), [*events, "citizen_linked"])
        self.assertEqual(self.kept.phone, "01 99 00 00 02")
        self.assertFalse(self.dropped.active)
        self.assertEqual(merge.merged_by_id, self.identity_manager)

    def test_it_is_undone(self):
        merge = self.merge()
        merge.action_merge()
        since = self._file(partner_id=self.kept)
        merge.action_undo()
        self.assertEqual(self.two.partner_id, self.dropped)
        self.assertEqual((self.one | since).partner_id, self.kept)
        self.assertFalse(self.kept.phone)
        self.assertTrue(self.dropped.active)
        with self.assertRaises(UserError):
            merge.action_undo()

    def test_the_account_follows(self):
        self.citizen.partner_id = self.dropped
        merge = self.merge()
        merge.action_merge()
        self.assertEqual(self.citizen.partner_id, self.kept)
        merge.action_undo()
        self.assertEqual(self.citizen.partner_id, self.dropped)

    def test_of_two_accounts_one_is_archived(self):
        self.citizen.partner_id = self.dropped
        self.other_citizen.partner_id = self.kept
        merge = self.merge()
        merge.action_merge()
        self.assertFalse(self.citizen.active)
        self.assertTrue(self.other_citizen.active)
        merge.action_undo()
        self.assertTrue(self.citizen.active)

    def test_it_is_refused_without_reason_twice_or_for_an_agent(self):
        with self.assertRaises(UserError):
            self.merge(reason=" ").action_merge()
        merge = self.merge()
        merge.action_merge()
        for action in (merge.action_merge, lambda: merge.write({"reason": "x"})):
            with self.assertRaises(UserError):
                action()
        with self.assertRaises(UserError):
            self.merge(dropped_id=self.agent.partner_id.id).action_merge()

    def test_a_citizen_of_another_town_is_refused(self):
        far = self.env["res.partner"].create(
            {"name": "Far", "is_grc_citizen": True, "company_id": self.far_town.id}
        )
        with self.assertRaises(UserError):
            self.merge(dropped_id=far.id).action_merge()

    def test_a_plain_agent_merges_nothing(self):
        merge = self.merge()
        with self.assertRaises(AccessError):
            self._as(merge, self.agent).action_merge()

    def test_what_follows_a_citizen_is_found_by_itself(self):
        found = self.env["grc.citizen.merge"]._link_fields()
        self.assertIn(("grc.request", "partner_id"), found)
        self.assertIn(("grc.request.draft", "partner_id"), found)
        self.assertFalse([name for name, _field in found if "event" in name])
