from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from .common import GrcCommon
from .household_common import HouseholdMixin


class TestHouseholdLink(HouseholdMixin, GrcCommon):
    """What agents and citizens do to a household, and what they cannot do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leo = cls._link(has_authority=True)
        cls.adult = cls.citizen.partner_id

    def by_agent(self, link=None):
        return self._as(link or self.leo, self.agent)

    def verify(self, link=None):
        link = self.by_agent(link)
        link.proof_note = "Family record book"
        link.action_verify()

    def test_an_agent_adds_a_person_who_has_no_sheet(self):
        link = self._as(self.env["grc.household.link"], self.agent).create(
            {
                "adult_id": self.adult.id,
                "last_name": "Martin",
                "first_name": "Zoé",
                "birth_date": self._born(4),
            }
        )
        person = link.person_id.sudo()
        self.assertEqual(person.name, "Zoé Martin")
        self.assertEqual(person.grc_birth_name, "Martin")
        self.assertEqual(person.company_id, self.town)
        self.assertFalse(person.is_grc_citizen)
        self.assertEqual((link.level, link.is_current), ("declared", True))
        self.assertIn("Zoé Martin", self.adult.message_ids[0].body)

    def test_the_same_child_is_not_added_twice(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._link(last_name="MARTIN", first_name="leo")
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._link(person_id=self.leo.person_id)
        # A twin has another first name, a namesake another day of birth.
        self._link(first_name="Noé")
        self._link(birth_date=self._born(3))
        self.by_agent().action_end()
        self._link(person_id=self.leo.person_id)

    def test_shared_custody_is_two_links_to_one_child(self):
        other = self._link(
            self.other_citizen.partner_id,
            person_id=self.leo.person_id,
            is_custody_shared=True,
        )
        adults = self.by_agent().other_adult_ids
        self.assertEqual(adults, self.other_citizen.partner_id)
        self.assertEqual(self.by_agent(other).other_adult_ids, self.adult)
        self.by_agent(other).action_end()
        self.leo.invalidate_recordset(["other_adult_ids"])
        self.assertFalse(self.by_agent().other_adult_ids)

    def test_two_sheets_of_one_child_are_joined_by_an_agent(self):
        far = self._user("far_citizen", "base.group_portal", self.far_town)
        self._link(far.partner_id, company_id=self.far_town)
        self._link(self.desk_agent.partner_id, birth_date=self._born(3))
        self.assertFalse(self.by_agent().twin_ids)
        with self.assertRaises(UserError):
            self.by_agent().action_join_twin()
        other = self._link(self.other_citizen.partner_id, has_authority=True)
        left = other.person_id
        self.env.invalidate_all()
        self.assertEqual(self.by_agent(other).twin_ids, self.leo)
        self.by_agent(other).action_join_twin()
        self.assertEqual(other.person_id, self.leo.person_id)
        self.assertFalse(left.active)
        self.assertEqual(self.by_agent().other_adult_ids, other.adult_id)
        with self.assertRaises(UserError):
            self._as(other, self.other_citizen).action_join_twin()

    def test_nobody_is_of_her_own_household(self):
        with self.assertRaises(ValidationError):
            self._link(person_id=self.adult)
        company = self.env["res.partner"].create(
            {"name": "Mill", "grc_kind": "company", "is_grc_citizen": True}
        )
        with self.assertRaises(ValidationError):
            self._link(company)

    def test_a_proof_is_checked_with_its_note(self):
        with self.assertRaises(UserError):
            self.by_agent().action_verify()
        self.verify()
        self.assertEqual(self.leo.level, "verified")
        self.assertEqual(self.leo.verified_by_id, self.agent)
        self.assertEqual(self.leo.verified_on, self.leo._today())

    def test_what_was_checked_and_changes_is_to_be_checked_again(self):
        self.verify()
        self.by_agent().write({"pays": True, "may_pick_up": True})
        self.assertEqual(self.leo.level, "verified")
        self.by_agent().write({"has_authority": False})
        self.assertEqual(self.leo.level, "declared")
        self.assertFalse(self.leo.verified_by_id)
        self.verify()
        self.by_agent().write({"first_name": "Léon"})
        self.assertEqual(self.leo.level, "declared")
        self.assertEqual(self.leo.person_id.name, "Léon Martin")

    def test_a_citizen_changes_and_ends_what_she_declared(self):
        self.leo._change_declared({"first_name": "Léonard", "pays": True, "level": "x"})
        self.assertEqual(self.leo.person_id.name, "Léonard Martin")
        self.assertTrue(self.leo.pays)
        self.assertTrue(self.leo.has_authority)
        self.leo._end_declared()
        self.assertEqual(self.leo.ends_on, self.leo._today())
        self.assertFalse(self.leo.is_current)
        self.assertTrue(self.leo.exists())
        with self.assertRaises(UserError):
            self.leo._change_declared({"pays": False})

    def test_a_citizen_does_not_change_what_an_agent_checked(self):
        self.verify()
        for action in (
            lambda: self.leo._change_declared({"pays": True}),
            self.leo._end_declared,
        ):
            with self.assertRaises(UserError):
                action()
        self.assertFalse(self.leo.pays or self.leo.ends_on)

    def test_a_citizen_does_not_rename_a_child_known_to_others(self):
        self._link(self.other_citizen.partner_id, person_id=self.leo.person_id)
        self.leo._change_declared({"first_name": "Max", "pays": True})
        self.assertEqual(self.leo.person_id.name, "Léo Martin")
        self.assertTrue(self.leo.pays)

    def test_renamed_into_somebody_else_of_the_household_is_refused(self):
        zoe = self._link(first_name="Zoé")
        with self.assertRaises(ValidationError):
            zoe._change_declared({"first_name": "Léo"})

    def test_no_social_security_number_is_kept(self):
        self.by_agent().proof_note = "Seen 1 85 05 78 006 084 91"
        self.assertNotIn("084", self.leo.proof_note)
        link = self._link(first_name="Max 1850578006084")
        self.assertNotIn("1850578006084", link.person_id.name)

    def test_days_of_a_link(self):
        today = self.leo._today()
        later = self._link(first_name="Zoé", starts_on=today + timedelta(days=3))
        household = self.adult._grc_household(self.town)
        self.assertEqual(household, self.leo)
        self.by_agent(later).ends_on = today + timedelta(days=9)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            later.ends_on = today
            later.flush_recordset()

    def test_the_household_of_another_town_is_apart(self):
        self.assertFalse(self.adult._grc_household(self.far_town))

    def test_a_wrong_day_of_birth_is_refused(self):
        with self.assertRaises(UserError):
            self._link(first_name="Zoé", birth_date="31/02/2016")

    def test_a_day_of_birth_is_typed_as_in_france(self):
        link = self._link(first_name="Zoé", birth_date="14/05/2016")
        self.assertEqual(link.birth_date, "2016-05-14")
        self.assertEqual(link.person_id.grc_birth_date, "2016-05-14")

    def test_the_tab_reads_a_household_in_a_constant_number_of_queries(self):
        for name in ("Zoé", "Max", "Ana", "Tom"):
            self._link(first_name=name)

        def read(count):
            links = self.adult.grc_household_ids[:count]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._as(links, self.agent).read(
                ["person_id", "first_name", "is_current", "other_adult_ids"]
            )
            return self.env.cr.sql_log_count - before

        read(1)
        self.assertLessEqual(read(5), read(1))
