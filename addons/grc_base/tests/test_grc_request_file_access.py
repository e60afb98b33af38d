from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import AccessCommon


@tagged("grc_security")
class TestRequestFileAccess(AccessCommon):
    """The window of a copy: whoever reads the request opens it, alone."""

    def test_whoever_reads_the_request_opens_it(self):
        request = self._file()
        request.partner_id = self.citizen.partner_id
        for name, user in self.personas.items():
            allowed = name in ("agent", "service_head", "manager", "desk_agent")
            window = self._as(self.env["grc.request.file"], user)
            with self.subTest(persona=name):
                if allowed:
                    window.create({"request_id": request.id})
                else:
                    with self.assertRaises(AccessError):
                        window.create({"request_id": request.id})

    def test_nobody_sees_the_window_of_somebody_else(self):
        request = self._file()
        window = self._as(self.env["grc.request.file"], self.agent).create(
            {"request_id": request.id}
        )
        self.assertTrue(window.has_access("read"))
        for user in (self.service_head, self.manager, self.citizen, self.public):
            self.assertFalse(self._as(window, user).has_access("read"))
