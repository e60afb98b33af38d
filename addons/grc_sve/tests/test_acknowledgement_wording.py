from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from odoo.addons.grc_base.tests.smtp_common import SmtpCommon

from ..rules.wording import tidy
from .sve_common import SveCommon, _flat

OWN = (
    "<h1>Bonjour</h1><p>Reçu le {received_on}, n° {number} : {subject}</p>"
    "<p>{service}, {address}, {phone}</p><p>{silence}</p><p>{appeal_ways}</p>"
    "<p>{missing_documents}</p><p>La mairie de {authority}</p>"
)


class WordingCommon(SveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def _wording(self, kind="are", regime="svr", channel="electronic", user=None):
        wording = self.env["grc.acknowledgement.wording"].search(
            [
                ("company_id", "=", self.town.id),
                ("kind", "=", kind),
                ("regime", "=", regime),
                ("channel", "=", channel),
            ]
        )
        return self._as(wording, user or self.manager)


class TestWording(WordingCommon):
    def test_each_town_has_one_of_each(self):
        wordings = self.env["grc.acknowledgement.wording"]
        own = wordings.search([("company_id", "=", self.town.id)])
        self.assertEqual(len(own), 7)
        wordings._create_missing(self.town)
        self.assertEqual(
            own, wordings.search([("company_id", "=", self.town.id)]), "no more"
        )
        self.assertFalse(any(own.mapped("is_own")))

    def test_the_shipped_texts_pass_the_guard(self):
        for wording in self._wording().search([("company_id", "=", self.town.id)]):
            with self.subTest(wording=wording.display_name):
                self.assertFalse(wording._problems(tidy(wording.body)))

    def test_the_town_writes_to_those_who_read_french(self):
        self._wording().body = OWN
        are = self._ack(self._file(self.svr, language="fr_FR", subject="Un <b>"))
        self.assertIn("<h2>Bonjour</h2>", are.content)
        self.assertIn(f"n° {are.request_id.name} : Un &lt;b&gt;", are.content)
        self.assertIn("tribunal administratif de Ville-Exemple", are.content)
        for text in (self._mail_text(are), self._pdf_text(are)):
            self.assertIn("Bonjour", text)
            self.assertIn("La mairie de Ville-Exemple", text)
            self.assertNotIn("{", text)

    def test_the_others_receive_the_shipped_text(self):
        self._wording().body = OWN
        english = self._ack(self._file(self.svr))
        accepts = self._ack(self._file(self.sva, language="fr_FR"))
        for are in (english, accepts):
            self.assertNotIn("Bonjour", are.content)

    def test_paper_has_its_own(self):
        self._wording(channel="paper").body = OWN
        letter = self._file(self.svr, "letter", email_used=False, language="fr_FR")
        self.assertIn("Bonjour", self._ack(letter).content)
        self.assertNotIn(
            "Bonjour", self._ack(self._file(self.svr, language="fr_FR")).content
        )

    def test_what_left_is_frozen(self):
        are = self._ack(self._file(self.svr, language="fr_FR"))
        before = are.content
        self._wording().body = OWN
        self.assertEqual(are.content, before)
        self.assertEqual(are.sha256, are.document_id.sha256)
        for vals in ({"content": "x"}, {"mentions": {}}, {"sha256": "x"}):
            with self.assertRaises(UserError):
                are.write(vals)

    def test_a_text_that_loses_a_mention_is_refused(self):
        """CRPA R112-11-1: the mention and its article are told."""
        for placeholder, article in (
            ("{received_on}", "R112-11-1 1°"),
            ("{service}", "R112-11-1 2°"),
            ("{address}", "R112-11-1 2°"),
            ("{phone}", "R112-11-1 2°"),
            ("{silence}", "R112-11-1"),
            ("{appeal_ways}", "CJA, art. R421-5"),
            ("{missing_documents}", "R112-11-4"),
        ):
            with self.subTest(placeholder=placeholder):
                with self.assertRaises(UserError) as caught:
                    self._wording().body = OWN.replace(placeholder, "")
                self.assertIn(article, str(caught.exception))
                self.assertIn(placeholder, str(caught.exception))
        self.assertFalse(self._wording().is_own)

    def test_a_mention_that_is_hidden_is_not_lost(self):
        hidden = '<span style="display:none">{phone}</span><!-- x -->'
        self._wording().write({"body": OWN.replace("{phone}", hidden)})
        self.assertNotIn("style", self._wording().body)
        self.assertIn("{phone}", self._wording().body)

    def test_what_does_not_exist_is_refused(self):
        for text, told in (
            ("<p>{odd}</p>", "{odd}"),
            ("<p>{attestation}</p>", "{attestation}"),
            ("<p>{</p>", "brace"),
            ("<p>never {silence}</p>", "{silence}"),
        ):
            with self.subTest(text=text):
                with self.assertRaises(UserError) as caught:
                    self._wording().body = OWN + text
                self.assertIn(told, str(caught.exception))

    def test_the_guard_has_no_back_door(self):
        wording = self._wording()
        for vals in ({"own_body": "<p>x</p>"}, {"regime": "none"}, {"kind": "aee"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                wording.write(vals)

    def test_a_text_that_is_no_longer_right_is_not_used(self):
        wording = self._wording()
        wording.body = OWN
        self.env.flush_all()
        # as an update of the law would leave it: past the guard
        self.env.cr.execute(
            "UPDATE grc_acknowledgement_wording SET own_body = %s WHERE id = %s",
            ["<p>x</p>", wording.id],
        )
        self.env.invalidate_all()
        are = self._ack(self._file(self.svr, language="fr_FR"))
        self.assertIn("tribunal administratif de Ville-Exemple", are.content)

    def test_restoring_and_history(self):
        wording = self._wording()
        wording.body = OWN
        self.assertTrue(wording.is_own)
        wording.action_restore_default()
        self.assertFalse(wording.is_own)
        first, second = wording.message_ids.filtered("body").sorted("id")[-2:]
        self.assertEqual(
            (first | second).author_id, self.manager.partner_id, "who, and when"
        )
        self.assertIn("{received_on}", first.body, "the shipped text, before")
        self.assertIn("La mairie de {authority}", second.body)
        count = len(wording.message_ids)
        wording.action_restore_default()
        wording.body = wording.body
        self.assertEqual(len(wording.message_ids), count, "nothing changed")

    def test_the_names_on_the_screen_are_those_of_its_language(self):
        wording = self._wording()
        names = wording._placeholder_names()
        names |= {"phone": "telephone", "silence": "silence"}
        with patch.object(type(wording), "_placeholder_names", lambda self: names):
            wording.invalidate_recordset()
            self.assertIn("{telephone}", wording.body)
            self.assertIn("{telephone}", wording.insertable)
            wording.write({"body": OWN.replace("{phone}", "{telephone}")})
            self.assertIn("{phone}", wording.own_body)
            self.assertIn("{telephone}", wording.body)
            with self.assertRaises(UserError) as caught:
                wording.body = OWN.replace("{phone}", "")
            self.assertIn("{telephone}", str(caught.exception))
        wording.invalidate_recordset()
        self.assertIn("{phone}", wording.body)

    @freeze_time("2026-09-15 08:30:00")
    def test_preview(self):
        for wording in self._wording().search([("company_id", "=", self.town.id)]):
            with self.subTest(wording=wording.display_name):
                text = _flat(html2plaintext(wording.preview))
                self.assertNotIn("{", text)
                self.assertIn("2026-000123", text)
                self.assertIn("{received_on}", wording.insertable)
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_acknowledgement_wording", self._wording().id
        )
        self.assertTrue(pdf.startswith(b"%PDF"))


class TestNumbersInLetters(WordingCommon):
    @freeze_time("2026-09-15 08:30:00")
    def test_french_letters(self):
        aee = self._ack(self._file(False, "mail", language="fr_FR"))
        self.assertIn("dix jours ouvrés", self._mail_text(aee))
        are = self._ack(self._file(self.svr, language="fr_FR"))
        self.assertEqual(are.mentions["appeal_period"], "deux mois")


class TestTownPlanning(WordingCommon):
    """C. urb. R474-1: the period runs from the sending, on whatever day."""

    @freeze_time("2026-09-15 08:30:00")
    def test_the_day_is_that_of_a_sending_today(self):
        are = self._ack(self._file(self.urban))
        for text in (self._mail_text(are), self._pdf_text(are)):
            self.assertIn(
                "accepted on Sunday 15 November 2026 if this acknowledgement leaves "
                "on Tuesday 15 September 2026",
                text,
            )
            self.assertIn("two months runs from the day on which this", text)
            self.assertIn("art. R. 474-1", text)

    def test_a_late_sending_moves_the_clock(self):
        with freeze_time("2026-09-15 08:30:00"):
            request = self._file(self.urban, "letter", email_used=False)
            self.assertFalse(request.implicit_on, "nothing left yet")
        with freeze_time("2026-09-21 08:30:00"):
            self._ack(request).delivery_id.action_mark_printed()
        self.assertEqual(str(request.implicit_on), "2026-11-21")

    def test_an_earlier_acknowledgement_started_it(self):
        with freeze_time("2026-09-15 08:30:00"):
            request = self._file(False, "mail")
        with freeze_time("2026-09-17 08:30:00"):
            self._as(request, self.desk_agent)._qualify(
                "request", self.service, self.urban
            )
        text = self._mail_text(self._ack(request, "are"))
        self.assertIn("accepted on Sunday 15 November 2026", text)
        self.assertIn(
            "runs from Tuesday 15 September 2026, the day on which our first", text
        )
        self.assertNotIn("if this acknowledgement leaves", text)


class TestTownPlanningSmtp(SveCommon, SmtpCommon):
    def test_an_outbox_that_waits_moves_the_clock(self):
        """C. urb. R474-1: the stored day is that of the real sending."""
        with freeze_time("2026-09-15 08:00:00"):
            request = self._file(self.urban)
        self.assertEqual(self._kinds(request), [("are", "waiting")])
        self.assertFalse(request.implicit_on)
        with freeze_time("2026-09-17 08:00:00"), self.smtp_server() as server:
            self._run_job()
        self.assertEqual(len(server.messages), 1)
        self.assertEqual(request.implicit_on, date(2026, 11, 17))
        self.assertIn(
            "if it leaves later, this day comes later", self._ack(request).content
        )
