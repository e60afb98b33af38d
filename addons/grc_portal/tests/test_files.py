from unittest.mock import patch

from odoo.tests import mute_logger

from odoo.addons.grc_base.tests.common import PDF

from .http_common import PortalCommon, path_of

TEXT = b"Dear town hall, here is a note."
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00"


class TestFiles(PortalCommon):
    """Files of the form: kept, refused by name, taken back."""

    def test_files_go_with_the_request(self):
        self.sign_in()
        request, _page = self.file_online(files=[("plan.pdf", PDF), ("b.txt", TEXT)])
        pieces = request.document_ids.filtered(lambda d: d.kind == "piece")
        self.assertEqual(pieces.mapped("name"), ["plan.pdf", "b.txt"])
        self.assertEqual(pieces[0].attachment_id.raw, PDF)

    def test_a_refused_file_is_named_and_the_others_kept(self):
        self.sign_in()
        self.town.grc_max_file_mb = 1
        answer = self.fill(
            self.open_form(),
            status=200,
            subject="",
            files=[
                ("plan.pdf", PDF),
                ("virus.exe", PROGRAM),
                ("heavy.pdf", PDF + b"0" * 1024 * 1024),
            ],
        )
        page = self.parse(answer)
        self.assertEqual(page.kept_files(), ["plan.pdf"])
        messages = page.text("//*[@id='files-error']")
        self.assertIn("virus.exe", messages)
        self.assertIn("heavy.pdf", messages)
        self.assertIn("1 MB", messages)
        self.assertIn("files", page.errors())
        self.assertIn("subject", page.errors())

    def test_kept_files_are_not_sent_again(self):
        self.sign_in()
        form = self.open_form()
        page = self.parse(
            self.fill(form, status=200, subject="", files=[("plan.pdf", PDF)])
        )
        review = self.page(path_of(self.fill(page)))
        self.assertIn("plan.pdf", review.text())
        self.post(review.action("grc-send-form"), review.hidden())
        pieces = self.requests_of_alice().document_ids
        self.assertIn("plan.pdf", pieces.mapped("name"))

    def test_the_same_file_twice_is_kept_once(self):
        self.sign_in()
        twice = [("plan.pdf", PDF), ("plan.pdf", PDF)]
        page = self.parse(
            self.fill(self.open_form(), status=200, subject="", files=twice)
        )
        self.assertEqual(page.kept_files(), ["plan.pdf"])

    def test_a_file_is_taken_back_and_what_is_typed_stays(self):
        self.sign_in()
        form = self.open_form()
        files = [("a.pdf", PDF), ("b.txt", TEXT)]
        page = self.parse(self.fill(form, status=200, subject="", files=files))
        button = page.all("//button[@name='remove_file']")[0]
        answer = self.fill(page, subject="Typed", remove_file=button.get("value"))
        page = self.page(path_of(answer).split("#")[0])
        self.assertEqual(page.kept_files(), ["b.txt"])
        self.assertEqual(page.value("subject"), "Typed")

    def test_files_are_added_in_several_times(self):
        self.sign_in()
        form = self.open_form()
        answer = self.fill(form, step="files", subject="", files=[("a.pdf", PDF)])
        page = self.page(path_of(answer).split("#")[0])
        self.assertFalse(page.errors())
        answer = self.fill(page, step="files", files=[("b.txt", TEXT)])
        page = self.page(path_of(answer).split("#")[0])
        self.assertEqual(page.kept_files(), ["a.pdf", "b.txt"])

    def test_somebody_elses_file_is_not_taken_back(self):
        self.sign_in()
        attachment = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        page = self.parse(self.fill(self.open_form(), status=200, subject=""))
        for forged in (attachment.id, 2**40, "x", "-1"):
            self.fill(page, remove_file=str(forged))
        self.assertTrue(attachment.exists())

    def test_one_file_too_many_is_refused_by_name(self):
        self.sign_in()
        self.town.grc_max_files = 1
        page = self.parse(
            self.fill(
                self.open_form(),
                status=200,
                files=[("a.pdf", PDF), ("b.txt", TEXT)],
            )
        )
        self.assertEqual(page.kept_files(), ["a.pdf"])
        self.assertIn("b.txt", page.text("//*[@id='files-error']"))

    def test_a_path_in_the_name_of_a_file_is_forgotten(self):
        self.sign_in()
        page = self.parse(
            self.fill(
                self.open_form(),
                status=200,
                subject="",
                files=[("/old/folder/plan.pdf", PDF)],
            )
        )
        self.assertEqual(page.kept_files(), ["plan.pdf"])

    def test_a_sending_too_large_is_answered_by_a_page(self):
        self.sign_in()
        form = self.open_form()
        self.town.write({"grc_max_files": 1, "grc_max_file_mb": 1})
        too_large = [("heavy.pdf", PDF + b"0" * 6 * 1024 * 1024)]
        with mute_logger("odoo.http"):
            answer = self.fill(form, status=413, files=too_large)
        self.assertTrue(self.parse(answer).all("//*[@id='grc-error-page']//h1"))

    def test_a_sending_beyond_measure_is_answered_too(self):
        self.sign_in()
        form = self.open_form()
        self.town.write({"grc_max_files": 1, "grc_max_file_mb": 1})
        too_large = [("heavy.pdf", PDF + b"0" * 6 * 1024 * 1024)]
        with (
            mute_logger("odoo.http"),
            patch("odoo.addons.grc_portal.models.ir_http.DRAIN_LIMIT", 1024),
        ):
            self.fill(form, status=413, files=too_large)
