from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .common import FormCommon


class TestFormBuilder(FormCommon):
    """What the screens of the builder ask of the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._form(publish=False)

    def _line(self, code):
        return self.draft.all_field_ids.filtered(lambda line: line.code == code)

    def _codes(self):
        return self.draft.field_ids.sorted(
            lambda line: (line.sequence, line.id)
        ).mapped("code")

    def _paths(self, record):
        return [source["path"] for source in record.condition_sources["sources"]]

    # === CONDITIONS === #

    def test_a_condition_is_written_in_words(self):
        line = self._line("people_count")
        words = self.draft._condition_words()
        expected = words["if"] % {
            "text": f"{words['quoted'] % {'text': 'Which hall?'}} "
            f"{words['verbs']['eq']} {words['quoted'] % {'text': 'Large hall'}}"
        }
        self.assertEqual(line.condition_text, expected)
        self.assertFalse(self._line("hall").condition_text)

    def test_a_condition_reads_what_stands_above(self):
        paths = self._paths(self._line("people_count"))
        self.assertEqual(paths[:2], ["day_wanted", "hall"])
        self.assertNotIn("income", paths)
        self.assertIn("profile:age", paths)

    def test_a_new_line_reads_the_whole_form(self):
        line = self.env["grc.form.field"].new(
            {"version_id": self.draft.id, "kind": "question", "type": "text"}
        )
        self.assertIn("helpers", self._paths(line))
        self.assertNotIn("helper_name", self._paths(line))

    def test_a_line_put_under_another_reads_what_stands_above_it(self):
        line = (
            self.env["grc.form.field"]
            .with_context(grc_after_line_id=self._line("day_wanted").id)
            .new({"version_id": self.draft.id, "kind": "question", "type": "text"})
        )
        self.assertIn("day_wanted", self._paths(line))
        self.assertNotIn("hall", self._paths(line))

    def test_a_line_of_a_block_reads_its_own_row(self):
        line = self.env["grc.form.field"].new(
            {
                "version_id": self.draft.id,
                "parent_id": self._line("helpers").id,
                "kind": "question",
                "type": "text",
            }
        )
        self.assertIn("helper_name", self._paths(line))

    def test_the_options_of_a_source_are_offered(self):
        sources = self._line("people_count").condition_sources["sources"]
        hall = next(source for source in sources if source["path"] == "hall")
        self.assertEqual(
            hall["options"], [["small", "Small hall"], ["large", "Large hall"]]
        )

    def test_a_rule_reads_rows_and_has_words(self):
        self.draft.rule_ids = [
            (
                0,
                0,
                {
                    "kind": "stop",
                    "condition": {"q": "people_count", "op": "gt", "value": 300},
                    "message": "Too many",
                },
            )
        ]
        rule = self.draft.rule_ids
        self.assertIn("300", rule.condition_text)
        self.assertIn("helper_name", self._paths(rule))

    def test_a_message_is_put_beside_questions(self):
        rule = self.env["grc.form.rule"].create(
            {"version_id": self.draft.id, "message": "No", "condition": None}
        )
        rule.at_field_ids = self._line("hall") | self._line("income")
        self.assertEqual(set(rule.at_codes.split()), {"hall", "income"})

    def test_a_formula_is_offered_numbers_and_rows(self):
        line = self.env["grc.form.field"].new(
            {"version_id": self.draft.id, "kind": "question", "type": "computed"}
        )
        codes = [code for code, _label in line.formula_codes]
        self.assertEqual(
            codes, ["day_wanted", "hall", "people_count", "income", "helpers"]
        )
        self._line("helper_name").type = "integer"
        line = line.new(
            {"version_id": self.draft.id, "kind": "question", "type": "computed"}
        )
        self.assertIn("helpers.helper_name", [one[0] for one in line.formula_codes])

    def test_what_is_wrong_is_said_in_words(self):
        self.prestation.privacy_purpose = False
        hall = self._line("hall")
        self._line("people_count").visible_if = {
            "q": "hall",
            "op": "gt",
            "value": 3,
        }
        texts = " ".join(found["text"] for found in self.draft._findings())
        self.assertNotIn(": purpose", texts)
        self.assertIn(hall.label, texts)

    def test_an_unfinished_condition_is_named_and_not_published(self):
        self._line("income").visible_if = {"q": "", "op": "eq"}
        (found,) = self.draft._findings()
        self.assertEqual(found["level"], "error")
        self.assertIn("Income of the household", found["text"])
        with self.assertRaises(UserError):
            self.draft.action_publish()

    # === LINES === #

    def test_lines_are_added_at_the_end_or_under_another(self):
        fields = self.env["grc.form.field"]
        vals = {"version_id": self.draft.id, "kind": "question", "type": "text"}
        fields.create(vals | {"label": "Last"})
        fields.with_context(grc_after_line_id=self._line("hall").id).create(
            vals | {"label": "Second"}
        )
        codes = self._codes()
        self.assertEqual(codes[-1], "last")
        self.assertEqual(codes[codes.index("hall") + 1], "second")
        self.assertEqual(codes[codes.index("hall") + 2], "people_count")

    def test_a_line_is_copied_just_under_with_its_rows(self):
        self._line("helpers").action_duplicate()
        codes = self._codes()
        copied = self.draft.field_ids.filtered(
            lambda line: line.code not in ("", "helpers") and line.kind == "block"
        )
        self.assertEqual(codes[codes.index("helpers") + 1], copied.code)
        self.assertEqual(copied.child_ids.mapped("type"), ["text"])
        self.assertNotIn("helper_name", copied.child_ids.mapped("code"))
        self._line("hall").action_duplicate()
        hall = self.draft.field_ids[codes.index("hall") + 1]
        self.assertEqual(len(hall.option_ids), 2)

    PARTY = ["page_party", "day_wanted", "hall", "people_count", "income"]
    HELP = ["page_help", "helpers", "p_insurance"]

    def test_a_page_moves_with_its_lines(self):
        self.assertEqual(self._codes(), self.PARTY + self.HELP)
        self._line("page_help").move_after(False)
        self.assertEqual(self._codes(), self.HELP + self.PARTY)
        # Dropped in the middle of the other page: it stands after it, whole.
        self._line("page_help").move_after(self._line("hall").id)
        self.assertEqual(self._codes(), self.PARTY + self.HELP)
        # Dropped among its own lines: it stays.
        self._line("page_party").move_after(self._line("hall").id)
        self.assertEqual(self._codes(), self.PARTY + self.HELP)

    def test_lines_move_without_a_mouse(self):
        self._line("page_party").action_move_up()
        self._line("page_help").action_move_down()
        self.assertEqual(self._codes(), self.PARTY + self.HELP)
        self._line("page_party").action_move_down()
        self.assertEqual(self._codes(), self.HELP + self.PARTY)
        self._line("page_party").action_move_up()
        self._line("day_wanted").action_move_up()
        self.assertEqual(self._codes()[:3], ["page_party", "day_wanted", "hall"])
        self._line("day_wanted").action_move_down()
        self.assertEqual(self._codes()[:3], ["page_party", "hall", "day_wanted"])
        # A line goes over to the other page.
        self._line("helpers").action_move_up()
        self.assertEqual(self._codes()[4:7], ["income", "helpers", "page_help"])
        self._line("p_insurance").action_move_down()
        self.assertEqual(self._codes()[-1], "p_insurance")

    def test_lines_of_a_published_form_do_not_move(self):
        self.draft.action_publish()
        with self.assertRaises(UserError):
            self._line("page_help").action_move_up()

    def test_a_repeated_line_leaves_its_block(self):
        self._line("helper_name").action_leave_block()
        codes = self._codes()
        self.assertEqual(codes[codes.index("helpers") + 1], "helper_name")

    def test_a_removed_block_takes_its_rows_away(self):
        self._line("helpers").action_remove()
        self.assertFalse(self._line("helper_name"))

    def test_the_type_may_be_mended_until_a_version_is_published(self):
        line = self._line("helper_name")
        line.type = "long_text"
        self.assertEqual(line.question_id.type, "long_text")
        self.draft.action_publish()
        draft = self.prestation._draft_version()
        line = draft.all_field_ids.filtered(lambda line: line.code == "helper_name")
        with self.assertRaises(ValidationError):
            line.type = "text"

    def test_a_code_known_with_another_type_is_not_taken(self):
        line = self.env["grc.form.field"].create(
            {
                "version_id": self.other_prestation._draft_version().id,
                "kind": "question",
                "type": "text",
                "label": "Hall",
            }
        )
        self.assertEqual(line.code, "hall_2")

    def test_a_second_list_is_written_line_by_line(self):
        line = self.env["grc.form.field"].create(
            {
                "version_id": self.draft.id,
                "kind": "question",
                "type": "linked_choice",
                "label": "District and street",
                "option_ids": [
                    (0, 0, {"label": "Centre", "second_lines": "Rue A\n\nRue B\n"})
                ],
            }
        )
        option = line.option_ids
        first = option.child_ids[0]
        self.assertEqual(option.child_ids.mapped("label"), ["Rue A", "Rue B"])
        option.second_lines = "Rue C\nRue A"
        self.assertEqual(option.child_ids.mapped("label"), ["Rue C", "Rue A"])
        self.assertEqual(option.child_ids[1], first)
        # Its codes are shown: with its code an answer keeps it when its words change.
        self.assertEqual(option.second_lines, "Rue C [rue_c]\nRue A [rue_a]")
        option.second_lines = "Rue de l’Abbaye [rue_a]\nRue D [d.1]\nRue E [rue_a]"
        self.assertEqual(option.child_ids[0], first)
        self.assertEqual(
            option.second_lines, "Rue de l’Abbaye [rue_a]\nRue D [d.1]\nRue E [rue_e]"
        )

    def test_a_source_of_first_answers_is_chosen_by_its_name(self):
        line = self._line("helper_name")
        line.prefill_source = "profile.email"
        self.assertEqual(line.prefill, "profile.email")
        line.prefill_source = "last"
        self.assertEqual(line.prefill, "last.helper_name")
        line.write({"prefill_source": "url", "prefill_name": "nom"})
        self.assertEqual(line.prefill, "url.nom")
        line.prefill_source = False
        self.assertFalse(line.prefill)

    def test_a_proof_of_domicile_is_warned_of(self):
        line = self._line("p_insurance")
        self.assertFalse(line.document_warning)
        line.document_type_id = self._document_type("DOM", nature="proof_of_domicile")
        self.assertIn("R113-8", line.document_warning)
        self.prestation.domicile_case = "school_enrolment"
        line.invalidate_recordset(["document_warning"])
        self.assertFalse(line.document_warning)

    def test_a_document_is_made_from_its_name(self):
        kind = self.env["grc.document.type"].name_create("Relevé d’identité")[0]
        kind = self.env["grc.document.type"].browse(kind)
        self.assertEqual(kind.code, "RELEVE_D_IDENTITE")

    def test_the_window_of_a_line_saves(self):
        with Form(
            self.env["grc.form.field"].with_context(
                default_version_id=self.draft.id, default_kind="piece"
            )
        ) as form:
            form.document_type_id = self.insurance
        self.assertEqual(form.record.nature_text and form.record.kind, "piece")

    # === PREVIEW, READY-MADE BLOCKS, PUBLICATION === #

    def test_the_preview_follows_what_is_saved(self):
        before = self.draft.preview_stamp
        self._line("hall").label = "What hall?"
        self.draft.invalidate_recordset(["preview_stamp"])
        self.assertNotEqual(self.draft.preview_stamp, before)
        pages = self.draft._preview_pages()
        self.assertEqual(len(pages), 2)
        self.assertTrue(pages[1]["nodes"][0]["rows"])

    def test_the_ready_made_blocks_that_ship_can_be_used(self):
        snippets = self.env["grc.form.snippet"].search([])
        self.assertGreaterEqual(len(snippets), 5)
        for snippet in snippets:
            with self.subTest(snippet.name):
                lines = snippet._insert_into(self.draft, self._line("hall"))
                again = snippet._insert_into(self.draft)
                self.assertEqual(len(lines), snippet.line_count)
                self.assertFalse(set(lines.mapped("code")) & set(again.mapped("code")))
        errors = [
            found for found in self.draft._findings() if found["level"] == "error"
        ]
        self.assertFalse(errors)

    def test_lines_become_a_ready_made_block(self):
        window = self.env["grc.form.snippet.save"].create(
            {"version_id": self.draft.id, "name": "Hall"}
        )
        with self.assertRaises(UserError):
            window.action_save()
        window.line_ids = self._line("hall") | self._line("people_count")
        window.action_save()
        snippet = self.env["grc.form.snippet"].search([("name", "=", "Hall")])
        self.assertEqual(
            [item["code"] for item in snippet.items], ["hall", "people_count"]
        )
        use = self.env["grc.form.snippet.use"].create(
            {"version_id": self.draft.id, "snippet_id": snippet.id}
        )
        use.action_insert()
        self.assertIn("hall_2", self._codes())
        self.assertEqual(self._line("people_count_2").visible_if["q"], "hall_2")

    def test_a_block_with_something_unknown_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env["grc.form.snippet"].create(
                {"name": "Bad", "items": [{"kind": "question", "code": "a"}]}
            )

    def test_warnings_are_read_before_a_publication(self):
        self.insurance.legal_basis = False
        window = self.env["grc.form.publication"].create({"version_id": self.draft.id})
        self.assertFalse(window.error_count)
        self.assertTrue(window.warning_count)
        with self.assertRaises(UserError):
            window.action_publish()
        window.is_acknowledged = True
        window.action_publish()
        self.assertEqual(self.draft.state, "published")

    def test_errors_are_shown_in_the_window_and_block(self):
        self.prestation.retention_text = False
        window = self.env["grc.form.publication"].create(
            {"version_id": self.draft.id, "is_acknowledged": True}
        )
        self.assertTrue(window.error_count)
        self.assertIn("text-danger", window.findings_html)
        with self.assertRaises(UserError):
            window.action_publish()

    def test_changes_are_told_in_words(self):
        self.draft.action_publish()
        draft = self.prestation._draft_version()
        hall = draft.all_field_ids.filtered(lambda line: line.code == "hall")
        hall.write({"label": "What hall?", "required": False})
        (change,) = draft._changes()
        self.assertEqual(change["what"], ["label", "required"])
        for name in change["what"]:
            self.assertIn(draft._attribute_words()[name], draft.changes_html)

    # === DICTIONARY === #

    def test_what_several_prestations_ask_is_found(self):
        other = self.other_prestation._draft_version()
        other._fill_from_schema(self._schema())
        questions = self.env["grc.form.question"]
        shared = questions.search([("prestation_count", ">", 1)])
        self.assertIn("hall", shared.mapped("code"))
        lone = questions.create({"code": "lone", "type": "text", "label": "Lone"})
        self.assertIn(lone, questions.search([("prestation_count", "=", 0)]))
        self.assertNotIn(lone, shared)
        self.assertTrue(self._line("hall").shared_text)
