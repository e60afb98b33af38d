from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.common import PDF

from .common import FormAccessCommon

WHY = "Two figures were swapped"


@tagged("grc_security")
class TestRequestCorrection(FormAccessCommon):
    """An agent corrects a typing error; the form as it was filed stays.

    Windows: "grc.answer.correction", "grc.answer.correction.line".
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        schema = cls._schema()
        schema["pages"][0]["items"].append(
            {
                "kind": "question",
                "code": "guests",
                "type": "computed",
                "label": "Guests, twice",
                "formula": "people_count * 2",
            }
        )
        schema["checks"] = [
            {
                "code": "c1",
                "refuse_if": {
                    "all": [
                        {"q": "people_count", "op": "gt", "value": 250},
                        {"q": "income", "op": "lt", "value": "2000"},
                    ]
                },
                "message": "Too many people.",
                "at": ["people_count"],
            }
        ]
        cls.form = cls._form(schema)
        cls.env.ref("grc_form.group_grc_sensitive").user_ids = [
            (4, cls.service_head.id)
        ]
        cls.service.member_ids = [(4, cls.service_head.id)]
        cls.request = cls._file(
            channel="portal",
            files=(("insurance.pdf", PDF),),
            form_version_id=cls.form.id,
            form_answers=cls._hall_answers(days=20),
            subject="",
            description="",
        )

    def _correct(self, user, typed, reason=WHY):
        self._as(self.request, user)._correct_answers(
            {path: {"": text} for path, text in typed.items()}, reason
        )
        self.request.invalidate_recordset()

    def _lines(self, **options):
        filled = self.request._filled_form(whole=True, **options)
        return {
            line["code"]: line
            for page in filled["pages"]
            for line in page["lines"]
            if "code" in line
        }

    def test_both_answers_are_kept_and_shown(self):
        before = self.request.snapshot
        self._correct(self.agent, {"people_count": "90"})
        line = self._lines()["people_count"]
        self.assertEqual((line["value"], line["text"]), (90, "90"))
        self.assertEqual(self._lines()["guests"]["value"], "180")
        self.assertEqual(self.request.snapshot, before)
        self.assertEqual(self._lines(original=True)["people_count"]["value"], 80)
        told = line["corrections"][0]["told"]
        for text in (self.agent.name, "80", WHY):
            self.assertIn(text, told)
        html = self._as(self.request, self.agent).answers_html
        self.assertIn("90", html)
        self.assertIn(WHY, html)

    def test_what_is_searched_follows(self):
        self._correct(self.agent, {"people_count": "90", "hall": "Large hall"})
        found = self._as(self.env["grc.request"], self.agent).search(
            [("answers.people_count", "=", 90), ("id", "=", self.request.id)]
        )
        self.assertTrue(found)
        self.assertEqual(self.request.answers._values["hall"], "large")
        self.assertEqual(self.request.answers_sensitive["income"], 1250.5)

    def test_an_optional_answer_may_be_taken_away(self):
        self._correct(self.service_head, {"income": ""})
        self.assertIsNone(self._lines()["income"]["value"])
        self.assertFalse(self.request.answers_sensitive["income"])
        told = self._lines()["income"]["corrections"][0]["told"]
        self.assertIn("250", told)

    def test_the_history_proves_the_correction(self):
        self.assertTrue(self.request._is_filled_form_intact())
        self._correct(self.agent, {"people_count": "90"})
        event = self.request.event_ids.filtered(
            lambda one: one.kind == "answer_corrected"
        )
        self.assertEqual(event.actor_id, self.agent)
        self.assertIn("How many people?", event.payload["questions"])
        self.assertNotIn("90", str(event.payload["questions"]))
        self.assertFalse(
            self.env["grc.request.event"]._first_broken_event(self.request)
        )
        self.assertTrue(self.request._is_filled_form_intact())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE grc_request SET corrections ="
            " jsonb_set(corrections, '{0,reason}', '\"Other\"') WHERE id = %s",
            (self.request.id,),
        )
        self.request.invalidate_recordset()
        self.assertFalse(self.request._is_filled_form_intact())

    def test_a_second_correction_keeps_the_first(self):
        self._correct(self.agent, {"people_count": "90"})
        self._correct(self.agent, {"people_count": "95"}, "Still wrong")
        told = [one["told"] for one in self._lines()["people_count"]["corrections"]]
        self.assertIn("80", told[0])
        self.assertIn("90", told[1])
        self.assertTrue(self.request._is_filled_form_intact())

    def test_the_same_rules_hold(self):
        for typed in ({"people_count": "900"}, {"people_count": "many"}):
            with self.assertRaises(ValidationError):
                self._correct(self.agent, typed)
        with self.assertRaises(ValidationError):
            self._correct(self.agent, {"helpers.0.helper_name": ""})
        with self.assertRaisesRegex(ValidationError, "Too many people"):
            self._correct(self.agent, {"people_count": "260"})
        self.assertFalse(self.request.corrections)
        self._correct(self.agent, {"helpers.0.helper_name": "Zoë"})
        self.assertEqual(
            self._lines()["helpers"]["rows"][0]["lines"][0]["value"], "Zoë"
        )

    def test_what_changes_the_questions_is_refused(self):
        with self.assertRaises(UserError):
            self._correct(self.agent, {"hall": "Small hall"})
        with self.assertRaises(UserError):
            self._correct(self.agent, {"hall": "Large hall"})
        with self.assertRaises(UserError):
            self._correct(self.agent, {"people_count": "90"}, "  ")
        with self.assertRaises(AccessError):
            self._correct(self.agent, {"guests": "3"})

    def test_sensitive_answers_are_corrected_by_their_readers(self):
        with self.assertRaises(AccessError):
            self._correct(self.agent, {"income": "2000"})
        self._correct(self.service_head, {"income": "2000,10"})
        self.assertEqual(self._lines()["income"]["value"], "2000.10")
        self.assertEqual(self.request.answers_sensitive["income"], 2000.1)
        seen = self._as(self.request, self.agent)
        self.assertFalse(seen.corrections)
        self.assertNotIn("corrections_sensitive", seen.fields_get())
        with self.assertRaises(AccessError):
            seen.read(["corrections_sensitive"])
        for text in ("250", "2000", "000,10", WHY):
            self.assertNotIn(text, seen.answers_html)
            self.assertNotIn(text, str(seen.event_ids.mapped("payload")))
        self.assertIn(WHY, self._as(self.request, self.service_head).answers_html)

    def test_only_whoever_handles_the_request(self):
        for user in (
            self.other_agent,
            self.other_company_agent,
            self.social_agent,
            self.citizen,
            self.public,
            self.plain_user,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._correct(user, {"people_count": "90"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.env["grc.answer.correction"], user).create(
                    {"request_id": self.request.id}
                )
        for name in ("corrections", "corrections_sensitive"):
            with self.assertRaises(UserError):
                self._as(self.request, self.service_head).write({name: []})

    def test_a_request_that_was_answered_is_left_alone(self):
        self.request._write_facts({"state": "decided", "outcome": "granted"})
        with self.assertRaises(UserError):
            self._correct(self.agent, {"people_count": "90"})

    def test_the_window_shows_the_answers_and_corrects(self):
        own = self._as(self.request, self.agent)
        action = own.action_correct_answers()
        window = own.env[action["res_model"]].browse(action["res_id"])
        texts = {line.name: line.before for line in window.line_ids}
        self.assertEqual(texts["Helper 1 – Name"], "Zoé")
        self.assertEqual(texts["Which hall?"], "Large hall")
        self.assertNotIn("Income of the household", texts)
        with self.assertRaises(UserError):
            window.action_correct()
        line = window.line_ids.filtered(lambda one: one.path == "people_count")
        line.after = "90"
        window.reason = WHY
        window.action_correct()
        self.assertEqual(self._lines()["people_count"]["value"], 90)
        other = self._as(window, self.service_head)
        self.assertFalse(other.has_access("read"))
        self.assertFalse(other.line_ids.browse(line.id).has_access("read"))
        reader = self._as(self.request, self.service_head).action_correct_answers()
        lines = self._as(window, self.service_head).browse(reader["res_id"]).line_ids
        self.assertIn("Income of the household", lines.mapped("name"))
