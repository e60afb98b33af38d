from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .sve_common import SveCommon


@tagged("grc_security")
class TestRegisterAccess(SveCommon, AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._file(cls.svr, partner_id=cls.citizen.partner_id)
        cls.of_attached = cls._file(cls.attached_prestation)
        cls.social = cls._file(cls.social_prestation, subject="Help with the rent")
        cls.far = cls._file(cls.far_prestation)
        cls.findings = cls.env["grc.register.finding"]

    def _finding(self, request):
        return self.findings._record(
            [
                {
                    "kind": "history",
                    "company_id": request.company_id.id,
                    "request_id": request.id,
                    "number": request.name,
                    "event_sequence": 1,
                }
            ]
        )

    def test_findings(self):
        self.assert_matrix(
            self._finding(self.own),
            **dict.fromkeys(("agent", "service_head", "manager"), "r"),
        )
        self.assert_matrix(
            self._finding(self.of_attached),
            **dict.fromkeys(("attached_agent", "service_head", "manager"), "r"),
        )
        self.assert_matrix(
            self._finding(self.social),
            **dict.fromkeys(("social_agent", "manager"), "r"),
        )
        self.assert_matrix(self._finding(self.far), other_company_agent="r")

    def test_what_is_found_does_not_say_what_was_asked(self):
        finding = self._as(self._finding(self.social), self.manager)
        self.assertEqual(finding.display_name, self.social.name)
        with self.assertRaises(AccessError):
            finding.read(["request_id"])
        self.assertNotIn("rent", str(finding.read()))

    def test_nobody_writes_a_finding_or_a_seal(self):
        vals = {"kind": "day", "company_id": self.town.id, "found_at": "2026-01-01"}
        self.assert_never(self._finding(self.own), vals)
        seal = self.env["grc.register.seal"]._seal_next(self.town)
        self.assert_never(
            seal,
            {
                "company_id": self.town.id,
                "sequence": 99,
                "sealed_on": "2026-01-01",
                "sealed_at": "2026-01-01",
                "request_count": 0,
                "entries": [],
                "head_hash": "0",
            },
        )

    def test_seals(self):
        seal = self.env["grc.register.seal"]._seal_next(self.town)
        self.assert_matrix(seal, manager="r")
        with self.assertRaises(AccessError):
            self._as(seal, self.manager).read(["entries"])
        far_seal = self.env["grc.register.seal"]._seal_next(self.far_town)
        self.assert_matrix(far_seal)

    def test_windows_are_for_the_eyes_of_whoever_opened_them(self):
        for model, opener, others in (
            ("grc.register.export", self.agent, (self.other_agent, self.manager)),
            ("grc.register.verification", self.manager, (self._second_manager(),)),
        ):
            window = self._as(self.env[model], opener).create({})
            self.assertTrue(window.has_access("read"))
            for user in others:
                other = self._as(window, user)
                self.assertFalse(other.search([("id", "=", window.id)]))
                self.assertFalse(other.has_access("write"))
                self.assertFalse(other.has_access("read"))

    def _second_manager(self):
        return self._user("manager_two", "grc_base.group_grc_manager")

    def test_only_a_manager_verifies_the_register(self):
        for user in (
            self.agent,
            self.service_head,
            self.desk_agent,
            self.citizen,
            self.plain_user,
        ):
            with self.assertRaises(AccessError):
                self._as(self.env["grc.register.verification"], user).create({})

    def test_a_manager_verifies_her_town_and_names_what_is_broken(self):
        windows = self._as(self.env["grc.register.verification"], self.manager)
        window = Form(windows).save()
        window.action_verify()
        self.assertEqual((window.state, window.finding_count), ("sound", 0))
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE grc_request_event DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE grc_request_event SET happened_on = '2020-01-01'"
            " WHERE request_id = %s AND sequence = 2",
            (self.social.id,),
        )
        self.env.cr.execute("ALTER TABLE grc_request_event ENABLE TRIGGER USER")
        self.env.invalidate_all()
        window = windows.create({})
        window.action_verify()
        self.assertEqual((window.state, window.finding_count), ("broken", 1))
        self.assertIn(self.social.name, window.result)
        self.assertIn("event 2", window.result)
        self.assertNotIn("rent", window.result)
        with self.assertRaises(AccessError):
            windows.create({"company_id": self.far_town.id}).action_verify()

    def test_who_verifies_one_history(self):
        self._as(self.own, self.agent).action_verify_history()
        self._as(self.own, self.desk_agent).action_verify_history()
        for user in (
            self.other_agent,
            self.social_agent,
            self.other_company_agent,
            self.other_citizen,
            self.public,
        ):
            with self.assertRaises(AccessError):
                self._as(self.own, user).action_verify_history()

    def test_the_citizen_reads_the_days_but_not_the_seals(self):
        own = self._as(self.own, self.citizen)
        self.assertTrue(own.read(["are_sent_on", "aee_sent_on"]))
        for name in ("chain_head", "seal_id"):
            with self.assertRaises(AccessError):
                own.read([name])

    def test_the_code_of_a_document_is_never_changed(self):
        [acknowledgement] = self.own.acknowledgement_ids
        self.assertRegex(acknowledgement.verification_code, "^[0-9a-f]{20}$")
        with self.assertRaises(UserError):
            acknowledgement.verification_code = "0" * 20
        with self.assertRaises(UserError):
            self.own.write(
                {
                    "acknowledgement_ids": [
                        Command.update(
                            acknowledgement.id, {"verification_code": "0" * 20}
                        )
                    ]
                }
            )
