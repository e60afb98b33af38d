from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestRecognition(IdentityHttpCommon):
    """Who is recognised, who waits for an agent, and what the agent decides."""

    def with_login(self, partner):
        self.citizen.partner_id = partner
        return self.citizen

    def test_a_record_checked_at_the_counter_is_found(self):
        known = self._citizen_known()
        request = self._file(partner_id=known)
        self.connect()
        self.assertEqual(self.identity().partner_id, known)
        self.assertIn(request.name, self.page("/my/demandes").text())
        self.assertEqual(known.grc_identity_level, "franceconnect")
        self.assertFalse(self.case())

    def test_a_record_of_another_town_is_not_found(self):
        self._citizen_known(company_id=self.far_town.id)
        self.connect()
        self.assertFalse(self.case())

    def test_homonyms_and_twins_are_kept_apart(self):
        self._citizen_known(grc_birth_place_code="59350")
        self._citizen_known(grc_given_names="Louise, Claire")
        self.connect()
        self.assertFalse(self.case())

    def test_two_that_fit_wait_for_an_agent(self):
        both = self._citizen_known() | self._citizen_known()
        self.connect()
        self.assertEqual(self.case().candidate_id, both)
        self.assertNotIn(self.identity().partner_id, both)

    def test_a_change_of_gender_waits_for_an_agent(self):
        known = self._citizen_known(grc_gender="male")
        self.connect()
        self.assertEqual(self.case().candidate_id, known)
        self.assertIn("Different", self.case().comparison)

    def test_a_deceased_citizen_waits_for_an_agent(self):
        self._citizen_known(grc_is_deceased=True)
        self.connect()
        self.assertEqual(self.case().reason, "deceased")

    def test_the_contact_of_an_agent_is_left_alone(self):
        known = self._citizen_known()
        self.agent.partner_id = known
        self.connect()
        self.assertNotEqual(self.identity().partner_id, known)
        self.assertFalse(self.case())

    def test_the_password_of_the_account_finds_it(self):
        user = self.with_login(self._citizen_known())
        path = self.connect("/my/demandes")
        page = self.page(path)
        self.assertNotIn(user.login, page.answer.text)
        data = page.hidden() | {"login": user.login, "password": user.login}
        answer = self.post(path, data)
        self.assertTrue(answer.headers["Location"].endswith("/my/demandes"))
        self.assertEqual(self.identity().user_id, user)
        self.sign_in()
        self.assertEqual(self.connect("/my/demandes"), "/my/demandes")

    def test_the_password_of_another_account_finds_nothing(self):
        self.with_login(self._citizen_known())
        path = self.connect()
        data = self.page(path).hidden()
        other = self.other_citizen.login
        answer = self.post(path, data | {"login": other, "password": other})
        self.assertIn("essai=1", answer.headers["Location"])
        self.assertFalse(self.is_signed_in())

    # === THE AGENT === #

    def decided(self, case, action, reason="I saw the passport."):
        own = self._as(case, self.identity_manager)
        own.decision_reason = reason
        getattr(own, action)()

    def test_an_agent_brings_both_together(self):
        known = self._citizen_known(level="declared")
        request = self._file(partner_id=known)
        self.connect()
        case, fresh = self.case(), self.identity().partner_id
        user = self.identity().user_id
        self.assertIn("Bernard", case.comparison)
        self.decided(case, "action_link")
        self.assertEqual(case.state, "linked")
        self.assertEqual(self.identity().partner_id, known)
        self.assertEqual(user.partner_id, known)
        self.assertFalse(fresh.active)
        self.assertIn(request.name, self.page("/my/demandes").text())
        case.merge_id.with_user(self.identity_manager).with_context(
            allowed_company_ids=self.town.ids
        ).action_undo()
        self.assertEqual(self.identity().partner_id, fresh)
        self.assertEqual(user.partner_id, fresh)
        self.assertEqual(known.grc_identity_level, "declared")

    def test_an_agent_keeps_them_apart(self):
        known = self._citizen_known(level="declared")
        self.connect()
        self.decided(self.case(), "action_keep_apart")
        self.assertFalse(self.case())
        self.assertNotEqual(self.identity().partner_id, known)

    def test_a_decision_wants_a_reason_and_a_manager(self):
        self._citizen_known(level="declared")
        self.connect()
        case = self.case()
        with self.assertRaises(UserError):
            self.decided(case, "action_link", reason=" ")
        with self.assertRaises(AccessError):
            self._as(case, self.agent).action_link()
        with self.assertRaises(UserError):
            self._as(case, self.identity_manager).write({"state": "linked"})

    def test_an_agent_accepts_a_new_civil_status(self):
        self.link(self.citizen)
        self.fake.sub = "e" * 64 + "v1"
        self.fake.person["family_name"] = "LEROY"
        self.sign_in()
        self.connect()
        fresh = self.identity().partner_id
        self.assertFalse(self.case())
        merge = self._as(self.env["grc.citizen.merge"], self.identity_manager).create(
            {
                "company_id": self.town.id,
                "kept_id": self.citizen.partner_id.id,
                "dropped_id": fresh.id,
                "reason": "Record of the civil registry seen.",
            }
        )
        merge.action_merge()
        old = self.identities("ended")
        self.assertEqual(old.ended_reason, "civil_status")
        self.assertEqual(self.identity().user_id, self.citizen)
        self.assertEqual(self.citizen.partner_id.grc_birth_name, "LEROY")
        self.sign_in()
        self.connect()
        self.assertTrue(self.is_signed_in())
        merge.action_undo()
        self.assertEqual(old.state, "active")
        self.assertEqual(self.citizen.partner_id.grc_birth_name, "BERNARD")

    # === CERTIFIED FACTS === #

    def test_a_citizen_does_not_change_what_is_certified(self):
        self.connect()
        partner = self.identity().partner_id
        page = self.page("/my/account")
        self.assertTrue(page.all("//input[@id='o_name'][@readonly]"))
        data = {
            "csrf_token": page.all("//input[@name='csrf_token']")[0].get("value"),
            "partner_id": partner.id,
            "name": "Somebody Else",
            "email": "new@example.org",
            "grc_birth_name": "ELSE",
        }
        self.post("/my/address/submit", data, status=200)
        self.assertEqual(partner.name, "Amélie BERNARD")
        self.assertEqual(partner.grc_birth_name, "BERNARD")
        self.assertEqual(partner.email, "new@example.org")

    def test_an_agent_does_not_change_it_either(self):
        self.connect()
        partner = self.identity().partner_id
        with self.assertRaises(UserError):
            self._as(partner, self.agent).grc_birth_name = "Else"
        self._as(partner, self.identity_manager).grc_birth_name = "Bernard-Roy"

    # === AGENTS' PROVIDER === #

    def test_a_provider_for_agents_opens_agents_only(self):
        agents = self._provider(
            name="ProConnect", kind="oidc", audience="agents", certifies=False
        )
        query = self.fake.authorize(self.leave(provider=agents))
        self.assertEqual(self.motive(self.come_back(query)), "unknown_agent")
        self.sign_in(self.agent)
        data = {
            "csrf_token": self.token_of("/my/franceconnect"),
            "fournisseur": agents.id,
            "password": self.agent.login,
        }
        answer = self.post("/franceconnect/relier", data)
        path = self.come_back(self.fake.authorize(answer.headers["Location"]))
        self.assertIn("fait=relie", path)
        self.assertNotEqual(self.agent.partner_id.grc_identity_level, "franceconnect")
        self.sign_in()
        query = self.fake.authorize(self.leave(provider=agents))
        with mute_logger("odoo.addons.base.models.res_users"):
            self.assertEqual(self.come_back(query), "/my")
        self.assertTrue(self.is_signed_in())
        self.agent.group_ids = [Command.set(self.env.ref("base.group_portal").ids)]
        self.sign_in()
        query = self.fake.authorize(self.leave(provider=agents))
        self.assertEqual(self.motive(self.come_back(query)), "technical")
