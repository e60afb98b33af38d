from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon


@tagged("post_install", "-at_install")
class TestIdentityAccess(AccessCommon):
    """grc.identity, .provider, .transaction, .case, .end, grc.citizen.merge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "grc_franceconnect.group_grc_identity"
        cls.identity_manager = cls._user("identity_manager", group)
        cls.far_manager = cls._user("far_identity_manager", group, cls.far_town)
        cls.personas |= {
            "identity_manager": cls.identity_manager,
            "far_manager": cls.far_manager,
        }
        cls.provider = cls.env["grc.identity.provider"].create(
            {
                "company_id": cls.town.id,
                "issuer": "https://fc.example.com/api/v2",
                "client_id": "town",
                "new_secret": "secret",
            }
        )
        cls.identity = cls.env["grc.identity"].create(
            {
                "provider_id": cls.provider.id,
                "issuer": cls.provider.issuer,
                "sub": "a" * 66,
                "partner_id": cls.citizen.partner_id.id,
                "user_id": cls.citizen.id,
                "snapshot": {"family_name": "Martin", "given_names": ["Alice"]},
            }
        )
        cls.case = cls.env["grc.identity.case"].create(
            {
                "identity_id": cls.identity.id,
                "candidate_id": cls.other_citizen.partner_id.id,
                "reason": "near_match",
            }
        )
        cls.merge = cls.env["grc.citizen.merge"].create(
            {
                "company_id": cls.town.id,
                "kept_id": cls.citizen.partner_id.id,
                "dropped_id": cls.other_citizen.partner_id.id,
                "reason": "x",
            }
        )

    def test_identities_are_read_by_their_managers(self):
        self.assert_matrix(self.identity, identity_manager="r")

    def test_the_queue_is_their_own(self):
        self.assert_matrix(self.case, identity_manager="rw")

    def test_merges_are_theirs_and_never_deleted(self):
        self.assert_matrix(self.merge, identity_manager="rwc")

    def test_the_window_that_ends_a_link_is_one_s_own(self):
        windows = self._as(self.env["grc.identity.end"], self.identity_manager)
        window = windows.create({"identity_id": self.identity.id, "reason": "asked"})
        self.assert_matrix(window, identity_manager="rwcu")
        second = self._user("second", "grc_franceconnect.group_grc_identity")
        self.assertFalse(self._as(window, second).has_access("read"))
        for user in (self.far_manager, self.agent, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.env["grc.identity.end"], user).create(
                    {"identity_id": self.identity.id, "reason": "asked"}
                )

    def test_settings_are_read_by_administrators(self):
        self.assert_matrix(self.provider, identity_manager="r", manager="r")

    def test_nobody_reads_a_sign_in_in_progress(self):
        trip = self.env["grc.identity.transaction"]._begin(
            self.provider, "browser", "state", "sign_in"
        )
        self.assert_matrix(trip)
        with self.assertRaises(AccessError):
            trip.with_user(self.env.ref("base.user_admin")).read(["nonce"])

    def test_the_secret_and_the_subject_are_never_read_back(self):
        admin = self.env.ref("base.user_admin")
        for record, name in (
            (self.provider, "kept_secret"),
            (self.identity, "sub"),
            (self.merge, "journal"),
        ):
            for user in (admin, self.identity_manager, self.manager):
                with self.assertRaises(AccessError):
                    record.with_user(user).with_context(
                        allowed_company_ids=user.company_ids.ids
                    ).read([name])
        self.assertFalse(self.provider.new_secret)
        self.assertTrue(self.provider.has_secret)

    def test_the_secret_is_forgotten_when_the_address_changes(self):
        self.provider.issuer = "https://other.example.com/api/v2"
        self.assertFalse(self.provider.has_secret)

    def test_a_citizen_reads_no_identity_not_even_her_own(self):
        own = self.identity.with_user(self.citizen)
        with self.assertRaises(AccessError):
            own.read(["state"])
        with self.assertRaises(AccessError):
            self.citizen.partner_id.with_user(self.citizen).read(["grc_identity_ids"])

    def test_an_address_without_https_is_refused(self):
        with self.assertRaises(ValidationError):
            self.provider.issuer = "http://fc.example.com"
