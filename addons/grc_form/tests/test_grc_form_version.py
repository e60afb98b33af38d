from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from ..rules.schema import items_by_code
from .common import FormCommon


class TestFormVersion(FormCommon):
    """A form is prepared, published, revised; what was seen never changes."""

    def test_lines_compile_to_the_schema_they_came_from(self):
        draft = self._form(publish=False)
        compiled = draft._compile()
        self.assertEqual(
            [page["code"] for page in compiled["pages"]],
            ["page_party", "page_help"],
        )
        again = self.other_prestation._draft_version()
        again._fill_from_schema(compiled)
        self.assertEqual(again._compile(), compiled)

    def test_publishing_freezes(self):
        form = self._form()
        self.assertEqual(form.state, "published")
        self.assertEqual(self.prestation.published_version_id, form)
        self.assertEqual(len(form.schema_sha256), 64)
        line = form.field_ids[:1]
        for change in (
            lambda: line.write({"label": "Other"}),
            lambda: line.unlink(),
            lambda: form.write({"rule_ids": [(0, 0, {"message": "No"})]}),
            lambda: form.unlink(),
            lambda: self.env["grc.form.field"].create(
                {"version_id": form.id, "kind": "page", "label": "More"}
            ),
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_new_version_replaces_and_keeps_the_old_one(self):
        first = self._form()
        request = self._file_hall()
        first.action_new_draft()
        draft = self.prestation._draft_version()
        self.assertEqual(draft.number, 2)
        draft.field_ids.filtered(lambda line: line.code == "hall").label = "What hall?"
        self.assertEqual(
            [(change["kind"], change["code"]) for change in draft._changes()],
            [("changed", "hall")],
        )
        draft.action_publish()
        self.assertEqual(first.state, "archived")
        self.assertEqual(request.form_version_id, first)
        self.assertIn("Which hall?", request.answers_html)
        self.assertNotIn("What hall?", request.answers_html)

    def test_an_old_version_is_restored_in_the_draft(self):
        first = self._form()
        draft = self.prestation._draft_version()
        draft.field_ids.filtered(lambda line: line.code == "income").unlink()
        draft.action_publish()
        first.action_restore()
        restored = self.prestation._draft_version()
        self.assertIn("income", items_by_code(restored._compile()))
        self.assertEqual(restored._compile(), first.schema)

    def test_one_draft_at_a_time(self):
        self._form(publish=False)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.env["grc.form.version"].create({"prestation_id": self.prestation.id})

    def test_the_draft_is_found_again(self):
        draft = self._form(publish=False)
        self.assertEqual(self.prestation._draft_version(), draft)

    def test_a_code_keeps_its_type_in_every_form(self):
        self._form()
        schema = self._schema()
        schema["pages"][0]["items"][1] = {
            "kind": "question",
            "code": "hall",
            "type": "text",
            "label": "Which hall?",
        }
        with self.assertRaises(ValidationError):
            self._form(schema, self.other_prestation)
        with self.assertRaises(UserError):
            self.env["grc.form.question"].search([("code", "=", "hall")]).type = "text"

    def test_codes_are_made_from_the_wording(self):
        draft = self._form(publish=False)
        lines = self.env["grc.form.field"].create(
            [
                {
                    "version_id": draft.id,
                    "kind": "question",
                    "type": "text",
                    "label": "L’œuvre à exposer",
                },
                {
                    "version_id": draft.id,
                    "kind": "question",
                    "type": "text",
                    "label": "L’œuvre à exposer",
                },
            ]
        )
        self.assertEqual(
            lines.mapped("code"), ["l_oeuvre_a_exposer", "l_oeuvre_a_exposer_2"]
        )

    def test_a_form_with_errors_is_not_published(self):
        schema = self._schema()
        schema["pages"][0]["items"][2]["min"] = 900
        with self.assertRaisesRegex(UserError, "cannot be published"):
            self._form(schema)

    def test_a_prestation_waits_for_its_form(self):
        self._form(publish=False)
        self.prestation.state = "draft"
        self.assertTrue(self.prestation._publication_problems())
        with self.assertRaises(UserError):
            self.prestation.action_publish()

    def _file_hall(self):
        return self._file(
            form_version_id=self.prestation.published_version_id.id,
            form_answers={"hall": "small"},
            channel="desk",
        )
