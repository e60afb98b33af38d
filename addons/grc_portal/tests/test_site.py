from .http_common import PortalCommon, path_of


class TestSite(PortalCommon):
    """The pages that everybody meets."""

    def test_home_is_the_towns_and_not_a_sample(self):
        page = self.page("/")
        self.assertIn("Ville-Exemple", page.text("//header"))
        self.assertEqual(len(page.all("//h1")), 1)
        self.assertIn(self.desk_service.phone, page.text("//footer"))
        self.assertTrue(page.all("//form[@action='/demarches']//input[@name='q']"))
        for sample in ("odoo.com", "yourcompany", "555-555", "gstatic", "googleapis"):
            self.assertNotIn(sample, page.answer.text.lower())

    def test_home_leads_to_the_services_of_the_town_only(self):
        links = self.page("/").all("//a/@href")
        self.assertIn(f"/demarches/{self.prestation.website_slug}", links)
        for hidden in (self.draft_prestation, self.far_prestation):
            self.assertNotIn(f"/demarches/{hidden.website_slug}", links)

    def test_a_page_of_the_town_may_replace_the_home_page(self):
        self.website.homepage_url = "/demarches"
        self.assertIn("All services", self.page("/").text("//h1"))

    def test_menu_leads_to_the_pages_of_the_portal(self):
        links = self.page("/").all("//nav[contains(@class, 'o_grc_nav')]//a/@href")
        self.assertEqual(links, ["/", "/demarches", "/contact", "/my/demandes"])

    def test_contact_leads_to_the_form_of_the_question(self):
        self.town.grc_contact_prestation_id = self.wide_prestation
        answer = self.get("/contact", 303)
        self.assertEqual(path_of(answer), self.form_url(self.wide_prestation))

    def test_contact_without_a_form_gives_address_and_telephone(self):
        for prestation in (None, self.draft_prestation, self.counter_prestation):
            self.town.grc_contact_prestation_id = prestation
            self.assertIn(self.desk_service.phone, self.page("/contact").text())

    def test_core_contact_form_is_out_of_reach(self):
        for url in ("/contactus", "/contactus-thank-you"):
            self.assertEqual(path_of(self.get(url, 303)), "/contact")

    def test_legal_pages_say_where_the_site_stands(self):
        self.assertIn("not compliant", self.page("/accessibilite").text())
        self.assertIn(self.town.name, self.page("/mentions-legales").text())
        self.assertIn("CNIL", self.page("/donnees-personnelles").text())

    def test_data_protection_officer_is_the_one_of_the_town(self):
        self.town.grc_dpo_contact = "dpo@ville.example.com"
        for url in ("/donnees-personnelles", f"{self.form_url()}?qui=person"):
            self.assertIn("dpo@ville.example.com", self.page(url).text())

    def test_a_website_created_later_is_a_towns_too(self):
        website = self.env["website"].create({"name": "Other", "domain": "x.example"})
        self.assertEqual(website.auth_signup_uninvited, "b2c")
        self.assertFalse(website.cookies_bar)
        urls = website.menu_id.child_id.mapped("url")
        self.assertIn("/demarches", urls)
        self.assertNotIn("/contactus", urls)

    def test_the_site_follows_the_name_of_its_town(self):
        self.assertEqual(self.website.name, self.town.name)
        self.town.name = "Nouvelle-Ville"
        self.assertEqual(self.website.name, "Nouvelle-Ville")
        self.website.name = "A name of its own"
        self.town.name = "Ville-Exemple"
        self.assertEqual(self.website.name, "A name of its own")

    def test_every_error_is_a_page_of_the_town(self):
        self.assertTrue(self.page("/nowhere", 404).all("//*[@id='grc-error-page']//h1"))
