from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules.refusal import Refused
from .common import IdentityHttpCommon

_COMMON = "odoo.addons.grc_franceconnect.controllers.common"


@tagged("post_install", "-at_install")
class TestIdentityAlerts(IdentityHttpCommon):
    """Who is called when a case waits, and when our settings fail."""

    def calls(self, case=None):
        domain = [("res_model", "=", "grc.identity.case")]
        if case:
            domain.append(("res_id", "in", case.ids))
        return self.env["mail.activity"].search(domain)

    def told(self, key):
        return self.env["mail.activity"].search([("grc_key", "=", key)])

    def open_case(self):
        self._citizen_known(level="declared")
        self.connect()
        return self.case()

    def incidents(self, kind="client"):
        return self.told(f"identity-incident:{self.provider.id}:{kind}")

    # === CASES === #

    def test_identity_managers_are_called_once_for_each_case(self):
        second = self._user("second_manager", "grc_franceconnect.group_grc_identity")
        far = self._user(
            "far_manager", "grc_franceconnect.group_grc_identity", self.far_town
        )
        case = self.open_case()
        users = self.calls(case).user_id
        self.assertEqual(len(self.calls(case)), len(users))
        self.assertLessEqual(self.identity_manager | second, users)
        self.assertFalse(users & (far | self.agent | self.manager))
        text = "".join(self.calls(case).mapped(lambda a: f"{a.summary}{a.note}"))
        self.assertNotIn("Bernard", text)
        own = self.calls(case).filtered(lambda a: a.user_id == second)
        self.assertTrue(own.with_user(second).has_access("read"))

    def test_two_candidates_are_two_calls(self):
        self._citizen_known()
        self._citizen_known()
        self.connect()
        for case in self.case():
            self.assertIn(self.identity_manager, self.calls(case).user_id)

    def test_the_calls_end_with_the_case(self):
        self._user("second_manager", "grc_franceconnect.group_grc_identity")
        case = self.open_case()
        self.assertTrue(self.calls(case))
        own = self._as(case, self.identity_manager)
        own.decision_reason = "Two persons, seen."
        self.assertTrue(self.calls(case))
        own.action_keep_apart()
        self.assertFalse(self.calls(case))

    def test_the_citizen_waits_for_no_mail_server(self):
        before = self.env["mail.mail"].search_count([])
        self.open_case()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_without_identity_manager_an_administrator_is_called_once(self):
        group = self.env.ref("grc_franceconnect.group_grc_identity")
        group.all_user_ids.write({"group_ids": [Command.unlink(group.id)]})
        case = self.open_case()
        self.fake.sub = "d" * 64 + "v1"
        self.sign_in()
        self.connect()
        self.assertFalse(self.calls(self.case()))
        told = self.told(f"identity-managers:{self.town.id}")
        self.assertEqual(told.user_id, self.manager)
        self.assertEqual(len(told), 1)
        self.assertNotIn(case.candidate_id.name, told.note)
        self.assertTrue(told.with_user(self.manager).has_access("read"))
        told.unlink()
        self.fake.sub = "e" * 64 + "v1"
        self.sign_in()
        self.connect()
        self.assertTrue(self.told(f"identity-managers:{self.town.id}"))

    # === INCIDENTS === #

    def fail_by_our_secret(self):
        self.provider.new_secret = "another-secret"
        with mute_logger(_COMMON):
            self.assertEqual(self.motive(self.connect()), "configuration")

    def test_a_wrong_secret_calls_the_administrators_once(self):
        self.fail_by_our_secret()
        told = self.incidents()
        self.assertEqual(told.user_id, self.manager)
        self.assertIn("secret", told.note)
        self.assertIn(self.provider.name, told.summary)
        for personal in ("Bernard", "Amélie", self.fake.sub, "another-secret"):
            self.assertNotIn(personal, f"{told.summary}{told.note}")
        self.sign_in()
        self.fail_by_our_secret()
        self.assertEqual(self.incidents(), told)
        self.assertFalse(self.incidents("scope"))

    def test_another_kind_and_another_provider_are_other_calls(self):
        self.fail_by_our_secret()
        query = self.fake.authorize(self.leave())
        del query["code"]
        with mute_logger(_COMMON):
            self.come_back(query | {"error": "invalid_scope"})
        self.assertTrue(self.incidents("scope"))
        self.assertTrue(self.incidents())

    def test_once_it_is_done_it_is_said_again(self):
        self.fail_by_our_secret()
        self.incidents().action_done()
        self.sign_in()
        self.fail_by_our_secret()
        self.assertEqual(len(self.incidents()), 1)

    def test_what_is_not_ours_to_mend_calls_nobody(self):
        before = self.env["mail.activity"].search_count([])
        query = self.fake.authorize(self.leave())
        del query["code"]
        for error in ("access_denied", "temporarily_unavailable", "new_error"):
            self.come_back(query | {"error": error})
        self.fake.faults.add("down")
        self.sign_in()
        self.connect_down()
        self.assertEqual(self.env["mail.activity"].search_count([]), before)

    def connect_down(self):
        data = {"csrf_token": self.token_of()}
        self.post("/franceconnect/connexion", data)

    def test_each_kind_says_what_to_do_and_nothing_of_what_came(self):
        texts = self.provider._incident_texts()
        for kind, (what, to_do) in texts.items():
            with self.subTest(kind=kind):
                self.assertTrue(what)
                self.assertIn("Configuration", to_do)

    def test_a_failing_transaction_keeps_the_call(self):
        path = "odoo.addons.grc_franceconnect.models.grc_identity_client_mixin"
        mixin = f"{path}.GrcIdentityClientMixin._verify_return"
        with patch(mixin, side_effect=Refused("acr")), mute_logger(_COMMON):
            self.assertEqual(self.motive(self.connect()), "configuration")
        self.assertTrue(self.incidents("level"))

    def test_an_incident_that_cannot_be_written_does_not_reach_the_citizen(self):
        provider = self.env.registry["grc.identity.provider"]
        with (
            patch.object(provider, "_is_first_to_report", return_value=False),
            mute_logger(_COMMON),
        ):
            self.provider.new_secret = "another-secret"
            self.assertEqual(self.motive(self.connect()), "configuration")
        self.assertFalse(self.incidents())
