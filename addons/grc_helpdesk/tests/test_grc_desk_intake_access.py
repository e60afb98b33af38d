from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DeskCase

_MUTED = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install", "grc_security")
class TestDeskIntakeAccess(DeskCase):
    """Who enters a contact (``grc.desk.intake``), and what they see of it."""

    def test_desk_agents_and_agents_enter_contacts(self):
        for user in (self.desk_agent, self.works_agent):
            intake = self._intake(user=user, prestation_id=self.report.id)
            action = intake.action_file()
            self.assertEqual(action["res_model"], "grc.request", user.login)

    @mute_logger(*_MUTED)
    def test_portal_user_and_plain_employee_enter_nothing(self):
        for user in (self.portal_user, self.plain_user):
            with self.assertRaises(AccessError):
                self._intake(user=user)

    @mute_logger(*_MUTED)
    def test_portal_user_cannot_push_the_buttons_of_somebody_else(self):
        intake = self._intake(prestation_id=self.report.id)
        for user in (self.portal_user, self.plain_user):
            for button in ("action_file", "action_information_given"):
                with self.assertRaises(AccessError):
                    getattr(intake.with_user(user), button)()
            with self.assertRaises(AccessError):
                intake.with_user(user).action_create_citizen()
            with self.assertRaises(AccessError):
                self.citizen.with_user(user).action_grc_new_contact()
        self.assertFalse(self._request_of(intake))

    @mute_logger(*_MUTED)
    def test_contact_being_entered_is_seen_by_its_author_only(self):
        intake = self._intake()
        near_miss = self.works_agent
        self.assertFalse(intake.with_user(near_miss).search([("id", "=", intake.id)]))
        with self.assertRaises(AccessError):
            intake.with_user(near_miss).read(["subject"])
        with self.assertRaises(AccessError):
            intake.with_user(near_miss).action_file()
        with self.assertRaises(AccessError):
            self.citizen.with_user(near_miss).with_context(
                grc_desk_intake_id=intake.id
            ).action_grc_choose()

    @mute_logger(*_MUTED)
    def test_agent_of_another_town_cannot_use_our_catalogue_nor_our_services(self):
        for vals in (
            {"prestation_id": self.report.id},
            {"service_id": self.front_desk.id},
        ):
            with self.assertRaises(AccessError):
                self._intake(user=self.other_agent, **vals).action_file()

    @mute_logger(*_MUTED)
    def test_agent_of_another_town_cannot_name_our_citizen(self):
        self.citizen.company_id = self.company
        with self.assertRaises(AccessError):
            self._intake(
                user=self.other_agent, partner_id=self.citizen.id
            ).action_file()

    def test_agent_of_another_town_enters_for_her_own(self):
        intake = self._intake(user=self.other_agent, prestation_id=self.other_report.id)
        intake.action_file()
        self.assertEqual(self._request_of(intake).company_id, self.other_company)

    def test_desk_agent_gets_the_number_only_of_a_social_request(self):
        intake = self._intake(prestation_id=self.aid.id)
        action = intake.action_file()
        request = self._request_of(intake)
        self.assertEqual(request.service_id, self.social)
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("grc.desk.intake", intake.id)
        )
        self.assertEqual(intake.request_number, request.name)
        self.assertFalse(intake.description)
        self.assertFalse(request.with_user(self.desk_agent).has_access("read"))
        requests = self.env["grc.request"].with_user(self.desk_agent)
        self.assertFalse(requests.search([("id", "=", request.id)]))
        self.assertEqual(intake.action_file()["res_id"], intake.id)
        self.assertEqual(len(self._request_of(intake)), 1)

    @mute_logger(*_MUTED)
    def test_desk_agent_does_not_decide_a_social_request_after_entering_it(self):
        intake = self._intake(prestation_id=self.aid.id)
        intake.action_file()
        intake.write({"state": "input", "subject": "Encore", "description": "Encore"})
        intake.action_information_given()
        self.assertEqual(self._request_of(intake).state, "received")

    def test_key_of_another_request_cannot_be_given(self):
        entered = self._intake(user=self.social_agent, prestation_id=self.aid.id)
        entered.action_file()
        intake = self._intake(idempotency_key=entered.sudo().idempotency_key)
        self.assertNotEqual(intake.idempotency_key, entered.sudo().idempotency_key)
        intake.action_information_given()
        self.assertEqual(self._request_of(entered.sudo()).state, "received")

    def test_agent_of_the_social_service_opens_the_social_request(self):
        intake = self._intake(user=self.social_agent, prestation_id=self.aid.id)
        self.assertEqual(intake.action_file()["res_model"], "grc.request")

    def test_desk_agent_informs_about_a_social_prestation_without_reading_it(self):
        intake = self._intake(prestation_id=self.aid.id, answer="Les horaires.")
        intake.action_information_given()
        request = self._request_of(intake)
        self.assertEqual(request.state, "closed")
        self.assertEqual(request.decided_by_id, self.desk_agent)
        self.assertFalse(request.with_user(self.desk_agent).has_access("read"))

    @mute_logger(*_MUTED)
    def test_file_of_somebody_else_cannot_be_joined(self):
        secret = (
            self.env["ir.attachment"]
            .with_user(self.social_agent)
            .create({"name": "secret.txt", "raw": b"secret"})
        )
        intake = self._intake(prestation_id=self.report.id)
        with self.assertRaises(AccessError):
            intake.attachment_ids = secret.with_user(self.desk_agent)
            intake.action_file()
        self.assertFalse(self._request_of(intake))
        self.assertTrue(secret.exists())
