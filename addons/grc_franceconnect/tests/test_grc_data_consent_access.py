from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon


@tagged("post_install", "-at_install")
class TestDataConsentAccess(AccessCommon):
    """grc.data.consent: read with its request, by its citizen, written by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demand = cls._file(partner_id=cls.citizen.partner_id)
        cls.consent = cls._consent(request_id=cls.demand.id)

    @classmethod
    def _consent(cls, **vals):
        return cls.env["grc.data.consent"].create(
            {
                "partner_id": cls.citizen.partner_id.id,
                "user_id": cls.citizen.id,
                "company_id": cls.town.id,
                "prestation_id": cls.prestation.id,
                "prestation_name": cls.prestation.name,
                "source_name": "Quotient familial",
                "connector": "quotient_familial",
                "data": [{"code": "valeur", "label": "Quotient familial"}],
                "wording": "What was shown",
                "given_at": fields.Datetime.now(),
                "state": "given",
                "keep_until": fields.Date.today(),
            }
            | vals
        )

    def test_it_is_read_with_its_request(self):
        readers = {
            name: "r"
            for name, user in self.personas.items()
            if self._as(self.demand, user).has_access("read")
        }
        self.assertIn("citizen", readers)
        self.assertIn("agent", readers)
        self.assertNotIn("other_citizen", readers)
        self.assert_matrix(self.consent, **readers)

    def test_without_a_request_it_is_hers_and_the_administrators(self):
        self.assert_matrix(self._consent(), citizen="r", manager="r")

    def test_that_of_a_sensitive_service_is_hers_alone(self):
        consent = self._consent(prestation_id=self.social_prestation.id)
        self.assert_matrix(consent, citizen="r")
        demand = self._file(self.social_prestation, partner_id=self.citizen.partner_id)
        consent = self._consent(
            prestation_id=self.social_prestation.id, request_id=demand.id
        )
        self.assert_matrix(consent, social_agent="r", citizen="r")

    def test_nobody_calls_for_somebody_else(self):
        for user in (self.citizen, self.agent, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.consent, user).write({"state": "withdrawn"})
