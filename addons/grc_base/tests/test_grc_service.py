from odoo.exceptions import ValidationError

from .common import GrcCommon


class TestGrcService(GrcCommon):
    def test_address_with_an_accent_is_refused(self):
        service = self.env["grc.service"].create({"name": "Accueil"})
        with self.assertRaises(ValidationError):
            service.email = "état.civil@example.com"
        with self.assertRaises(ValidationError):
            self.env.company.email = "mairie@église.example.com"
        service.email = "etat.civil@example.com"
