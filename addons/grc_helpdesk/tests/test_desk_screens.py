from ast import literal_eval

from odoo.tests import Form, tagged

from .common import DeskCase


@tagged("post_install", "-at_install")
class TestDeskScreens(DeskCase):
    def _form(self):
        intakes = self.env["grc.desk.intake"].with_user(self.desk_agent)
        return Form(intakes.with_company(self.company))

    def test_choosing_a_citizen_fills_in_who_is_speaking(self):
        with self._form() as form:
            form.partner_id = self.citizen
            self.assertEqual(form.requester_lastname, "Garnier")
            self.assertEqual(form.requester_firstname, "Louise")
            self.assertEqual(form.phone, "01 99 00 12 34")
            form.subject = "Un trou"
        self.assertEqual(form.record.city, "Ville-Exemple")

    def test_choosing_an_association_fills_in_its_numbers(self):
        with self._form() as form:
            form.partner_id = self.club
            self.assertEqual(form.requester_kind, "association")
            self.assertEqual(form.requester_organization, "Club de marche")
            self.assertEqual(form.requester_rna, "W991000001")
            self.assertEqual(form.requester_firstname, "Yves")

    def test_what_was_typed_first_is_kept(self):
        with self._form() as form:
            form.requester_lastname = "Petit"
            form.phone = "01 99 00 55 66"
            form.partner_id = self.club
            self.assertEqual(form.phone, "01 99 00 55 66")

    def test_nothing_of_one_citizen_is_left_on_another(self):
        with self._form() as form:
            form.partner_id = self.citizen
            form.partner_id = self.club
            self.assertFalse(form.phone)
            self.assertFalse(form.street)

    def test_prestation_brings_its_service_its_nature_and_a_subject(self):
        with self._form() as form:
            self.assertEqual(form.service_id, self.front_desk)
            form.prestation_id = self.report
            self.assertEqual(form.service_id, self.works)
            self.assertEqual(form.nature, "report")
            self.assertEqual(form.subject, "Prestation TROU")

    def test_subject_already_typed_is_not_replaced(self):
        with self._form() as form:
            form.subject = "Un trou"
            form.prestation_id = self.report
            self.assertEqual(form.subject, "Un trou")

    def test_known_citizens_are_suggested_while_typing(self):
        with self._form() as form:
            self.assertFalse(form.has_matches)
            form.requester_lastname = "garnier"
            self.assertTrue(form.has_matches)
            self.assertEqual(form.match_ids.ids, self.citizen.ids)
            form.requester_firstname = "Hugo"
            self.assertFalse(form.has_matches)
            form.phone = "0199001234"
            self.assertTrue(form.has_matches)

    def test_suggested_citizen_is_chosen_from_its_row(self):
        intake = self._intake()
        self.citizen.with_user(self.desk_agent).with_context(
            grc_desk_intake_id=intake.id
        ).action_grc_choose()
        self.assertEqual(intake.partner_id, self.citizen)
        self.assertEqual(intake.street, "5 rue du Puits")

    def test_sheet_of_the_citizen_opens_the_screen_filled_in(self):
        action = self.citizen.with_user(self.desk_agent).action_grc_new_contact()
        self.assertEqual(action["res_model"], "grc.desk.intake")
        intakes = self.env["grc.desk.intake"].with_user(self.desk_agent)
        with Form(intakes.with_context(**action["context"])) as form:
            self.assertEqual(form.requester_lastname, "Garnier")

    def test_queue_shows_what_the_front_desk_has_not_taken(self):
        waiting = self._intake()
        waiting.action_file()
        self._intake(prestation_id=self.report.id).action_file()
        taken = self._intake()
        taken.action_file()
        self._request_of(taken).with_user(self.desk_agent).action_take()
        self._intake().action_information_given()
        action = self.env.ref("grc_helpdesk.grc_request_action_desk_queue")
        requests = self.env["grc.request"].with_user(self.desk_agent)
        found = requests.search(literal_eval(action.domain)).filtered(
            lambda request: request.company_id == self.company
        )
        self.assertEqual(found, self._request_of(waiting))

    def test_contacts_of_the_day_are_filtered_by_channel(self):
        view = self.env["grc.request"].get_view(
            self.env.ref("grc_base.grc_request_view_search").id, "search"
        )
        for name in ("channel_phone", "channel_desk", "channel_letter"):
            self.assertIn(f'name="{name}"', view["arch"])
