import time

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from odoo.addons.grc_form.rules.words import folded
from odoo.addons.grc_form.tests import answers
from odoo.addons.grc_form.tests.answer_files import file_of

from .sve_common import SveCommon

# What an association says of itself, beside its representative.
ASSOCIATION = {
    "requester_kind": "association",
    "requester_organization": "Les Amis du jardin",
    "requester_rna": "W751234567",
}


class TestCatalogueThatShips(SveCommon):
    """A town activates every prestation, publishes those it may, and each is filed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["grc.form.pack"]._load_catalogue()
        cls.models = cls._as(cls.env["grc.prestation.model"], cls.manager).search([])
        cls.services = {
            name: cls._service(name, cls.agent, email=f"service{rank}@example.com")
            for rank, name in enumerate(sorted(set(cls.models.mapped("service_name"))))
        }
        begun = time.monotonic()
        cls.created, cls.problems = cls.models._activate(
            {folded(name): service for name, service in cls.services.items()}
        )
        cls.published = cls.created.browse()
        cls.refusals = {}
        for prestation in cls.created:
            prestation._current_form().action_publish()
            try:
                prestation.action_publish()
                cls.published |= prestation
            except UserError:
                cls.refusals[prestation.code] = prestation._publication_problems()
        cls.seconds = time.monotonic() - begun
        cls.today = fields.Date.context_today(
            cls.env["grc.request"].with_context(tz=cls.town.grc_timezone)
        )

    def _law(self, prestation):
        return prestation._catalogue_model().content["law"]

    def _filler(self, prestation):
        content = prestation._catalogue_model().content
        return answers.Filler(
            prestation.published_version_id.schema,
            self.today,
            {
                "signed_in": False,
                "kind": "person" if prestation.for_person else "association",
            },
            {
                document["code"]: document["formats"]
                for document in content["documents"]
            },
        )

    def _send(self, prestation, given, **vals):
        files = [
            (kept["name"], file_of(kept["name"])) for kept in answers.descriptors(given)
        ]
        if not prestation.for_person:
            vals |= ASSOCIATION
        return self._file(
            prestation,
            files=files,
            form_version_id=prestation.published_version_id.id,
            form_answers=given,
            subject="",
            description="",
            **vals,
        )

    def test_each_is_activated(self):
        self.assertEqual(self.problems, [])
        self.assertEqual(len(self.created), 92)
        self.assertEqual(self.created.company_id, self.town)
        self.assertEqual(
            {own.service_id.name for own in self.created}, set(self.services)
        )
        self.assertLess(self.seconds, 60)

    def test_only_an_unknown_regime_holds_one_back(self):
        unknown = {
            own.code for own in self.created if self._law(own)["regime"] == "unknown"
        }
        self.assertEqual(set(self.refusals), unknown)
        for code, reasons in self.refusals.items():
            self.assertEqual(len(reasons), 1, code)
            self.assertIn("The regime of silence is unknown", reasons[0])
        # The form itself is ready: only the law is missing.
        self.assertTrue(all(own.published_version_id for own in self.created))

    def test_each_published_one_is_filed_and_acknowledged(self):
        for prestation in self.published:
            with self.subTest(prestation.code):
                given = self._filler(prestation).valid(7)
                if not prestation.is_open_portal:
                    self._file(prestation, channel="desk")
                    continue
                self._check_filed(prestation, given, self._send(prestation, given))

    def _check_filed(self, prestation, given, request):
        self.assertTrue(request._is_filled_form_intact())
        self.assertEqual(request.service_id, prestation.service_id)
        pieces = request.document_ids.filtered(lambda own: own.kind == "piece")
        self.assertEqual(len(pieces), len(list(answers.descriptors(given))))
        self.assertTrue(all(piece.document_type_id for piece in pieces))
        self.assertEqual(self._kinds(request), [("are", "sent")])
        law = self._law(prestation)
        self.assertEqual(request.silence_regime, law["regime"])
        if law["regime"] in ("sva", "svr"):
            self.assertEqual(request.silence_months, law["months"])
            self.assertGreater(request.implicit_on, self.today)
        else:
            self.assertFalse(request.implicit_on)
        mine = self._as(request, self.agent)
        [read] = mine.web_read({"answers": {}, "answers_html": {}, "document_ids": {}})
        self.assertTrue(read["answers_html"])
        self.assertEqual(len(read["document_ids"]), len(request.document_ids))

    def test_each_published_one_refuses_what_is_wrong(self):
        for rank, prestation in enumerate(self.published.filtered("is_open_portal")):
            with self.subTest(prestation.code):
                filler = self._filler(prestation)
                mistakes = list(answers.Mistakes(filler, filler.valid(7)))
                wrong = mistakes[7 * rank % len(mistakes)]
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    self._send(prestation, wrong.answers)
                errors = self.env["grc.request"]._intake_errors(
                    {
                        "prestation_id": prestation.id,
                        "form_version_id": prestation.published_version_id.id,
                        "form_answers": wrong.answers,
                    },
                    "portal",
                )
                where = f"form.{wrong.path}."
                found = [path for path in errors if f"{path}.".startswith(where)]
                self.assertTrue(found, wrong.what)

    def test_publishing_changes_nothing_of_the_model(self):
        self.models.invalidate_recordset()
        self.assertEqual(set(self.models.mapped("state")), {"active"})
