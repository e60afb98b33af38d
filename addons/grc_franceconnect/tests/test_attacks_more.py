import base64
import hashlib
import hmac
import json
import logging
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import SQL, config, mute_logger

from odoo.addons.grc_portal.tests.http_common import path_of

from .common import IdentityHttpCommon
from .fake_provider import AMELIE_SUB, SECRET

_COMMON = "odoo.addons.grc_franceconnect.controllers.common"
_EVIL = "evil.example"


def _part(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


@tagged("post_install", "-at_install")
class TestMoreAttacks(IdentityHttpCommon):
    """Cases of the threat model by HTTP: forged tokens, levels, hosts, dumps, logs."""

    # === FORGED TOKENS === #

    def forged_by(self, sign):
        """Sign in while the id_token is made by ``sign``; return where it leads."""
        real, calls = self.fake.sign, []

        def once(claims, key=None):
            calls.append(claims)
            return sign(claims) if len(calls) == 1 else real(claims, key)

        self.sign_in()
        with (
            patch.object(self.fake, "sign", once),
            mute_logger(_COMMON),
        ):
            path = self.connect()
        self.assertTrue(calls)
        return path

    def hs256(self, secret):
        """Return what signs with a secret, by hand: libraries refuse a public key."""
        header = {"alg": "HS256", "kid": self.fake.keys[0].kid}

        def sign(claims):
            text = f"{_part(header)}.{_part(claims)}"
            made = hmac.new(secret, text.encode(), hashlib.sha256).digest()
            return f"{text}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"

        return sign

    def test_04_a_forged_id_token_is_refused(self):
        public = self.fake.keys[0].as_pem(private=False)
        stranger = self.fake.new_key(self.fake.keys[0].kid)
        real = self.fake.sign
        ways = {
            "none": lambda claims: f"{_part({'alg': 'none'})}.{_part(claims)}.",
            "secret": self.hs256(SECRET.encode()),
            "public key": self.hs256(public),
            "another key": lambda claims: real(claims, stranger),
            "cut": lambda claims: real(claims)[:-8],
            "changed": lambda claims: ".".join(
                [
                    real(claims).split(".")[0],
                    _part(claims | {"sub": "f" * 64 + "v1"}),
                    real(claims).split(".")[2],
                ]
            ),
            "text": lambda claims: "not a token",
        }
        for way, sign in ways.items():
            with self.subTest(way=way):
                motive = self.motive(self.forged_by(sign))
                self.assertIn(motive, ("technical", "configuration"))
                self.assertFalse(self.is_signed_in())
        self.assertFalse(self.identities("active"))
        self.assertEqual(self.forged_by(real), "/my")

    def test_05_an_audience_of_several_needs_to_be_made_for_us(self):
        self.fake.id_changes = {"aud": ["town", "other"], "azp": "other"}
        self.assertEqual(self.motive(self.connect()), "technical")
        self.assertFalse(self.is_signed_in())

    def test_06_a_userinfo_for_another_client_is_refused(self):
        self.fake.info_changes = {"aud": "other"}
        self.assertEqual(self.motive(self.connect()), "technical")

    def test_07_a_lower_level_or_none_is_refused(self):
        for acr in (None, "", "eidas0", "EIDAS1", ["eidas1"]):
            with self.subTest(acr=acr), mute_logger(_COMMON):
                self.sign_in()
                self.fake.id_changes = {"acr": acr}
                motive = self.motive(self.connect())
                self.assertIn(motive, ("configuration", "technical"))
                self.assertFalse(self.is_signed_in())
        self.fake.id_changes = {"acr": "eidas2"}
        self.sign_in()
        self.assertEqual(self.connect(), "/my")

    def test_13_a_key_withdrawn_opens_nothing_after_a_refresh(self):
        self.connect()
        old, self.fake.keys = self.fake.keys[0], [self.fake.new_key("two")]
        provider = self.env["grc.identity.provider"].browse(self.provider.id)
        provider._known().keys_asked_at = 0.0
        provider._known().keys_at = 0.0
        real = self.fake.sign
        self.assertEqual(
            self.motive(self.forged_by(lambda claims: real(claims, old))), "technical"
        )

    def test_14_no_remote_call_opens_an_account_of_franceconnect(self):
        self.connect()
        login = self.identity().user_id.login
        for password in ("", AMELIE_SUB, "grc_identity"):
            with mute_logger(
                "odoo.addons.base.models.res_users",
                "odoo.addons.rpc.controllers.xmlrpc",
            ):
                uid = self.xmlrpc_common.authenticate(
                    self.env.cr.dbname, login, password, {"interactive": True}
                )
                self.assertFalse(uid)
        credential = {"type": "grc_identity", "login": login, "ticket": "x"}
        with (
            mute_logger("odoo.addons.base.models.res_users"),
            self.assertRaises(AccessDenied),
        ):
            self.env["res.users"].authenticate(credential, {"interactive": True})

    # === HOSTS === #

    def test_the_host_of_a_request_names_no_address_of_return(self):
        # behind a reverse proxy that lets the header of the visitor through
        trusting = config.options.new_child({"proxy_mode": True})
        with patch.object(config, "options", trusting):
            answer = self.url_open(
                "/franceconnect/connexion",
                data={"csrf_token": self.token_of(), "retour": "/my"},
                headers={"X-Forwarded-Host": _EVIL},
                allow_redirects=False,
            )
        location = answer.headers["Location"]
        self.assertTrue(location.startswith(self.fake.issuer), location)
        asked = parse_qs(urlsplit(location).query)
        self.assertEqual(asked["redirect_uri"], [self.provider.redirect_uri])
        self.assertNotIn(_EVIL, location)

    def test_a_discovery_that_points_elsewhere_is_not_followed(self):
        real = self.fake.discovery()
        for name in ("token_endpoint", "jwks_uri", "userinfo_endpoint"):
            with (
                self.subTest(name=name),
                patch.object(
                    type(self.fake),
                    "discovery",
                    return_value=real | {name: f"https://{_EVIL}/x"},
                ),
                mute_logger(_COMMON),
            ):
                self.sign_in()
                data = {"csrf_token": self.token_of()}
                answer = self.post("/franceconnect/connexion", data)
                self.assertEqual(self.motive(path_of(answer)), "configuration")
        paths = [call[1] for call in self.fake.calls if call[0] == "GET"]
        self.assertEqual(set(paths), {"/.well-known/openid-configuration"})

    # === TEXT OF ATTACKERS === #

    def test_what_franceconnect_gives_is_text_on_every_screen(self):
        bad = "<img src=x onerror=alert(1)>"
        self._citizen_known(
            name=bad, level="declared", grc_given_names="Amélie", email=f"{bad}@x"
        )
        self.fake.person |= {
            "preferred_username": bad,
            "family_name": "Bernard",
            "email": f"{bad}@example.com",
        }
        self.connect()
        for page in ("/my", "/my/franceconnect", "/my/account"):
            self.assertNotIn("<img src=x", self.page(page).answer.text, page)
        case = self.case()
        self.assertTrue(case)
        self.assertNotIn("<img", case.comparison)
        self.assertIn("&lt;img", case.comparison)

    # === WHAT IS KEPT, AND WHAT IS LOGGED === #

    def secrets_of(self, ways):
        """Do ``ways`` and return the tokens and codes that came by."""
        real, seen = self.fake.token, []

        def token(form):
            status, values = real(form)
            values = values | {"access_token": f"access-{len(seen)}-of-amelie"}
            seen.extend([form["code"], values["access_token"]])
            seen.extend(filter(None, [values.get("id_token")]))
            return status, values

        with patch.object(self.fake, "token", token):
            ways()
        self.assertGreater(len(seen), 2)
        return seen

    def test_no_token_nor_code_is_in_a_dump_of_the_database(self):
        def ways():
            self.connect()
            self.citizen.partner_id = self._citizen_known(grc_given_names="Louise")
            self.fake.person["given_name_array"] = ["Louise"]
            self.fake.sub = "b" * 64 + "v1"
            self.sign_in()
            self.assertTrue(self.connect().startswith("/franceconnect/preuve/"))

        found = self.secrets_of(ways)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables WHERE "
            "table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [row[0] for row in self.env.cr.fetchall()]
        self.assertIn("grc_identity_transaction", tables)
        for table in tables:
            self.env.cr.execute(
                SQL(
                    "SELECT 1 FROM %s t WHERE t::text LIKE ANY(%s) LIMIT 1",
                    SQL.identifier(table),
                    [f"%{secret}%" for secret in found],
                )
            )
            self.assertFalse(self.env.cr.fetchone(), table)

    def test_no_token_nor_code_is_logged(self):
        def ways():
            self.connect()
            self.sign_in()
            self.connect()
            self.sign_in()
            query = self.fake.authorize(self.leave())
            self.come_back(query | {"iss": f"https://{_EVIL}"})

        with self.assertLogs(level=logging.INFO) as logs:
            found = self.secrets_of(ways)
        text = "\n".join(logs.output)
        for secret in (*found, SECRET, "1985-04-12"):
            self.assertFalse(secret in text, secret[:20])
