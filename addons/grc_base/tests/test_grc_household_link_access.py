from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_common import AccessCommon
from .household_common import HouseholdMixin


@tagged("grc_security")
class TestHouseholdLinkAccess(HouseholdMixin, AccessCommon):
    """grc.household.link: the citizen reads hers, agents of the town write."""

    def test_who_reads_and_writes(self):
        agents = (
            "agent",
            "other_agent",
            "attached_agent",
            "social_agent",
            "service_head",
            "manager",
            "desk_agent",
        )
        rights = dict.fromkeys(agents, "rwc")
        self.assert_matrix(self._link(), citizen="r", **rights)

    def test_the_link_of_another_town_is_not_seen(self):
        far = self._user("far_citizen", "base.group_portal", self.far_town)
        link = self._link(far.partner_id, company_id=self.far_town)
        self.assertEqual(link.person_id.company_id, self.far_town)
        self.assert_matrix(link, other_company_agent="rwc")
        person = link.person_id
        self.assertFalse(self._as(person, self.agent).has_access("read"))

    def test_a_citizen_reads_her_links_and_not_the_other_parent(self):
        link = self._link()
        other = self._link(self.other_citizen.partner_id, person_id=link.person_id)
        own = self._as(link, self.citizen)
        self.assertEqual(own.first_name, "Léo")
        for name in ("other_adult_ids", "twin_ids", "proof_note"):
            with self.assertRaises(AccessError):
                own.read([name])
        with self.assertRaises(AccessError):
            self._as(other, self.citizen).read(["role"])
        self.assertFalse(self._as(link.person_id, self.citizen).has_access("read"))

    def test_a_citizen_writes_nothing_by_hand(self):
        link = self._link()
        own = self._as(link, self.citizen)
        for action in (
            lambda: own.write({"pays": True}),
            lambda: own.write({"first_name": "Max"}),
            lambda: own.unlink(),
            lambda: own.create({"adult_id": self.citizen.partner_id.id}),
            own.action_verify,
            own.action_end,
        ):
            with self.assertRaises(AccessError):
                action()

    def test_nobody_deletes_a_link(self):
        link = self._link()
        for user in (self.agent, self.manager, self.desk_agent):
            with self.assertRaises(AccessError):
                self._as(link, user).unlink()

    def test_the_assurance_is_not_typed(self):
        link = self._as(self._link(), self.agent)
        for vals in (
            {"level": "verified"},
            {"verified_on": "2026-01-01"},
            {"adult_id": self.other_citizen.partner_id.id},
            {"person_id": self.other_citizen.partner_id.id},
            {"company_id": self.far_town.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                link.write(vals)
        with self.assertRaises(UserError):
            link.create(
                {
                    "adult_id": self.citizen.partner_id.id,
                    "last_name": "Martin",
                    "first_name": "Zoé",
                    "level": "verified",
                }
            )

    def test_a_person_of_another_town_is_not_linked(self):
        far = self.env["res.partner"].create(
            {"name": "Far child", "company_id": self.far_town.id}
        )
        links = self._as(self.env["grc.household.link"], self.agent)
        with self.assertRaises(UserError):
            links.create({"adult_id": self.citizen.partner_id.id, "person_id": far.id})
