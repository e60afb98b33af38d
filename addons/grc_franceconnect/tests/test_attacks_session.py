from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessDenied, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.auth_signup.models.res_partner import SignupError

from ..ticket import Ticket
from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestSessionAttacks(IdentityHttpCommon):
    """Cases 14 and 16 of the threat model: tickets, sessions, passwords by e-mail."""

    def test_14_a_ticket_opens_its_account_only_by_our_door(self):
        self.connect()
        user = self.identity().user_id
        # What a call from elsewhere may name, and a true one outside of a request.
        named = {"provider_id": self.provider.id, "user_id": user.id}
        for ticket in (
            "x",
            named,
            [self.provider.id],
            Ticket(self.provider.id, user.id),
        ):
            credential = {"type": "grc_identity", "login": user.login, "ticket": ticket}
            for interactive in (True, False):
                with (
                    mute_logger("odoo.addons.base.models.res_users"),
                    self.assertRaises(AccessDenied),
                ):
                    self.env["res.users"].authenticate(
                        dict(credential), {"interactive": interactive}
                    )

    def test_14_a_ticket_is_used_once_and_for_its_account(self):
        ticket = Ticket(self.provider.id, self.citizen.id)
        self.assertFalse(ticket.use(self.other_citizen.id))
        self.assertEqual(ticket.use(self.citizen.id), self.provider.id)
        self.assertFalse(ticket.use(self.citizen.id))

    def test_14_the_form_of_the_password_knows_no_ticket(self):
        self.connect()
        user = self.identity().user_id
        self.sign_in()
        data = {
            "csrf_token": self.token_of(),
            "login": user.login,
            "password": "x",
            "type": "grc_identity",
            "ticket": "x",
        }
        with mute_logger("odoo.addons.base.models.res_users"):
            self.post("/web/login", data, status=200)
        self.assertFalse(self.is_signed_in())

    def test_14_an_agent_is_never_opened(self):
        self.connect()
        identity = self.identity()
        identity.user_id = self.agent
        identity.partner_id = self.agent.partner_id
        self.sign_in()
        self.assertEqual(self.motive(self.connect()), "technical")
        self.assertFalse(self.is_signed_in())

    def test_14_a_citizen_who_became_an_agent_is_not_opened(self):
        self.connect()
        user = self.identity().user_id
        user.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.sign_in()
        self.assertEqual(self.motive(self.connect()), "technical")

    def test_14_the_name_of_the_session_changes(self):
        query = self.fake.authorize(self.leave())
        before = self.opener.cookies["session_id"]
        self.come_back(query)
        after = self.opener.cookies["session_id"]
        self.assertNotEqual(before, after)
        self.assertTrue(self.is_signed_in())

    def test_16_no_password_by_e_mail(self):
        self.connect()
        user = self.identity().user_id
        users = self.env["res.users"]
        for name in (user.email, user.login):
            with self.assertRaisesRegex(Exception, "No account found"):
                users.reset_password(name)
        with self.assertRaises(UserError):
            user.action_reset_password()
        self.assertFalse(user.with_context(create_user=True)._action_reset_password())
        partner = user.partner_id
        partner.signup_prepare()
        token = partner._generate_signup_token()
        with self.assertRaises(SignupError):
            users.signup({"password": "a-new-password"}, token)

    def test_16_the_public_form_answers_as_for_nobody(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.connect()
        email = self.identity().user_id.email
        self.sign_in()
        texts = []
        for login in (email, "nobody@example.org"):
            token = self.token_of("/web/reset_password")
            answer = self.post(
                "/web/reset_password",
                {"csrf_token": token, "login": login},
                status=200,
            )
            texts.append(self.parse(answer).text().replace(login, ""))
        self.assertEqual(*texts)

    def test_16_somebody_else_of_the_family_still_gets_hers(self):
        self.connect()
        self.citizen.partner_id.email = self.identity().user_id.email
        with patch.object(
            self.env.registry["res.users"], "action_reset_password"
        ) as sent:
            self.env["res.users"].reset_password(self.citizen.email)
        sent.assert_called_once()
