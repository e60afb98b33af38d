from odoo import fields

from odoo.addons.grc_form.rules import posting
from odoo.addons.grc_form.rules.words import folded
from odoo.addons.grc_form.tests import answers
from odoo.addons.grc_form.tests.answer_files import file_of

from .form_common import IDENTITY, FormPortalCommon
from .http_common import path_of

# Rows and tables, pieces in rows, more pieces than a letter has, many conditions.
CODES = ("EN-COLO", "VO-ODP", "UR-PCMI", "CU-SALLE")


class TestCatalogueThatShips(FormPortalCommon):
    """Prestations of the catalogue filed page by page, as a browser without script."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.town.write(
            {
                "grc_court_name": "tribunal administratif de Ville-Exemple",
                "grc_court_address": "3 rue du Palais, 99000 Ville-Exemple",
            }
        )
        cls.env["grc.form.pack"]._load_catalogue()
        models = cls._as(cls.env["grc.prestation.model"], cls.manager).search(
            [("code", "in", CODES)]
        )
        services = {folded(name): cls.service for name in models.mapped("service_name")}
        cls.created, _problems = models._activate(services)
        for prestation in cls.created:
            prestation._current_form().action_publish()
            prestation.action_publish()
        cls.today = fields.Date.context_today(
            cls.env["grc.request"].with_context(tz=cls.town.grc_timezone)
        )

    def _right_answers(self, prestation, seed):
        content = prestation._catalogue_model().content
        filler = answers.Filler(
            prestation.published_version_id.schema,
            self.today,
            {"signed_in": False, "kind": "person"},
            {kind["code"]: kind["formats"] for kind in content["documents"]},
        )
        return filler.valid(seed)

    def _begin(self, prestation):
        first = self.open_form(prestation)
        data = first.hidden() | IDENTITY | {"step": "review"}
        return path_of(self.post(self.form_url(prestation), data))

    def _files(self, page, given):
        """Yield the files of a page: name of the input, name and content."""
        for item in page["items"]:
            rows = [("", {item["code"]: given.get(item["code"])})]
            if item["kind"] == "block":
                rows = [
                    (f"{item['code']}.{rank}.", row)
                    for rank, row in enumerate(given.get(item["code"]) or [])
                ]
            for start, row in rows:
                for code, value in row.items():
                    for kept in value if isinstance(value, list) else ():
                        if isinstance(kept, dict) and "sha256" in kept:
                            name = kept["name"]
                            yield f"{start}{code}", (name, file_of(name))

    def _answer_page(self, here, schema, given):
        """Send a page as often as new questions appear; return where it leads."""
        code = here.partition("?")[0].rpartition("/")[2]
        page = next(page for page in schema["pages"] if page["code"] == code)
        raw = posting.written(page, given)
        for _time in range(6):
            shown = self.page(here)
            data = {**shown.hidden(), "do": "continue", **raw}
            files = list(self._files(page, given))
            answer = self.url_open(
                shown.action("grc-form-page"),
                data=data,
                files=files or None,
                allow_redirects=False,
            )
            if answer.status_code == 303:
                return path_of(answer)
            self.assertEqual(self.parse(answer).errors(), {}, code)
        raise AssertionError(code)

    def test_each_is_filed_page_by_page(self):
        self.sign_in()
        for prestation in self.created:
            with self.subTest(prestation.code):
                self._file_by_pages(prestation)

    def _file_by_pages(self, prestation):
        schema = prestation.published_version_id.schema
        given = self._right_answers(prestation, 11)
        here = self._begin(prestation)
        while "/formulaire/" in here:
            here = self._answer_page(here, schema, given)
        self.assertIn("/verification/", here)
        request, _last = self.send_form(self.page(here))
        self.assertEqual(request.prestation_id, prestation)
        self.assertTrue(request._is_filled_form_intact())
        pieces = request.document_ids.filtered(lambda own: own.kind == "piece")
        wanted = {kept["sha256"] for kept in answers.descriptors(given)}
        self.assertEqual(set(pieces.mapped("sha256")), wanted)
        self.assertTrue(all(piece.document_type_id for piece in pieces))
