from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import mute_logger

from .common import GrcCommon


class TestCircuit(GrcCommon):
    """The gate: how a request moves, and how it ends."""

    def setUp(self):
        super().setUp()
        self.request = self._file()
        self.mine = self.request.with_user(self.agent)
        self.circuit = self.env.ref("grc_base.circuit_default")

    def _transition(self, name):
        return self.env.ref(f"grc_base.transition_{name}")

    def _step(self, name):
        return self.env.ref(f"grc_base.step_{name}")

    def test_the_ordinary_life_of_a_request(self):
        self.mine.action_take()
        self.assertEqual(self.request.state, "instruction")
        self.assertEqual(self.request.agent_id, self.agent)
        self.mine._apply_transition(self._transition("wait"))
        self.assertEqual(self.request.state, "incomplete")
        self.mine._apply_transition(self._transition("resume"))
        self._decide(self.request)
        self.assertEqual(self.request.state, "decided")
        self.assertEqual(self.request.decided_by_id, self.agent)
        self.mine.action_close()
        self.assertEqual(self.request.state, "closed")
        self.assertTrue(self.request.closed_at)
        self.assertEqual(
            self._events(
                self.request, "received", "taken", "step", "decided", "closed"
            ),
            ["received", "step", "taken", "step", "step", "step", "decided", "closed"],
        )

    def test_a_transition_leaves_from_its_own_step(self):
        with self.assertRaises(UserError) as caught:
            self.mine._apply_transition(self._transition("wait"))
        self.assertIn("is now at the step “Received”", str(caught.exception))

    def test_a_transition_may_want_a_reason(self):
        self._decide(self.request, close=True)
        reopen = self._transition("reopen")
        for comment in (None, "", "  "):
            with self.assertRaises(UserError) as caught:
                self.mine._apply_transition(reopen, comment)
            self.assertIn("Say why", str(caught.exception))
        self.mine._apply_transition(reopen, "A piece was forgotten.")
        self.assertEqual(self.request.state, "instruction")
        event = self.request.event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "reopened")
        self.assertEqual(event.payload["comment"], "A piece was forgotten.")

    def test_a_reopened_request_has_no_outcome_until_decided_again(self):
        self._decide(self.request, close=True)
        self.mine._apply_transition(self._transition("reopen"), "A mistake.")
        self.assertRecordValues(
            self.request,
            [
                {
                    "outcome": False,
                    "outcome_reason": False,
                    "decided_at": False,
                    "closed_at": False,
                }
            ],
        )
        with self.assertRaises(UserError):
            self.mine.action_close()
        self._decide(self.request, outcome="refused", close=True)
        self.assertEqual(self.request.outcome, "refused")
        self.assertEqual(len(self._written(self.request)), 2)

    def test_a_decision_needs_an_outcome_a_reason_and_a_message(self):
        for outcome, reason, message in (
            (False, "Why", "Text"),
            ("granted", " ", "Text"),
            ("granted", "Why", " "),
        ):
            with self.assertRaises(UserError):
                self.mine._decide(outcome, reason, message)
        with self.assertRaises(UserError) as caught:
            self.mine._apply_transition(self._transition("decide_received"))
        self.assertIn("Say the outcome first", str(caught.exception))
        self.assertEqual(self.request.state, "received")

    def test_the_decision_is_told_with_its_reasons(self):
        self._decide(self.request, outcome="refused")
        delivery = self._written(self.request)
        self.assertEqual(delivery.kind, "decision")
        for text in ("Here is our answer.", "Refused", "Because of the rule."):
            self.assertIn(text, delivery.body)

    def test_what_is_decided_is_not_decided_again(self):
        self._decide(self.request)
        with self.assertRaises(UserError) as caught:
            self._decide(self.request, outcome="refused")
        self.assertIn("cannot be decided from here", str(caught.exception))
        self.assertEqual(self.request.outcome, "granted")
        self.assertEqual(len(self._written(self.request)), 1)

    def test_no_request_is_closed_without_an_outcome(self):
        with self.assertRaises(UserError) as caught:
            self.mine.action_close()
        self.assertIn("Decide first", str(caught.exception))

    def test_no_request_is_closed_without_an_answer(self):
        self._decide(self.request)
        self._written(self.request).state = "failed"
        with self.assertRaises(UserError) as caught:
            self.mine.action_close()
        self.assertIn("Write to the citizen first", str(caught.exception))
        self.mine._message_citizen("Again", "Here is our answer.")
        self.mine.action_close()
        self.assertEqual(self.request.state, "closed")

    def test_an_answer_given_orally_closes(self):
        self.mine._answer_orally("Monday at nine.")
        self.assertEqual(self.request.state, "closed")
        self.assertEqual(self.request.outcome, "answered")
        self.assertIn("oral_answer", self._events(self.request))

    def test_a_drag_on_the_board_goes_through_the_gate(self):
        self.mine.write({"stage_id": self._step("instruction").id})
        self.assertEqual(self.request.state, "instruction")
        self.assertEqual(self._events(self.request)[-1], "step")
        for step in ("received", "closed", "decided"):
            for user in (self.agent, self.manager, self.env.user):
                with (
                    self.subTest(step=step, user=user.name),
                    self.assertRaises(UserError),
                ):
                    self.request.with_user(user).stage_id = self._step(step)
        self.assertEqual(self.request.stage_id, self._step("instruction"))

    def test_a_step_of_another_circuit_is_refused(self):
        other = self.circuit.copy({"name": "Other"})
        step = self.env["grc.circuit.step"].create(
            {"name": "Start", "circuit_id": other.id, "state": "received"}
        )
        with self.assertRaises(UserError):
            self.mine.stage_id = step

    def test_the_database_refuses_an_end_without_outcome(self):
        for state in ("decided", "closed"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.request._write_facts({"state": state})
                self.request.flush_recordset()

    def test_two_agents_at_once(self):
        self.env.flush_all()

        def taken(requests, *args, **kwargs):
            raise LockError("taken")

        self.patch(type(self.request), "lock_for_update", taken)
        with self.assertRaises(LockError):
            self.mine._apply_transition(self._transition("take"))

    def test_another_agent_may_not_act(self):
        theirs = self.request.with_user(self.other_agent)
        for action in (
            theirs.action_take,
            theirs.action_close,
            lambda: theirs._decide("granted", "Why", "Text"),
            lambda: theirs._message_citizen("Subject", "Text"),
            lambda: theirs._answer_orally("Text"),
            lambda: theirs._qualify("report", self.other_service),
            lambda: theirs.write({"stage_id": self._step("instruction").id}),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_a_citizen_may_not_act_on_his_own_request(self):
        self.request.partner_id = self.citizen.partner_id
        own = self.request.with_user(self.citizen)
        self.assertEqual(own.name, self.request.name)
        for action in (
            own.action_take,
            lambda: own._decide("granted", "Why", "Text"),
            lambda: own._message_citizen("Subject", "Text"),
            lambda: own.write({"subject": "Other"}),
            own.action_create_citizen,
        ):
            with self.assertRaises(AccessError):
                action()


class TestProtectedFacts(GrcCommon):
    def test_no_hand_writes_the_facts(self):
        request = self._file(key="abc")
        vals = {
            "name": "2026-999999",
            "company_id": self.far_town.id,
            "channel": "desk",
            "received_at": datetime(2026, 1, 1),
            "state": "closed",
            "outcome": "granted",
            "outcome_reason": "Why",
            "decided_at": datetime(2026, 1, 1),
            "decided_by_id": self.agent.id,
            "closed_at": datetime(2026, 1, 1),
            "nature": "question",
            "prestation_id": self.other_prestation.id,
            "service_id": self.other_service.id,
            "circuit_id": self.env.ref("grc_base.circuit_default").id,
            "description": "Other",
            "email_used": "other@example.com",
            "filed_by_id": self.agent.id,
            "idempotency_key": "abd",
            "source_message_id": "<a@b>",
            "is_suspect": True,
            "has_citizen_news": True,
        }
        before = request.read(list(vals))
        for user in (self.agent, self.manager, self.env.ref("base.user_root")):
            for name, value in vals.items():
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(UserError) as caught:
                        request.with_user(user).write({name: value})
                    self.assertIn(request._fields[name].string, str(caught.exception))
        self.assertEqual(request.read(list(vals)), before)

    def test_a_request_is_never_deleted_nor_copied(self):
        request = self._file()
        for user in (self.manager, self.env.ref("base.user_root")):
            with self.assertRaises(UserError):
                request.with_user(user).unlink()

    def test_a_citizen_is_linked_in_the_history(self):
        request = self._file()
        request.with_user(self.agent).partner_id = self.citizen.partner_id
        self.assertEqual(self._events(request)[-1], "citizen_linked")
        request.with_user(self.agent).partner_id = self.citizen.partner_id
        self.assertEqual(len(self._events(request, "citizen_linked")), 1)


class TestQualification(GrcCommon):
    def test_another_service_takes_over(self):
        request = self._file()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent)._qualify(
            "report", self.other_service, self.other_prestation, reason="Wrong door"
        )
        self.assertRecordValues(
            request,
            [
                {
                    "nature": "report",
                    "service_id": self.other_service.id,
                    "prestation_id": self.other_prestation.id,
                    "agent_id": False,
                }
            ],
        )
        self.assertFalse(request.with_user(self.agent).has_access("read"))
        event = request.event_ids.filtered(lambda e: e.kind == "qualified")
        self.assertEqual(event.actor_id, self.agent)
        self.assertEqual(event.payload["reason"], "Wrong door")

    def test_another_town_is_refused(self):
        request = self._file().with_user(self.agent)
        for service, prestation in (
            (self.far_service, None),
            (self.service, self.far_prestation),
        ):
            with self.assertRaises(UserError):
                request._qualify("report", service.sudo(), prestation)
