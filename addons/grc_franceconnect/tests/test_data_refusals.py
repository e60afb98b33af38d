import logging

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.grc_portal.tests.http_common import path_of

from ..models import grc_identity_client_mixin
from .data_common import ALL, CODE, DataCommon
from .fake_particulier import AMELIE_FAMILY, QUOTIENT

_SOURCE_LOG = "odoo.addons.grc_franceconnect.models.grc_data_source"
SOMEBODY = AMELIE_FAMILY["allocataires"][0] | {
    "nom_naissance": "MARTIN",
    "prenoms": "PAUL",
    "sexe": "M",
}


@tagged("post_install", "-at_install")
class TestDataRefusals(DataCommon):
    """Nothing comes, or it is not hers: she fills the form in, as anybody."""

    def assert_by_hand(self, form, outcome):
        """Check that nothing was kept and that the field and the upload are there."""
        self.assertEqual(self.outcome(form), outcome)
        self.assertEqual(self.consents()[:1].outcome, outcome)
        self.assertEqual(form.value("quotient"), "")
        self.assertTrue(form.all("//input[@name='p_proof'][@type='file']"))
        self.assertFalse(form.kept_files())
        self.assertFalse(self.draft(form).data_values[CODE]["values"])

    def test_errors_of_the_service(self):
        for status, code, outcome in (
            (404, "37003", "not_found"),
            (502, "37999", "unavailable"),
            (504, "00501", "unavailable"),
            (429, "00429", "unavailable"),
        ):
            with self.subTest(status=status):
                self.sign_in()
                self.particulier.errors = [(status, code)]
                form = self.fetch(self.begin_as_amelie())
                self.assert_by_hand(form, outcome)
        self.assertEqual(len(self.particulier.calls), 4)

    def test_a_file_that_is_missing_is_not_asked_for_again(self):
        self.particulier.errors = [(404, "37003")]
        form = self.fetch(self.begin_as_amelie())
        self.assertFalse(form.all(f"//button[@id='grc-data-ask-{CODE}']"))
        self.assertIn("no file in your name", form.text())

    def test_our_settings_are_mended_by_an_administrator(self):
        activities = self.env["mail.activity"]
        before = activities.search_count([("user_id", "=", self.manager.id)])
        for status, code in ((403, "00100"), (422, "00203")):
            self.sign_in()
            self.particulier.errors = [(status, code)]
            with self.assertLogs(_SOURCE_LOG, logging.ERROR) as logs:
                form = self.fetch(self.begin_as_amelie())
            self.assertNotIn("BERNARD", "".join(logs.output))
            self.assert_by_hand(form, "refused")
        after = activities.search_count([("user_id", "=", self.manager.id)])
        self.assertEqual(after - before, 1)

    def test_a_call_under_way_is_tried_once_more(self):
        self.particulier.errors = [(409, "00015")]
        form = self.fetch(self.begin_as_amelie())
        self.assertTrue(form.all(f"//*[@id='grc-data-received-{CODE}']"))
        self.assertEqual(len(self.particulier.calls), 2)
        self.sign_in()
        self.particulier.errors = [(409, "00015")] * 3
        self.assert_by_hand(self.fetch(self.begin_as_amelie()), "unavailable")
        self.assertEqual(len(self.particulier.calls), 4)

    def test_a_token_that_is_too_old_is_asked_for_again(self):
        form = self.begin_as_amelie()
        answer = self.ask(form, *ALL)
        query = self.fake.authorize(answer.headers["Location"])
        self.particulier.errors = [(401, "00103")]
        back = self.page(self.come_back(query))
        self.assert_by_hand(back, "expired")
        self.assertIn("one minute", back.text())
        again = self.fetch(back)
        self.assertTrue(again.all(f"//*[@id='grc-data-received-{CODE}']"))
        self.assertEqual(len(self.consents()), 2)

    def test_a_service_that_is_down_holds_nobody(self):
        self.source.base_url = "http://127.0.0.1:9"
        form = self.fetch(self.begin_as_amelie())
        self.assert_by_hand(form, "unavailable")

    def test_an_odd_answer_is_no_answer(self):
        self.particulier.told[QUOTIENT] = {"allocataires": "x"}
        form = self.fetch(self.begin_as_amelie())
        self.assert_by_hand(form, "unavailable")

    def test_somebody_else_s_file_is_not_used(self):
        self.particulier.told[QUOTIENT] = AMELIE_FAMILY | {"allocataires": [SOMEBODY]}
        form = self.fetch(self.begin_as_amelie())
        self.assert_by_hand(form, "other_people")
        self.assertNotIn("872", form.text())
        self.assertNotIn("MARTIN", str(self.draft(form).data_values))

    def test_leaving_franceconnect_asks_nothing(self):
        form = self.begin_as_amelie()
        query = self.fake.authorize(self.ask(form, *ALL).headers["Location"])
        query = {"state": query["state"], "iss": query["iss"]}
        query |= {"error": "access_denied", "error_description": "User auth aborted"}
        back = self.page(self.come_back(query))
        self.assert_by_hand(back, "left")
        self.assertFalse(self.particulier.calls)

    def test_franceconnect_that_is_down_keeps_her_on_the_page(self):
        form = self.begin_as_amelie()
        grc_identity_client_mixin.forget()
        self.fake.faults.add("down")
        back = self.page(path_of(self.ask(form, *ALL)))
        self.assert_by_hand(back, "unavailable")
        self.assertFalse(self.consents().called_at)

    def test_a_source_out_of_use_is_not_proposed(self):
        self.source.active = False
        form = self.begin_as_amelie()
        self.assertIsNone(self.panel(form))
        self.send_page(form, {}, do=f"data:{CODE}")
        self.assertFalse(self.consents())

    def test_an_organisation_has_no_quotient(self):
        self.prestation.for_association = True
        self.connect()
        first = self.open_form(kind="association")
        self.assertTrue(first)
        draft = self.draft(self.begin())
        draft.values = draft.values | {"requester_kind": "association"}
        here = f"/demarches/formulaire/{draft.token}/money"
        self.assertIsNone(self.panel(self.page(here)))


@tagged("post_install", "-at_install")
class TestDataAttacks(DataCommon):
    """Somebody else’s form, account, consent, token."""

    def test_a_return_is_used_once(self):
        form = self.begin_as_amelie()
        query = self.fake.authorize(self.ask(form, *ALL).headers["Location"])
        self.come_back(query)
        self.assertEqual(self.motive(self.come_back(query)), "expired")
        self.assertEqual(len(self.particulier.calls), 1)

    def test_another_person_at_franceconnect_is_refused(self):
        form = self.begin_as_amelie()
        location = self.ask(form, *ALL).headers["Location"]
        self.fake.sub = "b" * 64 + "v1"
        with mute_logger("odoo.addons.grc_franceconnect.controllers.common"):
            path = self.come_back(self.fake.authorize(location))
        self.assertEqual(self.motive(path), "taken")
        self.assertFalse(self.particulier.calls)
        self.assertFalse(self.draft(form).data_values)

    def test_the_form_of_another_citizen_is_closed(self):
        form = self.begin_as_amelie()
        token = self.token(form)
        self.sign_in(self.citizen)
        data = {"csrf_token": self.token_of("/my/franceconnect"), "do": f"data:{CODE}"}
        data["datum"] = f"{CODE}.valeur"
        self.post(f"/demarches/formulaire/{token}/money", data, status=404)
        self.assertFalse(self.consents())

    def test_an_account_that_is_not_linked_links_first(self):
        self.sign_in(self.citizen)
        form = self.begin()
        self.assertFalse(form.all("//input[@name='datum']"))
        self.assertEqual(path_of(self.ask(form, *ALL)), "/my/franceconnect")
        self.assertFalse(self.consents())

    def test_a_return_to_a_form_sent_meanwhile_asks_nothing(self):
        form = self.begin_as_amelie()
        query = self.fake.authorize(self.ask(form, *ALL).headers["Location"])
        self.draft(form).request_id = self._file()
        self.assertEqual(self.motive(self.come_back(query)), "expired")
        self.assertFalse(self.particulier.calls)

    def test_data_that_the_form_does_not_want_are_never_asked(self):
        form = self.begin_as_amelie()
        answer = self.ask(form, "valeur", "adresse", "nombre_enfants")
        self.assertNotIn("cnaf_adresse", answer.headers["Location"])
        [consent] = self.consents()
        self.assertEqual([one["code"] for one in consent.data], ["valeur"])

    def test_without_a_consent_the_service_is_never_called(self):
        form = self.begin_as_amelie()
        self.ask(form, *ALL)
        consent = self.consents()
        pivot = self.identity()._pivot()
        other = self.draft(self.begin())
        before = consent.read(["state", "given_at", "draft_id", "called_at", "data"])[0]
        old = fields.Datetime.subtract(fields.Datetime.now(), minutes=11)
        far = self.source.with_context(active_test=False).search(
            [("company_id", "=", self.town.id), ("connector", "=", "rsa")]
        )
        for vals in (
            {"state": "refused"},
            {"state": "withdrawn"},
            {"given_at": old},
            {"called_at": fields.Datetime.now()},
            {"draft_id": False},
            {"source_id": far.id},
            {"partner_id": self.citizen.partner_id.id},
        ):
            with self.subTest(vals=vals), self.no_call(), self.cr.savepoint() as point:
                consent.write(vals)
                with self.assertRaises(AccessError):
                    self.source._fetch_consented(consent, "token", pivot)
                point.rollback()
        with self.no_call(), self.assertRaises(AccessError):
            self.source._fetch_consented(consent.browse(), "token", pivot)
        consent.invalidate_recordset()
        self.assertEqual(consent.state, before["state"])
        self.assertFalse(other.data_values)

    def test_a_source_without_its_settings_is_never_in_use(self):
        sources = self.env["grc.data.source"].with_context(active_test=False)
        mine = sources.search([("company_id", "=", self.town.id)])
        tax = mine.filtered(lambda one: one.connector == "dgfip")
        self.assertTrue(tax)
        with self.assertRaises(ValidationError):
            tax.write({"active": True, "recipient_siret": self.source.recipient_siret})
        with self.assertRaises(UserError):
            tax.action_use()
        self.assertIn("contract", " ".join(tax._test_lines()))
        rsa = mine.filtered(lambda one: one.connector == "rsa")
        rsa.recipient_siret = False
        with self.assertRaises(ValidationError):
            rsa.active = True

    def test_the_test_button_tells_a_service_that_is_there(self):
        lines = " ".join(self.source._test_lines())
        self.assertIn("The service is there", lines)
        self.source.base_url = "http://127.0.0.1:9"
        self.assertIn("does not answer", " ".join(self.source._test_lines()))

    def test_an_agent_who_fills_it_in_asks_nothing(self):
        draft = self.draft(self.begin_as_amelie())
        draft.is_assisted = True
        form = self.page(f"/demarches/formulaire/{draft.token}/money")
        self.assertIsNone(self.panel(form))
        draft.write({"is_assisted": False, "is_trial": True})
        form = self.page(f"/demarches/formulaire/{draft.token}/money")
        self.assertTrue(self.panel(form) is not None)
        self.assertFalse(form.all(f"//button[@id='grc-data-ask-{CODE}']"))
        self.send_page(form, {"datum": f"{CODE}.valeur"}, 200, do=f"data:{CODE}")
        self.assertFalse(self.consents())
