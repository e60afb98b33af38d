from odoo.tests import tagged

from odoo.addons.grc_base.tests.common import PDF
from odoo.addons.grc_form.tests.data_common import (
    OTHER_SIRET,
    SIRET,
    DataMixin,
    company,
)

from ..controllers import form_pages
from .form_common import FormPortalCommon, page, question

PIECE = {
    "kind": "piece",
    "code": "p_proof",
    "document": "INSURANCE",
    "required": True,
    "replaced_by": "sirene",
}


@tagged("post_install", "-at_install")
class TestFormDataPieces(DataMixin, FormPortalCommon):
    """What a register says stands for a document, until the citizen joins her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.sirene,) = cls._use_sources("sirene")
        cls._publish(page("one", question("d_siret", "siret")), page("two", PIECE))

    def setUp(self):
        super().setUp()
        form_pages.DATA_FLOOD.forget()

    def files(self, shown):
        return [
            one.text_content() for one in shown.all("//*[@class='o_grc_file_name']")
        ]

    def second(self, fake, **more):
        fake.says(SIRET, company(**more))
        return self.next(self.begin(), d_siret=SIRET)

    def test_the_document_is_not_asked_any_more(self):
        with self.services() as fake:
            shown = self.second(fake)
            self.assertEqual(len(self.files(shown)), 1)
            request, _last = self.send_form(self.next(shown))
        document = request.document_ids.filtered("field_code")
        self.assertEqual(document.field_code, "p_proof")
        self.assertTrue(document.attachment_id.raw.startswith(b"%PDF"))
        told = {proof.datum: proof.state for proof in request.data_proof_ids}
        # What the register does not say of a bakery is no line.
        self.assertNotIn("rna", told)
        self.assertLessEqual({"name", "is_open", "address"}, told.keys())
        self.assertEqual(set(told.values()), {"obtained"})

    def test_she_may_join_her_own(self):
        with self.services() as fake:
            shown = self.second(fake)
            (button,) = shown.all("//button[starts-with(@value, 'drop:')]")
            shown = self.next(shown, do=button.get("value"))
            self.assertFalse(self.files(shown))
            # Not joined again behind her back.
            self.assertFalse(self.files(self.page(self.here(shown))))
            review = self.next(shown, files=[("p_proof", ("mine.pdf", PDF))])
            request, _last = self.send_form(review)
        self.assertEqual(request.document_ids.filtered("field_code").name, "mine.pdf")

    def test_another_number_drops_the_file(self):
        with self.services() as fake:
            shown = self.second(fake)
            first = self.page(self.here(shown).replace("/two", "/one"))
            shown = self.next(first, d_siret=OTHER_SIRET)
            self.assertFalse(self.files(shown))

    def test_without_what_is_essential_the_document_is_asked(self):
        with self.services() as fake:
            shown = self.second(fake, nom_raison_sociale="[NON-DIFFUSIBLE]")
            self.assertFalse(self.files(shown))
            self.answer(shown, 200)

    def test_a_register_that_is_down_leaves_the_upload(self):
        with self.services() as fake:
            fake.fails("entreprises")
            shown = self.next(self.begin(), d_siret=SIRET)
            self.assertFalse(self.files(shown))
            review = self.next(shown, files=[("p_proof", ("mine.pdf", PDF))])
            request, _last = self.send_form(review)
        self.assertFalse(request.data_proof_ids)
