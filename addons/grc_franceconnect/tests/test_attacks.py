import logging
import time
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.grc_portal.tests.http_common import path_of

from ..logs import MaskReturns
from ..models import grc_identity_transaction
from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestAttacks(IdentityHttpCommon):
    """Cases of the threat model, by the doors that an attacker has."""

    def pending(self):
        return self.env["grc.identity.transaction"].search(
            [("provider_id", "=", self.provider.id)]
        )

    def test_01_the_return_of_an_attacker_opens_nothing_elsewhere(self):
        query = self.fake.authorize(self.leave())
        before = self.pending().filtered(lambda one: one.purpose == "sign_in")
        self.sign_in()
        self.assertEqual(self.motive(self.come_back(query)), "expired")
        self.assertFalse(self.is_signed_in())
        self.assertTrue(before.exists())

    def test_02_a_return_is_used_once(self):
        query = self.fake.authorize(self.leave())
        self.assertEqual(self.come_back(query), "/my")
        self.assertEqual(self.motive(self.come_back(query)), "expired")

    def test_02_a_return_that_failed_is_not_used_again(self):
        query = self.fake.authorize(self.leave())
        self.assertEqual(
            self.motive(self.come_back(query | {"code": "x"})), "technical"
        )
        self.assertEqual(self.motive(self.come_back(query)), "expired")

    def test_02_a_late_return_is_refused(self):
        query = self.fake.authorize(self.leave())
        self.pending().expires_at = "2020-01-01 00:00:00"
        self.assertEqual(self.motive(self.come_back(query)), "expired")

    def test_03_the_code_of_another_is_refused(self):
        stolen = self.fake.authorize(self.leave())["code"]
        self.sign_in()
        query = self.fake.authorize(self.leave())
        self.assertEqual(
            self.motive(self.come_back(query | {"code": stolen})), "technical"
        )
        self.assertFalse(self.is_signed_in())

    def test_05_tokens_of_another_time_or_place_are_refused(self):
        now = int(time.time())
        for changes in (
            {"aud": "other"},
            {"iss": "https://evil.example"},
            {"exp": now - 60},
            {"exp": None},
            {"iat": now + 120},
            {"nonce": None},
        ):
            with self.subTest(changes=list(changes)):
                self.fake.id_changes = changes
                self.assertEqual(self.motive(self.connect()), "technical")
        self.assertFalse(self.is_signed_in())

    def test_06_the_identity_of_another_is_refused(self):
        self.fake.info_changes = {"sub": "b" * 64 + "v1"}
        self.assertEqual(self.motive(self.connect()), "technical")
        self.fake.info_changes = {}
        self.fake.faults.add("plain")
        with mute_logger("odoo.addons.grc_franceconnect.controllers.common"):
            self.assertEqual(self.motive(self.connect()), "configuration")

    def test_08_the_return_of_another_provider_is_refused(self):
        for changes in ({"iss": "https://evil.example"}, {"iss": ""}):
            self.assertEqual(self.motive(self.connect(**changes)), "technical")
        query = self.fake.authorize(self.leave())
        del query["iss"]
        self.assertEqual(self.motive(self.come_back(query)), "technical")

    def test_09_nobody_is_sent_elsewhere(self):
        for back in ("https://evil.com", "//evil.com", "/\\evil.com", "javascript:1"):
            with self.subTest(back=back):
                self.sign_in()
                self.assertEqual(self.connect(back), "/my")

    def test_10_an_address_joins_nobody(self):
        self.agent.login = self.fake.person["email"]
        self.citizen.partner_id.email = self.fake.person["email"]
        self.assertEqual(self.connect(), "/my")
        user = self.identity().user_id
        self.assertNotIn(user, self.agent | self.citizen)
        self.assertFalse(self.case())

    def test_10_the_address_of_the_site_is_not_that_of_the_request(self):
        answer = self.url_open(
            "/web/login", headers={"X-Forwarded-Host": "evil.example"}
        )
        self.assertEqual(answer.status_code, 200)
        self.assertIn(self.provider.base_url, self.provider.redirect_uri)

    def test_11_a_record_planted_gets_nothing(self):
        planted = self._citizen_known(level="declared")
        self._file(partner_id=planted)
        self.assertEqual(self.connect("/my/demandes"), "/my/demandes")
        identity = self.identity()
        self.assertNotEqual(identity.partner_id, planted)
        self.assertIn("no request yet", self.page("/my/demandes").text())
        case = self.case()
        self.assertEqual(case.candidate_id, planted)
        self.assertEqual(case.reason, "declared_record")

    def test_11_an_account_planted_asks_for_a_proof_that_is_not_given(self):
        planted = self._citizen_known()
        self.env["res.users"].with_context(no_reset_password=True).create(
            {
                "login": "planted@example.com",
                "partner_id": planted.id,
                "password": "planted-password",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                "company_id": self.town.id,
                "company_ids": [Command.set(self.town.ids)],
            }
        )
        path = self.connect()
        self.assertTrue(path.startswith("/franceconnect/preuve/"))
        page = self.page(path)
        self.assertNotIn("planted@example.com", page.answer.text)
        self.assertNotIn(planted.name, page.answer.text)
        data = page.hidden() | {"sans_compte": "1"}
        self.post(path, data)
        identity = self.identity()
        self.assertNotEqual(identity.partner_id, planted)
        self.assertEqual(self.case().reason, "no_proof")

    def test_11_a_proof_is_tried_five_times_at_most(self):
        planted = self._citizen_known()
        self.citizen.partner_id = planted
        path = self.connect()
        for _attempt in range(5):
            self.assertTrue(path.startswith("/franceconnect/preuve/"), path)
            page = self.page(path)
            data = page.hidden() | {"login": self.citizen.login, "password": "no"}
            with mute_logger("odoo.addons.base.models.res_users"):
                answer = self.post(path.partition("?")[0], data)
            path = path_of(answer)
        self.assertEqual(path, "/my")
        self.assertNotEqual(self.identity().partner_id, planted)

    def test_11_a_forged_proof_is_no_proof(self):
        data = self.page("/franceconnect/preuve/forged").hidden()
        answer = self.post("/franceconnect/preuve/forged", data | {"sans_compte": "1"})
        self.assertEqual(self.motive(path_of(answer)), "expired")

    def test_12_a_stolen_session_links_nothing_without_the_password(self):
        self.sign_in(self.citizen)
        page = self.page("/my/franceconnect")
        data = page.hidden() | {"password": "wrong"}
        answer = self.post("/franceconnect/relier", data)
        self.assertIn("mot-de-passe", answer.headers["Location"])
        self.assertFalse(self.pending().filtered(lambda one: one.purpose == "link"))

    def test_12_a_trip_ends_in_the_account_that_began_it(self):
        self.sign_in(self.citizen)
        data = self.page("/my/franceconnect").hidden()
        answer = self.post(
            "/franceconnect/relier", data | {"password": self.citizen.login}
        )
        query = self.fake.authorize(answer.headers["Location"])
        self.sign_in(self.other_citizen)
        self.assertEqual(self.motive(self.come_back(query)), "expired")
        self.assertFalse(self.identity())

    def test_13_an_unknown_key_is_asked_for_once_a_minute(self):
        self.connect()
        self.fake.keys[0].ensure_kid()
        for _turn in range(3):
            self.sign_in()
            key = self.fake.new_key("forged")
            with patch.object(type(self.fake), "jwks", return_value={"keys": []}):
                real, self.fake.keys = self.fake.keys, [key]
                self.assertEqual(self.motive(self.connect()), "technical")
                self.fake.keys = real
        asked = [call for call in self.fake.calls if call == ("GET", "/jwks")]
        self.assertEqual(len(asked), 1)

    def test_five_sign_ins_at_most_are_under_way(self):
        for _turn in range(8):
            self.leave()
        now = fields.Datetime.now()
        pending = self.pending().filtered(lambda one: one.expires_at > now)
        self.assertEqual(len(pending), 5)

    def test_a_flood_is_stopped(self):
        with patch.object(grc_identity_transaction, "MAX_STARTS_PER_MINUTE", 2):
            self.leave()
            self.leave()
            data = {"csrf_token": self.token_of()}
            answer = self.post("/franceconnect/connexion", data)
        self.assertEqual(self.motive(path_of(answer)), "busy")

    def test_a_flood_of_one_browser_is_stopped(self):
        data = {"csrf_token": self.token_of()}
        with patch.object(grc_identity_transaction, "MAX_STARTS_PER_MINUTE", 8):
            for _turn in range(9):
                answer = self.post("/franceconnect/connexion", data)
        self.assertEqual(self.motive(path_of(answer)), "busy")

    def test_two_tabs_both_end_well(self):
        one = self.fake.authorize(self.leave("/demarches"))
        two = self.fake.authorize(self.leave("/contact"))
        self.assertEqual(self.come_back(two), "/contact")
        self.assertEqual(self.come_back(one), "/demarches")

    def test_names_are_text(self):
        self.fake.person |= {
            "family_name": "<script>alert(1)</script>",
            "email": '"><b>"@x',
        }
        self.connect()
        self.assertNotIn("<script>alert", self.page("/my").answer.text)

    def test_nothing_personal_is_logged(self):
        with self.assertLogs(level=logging.INFO) as logs:
            self.connect()
            self.sign_in()
            self.fake.info_changes = {"birthdate": None, "idp_birthdate": None}
            self.fake.sub = "c" * 64 + "v1"
            self.connect()
        text = "\n".join(logs.output)
        for secret in ("BERNARD", "Amélie", "1985", "famille.bernard", "a" * 64):
            self.assertNotIn(secret, text)

    def test_the_log_of_addresses_hides_the_return(self):
        record = logging.LogRecord(
            "werkzeug",
            logging.INFO,
            "",
            0,
            '"%s" %s',
            ("GET /franceconnect/retour?code=secret&state=x HTTP/1.1", 303),
            None,
        )
        MaskReturns().filter(record)
        self.assertNotIn("secret", record.getMessage())
