from datetime import timedelta

from odoo import fields

from .common import FormCommon, copied_requests

# A page that is full is counted too.
ROWS, LIMIT = 80, 100
SHOWN = ("name", "received_at", "requester_name", "subject", "state", "stage_id")


class TestRequestAnswersSpeed(FormCommon):
    """What an agent looks at costs the same queries for one request and for eighty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._form()
        day = fields.Date.today() + timedelta(days=40)
        answers = {"day_wanted": day.isoformat(), "hall": "large", "people_count": 12}
        request = cls._file(
            channel="desk", form_version_id=cls.form.id, form_answers=answers
        )
        cls.requests = copied_requests(request, ROWS)
        cls.agent.group_ids += cls.env.ref("base.group_allow_export")

    def _queries(self, count, action):
        """Return how many queries an agent's ``action`` on ``count`` requests costs."""
        requests = self._as(self.env["grc.request"], self.agent)
        domain = [("id", "in", self.requests.ids[:count])]
        counts = []
        for _turn in range(2):  # The first one fills what is kept in memory.
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            action(requests, domain)
            counts.append(self.env.cr.sql_log_count - before)
        return counts[1]

    def _check_constant(self, action, most):
        self.assertEqual(len(self.requests), ROWS)
        one, many = self._queries(1, action), self._queries(ROWS, action)
        self.assertEqual(one, many)
        self.assertLessEqual(many, most)

    def test_a_list_with_its_answers(self):
        shown = {name: {} for name in (*SHOWN, "answers", "prestation_id")}

        def read(requests, domain):
            page = requests.web_search_read(domain, shown, limit=LIMIT)
            for line in page["records"]:
                values = {one["name"]: one.get("value") for one in line["answers"]}
                self.assertEqual(values["hall"], "large")

        self._check_constant(read, 12)

    def test_a_kanban_by_answer(self):
        shown = {name: {} for name in (*SHOWN, "answers")}

        def read(requests, domain):
            groups = requests.formatted_read_group(
                domain, ["answers.hall"], ["__count"]
            )
            self.assertEqual([group["answers.hall"] for group in groups], ["large"])
            requests.web_search_read(
                [*domain, ("answers.hall", "=", "large")], shown, limit=LIMIT
            )

        self._check_constant(read, 16)

    def test_what_is_read_is_what_core_reads(self):
        request = self.requests[:1]
        field = request._fields["answers"]
        value = request.answers._values
        core = fields.Properties.convert_to_read_multi(field, [value], request)
        self.assertEqual(field.convert_to_read_multi([value], request), core)
        definition = self.prestation.answers_definition
        self.assertEqual(definition, [self._bare(line) for line in core[0]])

    def _bare(self, line):
        return {name: value for name, value in line.items() if name != "value"}

    def test_an_export_of_answers(self):
        def export(requests, domain):
            rows = requests.search(domain).export_data(
                ["name", "answers.hall", "answers.people_count"]
            )["datas"]
            self.assertIn(12, {row[2] for row in rows})

        self._check_constant(export, 14)

    def test_a_page_drawn_blank_shows_nothing_of_others(self):
        def drawn(**answers):
            nodes = self.form._page_view("page_party", answers)["nodes"]
            return "".join(node["html"] for node in nodes)

        blank = drawn()
        mine = drawn(hall="large", people_count=217, income="1250.50")
        self.assertIn("217", mine)
        self.assertIn("1250", mine)
        self.assertEqual(drawn(), blank)
        self.assertNotIn("217", blank)
        self.assertIn("disabled", blank)
        errors = {"hall": "Choose a hall."}
        wrong = self.form._page_view("page_party", {}, errors=errors)
        self.assertIn("Choose a hall.", "".join(n["html"] for n in wrong["nodes"]))
        self.assertEqual(drawn(), blank)

    def test_what_is_drawn_leaves_the_form_as_it_was(self):
        asked = self.form._asked()
        for code in ("page_party", "page_help"):
            self.form._page_view(code, {"hall": "large"}, errors={"hall": "No."})
        self.assertIs(self.form._asked(), asked)
        self.assertEqual(self.form._fingerprint(asked), self.form.schema_sha256)
        self.assertEqual(asked, self.form.schema)
