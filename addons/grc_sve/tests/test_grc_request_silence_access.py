from odoo.exceptions import AccessError
from odoo.tests import tagged

from .wizard_access_common import WizardAccessCommon

MODELS = {
    "grc.request.reasons": {"asked_on": "2026-11-18"},
    "grc.request.withdrawal": {"reason": "The plan forbids it."},
}


@tagged("grc_security")
class TestSilenceWizardsAccess(WizardAccessCommon):
    """The windows of silence: on the requests of the agent, and for her eyes."""

    windows = MODELS

    def test_on_the_requests_of_the_agent_only(self):
        self.assert_near_misses(self.agent, self.service_head)

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
