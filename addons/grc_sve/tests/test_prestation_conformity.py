import json
import re
import subprocess
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from odoo.exceptions import AccessError

from odoo.addons.grc_form.rules import portable
from odoo.addons.grc_form.tests.common import FormMixin

from .sve_common import SveCommon


class TestPrestationConformity(FormMixin, SveCommon):
    """The law in the file of a prestation, in its check and in its sheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurance = cls._document_type()
        cls.service.write({"phone": "01 99 00 00 01", "email": "green@example.com"})
        cls.form = cls._form(prestation=cls.svr)

    def _law(self, prestation):
        return prestation._export_data()["law"]

    def test_the_law_is_in_the_file(self):
        self.prior.write({"is_sve_excluded": True, "law_note": "Ask the prefect"})
        self.assertEqual(
            self._law(self.prior),
            {
                "regime": "svr",
                "months": 1,
                "start_basis": "competent",
                "source": "CRPA, art. L231-4",
                "checked_on": "2026-09-01",
                "prior_appeal": True,
                "appeal_text": self.prior.appeal_text,
                "excluded": True,
                "note": "Ask the prefect",
                "reserved": False,
                "missing_days": 0,
            },
        )

    def test_the_law_travels(self):
        self.prior.write({"law_note": "Ask", "is_reserved": True, "missing_days": 20})
        for prestation in (self.svr, self.sva, self.question, self.unknown, self.prior):
            with self.subTest(prestation.code):
                data = prestation._export_data() | {"code": f"{prestation.code}-X"}
                imported = self.env["grc.prestation"]._import_file(
                    portable.dump(data), service=self.service
                )
                self.assertEqual(self._law(imported), self._law(prestation))
                self.assertEqual(imported._export_file(), portable.dump(data))

    def test_a_period_left_out_is_that_of_the_law(self):
        data = json.loads(self.svr._export_file()) | {"code": "OTHER"}
        data["law"] |= {"months": None, "checked_on": None}
        imported = self.env["grc.prestation"]._import_file(
            json.dumps(data).encode(), service=self.service
        )
        self.assertEqual(imported.silence_months, 2)
        self.assertFalse(imported.regime_checked_on)

    # === CHECK === #

    def _found(self, prestation, level):
        found = prestation._publication_check()
        return [(one["article"], one["text"]) for one in found if one["level"] == level]

    def test_what_is_right_is_silent(self):
        self.assertEqual(self._found(self.svr, "error"), [])
        self.assertEqual(self._found(self.svr, "warning"), [])

    def test_what_the_law_refuses_is_said_with_its_article(self):
        self.service.phone = False
        self.svr.write({"silence_regime": "unknown", "regime_source": False})
        articles = [article for article, _text in self._found(self.svr, "error")]
        self.assertIn("CRPA, art. R112-11-1", articles)
        self.assertIn("CRPA, art. L231-1 to L231-6", articles)

    def test_a_rejection_needs_its_ways_of_appeal(self):
        self.town.write({"grc_court_name": False})
        articles = [article for article, _text in self._found(self.svr, "error")]
        self.assertEqual(articles, ["CRPA, art. R112-11-1"])
        # near miss: silence that accepts has no appeal to tell
        self.assertEqual(self._found(self.sva, "error"), [])

    def test_a_regime_without_source_is_refused(self):
        self.svr.regime_source = False
        self.assertEqual(len(self._found(self.svr, "error")), 1)

    def test_what_deserves_a_look(self):
        self.svr.write(
            {
                "regime_checked_on": False,
                "law_note": "Ask the prefect",
                "is_sve_excluded": True,
                "needs_presence": True,
            }
        )
        texts = " ".join(text for _article, text in self._found(self.svr, "warning"))
        for words in ("Ask the prefect", "was read", "excluded", "in person"):
            self.assertIn(words, texts)

    def test_closed_to_electronic_filing_without_being_excluded(self):
        self.svr.write({"is_open_portal": False, "is_open_mail": False})
        found = self._found(self.svr, "warning")
        self.assertEqual(
            [article for article, _t in found], ["CRPA, art. L112-8, L112-9"]
        )
        self.svr.is_sve_excluded = True
        self.assertEqual(self._found(self.svr, "warning"), [])

    def test_the_check_of_the_form_is_in_it(self):
        self.svr.privacy_purpose = False
        texts = [text for _article, text in self._found(self.svr, "error")]
        self.assertEqual(len(texts), 1)

    def test_a_document_is_called_by_its_name(self):
        self.insurance.legal_basis = False
        ((_article, text),) = self._found(self.svr, "warning")
        self.assertIn("Insurance", text)

    def test_what_is_to_be_validated_is_not_for_the_public(self):
        self.svr.law_note = "Ask the prefect"
        for user in (self.public, self.citizen):
            with self.assertRaises(AccessError):
                self._as(self.svr, user).read(["law_note"])

    # === SHEET === #

    def _sheet(self, prestation):
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_conformity", prestation.id
        )
        root = PdfReader(BytesIO(pdf)).trailer["/Root"]
        self.assertTrue(b"pdfuaid" in root["/Metadata"].get_data())
        done = subprocess.run(
            ("pdftotext", "-layout", "-enc", "UTF-8", "-", "-"),
            input=pdf,
            capture_output=True,
            check=True,
        )
        return re.sub(r"\s+", " ", done.stdout.decode())

    def test_the_sheet_says_all(self):
        self.svr.write({"retention_text": "One year", "privacy_purpose": "To lend"})
        text = self._sheet(self.svr)
        for words in (
            self.svr.name,
            self.svr.code,
            "01 99 00 00 01",
            "green@example.com",
            "Silence rejects",
            "Period in months 2",
            "CRPA, art. L231-4",
            "the ways of appeal",
            "Insurance",
            "Rules of the halls",
            "Which day?",
            "Sensitive",
            "To lend",
            "One year",
            "Helpers – Name",
            "Large hall",
            self.form.schema_sha256[:20],
            "Nothing to mend",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_the_sheet_of_what_is_not_ready(self):
        text = self._sheet(self.unknown)
        self.assertIn("Unknown, to be validated", text)
        self.assertIn("Points to mend", text)
        self.assertIn("no form of its own", text)

    def test_the_day_of_the_check_is_printed(self):
        self.svr.regime_checked_on = date(2026, 9, 1)
        self.assertIn("2026", self._sheet(self.svr))

    def test_the_sheet_is_one_click(self):
        action = self._as(self.svr, self.manager).action_conformity()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "grc.prestation"), ("res_id", "=", self.svr.id)]
        )
        self.assertIn(f"/web/content/{attachment.id}?", action["url"])
        self.assertTrue(attachment.raw.startswith(b"%PDF"))
