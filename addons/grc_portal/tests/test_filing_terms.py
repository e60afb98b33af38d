from .http_common import PortalCommon

URL = "/modalites-de-saisine"


class TestFilingTerms(PortalCommon):
    """The page that the law wants: which online services, and how they are used."""

    def ways(self, prestation, page=None):
        """Return how ``prestation`` is asked for, None when the page is silent."""
        page = page or self.page(URL)
        place = f"//li[@id='prestation-{prestation.id}']"
        if not page.all(place):
            return None
        return [
            " ".join(way.text_content().split()) for way in page.all(f"{place}/ul/li")
        ]

    def test_it_says_what_is_published_and_nothing_else(self):
        page = self.page(URL)
        self.assertEqual(
            self.ways(self.wide_prestation, page),
            [
                "On this site",
                f"By e-mail: {self.service.email}",
                "By telephone",
                "At the counter",
                "By letter",
            ],
        )
        self.assertNotIn("On this site", self.ways(self.counter_prestation, page))
        for hidden in (self.draft_prestation, self.far_prestation):
            self.assertIsNone(self.ways(hidden, page))
            self.assertNotIn(hidden.name, page.answer.text)

    def test_what_is_published_appears_with_its_channel_and_address(self):
        quay = self._service("Quays", self.agent, email="quais@ville.example.com")
        mooring = self._prestation(
            "MOOR", quay, state="draft", is_open_portal=False, nature="question"
        )
        page = self.page(URL)
        self.assertIsNone(self.ways(mooring, page))
        self.assertNotIn(quay.email, page.answer.text)
        mooring.action_publish()
        page = self.page(URL)
        self.assertIn("By e-mail: quais@ville.example.com", self.ways(mooring, page))
        self.assertIn(
            "Quays – quais@ville", page.text("//*[@id='grc-sending-addresses']")
        )
        mooring.action_unpublish()
        page = self.page(URL)
        self.assertIsNone(self.ways(mooring, page))
        self.assertNotIn(quay.email, page.answer.text)

    def test_an_address_that_files_nothing_is_not_given(self):
        self.prestation.is_open_mail = False
        self.assertNotIn("By e-mail", " ".join(self.ways(self.prestation)))
        self.wide_prestation.is_reserved = True
        self.assertEqual(
            self.ways(self.wide_prestation)[0],
            "Online on this site only, not by e-mail",
        )
        self.assertNotIn("By e-mail:", " ".join(self.ways(self.wide_prestation)))

    def test_the_address_is_the_one_that_writes(self):
        self.service.email = False
        self.town.email = "mairie@ville.example.com"
        text = self.page(URL).text("//*[@id='grc-sending-addresses']")
        self.assertIn(f"{self.service.name} – mairie@ville.example.com", text)

    def test_it_says_the_time_and_what_is_asked(self):
        text = self.page(URL).text()
        for part in (
            "one working day later at most",
            "Ten working days later at most",
            "SIRET",
            "RNA",
            "abusive",
            "Monday to Friday",
            self.desk_service.phone,
        ):
            self.assertIn(part, text)
        self.town.grc_works_saturday = True
        self.assertIn("Monday to Saturday", self.page(URL).text())

    def test_a_town_without_catalogue_is_seized_by_any_message(self):
        self.env["grc.prestation"].search(
            [("company_id", "=", self.town.id)]
        ).state = "draft"
        self.assertIn("any message", self.page(URL).text())

    def test_it_is_found_from_every_page_and_by_search_engines(self):
        page = self.page("/")
        self.assertIn(URL, page.all("//footer//a/@href"))
        self.assertEqual(len(self.page(URL).all("//h1")), 1)
        self.assertIn(f"{URL}<", self.get("/sitemap.xml").text)

    def test_it_is_read_only_and_open_to_all(self):
        for user in (None, self.citizen, self.agent):
            self.sign_in(user)
            self.page(URL)
        self.assertEqual(self.url_open(URL, data={"a": "b"}).status_code, 405)

    def test_it_costs_the_same_for_ten_and_for_forty(self):
        def count():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.page(URL)
            return self.cr.sql_log_count - before

        for index in range(10):
            self._prestation(f"P{index}", self.service)
        count()
        ten = count()
        for index in range(30):
            self._prestation(f"Q{index}", self.service)
        self.assertEqual(count(), ten)
