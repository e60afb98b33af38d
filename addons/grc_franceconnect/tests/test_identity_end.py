from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules.ends import AGENT_REASONS
from .common import IdentityHttpCommon


@tagged("post_install", "-at_install")
class TestIdentityEnd(IdentityHttpCommon):
    """An identity manager ends a link and says why; what follows, and the way back."""

    def end(self, reason, identity=None, user=None, note="Seen at the desk."):
        windows = self._as(self.env["grc.identity.end"], user or self.identity_manager)
        window = windows.create(
            {
                "identity_id": (identity or self.identity()).id,
                "reason": reason,
                "note": note,
            }
        )
        return window.action_confirm()

    def ended(self):
        return self.identities("ended")

    def give_back(self, identity=None):
        return self._as(
            identity or self.ended(), self.identity_manager
        ).action_give_back()

    def mails(self):
        return self.env["mail.mail"].search_count([])

    # === THE WINDOW === #

    def test_every_end_closes_the_sessions_and_is_written_on_the_sheet(self):
        labels = dict(
            self.env["grc.identity"]
            ._fields["ended_reason"]
            ._description_selection(self.env)
        )
        for number, reason in enumerate(AGENT_REASONS):
            with self.subTest(reason=reason):
                self.fake.sub = str(number) * 64 + "v1"
                self.fake.person["given_name_array"] = [f"Given{number}"]
                self.sign_in()
                self.connect()
                self.assertTrue(self.is_signed_in())
                identity = self.identity()
                action = self._as(identity, self.identity_manager).action_end()
                self.assertEqual(action["res_model"], "grc.identity.end")
                self.end(reason)
                self.assertEqual(identity.state, "ended")
                self.assertEqual(identity.ended_reason, reason)
                self.assertEqual(identity.ended_by_id, self.identity_manager)
                self.assertFalse(self.is_signed_in())
                log = identity.partner_id.message_ids.mapped("body")
                self.assertTrue([text for text in log if labels[reason] in text])

    def test_it_is_the_identity_manager_s_with_a_note_and_once(self):
        self.connect()
        identity = self.identity()
        for user in (self.agent, self.manager, self.desk_agent):
            with self.assertRaises(AccessError):
                self.end("asked", user=user)
        with self.assertRaises(UserError):
            self.end("asked", note=" ")
        with self.assertRaises(ValueError):
            self.end("citizen")
        self.assertEqual(identity.state, "active")
        self.end("asked")
        with self.assertRaises(UserError):
            self.end("lost", identity)

    def test_a_manager_of_another_town_ends_nothing(self):
        self.connect()
        far = self._user(
            "far_manager", "grc_franceconnect.group_grc_identity", self.far_town
        )
        with self.assertRaises(AccessError):
            self.end("asked", user=far)
        self.assertEqual(self.identity().state, "active")

    def test_a_link_that_waits_is_decided_elsewhere(self):
        self.connect()
        self.identity().state = "waiting"
        with self.assertRaises(UserError):
            self.end("asked")

    def test_the_address_on_file_is_written_to_unless_it_may_be_another_s(self):
        for reason, expected in (("asked", 1), ("usurped", 0), ("deceased", 0)):
            with self.subTest(reason=reason):
                self.fake.sub = reason[0] * 64 + "v1"
                self.fake.person["given_name_array"] = [reason]
                self.sign_in()
                self.connect()
                before = self.mails()
                self.end(reason)
                self.assertEqual(self.mails(), before + expected)

    # === WHAT FOLLOWS === #

    def test_a_usurped_identity_opens_nothing_any_more_without_an_agent(self):
        known = self._citizen_known()
        self.connect()
        self.assertEqual(self.identity().partner_id, known)
        self.end("usurped")
        case = self.case()
        self.assertEqual(case.candidate_id, known)
        self.assertEqual(case.reason, "contested")
        self.ended().ended_at = "2020-01-01 00:00:00"  # however long ago
        self.sign_in()
        self.assertEqual(self.connect(), "/my")
        fresh = self.identities("active")
        self.assertNotEqual(fresh.partner_id, known)
        self.assertEqual((self.case() - case).candidate_id, known)
        self.assertIn("no request yet", self.page("/my/demandes").text())

    def test_a_usurped_identity_is_not_proved_by_the_password_either(self):
        self.link(self.citizen)
        self.end("usurped")
        self.case().write({"state": "apart"})
        self.assertIn("fait=attente", self.link(self.citizen))
        self.assertEqual(self.case().reason, "contested")

    def test_a_usurped_account_is_closed_when_the_agent_says_so(self):
        for is_closed, reason in (
            (False, "usurped"),
            (True, "lost"),
            (True, "usurped"),
        ):
            with self.subTest(is_closed=is_closed, reason=reason):
                self.fake.sub = reason[0] * 65 + f"{is_closed:d}"
                self.link(self.citizen)
                windows = self._as(self.env["grc.identity.end"], self.identity_manager)
                windows.create(
                    {
                        "identity_id": self.identity().id,
                        "reason": reason,
                        "note": "Seen.",
                        "is_account_closed": is_closed,
                    }
                ).action_confirm()
                self.assertEqual(
                    self.citizen.active, not (is_closed and reason == "usurped")
                )
        self.give_back(self.identity())
        self.assertTrue(self.citizen.active)

    def test_another_subject_of_the_same_person_is_recognised(self):
        known = self._citizen_known()
        self.connect()
        self.end("usurped")
        self.fake.sub = "b" * 64 + "v1"
        self.sign_in()
        path = self.connect()
        self.assertTrue(path.startswith("/franceconnect/preuve/"), path)
        self.assertEqual(known.user_ids, self.ended().user_id)

    def test_an_account_lost_is_found_back_with_its_proof(self):
        self.connect()
        self.end("lost")
        self.assertFalse(self.case())
        self.sign_in()
        self.assertTrue(self.connect().startswith("/franceconnect/preuve/"))

    def test_an_error_certifies_nothing_any_more(self):
        known = self._citizen_known()
        self.connect()
        self.end("error")
        self.assertEqual(known.grc_identity_level, "declared")
        self.assertFalse(self.case())
        self.sign_in()
        self.connect()
        self.assertNotEqual(self.identities("active").partner_id, known)
        self.assertEqual(self.case().reason, "contested")

    def test_the_account_of_somebody_deceased_is_closed_without_a_word(self):
        self.link(self.citizen)
        self.end("deceased")
        self.assertFalse(self.citizen.active)
        self.assertTrue(self.citizen.partner_id.grc_is_deceased)
        self.sign_in()
        data = {"csrf_token": self.token_of(), "login": self.citizen.login}
        with mute_logger("odoo.addons.base.models.res_users"):
            wrong = self.post("/web/login", data | {"password": "no"}, status=200)
            right = self.post(
                "/web/login", data | {"password": self.citizen.login}, status=200
            )
        texts = [self.parse(answer).text() for answer in (wrong, right)]
        self.assertEqual(*texts)
        self.assertEqual(self.connect(), "/my")
        self.assertNotEqual(self.identities("active").user_id, self.citizen)
        self.assertEqual(self.case().reason, "deceased")
        self.assertNotIn("deceased", self.page("/my").answer.text)

    # === THE WAY BACK === #

    def test_it_is_given_back_as_it_was(self):
        self.link(self.citizen)
        self.end("deceased")
        identity = self.ended()
        self.give_back()
        self.assertEqual(identity.state, "active")
        self.assertFalse(identity.ended_reason or identity.ended_by_id)
        self.assertTrue(self.citizen.active)
        self.assertFalse(self.citizen.partner_id.grc_is_deceased)
        self.sign_in()
        self.connect()
        self.assertEqual(self.identity().user_id, self.citizen)
        self.assertTrue(self.is_signed_in())

    def test_giving_back_ends_the_case_and_the_block(self):
        self._citizen_known()
        self.connect()
        self.end("usurped")
        case = self.case()
        self.give_back()
        self.assertEqual(case.state, "linked")
        self.assertEqual(case.decided_by_id, self.identity_manager)
        self.sign_in()
        self.connect()
        self.assertFalse(self.case())

    def test_the_agent_of_the_case_gives_it_back_or_not(self):
        self._citizen_known()
        self.connect()
        self.end("usurped")
        own = self._as(self.case(), self.identity_manager)
        own.decision_reason = "She came with her card: it was her."
        own.action_link()
        self.assertEqual(self.identity().state, "active")
        self.end("usurped")
        own = self._as(self.case(), self.identity_manager)
        own.decision_reason = "It was not her."
        own.action_keep_apart()
        self.assertEqual(self.identity().state, "ended")
        self.assertEqual(self.identity().ended_reason, "usurped")

    def test_it_is_not_given_back_when_something_took_its_place(self):
        self._citizen_known()
        self.connect()
        self.end("usurped")
        identity = self.ended()
        self.sign_in()
        self.connect()  # the subject opens another account now
        with self.assertRaisesRegex(UserError, "another account"):
            self.give_back(identity)
        with self.assertRaisesRegex(UserError, "not ended"):
            self.give_back(self.identities("active"))

    def test_it_is_not_given_back_beside_another_link(self):
        self.link(self.citizen)
        self.end("asked")
        identity = self.ended()
        self.fake.sub = "b" * 64 + "v1"
        self.link(self.citizen)
        with self.assertRaisesRegex(UserError, "another identity"):
            self.give_back(identity)

    def test_it_is_not_given_back_to_an_account_that_is_gone(self):
        self.link(self.citizen)
        self.end("asked")
        self.citizen.active = False
        with self.assertRaisesRegex(UserError, "no longer in use"):
            self.give_back()

    def test_nobody_else_gives_it_back(self):
        self.link(self.citizen)
        self.end("asked")
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.ended(), user).action_give_back()
