from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.tools import mute_logger

from .common import DECLARED, GrcCommon

NIR = "1 85 05 78 006 084 91"


class TestIntakeErrors(GrcCommon):
    """Each mistake is told at its field; nothing is refused by mail."""

    def _errors(self, channel="portal", **vals):
        declared = DECLARED | {"prestation_id": self.prestation.id} | vals
        return self.env["grc.request"]._intake_errors(declared, channel)

    def test_a_complete_sending_has_no_error(self):
        self.assertEqual(self._errors(), {})

    def test_each_missing_fact_is_told_at_its_field(self):
        for name in (
            "subject",
            "description",
            "requester_lastname",
            "requester_firstname",
            "street",
            "zip",
            "city",
            "email_used",
            "prestation_id",
        ):
            for empty in (False, None, *(() if name == "prestation_id" else ("  ",))):
                with self.subTest(field=name, value=empty):
                    self.assertEqual(list(self._errors(**{name: empty})), [name])

    def test_all_the_errors_are_told_at_once(self):
        self.assertEqual(
            set(self.env["grc.request"]._intake_errors({}, "portal")),
            {
                "subject",
                "description",
                "requester_lastname",
                "requester_firstname",
                "street",
                "zip",
                "city",
                "email_used",
                "prestation_id",
            },
        )

    def test_a_company_gives_its_siret_and_an_association_its_rna(self):
        company = {"requester_kind": "company", "requester_organization": "SARL Ode"}
        self.assertEqual(list(self._errors(**company)), ["requester_siret"])
        self.assertEqual(
            list(self._errors(requester_siret="73282932000075", **company)),
            ["requester_siret"],
        )
        good = company | {"requester_siret": "732 829 320 00074"}
        self.assertEqual(self._errors(**good), {})
        club = {"requester_kind": "association", "requester_organization": "Ode"}
        self.assertEqual(list(self._errors(**club)), ["requester_rna"])
        self.assertEqual(
            list(self._errors(requester_rna="751234567", **club)), ["requester_rna"]
        )
        self.assertEqual(self._errors(requester_rna="w2A1234567", **club), {})
        self.assertEqual(
            list(self._errors(**good | {"requester_organization": ""})),
            ["requester_organization"],
        )

    def test_an_address_is_one_whole_address(self):
        for address in ("alice", "alice@", "a@b", "a@example.com, b@example.com"):
            for name in ("email_used", "reply_email"):
                with self.subTest(field=name, address=address):
                    self.assertEqual(list(self._errors(**{name: address})), [name])
        self.assertEqual(self._errors(reply_email=" other@example.com "), {})

    def test_a_prestation_is_filed_by_its_open_channels_only(self):
        self.prestation.is_open_phone = False
        self.assertEqual(list(self._errors("phone")), ["prestation_id"])
        self.assertEqual(self._errors("desk"), {})
        self.prestation.action_unpublish()
        self.assertEqual(list(self._errors("desk")), ["prestation_id"])

    def test_by_phone_a_name_and_what_is_asked_are_enough(self):
        self.assertEqual(
            set(self.env["grc.request"]._intake_errors({}, "phone")),
            {"subject", "description", "requester_lastname"},
        )

    def test_a_reception_in_the_future_is_refused(self):
        now = fields.Datetime.now()
        late = {"received_at": now + timedelta(hours=1)}
        self.assertEqual(list(self._errors("letter", **late)), ["received_at"])
        past = {"received_at": now - timedelta(days=3)}
        self.assertEqual(self._errors("letter", **past), {})

    def test_a_mail_is_never_refused(self):
        self.assertEqual(self.env["grc.request"]._intake_errors({}, "mail"), {})


class TestIntake(GrcCommon):
    def test_the_errors_refuse_the_sending(self):
        with self.assertRaises(ValidationError) as caught:
            self._file(subject="", description="")
        self.assertIn("Say in a few words", str(caught.exception))
        self.assertIn("Write your request.", str(caught.exception))

    def test_an_unknown_fact_is_refused(self):
        for name in ("state", "outcome", "name", "company_id", "stage_id"):
            with self.assertRaises(ValueError) as caught:
                self._file(**{name: "x"})
            self.assertIn(name, str(caught.exception))

    @freeze_time("2026-09-15 08:30:00")
    def test_what_is_recorded(self):
        request = self._file(files=[("plan.txt", b"My garden")])
        self.assertRecordValues(
            request,
            [
                {
                    "company_id": self.town.id,
                    "service_id": self.service.id,
                    "nature": "request",
                    "channel": "portal",
                    "state": "received",
                    "received_at": datetime(2026, 9, 15, 8, 30),
                    "requester_name": "Alice Martin",
                    "answer_email": "alice.martin@example.com",
                    "partner_id": False,
                    "filed_by_id": self.env.uid,
                }
            ],
        )
        self.assertEqual(request.stage_id, request.circuit_id._first_step())
        received = request.event_ids.sorted("sequence")[0]
        self.assertEqual(received.kind, "received")
        self.assertEqual(received.payload["service"], "Green spaces")
        self.assertEqual(received.payload["documents"][0][0], "plan.txt")

    @freeze_time("2026-12-31 23:30:00")
    def test_the_number_has_the_year_of_the_town(self):
        # Already 2027 in Paris, still 2026 in Martinique.
        self.assertRegex(self._file().name, r"^2027-\d{6}$")
        self.far_town.grc_timezone = "America/Martinique"
        self.assertRegex(self._file(self.far_prestation).name, r"^2026-\d{6}$")

    def test_numbers_follow_each_other(self):
        first, second = (int(self._file().name[5:]) for _time in range(2))
        self.assertEqual(second, first + 1)

    def test_the_server_dates_what_comes_electronically(self):
        old = datetime(2026, 1, 1)
        now = fields.Datetime.now()
        self.assertGreaterEqual(self._file(received_at=old).received_at, now)
        self.assertEqual(self._file(channel="letter", received_at=old).received_at, old)

    def test_an_empty_mail_becomes_a_request_of_the_front_desk(self):
        request = self.env["grc.request"]._intake(
            {"email_used": "x@example.com", "language": "en_US"}, "mail"
        )
        self.assertEqual(request.subject, "(no subject)")
        self.assertEqual(request.service_id, self.desk_service)
        self.assertEqual(request.nature, "question")
        self.assertEqual(request.requester_name, "x@example.com")

    def test_a_number_of_social_security_is_masked(self):
        request = self._file(
            subject=f"Card {NIR}",
            description=f"My number is {NIR}.",
            files=[(f"card {NIR}.txt", b"text")],
        )
        mask = "[numéro de sécurité sociale masqué]"
        self.assertEqual(request.subject, f"Card {mask}")
        self.assertEqual(request.description, f"My number is {mask}.")
        piece = request.document_ids.filtered(lambda doc: doc.kind == "piece")
        self.assertEqual(piece.name, f"card {mask}.txt")
        self.assertEqual(piece.attachment_id.name, f"card {mask}.txt")
        request._citizen_reply(f"Again {NIR}")
        texts = [
            request.message_ids.mapped("body"),
            request.event_ids.mapped("payload"),
            request.delivery_ids.mapped("body"),
        ]
        self.assertNotIn(NIR, str(texts))

    def test_identifiers_are_kept_without_separators(self):
        company = self._file(
            requester_kind="company",
            requester_organization="SARL Ode",
            requester_siret="732 829 320 00074",
        )
        self.assertEqual(company.requester_siret, "73282932000074")
        self.assertEqual(company.requester_name, "SARL Ode")
        club = self._file(
            requester_kind="association",
            requester_organization="Ode",
            requester_rna="w 75 1234567",
        )
        self.assertEqual(club.requester_rna, "W751234567")

    def test_a_language_that_is_not_installed_is_never_used(self):
        for declared in ("it_IT", "xx_XX", False):
            request = self._file(language=declared)
            self.assertTrue(self.env["res.lang"]._get_data(code=request.language))
        self.assertEqual(self._file(language="en_US").language, "en_US")
        english = type(self.env["res.lang"])._get_data
        with patch.object(
            type(self.env["res.lang"]),
            "_get_data",
            lambda langs, code=None: code == "en_US" and english(langs, code=code),
        ):
            self.assertEqual(
                self.env["grc.request"]._intake_language("fr_FR", self.town), "en_US"
            )


class TestIdempotency(GrcCommon):
    def test_the_same_sending_twice_is_one_request(self):
        first = self._file(key="abc", files=[("a.txt", b"text")])
        facts = (len(first.event_ids), len(first.delivery_ids), first.document_count)
        again = self._file(key="abc", subject="", files=[("b.txt", b"other")])
        self.assertEqual(again, first)
        self.assertEqual(
            (len(first.event_ids), len(first.delivery_ids), first.document_count),
            facts,
        )

    def test_another_key_or_town_is_another_request(self):
        first = self._file(key="abc")
        self.assertNotEqual(self._file(key="abd"), first)
        self.assertNotEqual(self._file(self.far_prestation, key="abc"), first)

    def test_without_key_each_sending_is_a_request(self):
        self.assertNotEqual(self._file(), self._file())

    def test_of_two_at_once_the_second_waits(self):
        self._file(key="abc")
        with self.registry.cursor() as other:
            self.assertFalse(self._try_lock(other, f"{self.town.id}/abc"))
            self.assertTrue(self._try_lock(other, f"{self.town.id}/abd"))

    def test_the_second_starts_again_when_it_could_not_see_the_first(self):
        """Its transaction began before the first ended: core runs it again."""
        request = self._file(key="abc")
        self.env.flush_all()
        blind = patch.object(
            type(request), "search", lambda records, *args, **kwargs: records.browse()
        )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ConcurrencyError),
            self.env.cr.savepoint(),
            blind,
        ):
            self._file(key="abc")
        self.assertEqual(self._file(key="abc"), request)

    def _try_lock(self, cr, key):
        cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            (f"grc.request/{key}",),
        )
        return cr.fetchone()[0]
