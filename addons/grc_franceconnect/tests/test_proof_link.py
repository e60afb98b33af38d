import logging
import re
from datetime import timedelta

from requests.cookies import remove_cookie_by_name

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.grc_portal.tests.http_common import path_of

from ..logs import MaskReturns
from .common import IdentityHttpCommon

_LINK = re.compile(r"/franceconnect/lien/[\w-]+")


@tagged("post_install", "-at_install")
class TestProofLink(IdentityHttpCommon):
    """The proof of an account by a link, and everybody who should not have it."""

    def setUp(self):
        super().setUp()
        self.known = self._citizen_known(email="amelie.on.file@example.com")
        self.citizen.partner_id = self.known
        self.before = self.env["mail.mail"].search([])

    def mails(self):
        return self.env["mail.mail"].search([]) - self.before

    def ask(self, path=None):
        """Sign in, then ask for a link; return the page that is shown."""
        path = path or self.connect("/my/demandes")
        self.assertTrue(path.startswith("/franceconnect/preuve/"), path)
        path = path.partition("?")[0]
        data = self.page(path).hidden() | {"par_courriel": "1"}
        return path_of(self.post(path, data))

    def sent(self):
        """Return the path of the last link sent."""
        mail = self.mails().sorted("id")[-1:]
        return _LINK.search(mail.body_html).group()

    def links(self):
        """Return the links of the town that may still be used."""
        return self.env["grc.identity.transaction"].search(
            [
                ("purpose", "=", "proof_link"),
                ("provider_id", "=", self.provider.id),
            ]
        )

    def use(self, path):
        return path_of(self.post(path, self.page(path).hidden()))

    def refused(self, path):
        """Check that the link opens nothing, neither shown nor used."""
        self.assertEqual(self.motive(path_of(self.get(path, 303))), "link_over")
        data = {"csrf_token": self.token_of()}
        self.assertEqual(self.motive(path_of(self.post(path, data))), "link_over")
        self.assertFalse(self.is_signed_in())
        self.assertFalse(self.identity())

    # === WHEN ALL GOES WELL === #

    def test_the_link_finds_the_account(self):
        request = self._file(partner_id=self.known)
        page = self.page(self.ask())
        self.assertTrue(page.all("//*[@id='grc-link-sent']"))
        for secret in (self.citizen.login, self.known.email, self.known.name):
            self.assertNotIn(secret, page.answer.text)
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn(self.known.email, mail.email_to)
        self.assertNotIn(self.fake.person["email"], mail.email_to)
        self.assertTrue(mail.auto_delete)
        self.assertEqual(mail.state, "outgoing")
        self.assertNotIn("BERNARD", mail.body_html)
        self.assertIn(f"{self.provider.base_url}/franceconnect/lien/", mail.body_html)
        path = self.sent()
        answer = self.get(path)
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(self.use(path), "/my/demandes")
        self.assertEqual(self.identity().user_id, self.citizen)
        self.assertIn(request.name, self.page("/my/demandes").text())
        self.sign_in()
        self.assertEqual(self.connect(), "/my")

    def test_what_reads_messages_uses_nothing_up(self):
        self.ask()
        path = self.sent()
        for _turn in range(3):
            self.page(path)
        self.assertEqual(self.use(path), "/my/demandes")

    def test_the_owner_is_told_that_the_account_was_linked(self):
        self.ask()
        path = self.sent()
        self.use(path)
        notices = self.mails().filtered(lambda mail: not _LINK.search(mail.body_html))
        self.assertIn(self.known.email, notices.email_to)

    def test_signing_out_afterwards_is_everywhere(self):
        self.ask()
        self.use(self.sent())
        data = {"csrf_token": self.token_of("/my/franceconnect")}
        answer = self.post("/franceconnect/deconnexion", data)
        self.assertTrue(answer.headers["Location"].startswith(self.fake.issuer))

    def test_what_was_proved_long_ago_is_not_fresh(self):
        self.ask()
        path = self.sent()
        trip = self.links()
        trip.payload = trip.payload | {"at": trip.payload["at"] - 1200}
        self.use(path)
        page = self.page("/my/franceconnect")
        self.assertFalse(page.all("//form[@action='/franceconnect/delier']"))

    # === NEAR MISSES === #

    def test_another_browser_is_refused_and_uses_nothing_up(self):
        self.ask()
        path, own = self.sent(), self.opener.cookies.copy()
        remove_cookie_by_name(self.opener.cookies, "session_id")
        self.refused(path)
        self.opener.cookies = own
        self.assertEqual(self.use(path), "/my/demandes")

    def test_another_citizen_signed_in_elsewhere_is_refused(self):
        self.ask()
        path = self.sent()
        self.sign_in(self.other_citizen)
        self.assertEqual(self.motive(path_of(self.get(path, 303))), "link_over")
        data = {"csrf_token": self.token_of("/my/franceconnect")}
        self.assertEqual(self.motive(path_of(self.post(path, data))), "link_over")
        self.assertFalse(self.identity())

    def test_a_link_is_used_once(self):
        self.ask()
        path = self.sent()
        self.use(path)
        self.assertEqual(self.motive(path_of(self.get(path, 303))), "link_over")
        data = {"csrf_token": self.token_of("/my/franceconnect")}
        self.assertEqual(self.motive(path_of(self.post(path, data))), "link_over")

    def test_the_first_of_two_links_uses_up_the_other(self):
        proof = self.ask()
        first = self.sent()
        self.ask(proof)
        second = self.sent()
        self.assertNotEqual(first, second)
        self.use(first)
        self.assertEqual(self.motive(path_of(self.get(second, 303))), "link_over")

    def test_a_late_link_is_refused(self):
        self.ask()
        links = self.links()
        left = links.expires_at - fields.Datetime.now()
        self.assertLess(timedelta(minutes=29), left)
        self.assertLessEqual(left, timedelta(minutes=30))
        links.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.refused(self.sent())

    def test_a_link_to_an_address_changed_meanwhile_is_refused(self):
        self.ask()
        path = self.sent()
        self.known.email = "somebody.else@example.com"
        self.assertEqual(self.motive(self.use(path)), "link_over")
        self.assertFalse(self.identity())

    def test_an_address_written_otherwise_is_the_same(self):
        self.ask()
        self.known.email = "Amelie.On.File@example.com"
        self.assertEqual(self.use(self.sent()), "/my/demandes")

    def test_an_account_that_is_not_hers_any_more_is_refused(self):
        self.ask()
        path = self.sent()
        other = self._citizen_known(email=self.known.email)
        self.citizen.partner_id = other
        self.assertEqual(self.motive(self.use(path)), "link_over")
        self.citizen.partner_id = self.known

    def test_an_account_closed_or_an_agent_s_meanwhile_is_refused(self):
        self.ask()
        self.citizen.active = False
        self.assertEqual(self.motive(self.use(self.sent())), "link_over")
        self.citizen.active = True
        self.ask()
        path = self.sent()
        self.citizen.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.assertEqual(self.motive(self.use(path)), "link_over")

    def test_a_forged_link_is_refused(self):
        for token in ("forged", "x" * 300):
            self.refused(f"/franceconnect/lien/{token}")

    def test_the_name_of_the_proof_is_no_link(self):
        path = self.connect()
        self.refused(path.replace("/preuve/", "/lien/"))

    def test_a_link_is_no_proof_page(self):
        self.ask()
        token = self.sent().rpartition("/")[2]
        path = f"/franceconnect/preuve/{token}"
        data = {"csrf_token": self.token_of(), "sans_compte": "1"}
        self.assertEqual(self.motive(path_of(self.post(path, data))), "expired")

    def test_three_messages_at_most(self):
        path = self.ask()
        for _turn in range(2):
            path = self.ask(path)
        self.assertEqual(len(self.mails()), 3)
        page = self.page(self.ask(path))
        self.assertTrue(page.all("//*[@id='grc-link-many']"))
        self.assertEqual(len(self.mails()), 3)
        # nor by another sign-in: the answer then says nothing of the account
        self.sign_in()
        page = self.page(self.ask())
        self.assertTrue(page.all("//*[@id='grc-link-sent']"))
        self.assertEqual(len(self.mails()), 3)

    def test_without_address_the_answer_is_the_same(self):
        page = self.page(self.ask())
        self.sign_in()
        self.known.email = False
        before = self.mails()
        again = self.page(self.ask())
        self.assertEqual(page.text(), again.text())
        self.assertEqual(self.mails(), before)

    def test_this_is_not_my_account_is_still_there_afterwards(self):
        path = self.ask().partition("?")[0]
        data = self.page(path).hidden() | {"sans_compte": "1"}
        self.assertEqual(path_of(self.post(path, data)), "/my/demandes")
        self.assertNotEqual(self.identity().user_id, self.citizen)
        self.assertEqual(self.case().reason, "no_proof")

    def test_the_password_is_still_accepted_afterwards(self):
        path = self.ask().partition("?")[0]
        login = self.citizen.login
        data = self.page(path).hidden() | {"login": login, "password": login}
        self.assertEqual(path_of(self.post(path, data)), "/my/demandes")
        self.assertEqual(self.identity().user_id, self.citizen)

    def test_it_is_in_no_log_of_addresses(self):
        for page in ("lien", "preuve"):
            line = f"GET /franceconnect/{page}/a-_secret?lien=1 HTTP/1.1"
            record = logging.LogRecord("w", logging.INFO, "", 0, "%s", (line,), None)
            MaskReturns().filter(record)
            self.assertIn(f"/franceconnect/{page}/…", record.getMessage())
            self.assertNotIn("secret", record.getMessage())
