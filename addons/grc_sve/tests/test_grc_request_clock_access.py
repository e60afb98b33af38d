from odoo.exceptions import AccessError
from odoo.tests import tagged

from .wizard_access_common import WizardAccessCommon

MODELS = {
    "grc.request.distance": {"months": "1", "reason": "She lives in Nouméa."},
    "grc.request.publication": {"where": "Website", "published_on": "2026-09-16"},
    "grc.request.decision.day": {"decided_on": "2026-11-10", "reason": "The order."},
}
HEADS_ONLY = "grc.request.decision.day"


@tagged("grc_security")
class TestClockWizardsAccess(WizardAccessCommon):
    """The windows that correct the clock: near-miss personas."""

    windows = MODELS

    def test_on_the_requests_of_the_agent_only(self):
        self.assert_near_misses(self.service_head)

    def test_only_heads_correct_the_day_of_a_decision(self):
        for model in MODELS:
            for user in (self.agent, self.desk_agent):
                if model == HEADS_ONLY:
                    with self.assertRaises(AccessError):
                        self._open(model, self.own, user)
                else:
                    self._open(model, self.own, user)

    def test_for_the_eyes_of_who_opened_it(self):
        for model in MODELS:
            wizard = self._open(model, self.own, self.service_head)
            with self.subTest(model=model):
                self.assertTrue(wizard.has_access("read"))
                with self.assertRaises(AccessError):
                    wizard.request_id = self.social
                for user in (self.agent, self.other_agent, self.manager):
                    other = self._as(wizard, user)
                    self.assertFalse(other.has_access("write"))

    def test_a_citizen_does_none_of_it(self):
        request = self._as(self.own, self.citizen)
        for method, args in (
            ("_set_distance", (1, "I live far.")),
            ("_record_publication", (self.own.received_on, "Website")),
            ("_record_decision_day", (self.own.received_on, "Because.")),
        ):
            with self.assertRaises(AccessError):
                getattr(request, method)(*args)
