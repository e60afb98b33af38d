from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .silence_common import SilenceCommon

MODELS = {
    "grc.request.reasons": {"asked_on": "2026-11-18"},
    "grc.request.withdrawal": {"reason": "The plan forbids it."},
}


@tagged("grc_security")
class TestSilenceWizardsAccess(SilenceCommon, AccessCommon):
    """The windows of silence: on the requests of the agent, and for her eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._file(cls.svr, partner_id=cls.citizen.partner_id)
        cls.social = cls._file(cls.social_prestation)

    def _open(self, model, request, user):
        vals = {"request_id": request.id} | MODELS[model]
        return self._as(self.env[model], user).create(vals)

    def test_on_the_requests_of_the_agent_only(self):
        for model in MODELS:
            with self.subTest(model=model):
                self._open(model, self.own, self.agent)
                self._open(model, self.own, self.service_head)
                for request, user in (
                    (self.own, self.other_agent),
                    (self.own, self.other_company_agent),
                    (self.own, self.citizen),
                    (self.own, self.other_citizen),
                    (self.own, self.public),
                    (self.own, self.plain_user),
                    (self.social, self.agent),
                    (self.social, self.manager),
                ):
                    with self.assertRaises(AccessError):
                        self._open(model, request, user)

    def test_the_front_desk_records_but_does_not_withdraw(self):
        self._open("grc.request.reasons", self.own, self.desk_agent)
        with self.assertRaises(AccessError):
            self._open("grc.request.withdrawal", self.own, self.desk_agent)

    def test_for_the_eyes_of_the_agent_only(self):
        for model in MODELS:
            wizard = self._open(model, self.own, self.agent)
            with self.subTest(model=model):
                self.assertTrue(wizard.has_access("read"))
                with self.assertRaises(AccessError):
                    wizard.request_id = self.social
                for user in (self.service_head, self.other_agent, self.manager):
                    other = self._as(wizard, user)
                    self.assertFalse(other.search([("id", "=", wizard.id)]))
                    self.assertFalse(other.has_access("write"))

    def test_a_citizen_does_none_of_it(self):
        request = self._as(self.own, self.citizen)
        for method, args in (
            ("_ask_reasons", ("2026-11-18",)),
            ("_withdraw_acceptance", ("Because.",)),
        ):
            with self.assertRaises(AccessError):
                getattr(request, method)(*args)
