from .http_common import PortalCommon

# Words that no citizen should meet here.
FORBIDDEN = ("Powered by", "odoo.com", "Delivery address", "Billing address")


class TestCorePages(PortalCommon):
    """Core's own pages, mended."""

    def assert_sound(self, url):
        page = self.page(url)
        with self.subTest(url=url):
            self.assertEqual(len(page.all("//h1")), 1)
            self.assertEqual(len(page.all("//main[@id='main']")), 1)
            self.assertFalse(page.all("//main//*[@tabindex > 0]"))
            self.assertFalse(page.all("//main//img[not(@alt)]"))
            unnamed = [
                button
                for button in page.all("//main//button[not(@aria-label)]")
                if not button.text_content().strip()
            ]
            self.assertFalse(unnamed)
            for word in FORBIDDEN:
                self.assertNotIn(word, page.answer.text)
        return page

    def test_pages_of_a_visitor(self):
        self.sign_in()
        for url in ("/web/login", "/web/signup", "/web/reset_password"):
            self.assert_sound(url)

    def test_pages_of_a_citizen(self):
        self.sign_in(self.citizen)
        for url in ("/my", "/my/account", "/my/security"):
            self.assert_sound(url)

    def test_the_sign_in_form_is_seen_without_javascript(self):
        self.sign_in()
        page = self.page("/web/login")
        form = page.all("//form[contains(@class, 'oe_login_form')]")[0]
        self.assertNotIn("d-none", form.get("class"))
        self.assertFalse(page.all("//owl-component"))

    def test_a_wrong_password_is_said_in_the_words_of_the_form(self):
        self.sign_in()
        hidden = self.page("/web/login").hidden()
        answer = self.post(
            "/web/login",
            hidden | {"login": "nobody@example.com", "password": "x"},
            status=200,
        )
        self.assertIn("The e-mail address or the password", self.parse(answer).text())

    def test_the_account_asks_no_more_than_name_and_address(self):
        self.sign_in(self.citizen)
        page = self.page("/my/account")
        self.assertFalse(page.all("//input[@name='vat']"))
        self.assertFalse(page.all("//input[@name='company_name']"))

    def test_what_a_citizen_sees_names_no_shop(self):
        self.sign_in(self.citizen)
        self.assertNotIn("/my/addresses", self.page("/my").all("//a/@href"))
