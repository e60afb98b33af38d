from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.grc_portal.tests.http_common import path_of

from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestMyIdentity(IdentityHttpCommon):
    """Linking an account, unlinking it, giving it a first password."""

    def test_an_account_is_linked_with_both_proofs(self):
        path = self.link(self.citizen)
        self.assertIn("fait=relie", path)
        self.assertEqual(self.identity().user_id, self.citizen)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn(self.citizen.email, mail.email_to)
        self.sign_in()
        self.connect()
        self.assertTrue(self.is_signed_in())

    def test_another_identity_waits_for_an_agent(self):
        self.citizen.partner_id.write(
            {
                "grc_birth_name": "Durand",
                "grc_given_names": "Jeanne",
                "grc_birth_date": "1960-01-05",
                "grc_identity_level": "verified",
            }
        )
        self.assertIn("fait=attente", self.link(self.citizen))
        self.assertEqual(self.identity().state, "waiting")
        self.sign_in()
        self.connect()
        self.assertNotEqual(self.identity().user_id, self.citizen)

    def test_an_account_linked_already_keeps_its_identity(self):
        self.link(self.citizen)
        self.fake.sub = "d" * 64 + "v1"
        self.sign_in(self.citizen)
        data = self.page("/my/franceconnect").hidden() | {
            "password": self.citizen.login
        }
        answer = self.post("/franceconnect/relier", data)
        self.assertTrue(answer.headers["Location"].endswith("/my/franceconnect"))

    def test_an_identity_linked_already_opens_no_second_account(self):
        self.link(self.citizen)
        path = self.link(self.other_citizen)
        self.assertEqual(self.motive(path), "taken")
        self.assertNotIn(self.citizen.name, self.page(path).answer.text)

    def test_unlinking_asks_who_is_there_and_closes_the_sessions(self):
        self.link(self.citizen)
        data = self.page("/my/franceconnect").hidden()
        self.post("/franceconnect/delier", data)
        self.assertEqual(self.identity().state, "ended")
        self.assertFalse(self.is_signed_in())
        self.sign_in()
        path = self.connect()
        self.assertTrue(path.startswith("/franceconnect/preuve/"))
        self.post(path, self.page(path).hidden() | {"sans_compte": "1"})
        active = self.identities("active")
        self.assertNotEqual(active.user_id, self.citizen)
        self.assertEqual(self.case().reason, "no_proof")

    def test_unlinking_needs_a_fresh_proof(self):
        self.link(self.citizen)
        self.sign_in(self.citizen)
        page = self.page("/my/franceconnect")
        self.assertFalse(page.all("//form[@action='/franceconnect/delier']"))
        self.post("/franceconnect/delier", page.hidden())
        self.assertEqual(self.identity().state, "active")
        answer = self.post("/franceconnect/confirmer", page.hidden())
        self.come_back(self.fake.authorize(answer.headers["Location"]))
        page = self.page("/my/franceconnect")
        self.assertTrue(page.all("//form[@action='/franceconnect/delier']"))

    def test_an_account_without_password_is_not_unlinked(self):
        self.connect()
        page = self.page("/my/franceconnect")
        self.assertFalse(page.all("//form[@action='/franceconnect/delier']"))
        self.post(
            "/franceconnect/delier",
            page.hidden()
            | {
                "csrf_token": self.token_of("/my/franceconnect"),
                "fournisseur": str(self.provider.id),
            },
        )
        self.assertEqual(self.identity().state, "active")

    # === A FIRST PASSWORD === #

    def first_password(self, status=303, **changes):
        data = self.page("/my/franceconnect").hidden() | {
            "login": "amelie@example.com",
            "new1": "a long password",
            "new2": "a long password",
        }
        return self.post("/franceconnect/mot-de-passe", data | changes, status=status)

    def test_a_password_is_added_by_whoever_was_just_identified(self):
        self.connect()
        for changes in (
            {"login": "x"},
            {"new1": "short", "new2": "short"},
            {"new2": "another password"},
            {"login": self.citizen.login + "@example.com"},
        ):
            if changes.get("login", "").startswith("grc_"):
                self.citizen.login = changes["login"]
            answer = self.first_password(200, **changes)
            self.assertTrue(self.parse(answer).all("//*[@role='alert']"), changes)
        self.first_password()
        self.assertTrue(self.is_signed_in())
        user = self.identity().user_id
        # One message in our words; core's speak of a « login ».
        told = self.env["mail.mail"].search([("email_to", "=", user.email_formatted)])
        self.assertEqual(len(told), 1)
        self.assertFalse(user.is_grc_identity_only)
        self.authenticate("amelie@example.com", "a long password")
        self.assertTrue(self.is_signed_in())

    def test_no_password_is_added_later_nor_by_the_page_of_passwords(self):
        self.connect()
        fresh = "odoo.addons.grc_franceconnect.controllers.common.FRESH_SECONDS"
        with patch(fresh, -1):
            answer = self.first_password()
            self.assertEqual(self.motive(path_of(answer)), "expired")
        data = {"csrf_token": self.token_of("/my/franceconnect")}
        data |= {"old": "x", "new1": "a long password", "new2": "a long password"}
        self.post("/my/security", data, status=200)
        user = self.identity().user_id
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        self.assertFalse(self.env.cr.fetchone()[0])
