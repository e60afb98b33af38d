import logging
from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged

from odoo.addons.grc_portal.tests.http_common import path_of

from .common import IdentityHttpCommon

LOGGER = "odoo.addons.grc_franceconnect.controllers.common"
# Other claims, other keys, and nothing of what only FranceConnect does.
ZOE = {"name": "Zoé Petit", "email": "zoe.petit@example.com", "locale": "fr-FR"}
SETTINGS = {
    "name": "Métropole",
    "kind": "oidc",
    "certifies": False,
    "acr": False,
    "scopes": "openid profile email",
    "uses_pkce": True,
    "is_userinfo_signed": False,
    "returns_issuer": False,
    "token_auth": "basic",
}


@tagged("post_install", "-at_install")
class TestAnotherProvider(IdentityHttpCommon):
    """A provider that is not FranceConnect, in every way that its settings allow."""

    def another(self, algorithm, **vals):
        """Return the settings of a provider that signs with ``algorithm``.

        :param vals: settings that differ; ``signs_with``: what it does in truth
        """
        self.fake.reset(vals.pop("signs_with", algorithm))
        self.fake.sub, self.fake.person = "zoe|4.2", dict(ZOE)
        self.fake.faults.add("plain")
        self.fake.id_changes = {"acr": None, "auth_time": None}
        return self._provider(**(SETTINGS | {"algorithm": algorithm} | vals))

    def enter(self, provider):
        """Go to ``provider``, come back; return where it leads."""
        query = self.fake.authorize(self.leave(provider=provider))
        query.pop("iss")
        return self.come_back(query)

    def test_other_algorithms_other_keys_other_claims(self):
        for algorithm in ("Ed25519", "PS384", "ES512", "RS256"):
            with self.subTest(algorithm):
                self.sign_in()
                provider = self.another(algorithm)
                self.assertEqual(self.enter(provider), "/my")
                found = self.env["grc.identity"].search(
                    [("provider_id", "=", provider.id)]
                )
                self.assertEqual(found.sub, "zoe|4.2")
                self.assertEqual(found.partner_id.name, "Zoé Petit")
                self.assertEqual(found.partner_id.email, "zoe.petit@example.com")
                self.assertEqual(found.partner_id.grc_identity_level, "declared")
                provider.active = False

    def test_pkce_is_sent_and_its_secret_is_given_back(self):
        provider = self.another("RS256")
        location = self.leave(provider=provider)
        asked = parse_qs(urlsplit(location).query)
        self.assertEqual(asked["code_challenge_method"], ["S256"])
        query = self.fake.authorize(location)
        query.pop("iss")
        self.assertEqual(self.come_back(query), "/my")
        form = [form for verb, form in self.fake.calls if verb == "POST"][-1]
        self.assertGreaterEqual(len(form["code_verifier"]), 43)

    def test_another_algorithm_than_the_one_declared_is_refused(self):
        provider = self.another("RS256", signs_with="PS256")
        with self.assertLogs(LOGGER, logging.ERROR):
            self.assertEqual(self.motive(self.enter(provider)), "configuration")

    def test_nobody_is_recognised_by_what_is_taken_on_trust(self):
        known = self._citizen_known(name="Zoé Petit", email=ZOE["email"])
        provider = self.another("ES256")
        self.enter(provider)
        found = self.env["grc.identity"].search([("provider_id", "=", provider.id)])
        self.assertTrue(found)
        self.assertNotEqual(found.partner_id, known)

    def test_doors_on_another_machine_are_refused_until_it_is_named(self):
        provider = self.another("ES256")
        elsewhere = self.fake.issuer.replace("127.0.0.1", "localhost")
        own = self.fake.discovery()
        self.fake.discovery = lambda: own | {"jwks_uri": f"{elsewhere}/jwks"}
        self.addCleanup(self.fake.__dict__.pop, "discovery")
        data = {"csrf_token": self.token_of(), "fournisseur": provider.id}
        with self.assertLogs(LOGGER, logging.ERROR):
            answer = self.post("/franceconnect/connexion", data)
        self.assertEqual(self.motive(path_of(answer)), "configuration")
        provider.other_hosts = urlsplit(elsewhere).netloc
        self.assertEqual(self.enter(provider), "/my")

    def test_franceconnect_has_no_other_machine(self):
        self.provider.other_hosts = "elsewhere.example.com"
        self.assertEqual(self.provider._hosts(), ())
