from datetime import date

from freezegun import freeze_time

from .http_common import PortalCommon, path_of

FILED_AT = "2024-01-10 09:00:00"


class TestCertificate(PortalCommon):
    """CRPA L232-3: the citizen takes the certificate of an acceptance by silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prestation.write(
            {"silence_regime": "sva", "regime_source": "A text", "silence_months": 2}
        )
        with freeze_time(FILED_AT):
            cls.request = cls._file(partner_id=cls.citizen.partner_id)
            cls.near_miss = cls._file(partner_id=cls.other_citizen.partner_id)
        cls.pending = cls._file(partner_id=cls.citizen.partner_id)
        for request in cls.request | cls.near_miss:
            request._note_implicit_decision(date(2100, 1, 1))
        cls.url = f"/my/demandes/{cls.request.id}"

    def ask(self, request, status):
        token = self.page(self.url).hidden()["csrf_token"]
        url = f"/my/demandes/{request.id}/attestation"
        return self.post(url, {"csrf_token": token}, status=status)

    def test_the_page_says_that_it_is_accepted(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        self.assertEqual(
            page.text("//*[@id='grc-state']"), "Your request is deemed accepted"
        )
        day = self.request._grc_day(self.request.implicit_born_on)
        self.assertIn(day, page.text("//*[@id='attestation']"))
        self.assertIn(f"accepted since {day}", page.text("//*[@id='grc-dates']"))
        self.assertEqual(page.action("grc-certificate-form"), f"{self.url}/attestation")

    def test_the_certificate_is_downloaded(self):
        self.sign_in(self.citizen)
        self.assertEqual(
            path_of(self.get(f"{self.url}/attestation", 303)),
            f"{self.url}#attestation",
        )
        self.assertFalse(self.request.implicit_certificate_id)
        answer = self.ask(self.request, 200)
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        again = self.get(f"{self.url}/attestation")
        self.assertEqual(again.content, answer.content)
        self.assertEqual(
            self._events(self.request, "certificate_issued"), ["certificate_issued"]
        )

    def test_there_is_none_before_j(self):
        self.sign_in(self.citizen)
        page = self.page(f"/my/demandes/{self.pending.id}")
        self.assertFalse(page.all("//*[@id='attestation']"))
        self.get(f"/my/demandes/{self.pending.id}/attestation", 404)
        self.ask(self.pending, 404)
        self.assertFalse(self.pending.implicit_certificate_id)

    def test_that_of_another_does_not_exist(self):
        self.sign_in(self.citizen)
        for number in (self.near_miss.id, self.far_request.id, 0, 2**31, 10**30):
            self.get(f"/my/demandes/{number}/attestation", 404)
        self.ask(self.near_miss, 404)
        self.assertFalse(self.near_miss.implicit_certificate_id)
        for user in (self.agent, self.manager):
            self.sign_in(user)
            self.get(f"{self.url}/attestation", 404)
        self.sign_in()
        self.assertIn("/web/login", path_of(self.get(f"{self.url}/attestation", 303)))

    def test_a_withdrawn_acceptance_is_certified_no_more(self):
        self._as(self.request, self.agent)._withdraw_acceptance("No.", is_fraud=True)
        self.sign_in(self.citizen)
        self.get(f"{self.url}/attestation", 404)
        page = self.page(self.url)
        self.assertFalse(page.all("//*[@id='attestation']"))
        self.assertIn("withdrawn on", page.text("//*[@id='grc-dates']"))
