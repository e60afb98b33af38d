import base64
import os

from odoo.exceptions import AccessError, ValidationError

from .common import GrcCommon
from .pdf_common import PdfAssertions, pdf_text, picture


class TestLetterhead(PdfAssertions, GrcCommon):
    """The town's own letterhead, seal and signatory."""

    def setUp(self):
        super().setUp()
        self.authority = self._as(self.town, self.manager)

    def _refused(self, field, value):
        with self.assertRaises(ValidationError) as caught:
            self.authority[field] = value
        return str(caught.exception)

    def test_the_functional_administrator_sets_it(self):
        self.authority.write(
            {
                "grc_letter_logo": picture(),
                "grc_seal": picture(),
                "grc_letter_authority": "Town hall of Ville-Exemple",
                "grc_letter_foot": "Open on Saturday morning",
            }
        )
        self.assertTrue(self.town._grc_image_uri("grc_seal").startswith("data:image/"))

    def test_an_image_is_an_image(self):
        text = self._refused("grc_letter_logo", base64.b64encode(b"<svg/>"))
        self.assertIn("Logo of the letters", text)
        self._refused("grc_letter_logo", picture("GIF", "P"))
        self._refused("grc_seal", picture("JPEG", "RGB"))
        self._refused("grc_letter_logo", picture("JPEG", "CMYK"))
        self._refused("grc_letter_logo", base64.b64encode(b"\x89PNG\r\n\x1a\n broken"))

    def test_an_image_is_not_too_large(self):
        noise = base64.b64encode(os.urandom(1024 * 1024 + 1))
        self.assertIn("1 MB", self._refused("grc_letter_logo", noise))
        self._refused("grc_seal", picture(mode="1", size=(4001, 1)))

    def test_an_image_may_be_a_photo_or_taken_away(self):
        self.authority.grc_letter_logo = picture("JPEG", "RGB")
        uri = self.town._grc_image_uri("grc_letter_logo")
        self.assertTrue(uri.startswith("data:image/jpeg;base64,"))
        self.authority.grc_letter_logo = False
        self.assertEqual(self.town._grc_image_uri("grc_letter_logo"), "")

    def test_an_agent_does_not_change_it(self):
        with self.assertRaises(AccessError):
            self._as(self.town, self.agent).grc_letter_foot = "Mine"

    def test_the_lines_of_the_letterhead(self):
        self.town.write(
            {
                "phone": "01 99 00 00 00",
                "website": "https://www.example.com/",
                "grc_letter_lines": "Monday to Friday\n\n",
            }
        )
        self.assertEqual(
            self.town._grc_letterhead_lines(),
            [
                "1 place de la Mairie",
                "99000 Ville-Exemple",
                "Monday to Friday",
                "Telephone: 01 99 00 00 00",
                "www.example.com",
            ],
        )

    def test_every_page_bears_it(self):
        self.town.write(
            {
                "grc_letter_logo": picture(),
                "grc_letter_authority": "Town hall of Ville-Exemple",
                "grc_letter_foot": "Foot of the town",
            }
        )
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_base.action_report_request_file", self._file().id
        )
        self.assert_accessible(pdf)
        [logo] = self.tags(pdf, "/Figure")
        self.assertEqual(logo["/Alt"], "Logo: Town hall of Ville-Exemple")
        pages = len(self.reader(pdf).pages)
        self.assertEqual(pdf_text(pdf).count("Foot of the town"), pages)

    def test_the_signatory_of_the_service_comes_first(self):
        author = self.agent
        self.assertEqual(
            self.service._signatory(author),
            {
                "given_name": "",
                "name": "Agent",
                "quality": "Agent of the service",
                "service": "Green spaces",
            },
        )
        author.name = "Nora Ben Ali"
        signatory = self.service._signatory(author)
        self.assertEqual(
            (signatory["given_name"], signatory["name"]), ("Nora", "Ben Ali")
        )
        self.town.write(
            {
                "grc_signatory_given_name": "Jeanne",
                "grc_signatory_name": "Roy",
                "grc_signatory_quality": "The mayor",
            }
        )
        self.assertEqual(self.service._signatory(author)["quality"], "The mayor")
        self.service.write({"signatory_given_name": "Paul", "signatory_name": "Vial"})
        self.assertEqual(
            self.service._signatory(author)["name"], "Roy", "three lines, or none"
        )
        self.service.signatory_quality = "Deputy mayor"
        self.assertEqual(self.service._signatory(author)["name"], "Vial")
