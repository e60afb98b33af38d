from urllib.parse import parse_qs, urlencode, urlsplit

from odoo.addons.grc_portal.tests.http_common import PortalCommon, path_of

from ..models import grc_identity_client_mixin
from .fake_provider import CLIENT, SECRET, FakeProvider


class IdentityHttpCommon(PortalCommon):
    """The town, its FranceConnect, and a browser that goes from one to the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fake = FakeProvider()
        cls.addClassCleanup(cls.fake.stop)
        cls.provider = cls._provider()
        cls.identity_manager = cls._user(
            "identity_manager", "grc_franceconnect.group_grc_identity"
        )

    def setUp(self):
        super().setUp()
        self.fake.reset()
        grc_identity_client_mixin.forget()
        self.sign_in()

    @classmethod
    def _provider(cls, **vals):
        return cls.env["grc.identity.provider"].create(
            {
                "company_id": cls.town.id,
                "issuer": cls.fake.issuer,
                "client_id": CLIENT,
                "new_secret": SECRET,
                "base_url": cls.base_url(),
                "timeout_seconds": 1.0,
            }
            | vals
        )

    # === TRIPS === #

    def token_of(self, url="/web/login"):
        """Return the token of the forms of this session."""
        page = self.page(url)
        return page.all("//input[@name='csrf_token']")[0].get("value")

    def leave(self, back="/my", provider=None):
        """Press the button and return the address of the provider."""
        data = {"csrf_token": self.token_of(), "retour": back}
        if provider:
            data["fournisseur"] = provider.id
        answer = self.post("/franceconnect/connexion", data)
        return answer.headers["Location"]

    def come_back(self, query, status=303):
        """Come back with ``query``; return where it leads, without the host."""
        return path_of(self.get(f"/franceconnect/retour?{urlencode(query)}", status))

    def connect(self, back="/my", **changes):
        """Go and come back; return where it leads."""
        return self.come_back(self.fake.authorize(self.leave(back)) | changes)

    def link(self, user):
        self.sign_in(user)
        data = self.page("/my/franceconnect").hidden() | {"password": user.login}
        answer = self.post("/franceconnect/relier", data)
        return self.come_back(self.fake.authorize(answer.headers["Location"]))

    def motive(self, path):
        """Return which page of incident ``path`` is."""
        parts = urlsplit(path)
        self.assertEqual(parts.path, "/franceconnect/incident", path)
        return parse_qs(parts.query)["motif"][0]

    def is_signed_in(self):
        return self.url_open("/my", allow_redirects=False).status_code == 200

    def identity(self, sub=None):
        return self.env["grc.identity"].search(
            [
                ("provider_id", "=", self.provider.id),
                ("sub", "=", sub or self.fake.sub),
            ],
            limit=1,
        )

    def identities(self, state):
        """Return the identities of the town in this state."""
        return self.env["grc.identity"].search(
            [("provider_id", "=", self.provider.id), ("state", "=", state)]
        )

    def case(self):
        """Return what waits for an agent of the town."""
        return self.env["grc.identity.case"].search(
            [("company_id", "=", self.town.id), ("state", "=", "open")]
        )

    @classmethod
    def _citizen_known(cls, name="Amélie Bernard", level="verified", **vals):
        """Return a citizen whose sheet says what FranceConnect says of Amélie."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_grc_citizen": True,
                "company_id": cls.town.id,
                "grc_birth_name": "Bernard",
                "grc_given_names": "Amélie, Claire",
                "grc_gender": "female",
                "grc_birth_date": "1985-04-12",
                "grc_birth_place_code": "69123",
                "grc_birth_country_code": "99100",
                "grc_identity_level": level,
            }
            | vals
        )
