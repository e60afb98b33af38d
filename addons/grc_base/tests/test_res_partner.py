from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError

from .common import GrcCommon


class TestCitizen(GrcCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.citizen.partner_id

    def test_a_siret_is_checked_and_cleaned(self):
        self.partner.grc_siret = "732 829 320 00074"
        self.assertEqual(self.partner.grc_siret, "73282932000074")
        # La Poste's establishments follow a rule of their own.
        self.partner.grc_siret = "35600000049837"
        for wrong in ("73282932000075", "732829320", "ABC"):
            with self.assertRaises(ValidationError) as caught:
                self.partner.grc_siret = wrong
            self.assertIn(wrong, str(caught.exception))

    def test_an_rna_is_checked_and_cleaned(self):
        self.partner.grc_rna = "w 751-234.567"
        self.assertEqual(self.partner.grc_rna, "W751234567")
        for wrong in ("751234567", "W75123456", "W7512345678", "X751234567"):
            with self.assertRaises(ValidationError):
                self.partner.grc_rna = wrong

    def test_a_date_of_birth_may_be_partial(self):
        for good in ("1962-08-24", "1962-08-00", "1962-00-00", "2000-02-29", False):
            self.partner.grc_birth_date = good
        self.partner.grc_birth_date = "08/1962"
        self.assertEqual(self.partner.grc_birth_date, "1962-08-00")
        for wrong in ("62", "31/02/1962", "1962-13-01", "1962-00-24", "1900-02-29"):
            with self.assertRaises(ValidationError):
                self.partner.grc_birth_date = wrong

    def test_new_contacts_are_cleaned_too(self):
        partner = self.env["res.partner"].create(
            {"name": "Ode", "grc_siret": "732 829 320 00074", "grc_rna": "w751234567"}
        )
        self.assertEqual(
            (partner.grc_siret, partner.grc_rna), ("73282932000074", "W751234567")
        )

    @freeze_time("2026-12-31 23:30:00")
    def test_an_agent_checks_the_identity(self):
        self._as(self.partner, self.agent).action_verify_grc_identity()
        self.assertRecordValues(
            self.partner,
            [
                {
                    "grc_identity_level": "verified",
                    "grc_identity_on": date(2027, 1, 1),
                    "grc_identity_source": "Agent",
                }
            ],
        )

    def test_a_certified_identity_is_not_lowered(self):
        self.partner.write(
            {
                "grc_identity_level": "franceconnect",
                "grc_identity_source": "FranceConnect",
            }
        )
        self._as(self.partner, self.agent).action_verify_grc_identity()
        self.assertEqual(self.partner.grc_identity_level, "franceconnect")

    def test_a_citizen_does_not_certify_himself(self):
        own = self._as(self.partner, self.citizen)
        with self.assertRaises(AccessError):
            own.action_verify_grc_identity()
        self.assertEqual(self.partner.grc_identity_level, "declared")

    def test_the_sheet_of_a_citizen_comes_from_what_she_declared(self):
        request = self._file(reply_email="other@example.com")
        action = self._as(request, self.agent).action_create_citizen()
        self.assertEqual(action["res_id"], request.partner_id.id)
        self.assertRecordValues(
            request.partner_id,
            [
                {
                    "name": "Alice Martin",
                    "is_grc_citizen": True,
                    "is_company": False,
                    "grc_usage_name": "Martin",
                    "grc_given_names": "Alice",
                    "email": "other@example.com",
                    "street": "5 rue du Puits",
                    "company_id": self.town.id,
                    "grc_identity_level": "declared",
                }
            ],
        )
        partner = request.partner_id
        self._as(request, self.agent).action_create_citizen()
        self.assertEqual(request.partner_id, partner, "once")
        self.assertEqual(self._events(request, "citizen_linked"), ["citizen_linked"])

    def test_a_company_becomes_a_company(self):
        request = self._file(
            requester_kind="company",
            requester_organization="SARL Ode",
            requester_siret="73282932000074",
        )
        self._as(request, self.agent).action_create_citizen()
        self.assertRecordValues(
            request.partner_id,
            [{"name": "SARL Ode", "is_company": True, "grc_siret": "73282932000074"}],
        )

    def test_a_sender_without_a_name_is_not_yet_a_citizen(self):
        request = self._file(
            channel="mail",
            requester_lastname=False,
            requester_firstname=False,
            email_used="x@example.com",
        )
        self._as(request, self.agent).action_create_citizen()
        self.assertEqual(request.partner_id.name, "x@example.com")

    def test_the_count_of_requests(self):
        self._file(partner_id=self.partner)
        self._file(self.social_prestation, partner_id=self.partner)
        self.assertEqual(self._as(self.partner, self.agent).grc_request_count, 1)
        self.assertEqual(self._as(self.partner, self.social_agent).grc_request_count, 1)
        self.assertEqual(self._as(self.partner, self.plain_user).grc_request_count, 0)
