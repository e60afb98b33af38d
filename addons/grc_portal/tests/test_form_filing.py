from odoo.addons.grc_base.tests.common import PDF

from .form_common import (
    EVERY,
    EVERY_TYPED,
    FormPortalCommon,
    page,
    path_of,
    question,
)


class TestFormFiling(FormPortalCommon):
    """A form with pages, from the first question to the number."""

    def test_a_visitor_files_the_form(self):
        self.sign_in()
        review = self.fill_hall()
        for text in ("Small hall", "1", "insurance.pdf", "Martin"):
            self.assertIn(text, review.text())
        request, last = self.send_form(review)
        self.assertEqual(request.form_version_id, self.form)
        self.assertEqual(request.answers._values["hall"], "small")
        self.assertEqual(request.document_ids.document_type_id, self.insurance)
        self.assertTrue(request._is_filled_form_intact())
        self.assertEqual(request.subject, self.prestation.name)
        self.assertIn(request.name, last.text())

    def test_the_first_page_asks_neither_subject_nor_files(self):
        self.sign_in()
        first = self.open_form()
        self.assertFalse(first.all("//*[@name='subject']|//*[@name='files']"))
        self.assertTrue(first.all("//*[@name='email_used']"))

    def test_a_prestation_without_a_form_keeps_its_page(self):
        self.sign_in()
        request, _last = self.file_online(self.wide_prestation)
        self.assertFalse(request.form_version_id)

    def test_every_type_is_drawn_read_and_filed(self):
        self._publish(page("all", *EVERY))
        self.sign_in()
        first = self.begin()
        for item in EVERY:
            self.assertTrue(
                first.all(f"//*[@data-grc-item='{item['code']}']"), item["code"]
            )
        answer = self.send_page(first, EVERY_TYPED)
        review = self.page(path_of(answer))
        for text in ("Purple", "Metz (57)", "12,50", "Belgique", "3 avril 2031", "24"):
            self.assertIn(text, review.text())
        self.assertIn("Some <b>text</b>", review.text())
        again = self.page(self.here(first))
        for name, text in EVERY_TYPED.items():
            if not isinstance(text, str) or name in ("t_commune", "t_phone"):
                continue
            inputs = again.all(f"//*[@name='{name}']")
            self.assertTrue(inputs, name)
            if inputs[0].get("type") in ("radio", "checkbox"):
                chosen = [one.get("value") for one in inputs if one.get("checked")]
                self.assertEqual(chosen, [text], name)
            elif inputs[0].tag == "select":
                chosen = inputs[0].xpath("option[@selected]|optgroup/option[@selected]")
                self.assertEqual([one.get("value") for one in chosen], [text], name)
            else:
                self.assertTrue(again.value(name), name)
        request, _last = self.send_form(review)
        self.assertEqual(request.answers._values["t_integer"], 12)

    def test_every_input_has_a_name_for_everybody(self):
        self._publish(page("all", *[item | {"required": True} for item in EVERY]))
        self.sign_in()
        first = self.begin()
        labelled = set(first.all("//label/@for"))
        ids = first.all("//main//*/@id")
        self.assertEqual(len(ids), len(set(ids)), "two elements with one id")
        for one in first.all("//form[@id='grc-form-page']//*[@name and @id]"):
            if one.get("type") not in ("hidden", "submit") and one.tag != "button":
                self.assertIn(one.get("id"), labelled)
        for one in first.all("//form[@id='grc-form-page']//*[@aria-describedby]"):
            for name in one.get("aria-describedby").split():
                self.assertIn(name, ids)
        for radio in first.all("//input[@type='radio']"):
            self.assertTrue(radio.xpath("ancestor::fieldset/legend"))
        self.assertEqual(
            first.all("//*[@name='t_address.zip']/@autocomplete"), ["postal-code"]
        )

    def test_errors_are_listed_and_lead_to_their_inputs(self):
        self._publish(page("all", *[item | {"required": True} for item in EVERY]))
        self.sign_in()
        first = self.begin()
        answer = self.send_page(
            first,
            {
                "t_date.day": "40",
                "t_date.month": "4",
                "t_date.year": "2031",
                "t_email": "not an address",
                "t_address.street": "3 quai",
                "t_table.0.since.day": "1",
            },
            200,
        )
        wrong = self.parse(answer)
        errors = wrong.errors()
        ids = set(wrong.all("//main//*/@id"))
        self.assertLessEqual(set(errors), ids)
        self.assertIn("f-t_date", errors)
        self.assertIn("f-t_address.zip", errors)
        self.assertIn("f-t_text", errors)
        self.assertEqual(wrong.value("t_email"), "not an address")
        self.assertEqual(wrong.value("t_date.day"), "40")
        field = wrong.all("//*[@id='f-t_email']")[0]
        self.assertEqual(field.get("aria-invalid"), "true")
        self.assertIn("f-t_email-error", field.get("aria-describedby"))
        # Left and come back, what was typed is still there.
        self.assertEqual(self.page(self.here(first)).value("t_email"), "not an address")

    def test_a_question_that_appears_comes_after_continue(self):
        self.sign_in()
        first = self.begin()
        hidden = first.all("//*[@data-grc-item='people_count']")[0]
        self.assertTrue(hidden.get("hidden"))
        self.assertTrue(first.all("//*[@name='people_count']/@disabled"))
        values = {
            "day_wanted.day": "3",
            "day_wanted.month": "4",
            "day_wanted.year": "2031",
            "hall": "large",
        }
        back = self.parse(self.send_page(first, values, 200))
        self.assertFalse(back.errors())
        self.assertIn("How many people?", back.text("//*[@id='grc-new-questions']"))
        self.assertFalse(back.all("//*[@name='people_count']/@disabled"))
        errors = self.parse(self.send_page(back, values, 200)).errors()
        self.assertEqual(list(errors), ["f-people_count"])
        self.send_page(back, values | {"people_count": "80"})

    def test_hidden_pages_are_skipped(self):
        self._publish(
            page("one", question("wants", "yes_no", required=True)),
            page(
                "two",
                question("why", "text", required=True),
                visible_if={"q": "wants", "op": "eq", "value": True},
            ),
            page("three", question("last", "text")),
        )
        self.sign_in()
        first = self.begin()
        self.assertIn("Step 2 of 4", first.text("//*[@id='grc-step']"))
        third = self.next(first, wants="no")
        self.assertTrue(self.here(third).endswith("/three"))
        hidden = self.here(third).replace("/three", "/two")
        self.assertTrue(path_of(self.get(hidden, 303)).endswith("/three"))
        second = self.next(self.page(self.here(first)), wants="yes")
        self.assertIn("Step 3 of 5", second.text("//*[@id='grc-step']"))
        back = path_of(self.answer(second, do="previous", why="Because"))
        self.assertTrue(back.endswith("/one"))
        self.assertEqual(self.page(self.here(second)).value("why"), "Because")
        third = self.next(self.page(self.here(first)), wants="no")
        review = self.next(third, last="end")
        self.assertNotIn("Because", review.text())

    def test_rows_are_added_and_taken_away_by_buttons(self):
        self.sign_in()
        second = self.second_page()
        self.assertFalse(second.all("//*[@name='helpers.0.helper_name']"))
        where = path_of(self.answer(second, do="add:helpers"))
        self.assertTrue(where.endswith("#row-helpers.0"))
        second = self.page(where.split("#")[0])
        second = self.next(second, do="add:helpers", helpers__0__helper_name="Zoé")
        second = self.next(second, do="add:helpers", helpers__1__helper_name="Léo")
        self.assertEqual(second.value("helpers.0.helper_name"), "Zoé")
        self.assertFalse(second.all("//button[@value='add:helpers']"))
        where = path_of(self.answer(second, do="remove:helpers.0"))
        self.assertTrue(where.endswith("#block-helpers"))
        second = self.page(where.split("#")[0])
        self.assertEqual(second.value("helpers.0.helper_name"), "Léo")
        # The blank row is no row.
        review = self.next(second, files=[("p_insurance", ("i.pdf", PDF))])
        request, _last = self.send_form(review)
        rows = request._filled_form()["pages"][1]["lines"][0]["rows"]
        self.assertEqual([row["lines"][0]["text"] for row in rows], ["Léo"])

    def test_rows_of_a_table(self):
        self._publish(page("all", EVERY[-1]))
        self.sign_in()
        first = self.begin()
        first = self.next(first, do="add:t_table", t_table__0__tool="Drill")
        self.assertEqual(first.value("t_table.0.tool"), "Drill")
        self.assertTrue(first.all("//*[@name='t_table.1.tool']"))
        review = self.next(first, t_table__1__tool="Saw")
        self.assertIn("Saw", review.text())

    def test_a_stop_explains_and_lets_back(self):
        self._publish(
            page("one", question("age_of_child", "integer", required=True)),
            page("two", question("why", "text")),
            stops=[
                {
                    "code": "too_old",
                    "if": {"q": "age_of_child", "op": "gt", "value": 17},
                    "title": "For children only",
                    "message": "<p>Ask at the desk.</p>",
                }
            ],
        )
        self.sign_in()
        first = self.begin()
        stop = self.next(first, age_of_child="20")
        self.assertIn("Ask at the desk.", stop.text("//*[@id='grc-stop']"))
        review = f"/demarches/verification/{self.token(first)}"
        self.assertIn("/non-concerne/", path_of(self.get(review, 303)))
        back = stop.all("//main//a[contains(@href, '/one')]/@href")[0]
        second = self.next(self.page(back), age_of_child="7")
        self.assertTrue(self.here(second).endswith("/two"))
        self.get(f"/demarches/non-concerne/{self.token(first)}?page=one", 303)

    def test_pieces_are_kept_listed_and_removed(self):
        self.sign_in()
        second = self.second_page()
        hint = second.text("//*[@id='f-p_insurance-hint']")
        self.assertIn("Rules of the halls, art. 2", hint)
        self.assertIn("Indispensable", hint)
        self.assertIn("PDF", hint)
        wrong = self.parse(self.answer(second, 200))
        self.assertEqual(list(wrong.errors()), ["f-p_insurance"])
        refused = self.parse(
            self.answer(second, 200, files=[("p_insurance", ("a.exe", b"MZ\x90\x00"))])
        )
        self.assertIn("a.exe", refused.errors()["f-p_insurance"])
        second = self.next(
            second,
            files=[("p_insurance", ("i.pdf", PDF))],
            do="files:p_insurance",
        )
        self.assertEqual(second.kept_files(), ["i.pdf"])
        remove = second.all("//button[starts-with(@value, 'drop:')]/@value")[0]
        second = self.next(second, do=remove)
        self.assertFalse(second.kept_files())

    def _two_pieces(self):
        plan = self._document_type("PLAN", max_files=2)
        asked = {"kind": "piece", "help": "", "required": True, "visible_if": None}
        self._publish(
            page(
                "papers",
                asked | {"code": "p_one", "document": "INSURANCE", "label": "One"},
                asked | {"code": "p_two", "document": "PLAN", "label": "Two"},
                {
                    "kind": "block",
                    "code": "b_people",
                    "label": "People",
                    "item_label": "Person",
                    "min": 1,
                    "max": 2,
                    "visible_if": None,
                    "items": [
                        asked | {"code": "p_in", "document": "PLAN", "label": "In"}
                    ],
                },
            )
        )
        return plan

    def test_the_same_file_answers_each_of_its_pieces(self):
        plan = self._two_pieces()
        self.sign_in()
        same = ("both.pdf", PDF)
        paths = ("p_one", "p_two", "b_people.0.p_in")
        review = self.next(self.begin(), files=[(path, same) for path in paths])
        request, _last = self.send_form(review)
        documents = request.document_ids.filtered(lambda one: one.kind == "piece")
        self.assertEqual(
            sorted(documents.mapped("field_code")), ["p_in", "p_one", "p_two"]
        )
        self.assertEqual(len(set(documents.mapped("sha256"))), 1)
        by_line = {one.field_code: one.document_type_id for one in documents}
        self.assertEqual(by_line["p_one"], self.insurance)
        self.assertEqual(by_line["p_two"] | by_line["p_in"], plan)
        for document in documents:
            self.assertIn(f"/{document.attachment_id.id}?", request.answers_html)

    def test_taking_a_file_from_one_piece_leaves_the_other(self):
        self._two_pieces()
        self.sign_in()
        first = self.begin()
        first = self.next(
            first,
            files=[("p_one", ("both.pdf", PDF)), ("p_two", ("both.pdf", PDF))],
            do="files:p_one",
        )
        self.assertEqual(first.kept_files(), ["both.pdf", "both.pdf"])
        remove = first.all("//button[starts-with(@value, 'drop:')]/@value")[0]
        first = self.next(first, do=remove)
        self.assertEqual(first.kept_files(), ["both.pdf"])
        draft = self.draft(first)
        owners = draft._owners().values()
        self.assertEqual([file["path"] for file in owners], ["p_two"])

    def test_what_the_verification_changes_leads_to_its_question(self):
        self.sign_in()
        review = self.fill_hall()
        links = review.all("//a[contains(@href, '/formulaire/')]/@href")
        self.assertTrue(any(link.endswith("#f-hall") for link in links))
        for link in links:
            address, _hash, target = link.partition("#")
            self.assertTrue(self.page(address).all(f"//*[@id='{target}']"), link)

    def test_what_is_missing_at_the_end_leads_to_its_page(self):
        self.sign_in()
        first = self.begin()
        where = path_of(self.get(f"/demarches/verification/{self.token(first)}", 303))
        self.assertTrue(where.endswith("/page_party?erreurs=1"))
        self.assertIn("f-day_wanted", self.page(where).errors())

    def test_sending_twice_files_once(self):
        self.sign_in()
        review = self.fill_hall()
        first = self.post(review.action("grc-send-form"), review.hidden())
        second = self.post(review.action("grc-send-form"), review.hidden())
        self.assertEqual(path_of(first), path_of(second))
        self.assertEqual(len(self.requests_of_alice()), 1)
        draft = self.env["grc.request.draft"].search(
            [("request_id", "=", self.requests_of_alice().id)]
        )
        self.assertFalse(draft.answers or draft.piece_files or draft.attachment_ids)

    def test_the_data_notice_is_that_of_the_prestation(self):
        self.sign_in()
        self.assertIn("To lend the hall", self.open_form().text())
