import base64
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DeskCase

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestDeskIntake(DeskCase):
    def test_call_becomes_a_request_of_the_service_of_the_prestation(self):
        intake = self._intake(
            prestation_id=self.report.id, partner_id=self.citizen.id, channel="phone"
        )
        action = intake.action_file()
        request = self._request_of(intake)
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("grc.request", request.id)
        )
        self.assertRecordValues(
            request,
            [
                {
                    "channel": "phone",
                    "nature": "report",
                    "service_id": self.works.id,
                    "partner_id": self.citizen.id,
                    "filed_by_id": self.desk_agent.id,
                    "company_id": self.company.id,
                    "requester_name": "Louise Garnier",
                    "answer_email": "louise.garnier@example.com",
                    "state": "received",
                }
            ],
        )
        self.assertEqual(request.event_ids[0].actor_id, self.desk_agent)

    def test_contact_without_prestation_goes_to_the_front_desk(self):
        intake = self._intake()
        intake.action_file()
        request = self._request_of(intake)
        self.assertEqual(request.service_id, self.front_desk)
        self.assertEqual(request.nature, "question")

    def test_three_channels_are_kept_as_said(self):
        for channel in ("phone", "desk", "letter"):
            intake = self._intake(channel=channel, prestation_id=self.report.id)
            intake.action_file()
            self.assertEqual(self._request_of(intake).channel, channel)

    def test_second_click_gives_the_same_request(self):
        intake = self._intake(prestation_id=self.report.id)
        first = intake.action_file()
        second = intake.action_file()
        self.assertEqual(first, second)
        self.assertEqual(len(self._request_of(intake)), 1)

    def test_second_click_on_information_given_answers_once(self):
        intake = self._intake()
        intake.action_information_given()
        intake.action_information_given()
        kinds = self._request_of(intake).event_ids.mapped("kind")
        self.assertEqual(kinds.count("oral_answer"), 1)

    def test_every_error_is_said_with_its_field(self):
        intake = self._intake(
            requester_lastname=False,
            reply_email="louise",
            subject=False,
            description=" ",
        )
        with self.assertRaises(ValidationError) as caught:
            intake.action_file()
        lines = str(caught.exception).split("\n")
        self.assertEqual(
            {line.split(":")[0] for line in lines},
            {"Last name", "E-mail address", "Subject", "What the citizen asks"},
        )
        self.assertEqual(intake.state, "input")
        self.assertFalse(self._request_of(intake))

    def test_association_gives_its_rna_number(self):
        intake = self._intake(
            requester_kind="association", requester_organization="Club", subject="Salle"
        )
        with self.assertRaises(ValidationError) as caught:
            intake.action_file()
        self.assertIn("RNA number:", str(caught.exception))

    def test_prestation_not_open_for_the_channel_is_refused(self):
        intake = self._intake(prestation_id=self.by_web_only.id)
        self.assertNotIn(self.by_web_only, intake.open_prestation_ids)
        with self.assertRaises(ValidationError):
            intake.action_file()

    @freeze_time("2026-03-10 09:00:00")
    def test_letter_is_received_on_the_day_of_its_stamp(self):
        intake = self._intake(channel="letter", stamped_on=date(2026, 3, 6))
        intake.action_file()
        request = self._request_of(intake)
        self.assertEqual(request.received_at, datetime(2026, 3, 6, 11))
        self.assertEqual(request._local_day(request.received_at), date(2026, 3, 6))

    @freeze_time("2026-12-31 23:30:00")
    def test_letter_of_the_day_after_midnight_in_paris_is_of_the_new_year(self):
        intake = self._intake(channel="letter")
        self.assertEqual(intake.stamped_on, date(2027, 1, 1))
        intake.action_file()
        request = self._request_of(intake)
        self.assertEqual(request.received_at, datetime(2026, 12, 31, 23, 30))

    @freeze_time("2026-03-10 09:00:00")
    def test_day_of_reception_is_never_in_the_future(self):
        letter = self._intake(channel="letter", stamped_on=date(2026, 3, 11))
        with self.assertRaises(ValidationError) as caught:
            letter.action_file()
        self.assertIn("Day of the stamp:", str(caught.exception))
        call = self._intake(received_at=datetime(2026, 3, 10, 9, 1))
        with self.assertRaises(ValidationError) as caught:
            call.action_file()
        self.assertIn("Received on:", str(caught.exception))

    def test_files_handed_over_belong_to_the_request_only(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.desk_agent)
            .create({"name": "trou.png", "raw": _PNG, "res_model": "grc.desk.intake"})
        )
        intake = self._intake(
            channel="desk",
            prestation_id=self.report.id,
            attachment_ids=[(6, 0, attachment.ids)],
        )
        intake.action_file()
        self.assertEqual(
            self._request_of(intake).document_ids.mapped("name"), ["trou.png"]
        )
        self.assertFalse(attachment.exists())

    def test_file_of_a_forbidden_format_is_refused_by_name(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.desk_agent)
            .create({"name": "jeu.exe", "raw": b"MZ\x90\x00\x03\x00\x00\x00"})
        )
        intake = self._intake(attachment_ids=[(6, 0, attachment.ids)])
        with self.assertRaises(ValidationError) as caught:
            intake.action_file()
        self.assertIn("jeu.exe", str(caught.exception))

    def test_information_given_is_recorded_answered_and_closed(self):
        intake = self._intake(
            prestation_id=self.report.id,
            requester_lastname=False,
            requester_firstname=False,
            description=False,
            answer="Les horaires.",
        )
        action = intake.action_information_given()
        request = self._request_of(intake)
        self.assertRecordValues(
            request,
            [
                {
                    "nature": "question",
                    "state": "closed",
                    "outcome": "answered",
                    "outcome_reason": "Les horaires.",
                    "requester_name": "Anonymous",
                    "decided_by_id": self.desk_agent.id,
                }
            ],
        )
        self.assertIn(request.name, action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_model"], "grc.desk.intake")
        self.assertIn("oral_answer", request.event_ids.mapped("kind"))

    def test_sheet_of_the_citizen_is_created_from_what_was_typed(self):
        intake = self._intake(
            requester_lastname="Moreau",
            requester_firstname="Paul",
            phone="01 99 00 77 88",
            reply_email="paul.moreau@example.com",
        )
        intake.action_create_citizen()
        self.assertRecordValues(
            intake.partner_id.sudo(),
            [
                {
                    "name": "Paul Moreau",
                    "is_grc_citizen": True,
                    "email": "paul.moreau@example.com",
                    "phone": "01 99 00 77 88",
                    "company_id": self.company.id,
                }
            ],
        )
        created = intake.partner_id
        intake.action_create_citizen()
        self.assertEqual(intake.partner_id, created)

    def test_sheet_of_the_citizen_needs_a_name(self):
        intake = self._intake(requester_lastname=False)
        with self.assertRaises(ValidationError):
            intake.action_create_citizen()
