from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .transfer_common import TransferCommon

MODELS = ("grc.administration", "grc.blocked.sender", "grc.transfer")
WINDOWS = (
    "grc.request.transfer",
    "grc.request.transfer.reception",
    "grc.request.wrong.channel",
    "grc.request.abuse",
    "grc.request.appeal",
)


@tagged("grc_security")
class TestTransferAccess(TransferCommon, AccessCommon):
    """Who sees and does what of transfers, blocked senders and the directory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.citizen.partner_id
        cls.own = cls._file(cls.svr, partner_id=partner)
        cls.shared = cls._file(cls.svr)
        cls.shared.shared_service_ids = cls.other_service
        cls.of_attached = cls._file(cls.attached_prestation)
        cls.social = cls._file(cls.social_prestation, partner_id=partner)
        cls.everybody = cls.own | cls.shared | cls.of_attached | cls.social

    def _assert(self, record, *personas):
        self.assert_matrix(record, **dict.fromkeys(personas, "r"))

    def test_a_transfer_is_seen_with_its_request(self):
        town = ("service_head", "manager", "desk_agent")
        transfers = {
            request: request._transfer(self.department, "Why.")
            for request in self.everybody
        }
        self._assert(transfers[self.own], "agent", *town)
        self._assert(transfers[self.shared], "agent", "other_agent", *town)
        self._assert(transfers[self.of_attached], "attached_agent", *town)
        self._assert(transfers[self.social], "social_agent")

    def test_a_blocked_sender_is_seen_with_its_request(self):
        town = ("service_head", "manager", "desk_agent")
        month = self.own._local_day() + timedelta(days=30)
        for request in self.own | self.social:
            request._qualify_abusive("number", "Facts.", "Message.")
            request._block_sender(month, month)
        self._assert(self.own.blocked_sender_ids, "agent", *town)
        self._assert(self.social.blocked_sender_ids, "social_agent")
        with self.assertRaises(AccessError):
            self._as(self.social.blocked_sender_ids, self.manager).action_lift()

    def test_managers_keep_the_directory(self):
        readers = ("agent", "other_agent", "attached_agent", "social_agent")
        readers += ("service_head", "desk_agent")
        self.assert_matrix(
            self.department, **dict.fromkeys(readers, "r"), manager="rwcu"
        )
        far = self.department.copy({"name": "Far", "company_id": self.far_town.id})
        self.assert_matrix(far, other_company_agent="r")

    def test_nobody_writes_a_transfer_nor_the_list_by_hand(self):
        transfer = self.own._transfer(self.department, "Why.")
        month = self.own._local_day() + timedelta(days=30)
        self.shared._qualify_abusive("number", "Facts.", "Message.")
        blocked = self.shared._block_sender(month, month)
        for record in (transfer, blocked):
            for user in self.personas.values():
                own = self._as(record, user)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(own.has_access(operation), user.login)

    def test_only_an_agent_of_the_request_transfers(self):
        for user in (
            self.other_agent,
            self.attached_agent,
            self.social_agent,
            self.other_company_agent,
            self.plain_user,
            self.citizen,
            self.other_citizen,
            self.public,
        ):
            mine = self._as(self.own, user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine._transfer(self.department, "Why.")
        self.assertFalse(self.own.transfer_ids)
        transfer = self._as(self.own, self.agent)._transfer(self.department, "Why.")
        with self.assertRaises(AccessError):
            self._as(transfer, self.other_agent)._record_reception(transfer.sent_on)

    def test_the_citizen_reads_the_request_but_not_the_transfer(self):
        self.own._transfer(self.department, "Why.")
        own = self._as(self.own, self.citizen)
        self.assertEqual(own.outcome, "redirected")
        labels = [line["detail"] for line in own._timeline()]
        self.assertIn("Departmental council", labels)
        for name in ("abusive_reason", "appeal_effect", "blocked_sender_ids"):
            with self.assertRaises(AccessError):
                own.read([name])

    def _vals(self, model, request):
        return {"request_id": request.id} | {
            "grc.request.transfer": {
                "administration_id": self.department.id,
                "reason": "x",
            },
            "grc.request.transfer.reception": {"received_on": "2026-01-01"},
            "grc.request.wrong.channel": {"message": "x"},
            "grc.request.abuse": {"ground": "number", "reason": "x"},
            "grc.request.appeal": {"text": "x"},
        }[model]

    def test_windows_on_the_requests_of_the_agent_only(self):
        for model in WINDOWS:
            for request, user in (
                (self.own, self.other_agent),
                (self.own, self.other_company_agent),
                (self.own, self.citizen),
                (self.own, self.public),
                (self.own, self.plain_user),
                (self.social, self.service_head),
                (self.social, self.manager),
                (self.social, self.desk_agent),
            ):
                windows = self._as(self.env[model], user)
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        windows.create(self._vals(model, request))
                    with self.assertRaises(AccessError):
                        windows.with_context(default_request_id=request.id).onchange(
                            {}, [], {"request_id": {"fields": {"display_name": {}}}}
                        )

    def test_windows_for_the_eyes_of_who_opened_them(self):
        for model in WINDOWS:
            window = self._as(self.env[model], self.service_head).create(
                self._vals(model, self.own)
            )
            with self.subTest(model=model):
                self.assertTrue(window.has_access("read"))
                other = self._as(window, self.manager)
                self.assertFalse(other.search([("id", "=", window.id)]))
                self.assertFalse(other.has_access("write"))

    def test_citizens_reach_none_of_it(self):
        for model in MODELS + WINDOWS:
            for user in (self.citizen, self.public, self.plain_user):
                with self.subTest(model=model, user=user.login):
                    records = self._as(self.env[model], user)
                    self.assertFalse(records.has_access("read"))
                    self.assertFalse(records.has_access("create"))

    def test_an_agent_does_not_judge(self):
        for user in (self.agent, self.desk_agent):
            with self.assertRaises(AccessError):
                self._as(self.env["grc.request.abuse"], user).create(
                    self._vals("grc.request.abuse", self.own)
                )
