from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .sve_common import SveCommon

MODEL = "grc.acknowledgement"


@tagged("grc_security")
class TestAcknowledgementAccess(SveCommon, AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.citizen.partner_id
        cls.own = cls._file(cls.svr, partner_id=partner)
        cls.shared = cls._file(cls.svr)
        cls.shared.shared_service_ids = cls.other_service
        cls.of_attached = cls._file(cls.attached_prestation)
        cls.social = cls._file(cls.social_prestation, partner_id=partner)
        cls.far = cls._file(cls.far_prestation)

    def _assert(self, request, *personas):
        [acknowledgement] = request.acknowledgement_ids
        self.assert_matrix(acknowledgement, **dict.fromkeys(personas, "r"))

    def test_own_near_miss_and_foreign(self):
        town = ("service_head", "manager", "desk_agent")
        self._assert(self.own, "agent", *town)
        self._assert(self.shared, "agent", "other_agent", *town)
        self._assert(self.of_attached, "attached_agent", *town)
        self._assert(self.social, "social_agent")
        self._assert(self.far, "other_company_agent")

    def test_nobody_writes_one(self):
        vals = {
            "request_id": self.own.id,
            "kind": "aee",
            "issued_at": "2026-01-01",
            "mentions": {},
        }
        self.assert_never(self.own.acknowledgement_ids, vals)

    def test_only_an_agent_of_the_request_acknowledges(self):
        request = self._file(self.svr, "mail", is_suspect=True)
        request.partner_id = self.citizen.partner_id
        for user in (
            self.other_agent,
            self.social_agent,
            self.other_company_agent,
            self.citizen,
            self.other_citizen,
            self.public,
        ):
            with self.assertRaises(AccessError):
                self._as(request, user).action_acknowledge()
        self.assertFalse(request.acknowledgement_ids)
        self._as(request, self.agent).action_acknowledge()
        self.assertTrue(request.acknowledgement_ids)

    def test_the_citizen_reads_the_day_but_not_the_last_day_of_appeal(self):
        own = self._as(self.own, self.citizen)
        self.assertTrue(own.read(["implicit_on", "received_on", "ack_state"]))
        for name in ("appeal_last_day", "legal_explanation"):
            with self.assertRaises(AccessError):
                own.read([name])
            with self.assertRaises(AccessError):
                own.search([(name, "!=", False)])
