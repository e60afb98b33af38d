import copy

from ..rules.types.base import Problem
from .common import HALL, FormCommon

PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


class TestFormPage(FormCommon):
    """What a page draws, its errors listed first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        schema = copy.deepcopy(HALL)
        block = schema["pages"][1]["items"][0]
        block["items"] += [
            {
                "kind": "piece",
                "code": "p_card",
                "document": "CARD",
                "label": "Identity card",
                "required": True,
            },
            {
                "kind": "question",
                "code": "helper_birth",
                "type": "date",
                "label": "Date of birth",
                "required": True,
            },
        ]
        schema["pages"][1]["items"].append(
            {
                "kind": "question",
                "code": "tools",
                "type": "table",
                "label": "Tools",
                "required": False,
                "columns": [
                    {"code": "tool", "type": "text", "label": "Tool"},
                    {"code": "count", "type": "integer", "label": "How many"},
                ],
            }
        )
        cls._document_type("CARD")
        cls.form = cls._form(schema)

    def _errors(self, errors):
        answers = {"helpers": [{"_id": "r1", "helper_name": "Ada"}, {"_id": "r2"}]}
        view = self.form._page_view("page_help", answers, errors=errors)
        return view["error_list"]

    def test_an_error_says_of_which_row(self):
        found = self._errors({"helpers.1.helper_name": "Say the first name."})
        (target, text) = found[0]
        self.assertEqual(len(found), 1)
        self.assertEqual(target, "f-helpers.1.helper_name")
        self.assertRegex(text, r"^Helper 2\s?: name\s?: Say the first name\.$")

    def test_a_message_with_its_label_goes_on(self):
        found = self._errors({"helpers.0.helper_name": "Answer: Name"})
        self.assertEqual(len(found), 1)
        self.assertRegex(found[0][1], r"^Helper 1\s?: answer: Name$")

    def test_each_leads_to_its_field(self):
        found = self._errors(
            {
                "helpers.0.p_card": "Join the document: Identity card",
                "helpers.1.helper_birth.month": "This month does not exist.",
                "tools.0.count": "Write a number.",
            }
        )
        self.assertEqual(
            [target for target, _text in found],
            [
                "f-helpers.0.p_card",
                "f-helpers.1.helper_birth-month",
                "f-tools.0.count",
            ],
        )
        self.assertRegex(found[2][1], r"^Tools, .*1")

    def test_an_acronym_keeps_its_capitals(self):
        found = self._errors({"helpers.0.helper_name": "SIRET of Name is wrong."})
        self.assertTrue(found[0][1].endswith("SIRET of Name is wrong."))

    def test_a_document_missing_is_named(self):
        problem = Problem("piece_missing", {"label": "", "document": "CARD"})
        self.assertIn("Card", self.form._problem_text(problem))
        problem = Problem("piece_missing", {"label": "My card", "document": "CARD"})
        self.assertIn("My card", self.form._problem_text(problem))

    def _explained(self, **more):
        schema = copy.deepcopy(HALL)
        line = {"kind": "explanation", "code": "e1", "html": "<p>Read.</p>"}
        schema["pages"][0]["items"].insert(0, line | {"image": PIXEL} | more)
        version = self.env["grc.form.version"].create(
            {"prestation_id": self._prestation("PICTURE", self.service).id}
        )
        version._fill_from_schema(schema)
        return version

    def test_the_words_of_a_picture(self):
        version = self._explained(image_alt="Plan of the hall")
        item = version._compile()["pages"][0]["items"][0]
        self.assertEqual(item["image_alt"], "Plan of the hall")
        self.assertNotIn("image_decorative", item)
        view = version._page_view("page_party")
        html = self.env["ir.qweb"]._render(
            "grc_form.form_nodes", {"nodes": view["nodes"], "token": ""}
        )
        self.assertIn('alt="Plan of the hall"', html)
        self.assertFalse([f for f in version._findings() if "RGAA" in f["article"]])

    def test_a_picture_without_words_is_not_published(self):
        version = self._explained()
        found = [f for f in version._findings() if "RGAA" in f["article"]]
        self.assertEqual([one["level"] for one in found], ["error"])
        self.assertIn("Read.", found[0]["text"])
        version.field_ids.filtered("image").is_image_decorative = True
        self.assertFalse([f for f in version._findings() if "RGAA" in f["article"]])
        item = version._compile()["pages"][0]["items"][0]
        self.assertTrue(item["image_decorative"])

    def test_no_error_is_kept_silent(self):
        found = self._errors({"helpers.7.helper_name": "Lost.", "": "Wrong."})
        self.assertEqual(found, [("block-helpers", "Lost."), ("formulaire", "Wrong.")])
