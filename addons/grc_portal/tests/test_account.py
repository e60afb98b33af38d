from unittest.mock import patch

from .http_common import PortalCommon, path_of


class TestAccount(PortalCommon):
    """The citizen's list and space."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_request = cls._file(partner_id=cls.citizen.partner_id)
        cls.other_request = cls._file(partner_id=cls.other_citizen.partner_id)
        cls.unclaimed = cls._file(email_used=cls.citizen.email)

    def numbers(self, url):
        text = self.page(url).text()
        return [
            request.name
            for request in self.env["grc.request"].search(
                [("company_id", "=", self.town.id)]
            )
            if request.name in text
        ]

    def test_the_list_holds_the_citizens_own_and_no_other(self):
        self.sign_in(self.citizen)
        self.assertEqual(self.numbers("/my/demandes"), [self.open_request.name])

    def test_the_list_is_filtered_by_state(self):
        ended = self._file(partner_id=self.citizen.partner_id)
        self._decide(ended, close=True)
        self.sign_in(self.citizen)
        self.assertEqual(self.numbers("/my/demandes?etat=terminees"), [ended.name])
        self.assertEqual(
            self.numbers("/my/demandes?etat=en-cours"), [self.open_request.name]
        )
        self.assertEqual(len(self.numbers("/my/demandes?etat=forged")), 2)

    def test_a_long_list_has_pages(self):
        self._file(partner_id=self.citizen.partner_id)
        self.sign_in(self.citizen)
        limit = "odoo.addons.grc_portal.controllers.account.REQUESTS_PER_PAGE"
        with patch(limit, 1):
            self.assertEqual(len(self.numbers("/my/demandes")), 1)
            self.assertEqual(len(self.numbers("/my/demandes/page/2")), 1)
            self.assertTrue(
                self.page("/my/demandes").all("//a[contains(@href, '/page/2')]")
            )
        self.get(f"/my/demandes/page/{10**30}")

    def test_an_empty_list_says_what_to_do(self):
        self.other_request.partner_id = False
        self.sign_in(self.other_citizen)
        for url in ("/my/demandes", "/my"):
            page = self.page(url)
            self.assertTrue(page.all("//*[@id='grc-no-demand']"))
            self.assertIn("/demarches", page.all("//main//a/@href"))

    def test_the_state_is_written_in_words(self):
        self.sign_in(self.citizen)
        self.assertIn(
            self.open_request._state_label(), self.page("/my/demandes").text()
        )

    def test_the_space_shows_what_is_in_progress(self):
        self.sign_in(self.citizen)
        self.assertEqual(self.numbers("/my"), [self.open_request.name])
        self.assertEqual(self.numbers("/my/home"), [self.open_request.name])

    def test_the_addresses_of_a_shop_lead_to_the_account(self):
        self.sign_in(self.citizen)
        self.assertEqual(path_of(self.get("/my/addresses", 303)), "/my/account")

    def test_the_list_costs_the_same_for_two_and_for_twelve(self):
        self._file(partner_id=self.citizen.partner_id)
        self.sign_in(self.citizen)

        def count():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.page("/my/demandes")
            return self.cr.sql_log_count - before

        count()
        two = count()
        for _index in range(10):
            self._file(partner_id=self.citizen.partner_id)
        self.assertLessEqual(count(), two + 2)
