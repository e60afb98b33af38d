from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GrcCommon


@tagged("grc_security")
class TestDeliveryElsewhereAccess(GrcCommon):
    def test_the_window_is_for_whoever_opened_it(self):
        request = self._file(partner_id=self.citizen.partner_id)
        delivery = self.env["grc.delivery"]._queue(request, "message", "Hi", "Hello")
        vals = {"request_id": request.id, "delivery_id": delivery.id}
        windows = self.env["grc.delivery.elsewhere"]
        window = self._as(windows, self.agent).create(vals)
        self.assertTrue(window.has_access("write"))
        for user in (self.desk_agent, self.other_agent, self.manager):
            self.assertFalse(self._as(window, user).has_access("read"))
        for user in (
            self.other_agent,
            self.social_agent,
            self.other_company_agent,
            self.plain_user,
            self.citizen,
            self.public,
        ):
            with self.assertRaises(AccessError):
                self._as(windows, user).create(vals)
