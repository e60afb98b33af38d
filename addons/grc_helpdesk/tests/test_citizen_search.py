from odoo.tests import tagged

from .common import DeskCase


@tagged("post_install", "-at_install")
class TestCitizenSearch(DeskCase):
    def _found(self, text):
        citizens = self.env["res.partner"].with_user(self.desk_agent)
        names = citizens.with_context(grc_citizen_search=True).name_search(
            text, [("is_grc_citizen", "=", True)]
        )
        return [partner_id for partner_id, _name in names]

    def test_citizen_is_found_by_name_and_by_address(self):
        self.assertEqual(self._found("garnier"), self.citizen.ids)
        self.assertEqual(self._found("louise.garnier@ex"), self.citizen.ids)

    def test_citizen_is_found_by_telephone_however_it_is_written(self):
        for text in ("0199001234", "01.99.00.12.34", "+33 1 99 00 12 34"):
            self.assertEqual(self._found(text), self.citizen.ids, text)

    def test_few_digits_find_nobody(self):
        self.assertEqual(self._found("0199"), [])

    def test_association_is_found_by_its_rna_number(self):
        self.assertEqual(self._found("w991000001"), self.club.ids)

    def test_company_is_found_by_its_siret_and_siren_numbers(self):
        company = self.env["res.partner"].create(
            {
                "name": "Maçonnerie du Puits",
                "is_grc_citizen": True,
                "grc_kind": "company",
                "grc_siret": "73282932000074",
            }
        )
        self.assertEqual(self._found("732 829 320 00074"), company.ids)
        self.assertEqual(self._found("732829320"), company.ids)

    def test_namesakes_are_told_apart_in_the_suggestions(self):
        citizen = self.citizen.with_context(
            grc_citizen_search=True, formatted_display_name=True
        )
        self.assertIn("5 rue du Puits", citizen.display_name)
        self.assertNotIn("5 rue du Puits", self.citizen.display_name)
