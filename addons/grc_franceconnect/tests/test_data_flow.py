import io
import logging

from pypdf import PdfReader

from odoo import fields
from odoo.tests import tagged

from odoo.addons.grc_base.tests.common import PDF
from odoo.addons.grc_portal.tests.http_common import path_of

from .data_common import ALL, CODE, SIRET, TOKEN, DataCommon


@tagged("post_install", "-at_install")
class TestDataFlow(DataCommon):
    """Asking API Particulier from a form, with the citizen's consent."""

    def test_nothing_is_asked_before_the_citizen_agrees(self):
        form = self.begin_as_amelie()
        panel = self.panel(form)
        text = " ".join(panel.text_content().split())
        for words in (self.town.name, "Quotient familial", "36 months"):
            self.assertIn(words, text)
        boxes = form.all("//input[@name='datum']")
        self.assertEqual(
            {one.get("value") for one in boxes}, {f"{CODE}.{c}" for c in ALL}
        )
        self.assertFalse(form.all("//input[@name='datum'][@checked]"))
        self.assertFalse(self.particulier.calls)
        self.assertFalse(self.consents())

    def test_an_empty_consent_asks_nothing(self):
        form = self.begin_as_amelie()
        with self.no_call():
            answer = self.ask(form)
        back = self.page(path_of(answer))
        self.assertIn(f"grc-datum-{CODE}.fournisseur", back.errors())
        self.assertFalse(self.consents())

    def test_what_was_agreed_is_asked_and_shown_before_it_is_sent(self):
        form = self.begin_as_amelie()
        answer = self.send_page(
            form,
            {"note": "kept", "datum": [f"{CODE}.{code}" for code in ALL]},
            do=f"data:{CODE}",
        )
        asked = self.fake.authorize(answer.headers["Location"])
        _kind, sent = self.fake.calls[-1]
        self.assertEqual(
            set(sent["scope"].split()),
            {"openid", "identite_pivot", "cnaf_allocataires", "cnaf_quotient_familial"},
        )
        back = self.page(self.come_back(asked))
        received = back.text(f"//*[@id='grc-data-received-{CODE}']")
        for words in ("872", "CAF", "11/2026"):
            self.assertIn(words, received)
        self.assertEqual(back.value("note"), "kept")
        self.assertIn("872", back.text("//*[@data-grc-item='quotient']"))
        self.assertEqual(back.value("quotient"), "872")
        self.assertEqual(back.value("body"), "caf")
        [call] = self.particulier.calls
        self.assertEqual(call[:2], ("/v3/dss/quotient_familial", SIRET))
        consent = self.consents()
        self.assertEqual((consent.state, consent.outcome), ("given", "obtained"))
        self.assertEqual(
            consent.keep_until,
            fields.Date.add(consent.given_at.date(), months=36),
        )
        self.assertIn(self.town.name, consent.wording)
        self.assertEqual([one["code"] for one in consent.data], ALL)
        self.assertFalse(self.requests_of_alice())

    def test_the_piece_is_made_and_everything_goes_with_the_request(self):
        form = self.fetch(self.begin_as_amelie())
        self.assertTrue(form.kept_files())
        review = self.next(self.next(form))
        request, _last = self.send_form(review)
        self.assertEqual(
            request._filled_form(whole=True)["pages"][0]["lines"][2]["value"], 872
        )
        document = request.document_ids.filtered("document_type_id")
        self.assertEqual(document.document_type_id, self.proof_kind)
        content = document.attachment_id.raw
        text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
        for words in ("872", "CAF", "11/2026", self.town.name):
            self.assertIn(words, text)
        self.assertEqual(self.consents().request_id, request)
        proofs = request.data_proof_ids
        self.assertEqual(set(proofs.mapped("state")), {"obtained"})
        self.assertEqual(
            dict(zip(proofs.mapped("datum"), proofs.mapped("value"), strict=True)),
            {"fournisseur": "caf", "valeur": 872, "mois": "11/2026"},
        )
        # As the questions that they answer.
        private = proofs.filtered("is_sensitive").mapped("datum")
        self.assertEqual(private, ["valeur"])
        draft = self.env["grc.request.draft"].search([("request_id", "=", request.id)])
        self.assertFalse(draft.data_values)

    def test_only_the_data_agreed_to_are_kept(self):
        form = self.begin_as_amelie()
        back = self.fetch(form, "valeur")
        draft = self.draft(back)
        self.assertEqual(draft.data_values[CODE]["values"], {"valeur": 872})
        self.assertFalse(back.all("//input[@name='body'][@type='hidden']"))
        # Without its source and its month, it proves nothing: the upload stays.
        self.assertFalse(back.kept_files())
        self.assertNotIn("LILAS", str(draft.data_values))

    def test_what_was_obtained_cannot_be_changed_by_hand(self):
        form = self.fetch(self.begin_as_amelie())
        review = self.next(self.next(form, quotient="12", body="msa"))
        self.assertIn("872", review.text())
        request, _last = self.send_form(review)
        lines = request._filled_form(whole=True)["pages"][0]["lines"]
        self.assertEqual([line.get("value") for line in lines[1:3]], ["caf", 872])

    def test_changing_her_mind_takes_everything_away(self):
        form = self.fetch(self.begin_as_amelie())
        again = self.press(form, "drop-data")
        draft = self.draft(again)
        self.assertFalse(draft.data_values)
        self.assertFalse(draft.attachment_ids)
        self.assertFalse(again.kept_files())
        self.assertEqual(again.value("quotient"), "")
        self.assertEqual(self.consents().state, "withdrawn")
        self.assertTrue(self.consents().withdrawn_at)
        self.assertTrue(again.all(f"//button[@id='grc-data-ask-{CODE}']"))
        # By hand, as anybody.
        last = self.next(
            again,
            files=[("p_proof", ("mine.pdf", PDF))],
            quotient="900",
            body="caf",
        )
        request, _last = self.send_form(self.next(last))
        self.assertFalse(request.data_proof_ids)
        given = request.document_ids.filtered("document_type_id")
        self.assertEqual(given.name, "mine.pdf")
        self.assertEqual(request.data_consent_ids.state, "withdrawn")

    def test_answering_by_herself_is_kept_and_may_change(self):
        form = self.begin_as_amelie()
        refused = self.press(form, "refuse-data")
        self.assertTrue(refused.all(f"//*[@id='grc-data-declined-{CODE}']"))
        self.assertEqual(self.consents().state, "refused")
        self.assertFalse(self.particulier.calls)
        again = self.press(refused, "drop-data")
        self.assertTrue(again.all(f"//button[@id='grc-data-ask-{CODE}']"))
        back = self.fetch(again)
        self.assertTrue(back.all(f"//*[@id='grc-data-received-{CODE}']"))

    def test_a_visitor_signs_in_first_and_keeps_what_she_typed(self):
        form = self.begin()
        self.assertFalse(form.all("//input[@name='datum']"))
        answer = self.send_page(form, {"note": "typed"}, do=f"data:{CODE}")
        back = self.page(
            self.come_back(self.fake.authorize(answer.headers["Location"]))
        )
        self.assertEqual(back.value("note"), "typed")
        self.assertTrue(back.all("//input[@name='datum']"))
        self.assertFalse(self.particulier.calls)
        received = self.fetch(back)
        self.assertTrue(received.all(f"//*[@id='grc-data-received-{CODE}']"))
        draft = self.draft(received)
        self.assertEqual(draft.partner_id, self.identity().partner_id)

    def test_a_citizen_sees_her_exchanges(self):
        self.fetch(self.begin_as_amelie())
        text = self.page("/my/donnees").text()
        for words in ("Quotient familial", "The data came", self.prestation.name):
            self.assertIn(words, text)
        self.assertTrue(self.page("/my").all("//a[@href='/my/donnees']"))
        self.sign_in(self.citizen)
        self.assertNotIn("The data came", self.page("/my/donnees").text())

    def test_the_traces_are_deleted_after_36_months(self):
        self.fetch(self.begin_as_amelie())
        consent = self.consents()
        consent._gc_kept_long_enough()
        self.assertTrue(consent.exists())
        consent.keep_until = fields.Date.subtract(fields.Date.today(), days=1)
        consent._gc_kept_long_enough()
        self.assertFalse(consent.exists())

    def test_the_token_is_nowhere(self):
        # By number: Odoo gives a name of its own to a level.
        with (
            self.assertLogs("odoo", logging.INFO) as logs,
            self.assertLogs("werkzeug", logging.INFO) as pages,
        ):
            self.fetch(self.begin_as_amelie())
        written = "\n".join(logs.output + pages.output)
        for secret in (TOKEN, "872", "LILAS", "1985-04-12"):
            self.assertNotIn(secret, written)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND table_name LIKE ANY (ARRAY['grc%', 'ir\\_attachment', 'mail%'])"
        )
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s',  # noqa: S608
                [f"%{TOKEN}%"],
            )
            self.assertFalse(self.env.cr.fetchone()[0], table)
