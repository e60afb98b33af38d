from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .test_acknowledgement_wording import OWN, WordingCommon

MODEL = "grc.acknowledgement.wording"


@tagged("grc_security")
class TestWordingAccess(WordingCommon, AccessCommon):
    def test_only_the_administrator_of_the_town(self):
        self.assert_matrix(self._wording(), manager="rw")

    def test_not_the_neighbour_s(self):
        far = self.env[MODEL].search([("company_id", "=", self.far_town.id)], limit=1)
        self.assertTrue(far)
        self.assert_matrix(far)
        far_manager = self._user(
            "far_manager", "grc_base.group_grc_manager", self.far_town
        )
        self.assertTrue(self._as(far, far_manager).has_access("write"))
        self.assertFalse(self._wording(user=far_manager).has_access("read"))

    def test_the_head_of_the_service_does_not_write(self):
        for user in (self.service_head, self.agent, self.desk_agent, self.citizen):
            wording = self._wording(user=user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    wording.write({"body": OWN})
                with self.assertRaises(AccessError):
                    wording.action_restore_default()
