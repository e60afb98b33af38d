from odoo.exceptions import AccessDenied
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

from ..hooks import post_init_hook


@tagged("post_install", "-at_install")
class TestTown(TransactionCase):
    """The demonstration town is whole, and stays so when it is played again."""

    def _logins(self):
        with file_open("grc_demo/logins.txt") as lines:
            return [line.rstrip("\n").split("\t") for line in lines]

    def test_every_printed_login_opens_an_account(self):
        logins = self._logins()
        self.assertGreaterEqual(len(logins), 11)
        for login, password, _who in logins:
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertEqual(len(user), 1, login)
            try:
                user.with_user(user)._check_credentials(
                    {"type": "password", "login": login, "password": password},
                    {"interactive": True},
                )
            except AccessDenied:
                self.fail(f"wrong password printed for {login}")

    def test_ten_prestations_are_published_and_drafts_are_not(self):
        prestations = self.env["grc.prestation"].search([])
        ours = prestations.filtered(lambda p: p.get_external_id()[p.id])
        published = ours.filtered(lambda p: p.state == "published")
        self.assertEqual(len(published), 10)
        for prestation in published:
            self.assertFalse(prestation._publication_problems(), prestation.code)
        unknown = ours.filtered(lambda p: p.silence_regime == "unknown")
        self.assertTrue(unknown)
        for prestation in unknown:
            self.assertTrue(prestation._publication_problems(), prestation.code)

    def test_eight_services_have_what_the_public_needs(self):
        services = self.env["grc.service"].search(
            [("company_id", "=", self.env.ref("base.main_company").id)]
        )
        self.assertGreaterEqual(len(services), 8)
        for name in ("phone", "email", "street", "opening_hours", "alias_name"):
            self.assertTrue(all(services.mapped(name)), name)

    def test_playing_the_samples_again_adds_nothing(self):
        before = self.env["grc.request"].search_count([])
        self.assertGreaterEqual(before, 12)
        post_init_hook(self.env)
        self.assertEqual(self.env["grc.request"].search_count([]), before)

    def test_two_households_one_with_shared_custody(self):
        camille = self.env.ref("grc_demo.partner_camille").grc_household_ids
        thomas = self.env.ref("grc_demo.partner_thomas").grc_household_ids
        self.assertEqual(camille.person_id, thomas.person_id)
        self.assertTrue(all((camille | thomas).mapped("is_custody_shared")))
        self.assertIn("verified", camille.mapped("level"))
        antoine = self.env.ref("grc_demo.partner_antoine").grc_household_ids
        self.assertEqual(set(antoine.mapped("role")), {"partner", "ward"})

    def test_history_of_each_sample_is_sealed(self):
        events = self.env["grc.request.event"]
        for request in self.env["grc.request"].search(
            [("idempotency_key", "=like", "demo-%")]
        ):
            self.assertFalse(events._first_broken_event(request), request.name)
