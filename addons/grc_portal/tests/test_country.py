from .http_common import PortalCommon


class TestCountry(PortalCommon):
    """Where the citizen lives: the time to seize the court depends on it."""

    def test_who_lives_abroad_says_so(self):
        self.sign_in()
        request, _page = self.file_online(country_code="BE", zip="1000")
        self.assertEqual(request.country_code, "BE")
        self.assertEqual(request.distance_months, 2)

    def test_france_is_what_is_chosen_first(self):
        self.sign_in()
        form = self.open_form()
        first = form.all("//select[@id='country_code']/option")[0]
        self.assertEqual((first.get("value"), first.text), ("", "France"))
        request, _page = self.file_online()
        self.assertFalse(request.country_code)
        self.assertEqual(request.distance_months, 0)

    def test_the_country_is_read_again_before_sending(self):
        self.sign_in()
        review = self.fill_and_review(country_code="BE")
        name = self.env["res.country"].with_context(lang="en_US")._grc_name("BE")
        self.assertIn(name, review.text())
        self.assertFalse(self.env["res.country"]._grc_name("ZZ"))

    def test_an_unheard_of_country_is_refused_at_its_place(self):
        self.sign_in()
        answer = self.fill(self.open_form(), status=200, country_code="ZZ")
        self.assertIn("country_code", self.parse(answer).errors())

    def test_the_form_is_filled_with_the_country_of_the_account(self):
        self.citizen.partner_id.country_id = self.env.ref("base.ca")
        self.sign_in(self.citizen)
        chosen = self.open_form().all(
            "//select[@id='country_code']/option[@selected]/@value"
        )
        self.assertEqual(chosen, ["CA"])
        self.citizen.partner_id.country_id = self.env.ref("base.fr")
        self.assertEqual(self.citizen.partner_id._grc_country_code(), "")
