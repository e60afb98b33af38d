from .http_common import PortalCommon, path_of


class TestCatalogue(PortalCommon):
    def names(self, url):
        return [
            link.text_content().strip()
            for link in self.page(url).all("//a[@class='o_grc_item_link']")
        ]

    def test_catalogue_lists_what_is_published_in_this_town(self):
        names = self.names("/demarches")
        self.assertIn(self.prestation.name, names)
        self.assertIn(self.counter_prestation.name, names)
        self.assertNotIn(self.draft_prestation.name, names)
        self.assertNotIn(self.far_prestation.name, names)

    def test_catalogue_is_filtered_by_theme(self):
        theme = self.env["grc.theme"].create({"name": "School"})
        canteen = self._prestation("CANTEEN", self.service, theme_id=theme)
        self.assertEqual(self.names(f"/demarches?theme={theme.id}"), [canteen.name])

    def test_whoever_wrote_elsewhere_is_sent_to_the_form(self):
        """CRPA L112-9: the address that a « wrong channel » answer gives."""
        path = f"/demarches/{self.prestation.website_slug}"
        self.assertTrue(self.prestation._form_url().endswith(path))
        self.page(path)

    def test_a_forged_theme_filters_nothing(self):
        everything = self.names("/demarches")
        for theme in ("0", "x", "9" * 30, "-1"):
            self.assertEqual(self.names(f"/demarches?theme={theme}"), everything)

    def test_catalogue_is_filtered_by_audience(self):
        self.assertNotIn(self.prestation.name, self.names("/demarches?public=company"))
        self.assertIn(
            self.wide_prestation.name, self.names("/demarches?public=company")
        )
        self.assertIn(self.prestation.name, self.names("/demarches?public=forged"))

    def test_search_forgives_accents(self):
        canteen = self._prestation("CANTINE", self.service, name="Cantine de l’école")
        self.assertEqual(self.names("/demarches?q=ecole"), [canteen.name])

    def test_a_search_without_result_says_so(self):
        self.assertIn(
            "No service found", self.page("/demarches?q=zzz").text("//*[@id='results']")
        )

    def test_what_is_typed_in_the_search_is_not_executed(self):
        page = self.page("/demarches?q=%3Cscript%3Ealert(1)%3C/script%3E")
        self.assertEqual(page.value("q"), "<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", page.answer.text)

    def test_sheet_gives_everything_and_the_other_ways(self):
        self.prestation.write(
            {"cost": "Free", "legal_basis": "Code civil", "required_documents": "A\nB"}
        )
        text = self.page(f"/demarches/{self.prestation.website_slug}").text()
        for part in ("Free", "Code civil", self.service.phone, "12 rue de la Paix"):
            self.assertIn(part, text)

    def test_a_prestation_of_the_counter_has_a_sheet_and_no_form(self):
        url = f"/demarches/{self.counter_prestation.website_slug}"
        page = self.page(url)
        self.assertFalse(page.all("//a[@id='grc-file']"))
        answer = self.get(self.form_url(self.counter_prestation), 303)
        self.assertEqual(path_of(answer), url)

    def test_an_old_address_leads_to_the_present_one(self):
        answer = self.get(f"/demarches/old-name-{self.prestation.id}", 301)
        self.assertEqual(path_of(answer), f"/demarches/{self.prestation.website_slug}")

    def test_what_the_public_may_not_see_does_not_exist(self):
        slugs = [
            self.draft_prestation.website_slug,
            self.far_prestation.website_slug,
            "nothing",
            "x-0",
            "x--5",
            f"x-{2**31}",
            f"x-{10**30}",
        ]
        for slug in slugs:
            with self.subTest(slug=slug):
                self.get(f"/demarches/{slug}", 404)
                self.get(f"/demarches/{slug}/deposer", 404)

    def test_catalogue_costs_the_same_for_ten_and_for_forty(self):
        for index in range(10):
            self._prestation(f"P{index}", self.service)
        company, catalogue = self.town, self.env["grc.prestation"]

        def count():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            catalogue._grc_search(company, "prestation").mapped("website_slug")
            return self.cr.sql_log_count - before

        count()
        ten = count()
        for index in range(30):
            self._prestation(f"Q{index}", self.service)
        self.assertEqual(count(), ten)
