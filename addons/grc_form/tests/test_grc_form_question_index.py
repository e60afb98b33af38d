from odoo.exceptions import AccessError
from odoo.tools import SQL

from .common import FormCommon, copied_requests

ROWS = 3000
INDEXES = (
    ("hall", "eq", "btree"),
    ("hall", "in", "gin"),
    ("day_wanted", "eq", "hash"),
    ("day_wanted", "in", "gin"),
    ("day_wanted", "day", "btree"),
)


class TestFormQuestionIndex(FormCommon):
    """Answers searched every day have indexes, and the searches of agents use them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        schema = cls._schema()
        schema["pages"][0]["items"] += [
            {
                "kind": "question",
                "code": "story",
                "type": "long_text",
                "label": "Tell us",
                "required": False,
                "visible_if": None,
            },
            {
                "kind": "question",
                "code": "wishes",
                "type": "choices",
                "label": "What do you wish?",
                "required": False,
                "visible_if": None,
                "options": [
                    {"value": "chairs", "label": "Chairs"},
                    {"value": "tables", "label": "Tables"},
                ],
            },
        ]
        cls.form = cls._form(schema)

    def _index(self, *codes):
        questions = self.env["grc.form.question"].search([("code", "in", codes)])
        questions.is_indexed = True
        return questions

    def _indexes(self):
        self.env.cr.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'grc_request'"
            " AND indexname LIKE 'grc\\_request\\_answers%'"
        )
        return dict(self.env.cr.fetchall())

    def _many(self):
        """File some, and give a value of its own to each answer."""
        request = self._file(
            channel="desk",
            form_version_id=self.form.id,
            form_answers={"hall": "small"},
        )
        copied_requests(request, ROWS)
        self.env.cr.execute(
            """UPDATE grc_request SET answers = jsonb_build_object(
                   'hall', CASE WHEN id %% 500 = 0 THEN 'large' ELSE 'small' END,
                   'day_wanted', (date '2020-01-01' + id %% 3000)::text,
                   'people_count', id %% 1000,
                   'wishes', CASE WHEN id %% 500 = 0 THEN '["chairs"]'::jsonb
                             ELSE '["tables"]'::jsonb END,
                   'story', md5(id::text) || ' party ' || id
               ) WHERE form_version_id = %s""",
            [self.form.id],
        )
        self.env.cr.execute("ANALYZE grc_request")

    def _plan(self, domain):
        """Return how PostgreSQL searches for an agent."""
        requests = self._as(self.env["grc.request"], self.agent)
        query = requests._search(domain, order="id").select()
        plan = self.env.execute_query(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in plan)

    def test_a_question_in_use_is_indexed_at_once(self):
        self.assertFalse(self._indexes())
        self._index("hall", "day_wanted")
        found = self._indexes()
        for code, end, method in INDEXES:
            definition = found.pop(f"grc_request_answers_{code}_{end}_idx")
            self.assertIn(f"USING {method}", definition)
            self.assertIn(f"'{code}'", definition)
            self.assertIn("IS NOT NULL", definition)
        self.assertFalse(found)

    def test_a_sensitive_answer_is_indexed_where_it_is(self):
        self._index("income")
        self.assertEqual(
            set(self._indexes()),
            {
                "grc_request_answers_sensitive_income_eq_idx",
                "grc_request_answers_sensitive_income_in_idx",
            },
        )

    def test_a_question_is_indexed_at_its_publication(self):
        schema = self._schema()
        schema["pages"][0]["items"].append(
            {
                "kind": "question",
                "code": "garden",
                "type": "yes_no",
                "label": "Garden?",
                "required": False,
                "visible_if": None,
            }
        )
        draft = self._form(schema, self.other_prestation, publish=False)
        self._index("garden")
        self.assertFalse(self._indexes())
        draft.action_publish()
        self.assertEqual(len(self._indexes()), 2)
        # Made once, never dropped.
        self.other_prestation._draft_version().action_publish()
        self.env["grc.form.question"].search([]).is_indexed = False
        self.assertEqual(len(self._indexes()), 2)

    def test_the_searches_of_agents_use_them(self):
        self._index("hall", "day_wanted", "wishes", "people_count", "story")
        self._many()
        for domain, index in (
            ([("answers.hall", "=", "large")], "hall_eq"),
            ([("answers.hall", "=", "large")], "hall_in"),
            ([("answers.day_wanted", ">=", "2028-03-01")], "day_wanted_day"),
            ([("answers.day_wanted", "=", "2022-01-01")], "day_wanted_eq"),
            ([("answers.wishes", "in", ["chairs"])], "wishes_in"),
            ([("answers.people_count", "=", 80)], "people_count_eq"),
        ):
            with self.subTest(index=index):
                self.assertIn(f"grc_request_answers_{index}_idx", self._plan(domain))
        if self.env.registry.has_trigram:
            self.assertIn(
                "grc_request_answers_story_words_idx",
                self._plan([("answers.story", "ilike", "c4ca4238a0")]),
            )

    def test_a_long_answer_is_filed_all_the_same(self):
        self._index("story", "wishes", "hall")
        # Not compressible: a B-tree would refuse it.
        story = " ".join(f"{rank * 7919 % 100003:x}" for rank in range(800))
        request = self._file(
            channel="desk",
            form_version_id=self.form.id,
            form_answers={"hall": "small", "story": story},
        )
        self.env.flush_all()
        found = self.env["grc.request"].search([("answers.story", "=", story)])
        self.assertEqual(found, request)

    def test_only_a_manager_says_what_is_searched_every_day(self):
        question = self.env["grc.form.question"].search([("code", "=", "hall")])
        with self.assertRaises(AccessError):
            self._as(question, self.agent).is_indexed = True
        self._as(question, self.manager).is_indexed = True
        self.assertTrue(self._indexes())
