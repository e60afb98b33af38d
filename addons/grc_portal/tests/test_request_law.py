from datetime import timedelta

from odoo.addons.grc_base.tests.common import PDF

from .http_common import PortalCommon, path_of


class TestRequestLaw(PortalCommon):
    """Why each date, what comes, what proves each sending: on the citizen's page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prestation.write(
            {
                "silence_regime": "svr",
                "silence_months": 2,
                "regime_source": "A text",
                "appeal_text": "Two months, before the court of the town.",
            }
        )
        cls.request = cls._file(partner_id=cls.citizen.partner_id)
        cls.url = f"/my/demandes/{cls.request.id}"

    def _ask(self, *names, days=15):
        pieces = [
            {"name": name, "legal_basis": "A text", "is_indispensable": True}
            for name in names
        ]
        deadline = self.request._local_day() + timedelta(days=days)
        return self.request._ask_missing(pieces, deadline)

    def _answer(self, files=()):
        page = self.page(self.url)
        data = page.hidden() | {"message": "More.", "step": "send"}
        return self.post(f"{self.url}/repondre", data, files)

    # === WHY === #

    def test_each_legal_date_says_why(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        lines = page.all("//*[@id='grc-dates']/div")
        self.assertGreaterEqual(len(lines), 3)
        for line in lines:
            [summary] = line.xpath(".//details/summary")
            self.assertIn("Why this date?", summary.text_content())
        text = page.text("//*[@id='grc-dates']/div[last()]//details")
        for part in ("CRPA L112-13", "CRPA L114-3", "CRPA L231-4"):
            self.assertIn(part, text)
        self.assertIn(self.request._grc_day(self.request.received_on), text)

    def test_two_summaries_are_told_apart_by_their_names(self):
        self._ask("Plan")
        self.sign_in(self.citizen)
        names = [
            " ".join(summary.text_content().split())
            for summary in self.page(self.url).all("//*[@id='grc-dates']//summary")
        ]
        self.assertEqual(len(set(names)), len(names))

    def test_the_day_of_the_court_is_nowhere_on_the_page(self):
        self.assertTrue(self.request.appeal_last_day)
        self.sign_in(self.citizen)
        text = self.page(self.url).answer.text
        self.assertNotIn(self.request._grc_day(self.request.appeal_last_day), text)
        self.assertNotIn("never told", text)

    # === LINE OF TIME === #

    def test_the_line_of_time_says_what_is_past_and_what_comes(self):
        self._ask("Plan")
        self.sign_in(self.citizen)
        page = self.page(self.url)
        [today] = page.all("//*[@id='grc-timeline']//li[@aria-current='date']")
        self.assertIn("Today", today.text_content())
        text = page.text("//*[@id='grc-timeline']")
        self.assertIn("Coming", text)
        self.assertIn("Plan", text)
        self.assertIn(self.request._grc_day(self.request.implicit_on), text)

    def test_many_facts_are_one_click_away(self):
        for rank in range(60):
            self.request._log_event("taken", agent=f"Agent {rank}")
        self.sign_in(self.citizen)
        page = self.page(self.url)
        [older] = page.all("//*[@id='grc-timeline']/details")
        self.assertGreater(len(older.xpath(".//li")), 50)
        shown = page.all("//*[@id='grc-timeline']/ol/li")
        self.assertLess(len(shown), 12)

    def test_a_few_facts_hide_nothing(self):
        self.sign_in(self.citizen)
        self.assertFalse(self.page(self.url).all("//*[@id='grc-timeline']/details"))

    # === ACKNOWLEDGEMENTS === #

    def test_the_acknowledgement_is_told_and_downloaded(self):
        [receipt] = self.request.acknowledgement_ids
        self.sign_in(self.citizen)
        page = self.page(self.url)
        text = page.text("//*[@id='grc-acknowledgements']")
        self.assertIn(receipt.email_to, text)
        self.assertIn(self.request._grc_instant(receipt.sent_at), text)
        [link] = page.all("//*[@id='grc-acknowledgements']//a")
        self.assertIn(receipt._title(), " ".join(link.text_content().split()))
        content = self.get(link.get("href")).content
        self.assertEqual(content, receipt.document_id.attachment_id.raw)

    def test_a_returned_acknowledgement_says_what_to_do(self):
        self.request.acknowledgement_ids.delivery_id._give_up("Unknown address")
        self.sign_in(self.citizen)
        page = self.page(self.url)
        text = page.text("//*[@id='grc-acknowledgements']")
        self.assertIn("Could not be delivered", text)
        self.assertIn(self.service.phone, text)
        self.assertTrue(
            page.all("//*[@id='grc-acknowledgements']//a[@href='#repondre']")
        )
        self.assertNotIn("Unknown address", page.text())
        self.assertNotIn("on its way", page.text("//*[@id='grc-dates']"))

    # === ADDITIONS === #

    def test_an_addition_is_acknowledged_on_the_page(self):
        self.sign_in(self.citizen)
        answer = self._answer(files=[("plan.pdf", PDF)])
        page = self.page(path_of(answer).split("#")[0])
        receipt = self.request._grc_last_addition()
        self.assertEqual(receipt.state, "sent")
        said = page.text("//*[@id='grc-addition-receipt']")
        self.assertIn(receipt.email_to, said)
        self.assertIn(self.request._grc_instant(receipt.addition_received_at), said)
        self.assertIn(receipt._title(), page.text("//*[@id='grc-acknowledgements']"))
        # It stands there, and not among what people wrote to each other.
        self.assertEqual(len(self.request._grc_exchanges()), 2)

    def test_the_last_document_says_the_file_is_complete(self):
        missing = self._ask("Plan")
        self.sign_in(self.citizen)
        page = self.page(self.url)
        answer = self.post(
            f"{self.url}/pieces/{missing.line_ids.id}",
            {"csrf_token": page.hidden()["csrf_token"]},
            [("plan.pdf", PDF)],
        )
        page = self.page(path_of(answer).split("#")[0])
        self.assertIn(
            "Your file is complete since", page.text("//*[@id='grc-piece-sent']")
        )

    def test_the_document_of_an_addition_can_be_checked(self):
        self.request._citizen_reply("More.")
        receipt = self.request._grc_last_addition()
        self.assertEqual(
            receipt._verification_values()["day"],
            self.request._grc_day(receipt.addition_received_at),
        )
        url = receipt._verification_url().split("/verifier/")[1]
        page = self.page(f"/verifier/{url}")
        self.assertIn("addition", page.text("//*[@id='grc-verification']"))

    # === DOCUMENTS ASKED FOR === #

    def test_what_is_asked_until_when_and_what_then(self):
        missing = self._ask("Plan", "Photo")
        self.sign_in(self.citizen)
        text = self.page(self.url).text("//*[@id='grc-pieces']")
        for part in (
            self.request._grc_day(missing.deadline),
            "Plan, Photo",
            missing._consequence(),
            "CRPA L114-5",
        ):
            self.assertIn(part, text)
