from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.grc_portal.tests.http_common import path_of

from ..models.grc_identity_client_mixin import forget
from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestSignOut(IdentityHttpCommon):
    """Closed here first, then there; case 15 of the threat model."""

    def out(self):
        data = {"csrf_token": self.token_of("/my/franceconnect")}
        return self.post("/franceconnect/deconnexion", data)

    def test_the_session_is_closed_at_both(self):
        self.connect()
        page = self.page("/my")
        self.assertTrue(page.all("//form[@action='/franceconnect/deconnexion']"))
        answer = self.out()
        location = answer.headers["Location"]
        self.assertTrue(location.startswith(f"{self.fake.issuer}/session/end"))
        asked = parse_qs(urlsplit(location).query)
        self.assertEqual(asked["post_logout_redirect_uri"], [self.provider.logout_uri])
        self.assertTrue(asked["id_token_hint"][0])
        self.assertFalse(self.is_signed_in())
        state = asked["state"][0]
        back = f"/franceconnect/retour-deconnexion?state={state}"
        path = path_of(self.get(back, 303))
        self.assertEqual(path, f"/franceconnect/deconnecte?fin={self.provider.id}")
        self.assertIn("FranceConnect", self.page(path).text())
        path = path_of(self.get(back, 303))
        self.assertEqual(path, "/franceconnect/deconnecte")

    def test_a_forged_return_closes_nothing(self):
        self.connect()
        self.get("/franceconnect/retour-deconnexion?state=forged", 303)
        self.assertTrue(self.is_signed_in())
        self.assertEqual(path_of(self.get("/franceconnect/deconnecte", 303)), "/my")

    def test_a_provider_down_leaves_nobody_signed_in(self):
        self.connect()
        self.fake.faults.add("down")
        forget()
        answer = self.out()
        self.assertEqual(path_of(answer), "/franceconnect/deconnecte")
        self.assertFalse(self.is_signed_in())

    def test_a_session_of_a_password_is_closed_here(self):
        self.sign_in(self.citizen)
        page = self.page("/my")
        self.assertFalse(page.all("//form[@action='/franceconnect/deconnexion']"))
        self.assertEqual(path_of(self.out()), "/franceconnect/deconnecte")

    def test_no_token_is_kept_in_the_database(self):
        self.connect()
        self.env.flush_all()
        for table in ("grc_identity", "grc_identity_transaction", "res_users"):
            self.env.cr.execute(SQL("SELECT t::text FROM %s t", SQL.identifier(table)))
            text = "".join(row[0] for row in self.env.cr.fetchall())
            self.assertNotIn("eyJ", text, table)
