import json

from odoo.tests import mute_logger

from odoo.addons.grc_base.tests.common import PDF

from .form_common import FormPortalCommon, page, question


class TestFormSafety(FormPortalCommon):
    """Near misses: other sessions, other pages, what no honest form sends."""

    def test_a_form_is_opened_by_its_session_alone(self):
        self.sign_in()
        first = self.begin()
        urls = (
            self.here(first),
            f"/demarches/non-concerne/{self.token(first)}",
            f"/demarches/reprise/{self.token(first)}",
            f"/demarches/formulaire/{self.token(first)}/modele/INSURANCE",
        )
        for user in (None, self.citizen, self.manager):
            self.sign_in(user)
            for url in urls:
                self.get(url, 404)
        self.get(f"/demarches/formulaire/{'x' * 32}/page_party", 404)
        self.get("/demarches/formulaire/short/page_party", 404)

    def test_a_page_that_is_not_in_the_form(self):
        self.sign_in()
        first = self.begin()
        url = self.here(first).replace("page_party", "page_none")
        self.get(url, 404)
        self.post(url, first.hidden() | {"do": "continue"}, status=404)

    def test_a_page_without_its_secret_is_refused(self):
        self.sign_in()
        first = self.begin()
        with mute_logger("odoo.http"):
            self.post(self.here(first), {"do": "continue"}, status=400)

    def test_answers_are_read_from_inputs_alone(self):
        self.sign_in()
        first = self.begin()
        forged = {
            "answers": json.dumps({"hall": "castle"}),
            "hall": "castle",
            "is_trial": "1",
            "form_version_id": "1",
            "p_insurance": '[{"name": "x", "sha256": "0", "size": 1}]',
            "helpers.0._id": "../../r1",
            "page_help.x": "1",
        }
        wrong = self.parse(self.send_page(first, forged, 200))
        self.assertIn("f-hall", wrong.errors())
        draft = self.draft(first)
        self.assertFalse({"hall", "p_insurance"} & set(draft.answers or {}))
        self.assertFalse(draft.is_trial or draft.attachment_ids)

    def test_a_file_for_a_piece_of_another_page(self):
        self.sign_in()
        first = self.begin()
        self.send_page(first, {}, 200, files=[("p_insurance", ("i.pdf", PDF))])
        self.assertFalse(self.draft(first).attachment_ids)
        second = self.here(first).replace("page_party", "page_help")
        self.assertFalse(self.page(second).kept_files())

    def test_a_file_of_another_draft_is_not_dropped(self):
        self.sign_in()
        review = self.fill_hall()
        mine = review.action("grc-send-form").rsplit("/", 1)[1]
        drafts = self.env["grc.request.draft"]
        file = drafts.search([("token", "=", mine)]).attachment_ids
        self.sign_in()
        first = self.begin()
        self.answer(first, do=f"drop:{file.id}")
        self.answer(first, do="drop:99999999999999999999")
        self.assertTrue(file.exists())

    def test_too_much_text(self):
        self._publish(page("one", question("story", "long_text")))
        self.sign_in()
        first = self.begin()
        with mute_logger("odoo.http"):
            self.send_page(first, {"story": "x" * 500_000}, 413)
            self.send_page(first, {"story": "x" * 10_500_000}, 413)
        wrong = self.parse(self.send_page(first, {"story": "x" * 30_000}, 200))
        self.assertEqual(list(wrong.errors()), ["f-story"])
        self.assertLess(len(self.draft(first).answers["story"]), 25_000)

    def test_a_thousand_rows(self):
        self.sign_in()
        second = self.second_page()
        rows = {}
        for index in range(1000):
            rows[f"helpers.{index}._id"] = f"r{index}"
            rows[f"helpers.{index}.helper_name"] = "Zoé"
        wrong = self.parse(self.send_page(second, rows, 200))
        self.assertIn("block-helpers", wrong.errors())
        self.assertLessEqual(len(self.draft(second).answers["helpers"]), 100)
        self.get(self.here(second))
        for do in ("add:hall", "add:nothing", "remove:helpers.x", "remove:nothing.0"):
            self.send_page(second, {}, 404, do=do)
        self.send_page(second, {}, 303, do="remove:helpers.999")

    def test_a_version_that_is_not_published_is_not_filed(self):
        self.sign_in()
        review = self.fill_hall()
        url = review.action("grc-send-form")
        self.form.state = "archived"
        self.prestation.published_version_id = False
        answer = self.url_open(url, data=review.hidden(), allow_redirects=False)
        self.assertFalse(self.requests_of_alice())
        self.assertIn(answer.status_code, (200, 303))

    def test_a_blank_form_of_another_prestation(self):
        other = self._document_type(
            "OTHER", model_file=b"JVBERi0=", model_file_name="blank.pdf"
        )
        self.insurance.write(
            {"model_file": b"JVBERi0=", "model_file_name": "insurance.pdf"}
        )
        self.sign_in()
        first = self.begin()
        base = f"/demarches/formulaire/{self.token(first)}/modele"
        self.assertEqual(self.get(f"{base}/INSURANCE").content, b"%PDF-")
        self.get(f"{base}/{other.code}", 404)

    def test_the_citizen_alone_reads_her_whole_form(self):
        self.sign_in(self.citizen)
        request, _last = self.send_form(self.fill_hall())
        hers = self.page(f"/my/demandes/{request.id}")
        text = hers.text("//*[@id='grc-filled']")
        self.assertIn("250,50", text)
        link = hers.all("//*[@id='grc-filled']//a/@href")[0]
        self.assertEqual(self.get(link).content, PDF)
        self.sign_in(self.other_citizen)
        self.get(f"/my/demandes/{request.id}", 404)

    def test_communes_are_public(self):
        self.sign_in()
        found = self.get("/demarches/communes?q=metz").json()
        self.assertIn("57463", [one["code"] for one in found])
        self.assertLessEqual(len(found), 20)
        self.assertEqual(self.get("/demarches/communes").json(), [])
        exact = self.get("/demarches/communes?exact=1&q=metz%2057000").json()
        self.assertEqual(exact, found[:1])
        for text in ("met", "saint-martin", ""):
            self.assertEqual(
                self.get(f"/demarches/communes?exact=1&q={text}").json(), [], text
            )
        self.assertEqual(self.get(f"/demarches/communes?q={'x' * 3000}").json(), [])

    def test_sixty_questions_cost_no_more_queries_than_six(self):
        def queries(count):
            items = [question(f"q{rank}", "text") for rank in range(count)]
            version = self._publish(page("one", *items))
            draft = self.env["grc.request.draft"].create(
                {
                    "token": f"{count:032}",
                    "session_hash": "x",
                    "company_id": self.town.id,
                    "prestation_id": self.prestation.id,
                }
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            view = version._page_view("one", draft._answers(), partner=draft.partner_id)
            self.env["ir.qweb"]._render("grc_form.form_nodes", view)
            return self.env.cr.sql_log_count - before

        queries(3)
        self.assertLessEqual(queries(60), queries(6) + 1)
