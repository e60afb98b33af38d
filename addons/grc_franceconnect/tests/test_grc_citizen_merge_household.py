from odoo.tests import tagged

from odoo.addons.grc_base.tests.common import GrcCommon
from odoo.addons.grc_base.tests.household_common import HouseholdMixin


@tagged("post_install", "-at_install")
class TestCitizenMergeHousehold(HouseholdMixin, GrcCommon):
    """A merge carries the household; its undo gives it back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.identity_manager = cls._user(
            "identity_manager", "grc_franceconnect.group_grc_identity"
        )
        people = [
            {"name": name, "is_grc_citizen": True, "company_id": cls.town.id}
            for name in ("Kept", "Dropped")
        ]
        cls.kept, cls.dropped = cls.env["res.partner"].create(people)

    def household(self, partner):
        return partner.grc_household_ids.filtered("is_current")

    def done(self):
        merge = self._as(self.env["grc.citizen.merge"], self.identity_manager).create(
            {
                "company_id": self.town.id,
                "kept_id": self.kept.id,
                "dropped_id": self.dropped.id,
                "reason": "Same person at the counter.",
            }
        )
        merge.action_merge()
        return merge

    def test_the_links_follow_and_come_back(self):
        leo = self._link(self.dropped)
        zoe = self._link(self.kept, first_name="Zoé")
        parent = self._link(self.citizen.partner_id, person_id=self.dropped)
        merge = self.done()
        self.assertEqual(self.household(self.kept), leo | zoe)
        self.assertEqual(parent.person_id, self.kept)
        merge.action_undo()
        self.assertEqual(self.household(self.kept), zoe)
        self.assertEqual(self.household(self.dropped), leo)
        self.assertEqual(parent.person_id, self.dropped)

    def test_of_two_links_to_one_child_the_checked_one_stays(self):
        child = self._link(self.kept)
        checked = self._link(self.dropped, person_id=child.person_id)
        checked.proof_note = "Family record book"
        checked.action_verify()
        merge = self.done()
        self.assertEqual(self.household(self.kept), checked)
        self.assertTrue(child.ends_on)
        merge.action_undo()
        self.assertFalse(child.ends_on)
        self.assertEqual(self.household(self.kept), child)
        self.assertEqual(self.household(self.dropped), checked)

    def test_of_two_sheets_of_one_child_one_link_stays(self):
        kept, dropped = self._link(self.kept), self._link(self.dropped)
        merge = self.done()
        self.assertEqual(self.household(self.kept), kept)
        self.assertEqual(dropped.adult_id, self.kept)
        merge.action_undo()
        self.assertEqual(self.household(self.dropped), dropped)

    def test_two_spouses_who_were_one_person(self):
        link = self._link(self.kept, person_id=self.dropped, role="partner")
        merge = self.done()
        self.assertEqual((link.adult_id, link.person_id), (self.kept, self.dropped))
        merge.action_undo()
        self.assertEqual((link.adult_id, link.person_id), (self.kept, self.dropped))

    def test_the_links_that_follow_are_named_by_hand(self):
        found = self.env["grc.citizen.merge"]._link_fields()
        self.assertFalse([one for one in found if one[0] == "grc.household.link"])
