import base64
import csv
import io
from unittest.mock import patch

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from ..wizards import grc_register_export
from .sve_common import SveCommon


@freeze_time("2026-09-15 08:30:00")
class TestRegisterExport(SveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-09-15 08:30:00"):
            cls.own = cls._file(cls.svr)
            cls.other = cls._file(cls.other_prestation)
            cls.social = cls._file(cls.social_prestation)
            cls.far = cls._file(cls.far_prestation)
        with freeze_time("2026-03-01 08:30:00"):
            cls.old = cls._file(cls.svr)

    def _export(self, user, **vals):
        exports = self._as(self.env["grc.register.export"], user)
        return exports.create(
            {"date_from": "2026-09-01", "date_to": "2026-09-30"} | vals
        )

    def _lines(self, user, **vals):
        export = self._export(user, **vals)
        action = export.action_export_csv()
        self.assertIn(f"/{export.id}/content", action["url"])
        raw = base64.b64decode(export.content)
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf"), "its mark")
        return list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))

    def _numbers(self, user, **vals):
        return [line[0] for line in self._lines(user, **vals)[1:]]

    def test_each_reads_what_she_sees_elsewhere(self):
        for user, requests in (
            (self.agent, self.own),
            (self.other_agent, self.other),
            (self.social_agent, self.social),
            (self.desk_agent, self.own | self.other),
            (self.manager, self.own | self.other),
            (self.other_company_agent, self.far),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(
                    sorted(self._numbers(user)), sorted(requests.mapped("name"))
                )

    def test_nobody_else_exports(self):
        for user in (self.citizen, self.public, self.plain_user):
            with self.assertRaises(AccessError):
                self._export(user)

    def test_period_and_service(self):
        self.assertEqual(
            self._numbers(self.agent, date_from="2026-01-01"),
            [self.old.name, self.own.name],
        )
        self.assertEqual(
            self._numbers(self.manager, service_id=self.other_service.id),
            [self.other.name],
        )
        self.assertEqual(
            self._numbers(self.agent, service_id=self.other_service.id), []
        )
        self.assertEqual(self._numbers(self.agent, date_to="2026-09-14"), [])
        with self.assertRaises(ValidationError):
            self._export(self.agent, date_to="2026-01-01")

    def test_dates_and_proofs_but_nobody(self):
        titles, line = self._lines(self.agent)
        self.assertEqual(len(titles), 11)
        self.assertEqual(
            line[:4], [self.own.name, "2026-09-15 10:30", "Website", "Prestation TREE"]
        )
        self.assertEqual(line[5:8], ["", "2026-09-15", "2026-11-15"])
        self.assertEqual(line[-1], self.own.chain_head)
        self.assertNotIn("Martin", str(line))
        self.assertNotIn("alice", str(line))

    def test_no_cell_is_a_formula(self):
        self.svr.name = '=HYPERLINK("http://evil.example")'
        [_titles, line] = self._lines(self.agent)
        self.assertTrue(line[3].startswith("'=HYPERLINK"))

    def test_batches_change_nothing(self):
        whole = self._lines(self.manager, date_from="2026-01-01")
        with patch.object(grc_register_export, "_BATCH", 1):
            self.assertEqual(self._lines(self.manager, date_from="2026-01-01"), whole)

    def test_pdf(self):
        export = self._export(self.agent)
        export.action_export_pdf()
        reader = PdfReader(io.BytesIO(base64.b64decode(export.content)))
        root = reader.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        text = "".join(page.extract_text() for page in reader.pages)
        self.assertIn(self.own.name, text)
        self.assertIn("09/15/2026", text)
        self.assertNotIn(self.other.name, text)
        self.assertIn(b"pdfuaid", root["/Metadata"].get_data())

    def test_a_pdf_that_nobody_would_read(self):
        with (
            patch.object(grc_register_export, "_PDF_LINES", 1),
            self.assertRaises(UserError),
        ):
            self._export(self.manager).action_export_pdf()

    def test_the_window(self):
        form = Form(self._as(self.env["grc.register.export"], self.agent))
        self.assertEqual(str(form.date_from), "2026-01-01")
        form.save().action_export_csv()
