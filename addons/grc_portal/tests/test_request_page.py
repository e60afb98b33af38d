from odoo.tests import mute_logger

from odoo.addons.grc_base.tests.common import PDF

from .http_common import PortalCommon, path_of


class TestRequestPage(PortalCommon):
    """What a citizen reads and does on a request of her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(
            partner_id=cls.citizen.partner_id, files=[("plan.pdf", PDF)]
        )
        cls.piece = cls.request.document_ids.filtered(lambda d: d.kind == "piece")
        cls.near_miss = cls._file(
            partner_id=cls.other_citizen.partner_id, files=[("secret.pdf", PDF)]
        )
        cls.url = f"/my/demandes/{cls.request.id}"

    def answer(self, files=(), status=303, page=None, **changes):
        page = page or self.page(self.url)
        data = page.hidden() | {"message": "More.", "step": "send"} | changes
        return self.post(f"{self.url}/repondre", data, files, status)

    def test_the_page_says_where_the_request_stands(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        text = page.text()
        for part in (self.request.name, self.prestation.name, self.service.phone):
            self.assertIn(part, text)
        self.assertEqual(page.text("//*[@id='grc-state']"), self.request._state_label())

    def test_the_dates_are_written_in_full(self):
        self.sign_in(self.citizen)
        day = self.request._grc_day(self.request.received_at)
        self.assertIn(day, self.page(self.url).text("//*[@id='grc-dates']"))

    def test_silence_is_explained_with_its_day(self):
        self.prestation.write({"silence_regime": "sva", "regime_source": "A text"})
        request = self._file(partner_id=self.citizen.partner_id)
        self.sign_in(self.citizen)
        text = self.page(f"/my/demandes/{request.id}").text("//*[@id='grc-dates']")
        self.assertIn(request._grc_day(request.implicit_on), text)
        self.assertIn("deemed accepted", text)

    def test_the_request_of_another_does_not_exist(self):
        forged = (self.near_miss.id, self.far_request.id, 0, 2**31, 10**30)
        for user in (self.citizen, self.agent, self.manager):
            self.sign_in(user)
            for request_id in forged:
                with self.subTest(user=user.login, request=request_id):
                    self.get(f"/my/demandes/{request_id}", 404)

    def test_an_agent_does_not_read_the_citizens_page(self):
        self.sign_in(self.agent)
        self.get(self.url, 404)

    def test_a_visitor_is_asked_to_sign_in(self):
        self.sign_in()
        for url in (self.url, "/my/demandes", "/my/demandes/999999999"):
            self.assertIn("/web/login", path_of(self.get(url, 303)))

    def test_a_document_is_downloaded_as_a_file(self):
        self.sign_in(self.citizen)
        answer = self.get(f"{self.url}/documents/{self.piece.id}")
        self.assertEqual(answer.content, PDF)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("plan.pdf", answer.headers["Content-Disposition"])

    def test_documents_out_of_reach_do_not_exist(self):
        hidden = self.env["grc.request.document"]._store(
            self.request, [("note.pdf", PDF)], origin="agent", visible=False
        )
        others = self.near_miss.document_ids[0]
        self.sign_in(self.citizen)
        for url in (
            f"{self.url}/documents/{hidden.id}",
            f"{self.url}/documents/{others.id}",
            f"{self.url}/documents/{2**40}",
            f"/my/demandes/{self.near_miss.id}/documents/{others.id}",
            f"/my/demandes/{self.near_miss.id}/documents/{self.piece.id}",
        ):
            with self.subTest(url=url):
                self.get(url, 404)

    def test_the_citizen_writes_to_the_service(self):
        self.sign_in(self.citizen)
        answer = self.answer(message="One more thing.", files=[("b.pdf", PDF)])
        page = self.page(path_of(answer).split("#")[0])
        self.assertTrue(page.all("//*[@id='grc-sent'][@role='status']"))
        self.assertIn("One more thing.", page.text("//*[@id='echanges']"))
        self.assertIn("b.pdf", self.request.document_ids.mapped("name"))
        self.assertTrue(self.request.has_citizen_news)

    def test_an_answer_sent_twice_is_written_once(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        self.answer(page=page, message="Only once.")
        self.answer(page=page, message="Only once.")
        bodies = self.request._citizen_messages().mapped("body")
        self.assertEqual(sum("Only once." in body for body in bodies), 1)

    def test_an_empty_answer_keeps_its_files(self):
        self.sign_in(self.citizen)
        answer = self.answer(message=" ", files=[("b.pdf", PDF)], status=200)
        page = self.parse(answer)
        self.assertEqual(list(page.errors()), ["message"])
        self.assertEqual(page.kept_files(), ["b.pdf"])
        self.answer(page=page, message="Now with a text.")
        self.assertIn("b.pdf", self.request.document_ids.mapped("name"))

    def test_a_refused_file_keeps_the_text(self):
        self.sign_in(self.citizen)
        answer = self.answer(files=[("virus.exe", b"MZ\x90\x00")], status=200)
        page = self.parse(answer)
        self.assertIn("virus.exe", page.errors()["files"])
        self.assertEqual(page.value("message"), "More.")
        self.assertFalse(self.request.has_citizen_news)

    def test_files_of_an_answer_are_added_and_taken_back(self):
        self.sign_in(self.citizen)
        answer = self.answer(step="files", files=[("b.pdf", PDF)])
        page = self.page(path_of(answer).split("#")[0])
        self.assertEqual(page.kept_files(), ["b.pdf"])
        button = page.all("//button[@name='remove_file']")[0]
        answer = self.answer(page=page, remove_file=button.get("value"))
        page = self.page(path_of(answer).split("#")[0])
        self.assertEqual(page.kept_files(), [])
        self.assertEqual(page.value("message"), "More.")

    def test_nobody_writes_on_the_request_of_another(self):
        self.sign_in(self.citizen)
        hidden = self.page(self.url).hidden() | {"message": "Mine now."}
        self.post(f"/my/demandes/{self.near_miss.id}/repondre", hidden, status=404)
        self.sign_in(self.agent)
        hidden = self.open_form().hidden() | {"message": "As the citizen."}
        self.post(f"{self.url}/repondre", hidden, status=404)
        self.assertFalse((self.request | self.near_miss).filtered("has_citizen_news"))

    def test_an_answer_needs_its_form(self):
        self.sign_in(self.citizen)
        self.page(f"{self.url}/repondre", 405)
        with mute_logger("odoo.http"):
            self.post(f"{self.url}/repondre", {"message": "Forged."}, status=400)
        self.assertFalse(self.request.has_citizen_news)

    def test_the_decision_is_shown_with_its_reason(self):
        self._decide(self.request, "refused")
        self.sign_in(self.citizen)
        page = self.page(self.url)
        text = page.text("//*[@id='grc-decision']")
        self.assertIn("refused", text)
        self.assertIn("Because of the rule.", text)
        self.assertIn("Here is our answer.", page.text("//*[@id='echanges']"))

    def test_notes_between_agents_are_not_shown(self):
        self.request.with_user(self.agent).message_post(
            body="Between us", subtype_xmlid="mail.mt_note"
        )
        self.sign_in(self.citizen)
        self.assertNotIn("Between us", self.page(self.url).answer.text)
