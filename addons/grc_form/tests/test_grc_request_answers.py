import hashlib

from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.grc_base.tests.common import PDF

from .common import FormCommon


class TestRequestAnswers(FormCommon):
    """One service checks the answers, whoever sends them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._form()
        cls.env.ref("grc_form.group_grc_sensitive").user_ids = [
            (4, cls.service_head.id)
        ]
        cls.service.member_ids = [(4, cls.service_head.id)]

    def _file_hall(self, channel="portal", files=(("insurance.pdf", PDF),), **answers):
        return self._file(
            channel=channel,
            files=files,
            form_version_id=self.form.id,
            form_answers=self._hall_answers(**answers),
            subject="",
            description="",
        )

    def test_filed_under_its_version(self):
        request = self._file_hall()
        self.assertEqual(request.form_version_id, self.form)
        self.assertEqual(request.subject, self.prestation.name)
        self.assertEqual(request.answers._values["hall"], "large")
        self.assertEqual(request.answers["people_count"], 80)
        self.assertTrue(request._is_filled_form_intact())
        event = request.event_ids.filtered(lambda line: line.kind == "received")
        self.assertEqual(event.payload["answers_sha256"], request.snapshot_sha256)
        piece = request.document_ids.filtered(lambda document: document.kind == "piece")
        self.assertEqual(piece.document_type_id, self.insurance)
        self.assertEqual(piece.field_code, "p_insurance")

    def test_the_limit_of_files_holds_for_each_document(self):
        self.town.grc_max_files = 1
        names = ("a.pdf", "b.pdf")
        contents = {name: PDF + name.encode() for name in names}
        kind = self.insurance
        kind.max_files = 5
        request = self._file_hall(
            files=contents.items(),
            p_insurance=[
                {"name": name, "sha256": hashlib.sha256(content).hexdigest()}
                for name, content in contents.items()
            ],
        )
        pieces = request.document_ids.filtered(
            lambda document: document.kind == "piece"
        )
        self.assertEqual(pieces.mapped("name"), list(names))
        self.assertFalse(kind._file_problem("a.pdf", PDF, 1, 40, self.town))
        problem = kind._file_problem("a.pdf", PDF, 2, 2, self.town)
        self.assertIn("one file too many", problem)
        self.assertTrue(kind._file_problem("a.pdf", PDF, 1, 101, self.town))

    def test_conditions_read_what_the_sender_says_to_be(self):
        requests = self.env["grc.request"]
        person = self.citizen.partner_id
        self.assertEqual(requests._form_profile(person.browse()), {"signed_in": False})
        self.assertEqual(
            requests._form_profile(person.browse(), "association")["kind"],
            "association",
        )
        self.assertEqual(requests._form_profile(person)["kind"], person.grc_kind)
        self.assertEqual(requests._form_profile(person, "company")["kind"], "company")

    def test_a_hidden_answer_is_dropped(self):
        request = self._file_hall(hall="small", people_count=80)
        self.assertNotIn("people_count", dict(request.answers._values or {}))
        self.assertNotIn("How many people?", request.answers_html)

    def test_what_is_wrong_is_said_beside_its_question(self):
        errors = self.env["grc.request"]._intake_errors(
            {
                "prestation_id": self.prestation.id,
                "form_version_id": self.form.id,
                "form_answers": self._hall_answers(people_count=900, hall="castle"),
            },
            "portal",
        )
        self.assertIn("form.hall", errors)
        with self.assertRaises(ValidationError):
            self._file_hall(people_count=0)

    def test_a_missing_answer_stops_the_citizen_not_the_desk(self):
        with self.assertRaises(ValidationError):
            self._file_hall(day_wanted=None)
        request = self._file_hall(channel="desk", day_wanted=None, files=())
        self.assertEqual(request.form_version_id, self.form)

    def test_sensitive_answers_are_for_their_readers(self):
        request = self._file_hall()
        seen = self._as(request, self.agent)
        with self.assertRaises(AccessError):
            seen.read(["answers_sensitive"])
        with self.assertRaises(AccessError):
            seen.read(["snapshot_sensitive"])
        with self.assertRaises(AccessError):
            self._as(self.env["grc.request"], self.agent).search(
                [("answers_sensitive.income", ">", 0)]
            )
        self.assertNotIn("answers_sensitive", seen.fields_get())
        self.assertNotIn("250", seen.answers_html)
        self.assertNotIn("250", str(seen.read(["snapshot", "answers"])))
        reader = self._as(request, self.service_head)
        self.assertIn("250", reader.answers_html)

    def test_nobody_writes_answers_by_hand(self):
        request = self._file_hall()
        for name, value in (
            ("answers", {"hall": "small"}),
            ("snapshot", {}),
            ("snapshot_sha256", "0"),
            ("form_version_id", False),
        ):
            with self.assertRaises(UserError):
                self._as(request, self.agent).write({name: value})
        with self.assertRaises(UserError):
            self._as(self.prestation, self.manager).answers_definition = []

    def test_a_changed_answer_breaks_the_proof(self):
        request = self._file_hall()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE grc_request SET snapshot = jsonb_set(snapshot,"
            " '{pages,0,title}', '\"Other\"') WHERE id = %s",
            (request.id,),
        )
        request.invalidate_recordset()
        self.assertFalse(request._is_filled_form_intact())

    def test_requests_of_two_versions_are_grouped_together(self):
        first = self._file_hall()
        draft = self.prestation._draft_version()
        line = draft.field_ids.filtered(lambda line: line.code == "hall")
        line.option_ids = [(0, 0, {"label": "Garden", "value": "garden"})]
        draft.action_publish()
        self.form = draft
        second = self._file_hall(hall="garden")
        groups = self.env["grc.request"].formatted_read_group(
            [("id", "in", (first | second).ids)], ["answers.hall"], ["__count"]
        )
        self.assertEqual(
            {group["answers.hall"]: group["__count"] for group in groups},
            {"large": 1, "garden": 1},
        )

    def test_two_prestations_share_the_options_of_a_datum(self):
        schema = self._schema()
        schema["pages"][0]["items"][1]["options"].append(
            {"value": "roof", "label": "Roof"}
        )
        self._form(schema, self.other_prestation)
        definition = {line["name"]: line for line in self.prestation.answers_definition}
        self.assertIn(["roof", "Roof"], definition["hall"]["selection"])

    def test_the_query_count_does_not_grow(self):
        requests = self.env["grc.request"].browse()
        for _rank in range(8):
            requests |= self._file_hall()
        requests = self._as(requests, self.agent)
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            requests[:1].mapped("answers_html")
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        requests[:1].mapped("answers_html")
        one = self.env.cr.sql_log_count - before
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        requests.mapped("answers_html")
        self.assertLessEqual(self.env.cr.sql_log_count - before, one + 2)
