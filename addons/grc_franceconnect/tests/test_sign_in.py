import logging
import time
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo import sql_db
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.grc_portal.tests.http_common import TYPED, path_of

from ..rules.refusal import Refused
from .common import IdentityHttpCommon

_COMMON = "odoo.addons.grc_franceconnect.controllers.common"

_DOORS = ("connexion", "deconnexion", "relier", "confirmer", "delier", "mot-de-passe")


@tagged("post_install", "-at_install")
class TestSignIn(IdentityHttpCommon):
    """Going to FranceConnect and back, when all goes well, and when it fails."""

    def test_only_what_franceconnect_accepts_is_sent(self):
        asked = parse_qs(urlsplit(self.leave()).query)
        self.assertEqual(
            set(asked),
            {
                "response_type",
                "client_id",
                "redirect_uri",
                "scope",
                "acr_values",
                "state",
                "nonce",
            },
        )
        self.assertEqual(asked["redirect_uri"], [self.provider.redirect_uri])

    def test_a_first_sign_in_opens_an_account_without_password(self):
        self.assertEqual(self.connect("/my/demandes"), "/my/demandes")
        self.assertTrue(self.is_signed_in())
        identity = self.identity()
        user, partner = identity.user_id, identity.partner_id
        self.assertTrue(user._is_portal())
        self.assertTrue(user.is_grc_identity_only)
        self.assertTrue(user.login.startswith("fc-"))
        self.assertEqual(user.company_id, self.town)
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        self.assertFalse(self.env.cr.fetchone()[0])
        self.assertEqual(partner.grc_identity_level, "franceconnect")
        self.assertEqual(partner.grc_birth_name, "BERNARD")
        self.assertEqual(partner.grc_given_names, "Amélie, Claire")
        self.assertEqual(partner.name, "Amélie BERNARD")
        self.assertEqual(partner.email, "famille.bernard@example.com")

    def test_a_second_sign_in_opens_the_same_account(self):
        self.connect()
        first = self.identity().user_id
        self.sign_in()
        self.connect()
        self.assertEqual(self.identity().user_id, first)
        self.assertEqual(len(self.identities("active")), 1)

    def test_an_address_that_the_citizen_changed_is_kept(self):
        self.connect()
        self.identity().partner_id.email = "amelie@example.org"
        self.sign_in()
        self.connect()
        self.assertEqual(self.identity().partner_id.email, "amelie@example.org")

    def test_a_form_is_found_back_with_what_was_typed(self):
        form = self.open_form()
        data = form.hidden() | TYPED | {"step": "franceconnect", "phone": ""}
        data["csrf_token"] = form.all("//input[@name='csrf_token']")[0].get("value")
        answer = self.post(self.form_url(), data)
        self.assertTrue(answer.headers["Location"].startswith(self.fake.issuer))
        back = self.come_back(self.fake.authorize(answer.headers["Location"]))
        page = self.page(back)
        self.assertEqual(page.value("subject"), TYPED["subject"])
        self.assertEqual(page.value("email_used"), TYPED["email_used"])
        self.assertFalse(page.all("//*[@id='grc-connect-form']"))

    def test_the_button_stands_before_the_password(self):
        page = self.page("/web/login")
        text = page.text()
        self.assertLess(text.index("FranceConnect"), text.index("Password"))
        link = page.all("//a[@href='https://franceconnect.gouv.fr/']")[0]
        self.assertEqual(link.get("target"), "_blank")
        self.provider.active = False
        self.assertNotIn("FranceConnect", self.page("/web/login").text())
        self.assertEqual(self.post_start(404).status_code, 404)

    def post_start(self, status):
        data = {"csrf_token": self.token_of()}
        return self.post("/franceconnect/connexion", data, status=status)

    def test_an_account_with_a_second_factor_still_asks_for_it(self):
        self.connect()
        user = self.identity().user_id
        self.sign_in()
        with patch.object(
            self.env.registry["res.users"], "_mfa_url", lambda self: "/web/login/totp"
        ):
            query = self.fake.authorize(self.leave())
            self.assertIn("/web/login/totp", self.come_back(query))
        self.assertTrue(user)
        self.assertFalse(self.is_signed_in())

    def test_two_that_sign_in_at_once_make_one_account(self):
        identities = self.env.registry["grc.identity"]
        real, calls = identities._link, []

        def once(model, *args, **kwargs):
            calls.append(args)
            if len(calls) == 1:
                raise ConcurrencyError("the same person signs in twice at once")
            return real(model, *args, **kwargs)

        with patch.object(identities, "_link", once), mute_logger("odoo.service.model"):
            self.assertEqual(self.connect(), "/my")
        self.assertEqual(len(calls), 2)
        self.assertTrue(self.is_signed_in())

    def test_the_level_asked_is_the_level_wanted_back(self):
        transactions = self.env["grc.identity.transaction"]
        url = transactions._leave(self.provider, "browser", acr="eidas2")
        self.assertIn("acr_values=eidas2", url)
        query = self.fake.authorize(url)
        trip = transactions._take(query["state"], "browser")
        with self.assertRaises(Refused):
            self.provider._verify_return(query["code"], trip["nonce"], "", trip["acr"])

    def test_the_address_of_a_form_is_not_a_page(self):
        for door in _DOORS:
            self.assertIn("forms", self.page(f"/franceconnect/{door}", 405).text())

    def test_a_sign_in_is_quick(self):
        self.connect()
        for _turn in range(2):
            self.sign_in()
            data = {"csrf_token": self.token_of(), "retour": "/my"}
            before = sql_db.sql_counter
            answer = self.post("/franceconnect/connexion", data)
            there = sql_db.sql_counter
            query = self.fake.authorize(answer.headers["Location"])
            self.come_back(query)
            cost = sql_db.sql_counter - before
        # Both ways together: 24 of a server, and a savepoint for each way of a test.
        self.assertLess(cost, 25 + 2, f"{there - before} to leave")

    # === FAILURES === #

    def test_each_error_of_the_provider_has_its_page(self):
        pages = {
            ("access_denied", "User auth aborted"): "gave_up",
            ("access_denied", "user authentication aborted"): "not_recognised",
            ("temporarily_unavailable", ""): "unavailable",
            ("server_error", ""): "technical",
            ("new_error", "<script>alert(1)</script>"): "unknown",
        }
        for (error, description), expected in pages.items():
            with self.subTest(error=error):
                query = self.fake.authorize(self.leave())
                del query["code"]
                query |= {"error": error, "error_description": description}
                path = self.come_back(query)
                self.assertEqual(self.motive(path), expected)
                page = self.page(path)
                self.assertNotIn("script>alert", page.answer.text)
                self.assertTrue(page.all("//a[contains(@href, '/web/login')]"))
        self.assertFalse(self.is_signed_in())

    def test_an_error_of_our_settings_is_an_error_of_the_log(self):
        query = self.fake.authorize(self.leave())
        del query["code"]
        with self.assertLogs(_COMMON, "ERROR") as logs:
            path = self.come_back(query | {"error": "invalid_acr"})
        self.assertEqual(self.motive(path), "configuration")
        self.assertIn("invalid_acr", logs.output[0])

    def test_an_incident_of_the_provider_is_logged_with_its_number(self):
        self.fake.token_error = {
            "error": "server_error",
            "error_description": "secret of somebody",
            "error_uri": "https://docs.partenaires.franceconnect.gouv.fr/x/?code="
            "Y04EA6EF&id=00000000-0000-4000-8000-000000000000",
        }
        with self.assertLogs(_COMMON, logging.INFO) as logs:
            self.assertEqual(self.motive(self.connect()), "technical")
        self.assertIn("Y04EA6EF", logs.output[0])
        self.assertNotIn("secret", logs.output[0])

    def test_a_wrong_secret_is_for_the_administrator(self):
        self.provider.new_secret = "another-secret"
        with mute_logger(_COMMON):
            self.assertEqual(self.motive(self.connect()), "configuration")

    def test_a_provider_down_is_said_in_words(self):
        self.fake.faults.add("down")
        data = {"csrf_token": self.token_of(), "retour": "/demarches"}
        answer = self.post("/franceconnect/connexion", data)
        self.assertEqual(self.motive(path_of(answer)), "unavailable")
        self.assertIn("/demarches", self.page(path_of(answer)).all("//main//a/@href"))

    def test_a_slow_provider_does_not_hold_the_worker(self):
        query = self.fake.authorize(self.leave())
        self.fake.faults.add("slow")
        self.assertEqual(self.motive(self.come_back(query)), "unavailable")

    def test_a_redirection_of_the_provider_is_not_followed(self):
        self.fake.faults.add("redirect")
        data = {"csrf_token": self.token_of()}
        answer = self.post("/franceconnect/connexion", data)
        self.assertEqual(self.motive(path_of(answer)), "unavailable")

    def test_an_incomplete_identity_is_refused(self):
        self.fake.info_changes = {"birthdate": None, "idp_birthdate": None}
        self.assertEqual(self.motive(self.connect()), "technical")
        self.assertFalse(self.identity())

    def test_discovery_and_keys_are_read_once(self):
        self.connect()
        self.sign_in()
        self.connect()
        asked = [call for call in self.fake.calls if call[0] == "GET"]
        self.assertEqual(asked.count(("GET", "/jwks")), 1)
        self.assertEqual(asked.count(("GET", "/.well-known/openid-configuration")), 1)

    def test_keys_that_changed_are_read_again(self):
        self.connect()
        self.sign_in()
        self.fake.keys = [self.fake.new_key("two")]
        query = self.fake.authorize(self.leave())
        clock = "odoo.addons.grc_franceconnect.models.grc_identity_client_mixin.time"
        real = time.time
        with patch(clock) as moved:
            moved.time.side_effect = lambda: real() + 61
            self.fake.id_changes = {"exp": int(time.time()) + 120}
            self.fake.info_changes = {"exp": int(time.time()) + 120}
            self.assertEqual(self.come_back(query), "/my")

    def test_the_page_of_an_incident_knows_a_closed_list(self):
        page = self.page("/franceconnect/incident?motif=<b>&ref=<i>&retour=//evil.com")
        self.assertNotIn("evil.com", page.answer.text)
        self.assertEqual(
            page.all("//*[@id='grc-incident']")[0].get("data-page"), "unknown"
        )

    def test_a_session_that_nobody_uses_is_closed(self):
        self.connect()
        self.assertTrue(self.is_signed_in())
        with patch("odoo.addons.grc_franceconnect.models.ir_http.IDLE_SECONDS", -1):
            self.assertFalse(self.is_signed_in())

    def test_the_settings_explain_what_fails(self):
        provider = self._as(self.provider, self.manager)
        provider.action_test()
        self.assertNotIn("✗", self.provider.test_report)
        self.assertIn(self.provider.redirect_uri, self.provider.test_report)
        self.provider.new_secret = "another-secret"
        provider.action_test()
        self.assertIn("does not accept the identifier", self.provider.test_report)
        self.fake.keys = []
        provider.action_test()
        self.assertIn("keys of the provider", self.provider.test_report)
        self.fake.faults.add("down")
        provider.action_test()
        self.assertIn("does not answer", self.provider.test_report)
