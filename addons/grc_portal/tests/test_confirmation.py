from .http_common import PortalCommon, path_of


class TestConfirmation(PortalCommon):
    """The number, and the account offered to a visitor."""

    def sign_in_here(self, user):
        """Sign in without leaving the browser session."""
        login = self.page("/web/login")
        self.post(
            "/web/login",
            login.hidden() | {"login": user.login, "password": user.login},
        )

    def visitor_files(self):
        self.sign_in()
        request, page = self.file_online()
        link = page.all("//a[contains(@href, '/web/signup')]/@href")[0]
        return request, link.split("redirect=")[1]

    def test_confirmation_is_there_again_after_a_reload(self):
        request, url = self.visitor_files()
        self.assertEqual(self.page(url).text("//*[@id='grc-number']"), request.name)

    def test_confirmation_of_somebody_else_does_not_exist(self):
        _request, url = self.visitor_files()
        for user in (None, self.citizen, self.agent):
            self.sign_in(user)
            self.get(url, 404)

    def test_a_visitor_who_signs_in_adds_the_request_to_the_account(self):
        request, url = self.visitor_files()
        self.sign_in_here(self.citizen)
        page = self.page(url)
        token = url.rsplit("/", 1)[1]
        self.assertEqual(page.action("grc-link-form"), f"/demarches/rattacher/{token}")
        answer = self.post(f"/demarches/rattacher/{token}", page.hidden())
        self.assertEqual(path_of(answer), f"/my/demandes/{request.id}")
        self.assertEqual(request.partner_id, self.citizen.partner_id)

    def test_a_request_that_has_its_citizen_is_not_taken(self):
        request, url = self.visitor_files()
        self.sign_in_here(self.citizen)
        hidden = self.page(url).hidden()
        request.partner_id = self.other_citizen.partner_id
        token = url.rsplit("/", 1)[1]
        self.post(f"/demarches/rattacher/{token}", hidden, status=404)
        self.assertEqual(request.partner_id, self.other_citizen.partner_id)

    def test_another_session_takes_nothing(self):
        request, url = self.visitor_files()
        token = url.rsplit("/", 1)[1]
        self.sign_in(self.citizen)
        hidden = self.open_form().hidden()
        self.post(f"/demarches/rattacher/{token}", hidden, status=404)
        self.assertFalse(request.partner_id)

    def test_a_visitor_creates_an_account_and_is_a_citizen(self):
        self.sign_in()
        page = self.page("/web/signup")
        self.url_open(
            "/web/signup",
            data=page.hidden()
            | {
                "name": "Lou Petit",
                "login": "lou@example.com",
                "password": "a-long-password",
                "confirm_password": "a-long-password",
            },
        )
        user = self.env["res.users"].search([("login", "=", "lou@example.com")])
        self.assertTrue(user.share)
        self.assertTrue(user.partner_id.is_grc_citizen)
