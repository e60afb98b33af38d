from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import html2plaintext

from odoo.addons.grc_base.tests.common import PDF

from .missing_common import DEADLINE, MissingCommon
from .sve_common import _flat


class TestProduction(MissingCommon):
    """What comes, when, and what it starts again."""

    def test_a_part_is_not_everything(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids[0], "2026-09-25 08:00:00")
        with freeze_time("2026-09-26 08:00:00"):
            missing.invalidate_recordset(["state"])
            self.assertEqual(missing.state, "partial")
        self.assertEqual(
            self._events(request, "partial_produced", "all_produced"),
            ["partial_produced"],
        )
        self.assertFalse(request.implicit_on)
        self.assertEqual(len(self._complements(request)), 1)

    def test_the_file_is_complete_on_the_day_of_its_last_piece(self):
        """Whatever the order in which the lines are ticked."""
        request, missing = self._incomplete(self.sva)
        first, last = missing.line_ids
        self._receive(request, last, "2026-10-02 08:00:00")
        self._receive(request, first, "2026-10-05 08:00:00", date(2026, 9, 30))
        self.assertEqual(request.implicit_on, date(2026, 12, 2))
        self.assertEqual(missing.state, "complete")

    def test_the_citizen_is_told_the_new_day(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids, "2026-09-30 08:00:00")
        delivery = self._complements(request)[-1]
        text = _flat(html2plaintext(delivery.body))
        for day in (date(2026, 9, 30), date(2026, 11, 30)):
            self.assertIn(request._explain_day(day), text)
        self.assertIn("deemed accepted", text)
        self.assertTrue(delivery.is_automatic)

    def test_no_day_that_is_past_is_promised(self):
        request, missing = self._incomplete(self.svr)
        self._receive(request, missing.line_ids, "2026-12-20 08:00:00")
        text = _flat(html2plaintext(self._complements(request)[-1].body))
        self.assertNotIn("deemed", text)

    def test_received_twice_is_received_once(self):
        request, missing = self._incomplete(self.svr)
        self.assertTrue(self._receive(request, missing.line_ids, "2026-09-30 08:00:00"))
        self.assertFalse(
            self._receive(request, missing.line_ids, "2026-10-01 08:00:00")
        )
        self.assertEqual(self._events(request, "all_produced"), ["all_produced"])
        self.assertEqual(
            set(missing.line_ids.mapped("received_on")), {date(2026, 9, 30)}
        )

    def test_not_before_it_was_asked_nor_tomorrow(self):
        request, missing = self._incomplete(self.svr)
        for on in (date(2026, 9, 21), date(2026, 10, 1)):
            with self.assertRaises(UserError):
                self._receive(request, missing.line_ids, "2026-09-30 08:00:00", on)
        self._receive(
            request, missing.line_ids, "2026-09-30 08:00:00", date(2026, 9, 22)
        )
        self.assertEqual(request.implicit_on, date(2026, 11, 15))

    def test_asked_again_after_the_last_day_comes_once_for_both(self):
        request, first = self._incomplete(self.sva)
        with freeze_time("2026-10-10 08:00:00"):
            own = self._as(request, self.agent)
            second = own._ask_missing(self._pieces("plan"), date(2026, 10, 25)).sudo()
        self._receive(request, first.line_ids[1], "2026-10-12 08:00:00")
        self._receive(request, second.line_ids, "2026-10-14 08:00:00")
        self.assertEqual({first.state, second.state}, {"complete"})
        self.assertEqual(request.implicit_on, date(2026, 12, 14))

    def test_two_requests_wait_for_the_last_piece_of_both(self):
        request, first = self._incomplete(self.sva)
        with freeze_time("2026-09-25 08:00:00"):
            second = self._as(request, self.agent)._ask_missing(
                self._pieces("Deed"), DEADLINE
            )
        self._receive(request, first.line_ids, "2026-09-28 08:00:00")
        self.assertFalse(request.implicit_on)
        self._receive(request, second.line_ids, "2026-10-01 08:00:00")
        self.assertEqual(request.implicit_on, date(2026, 12, 1))

    def test_complete_in_the_morning_incomplete_in_the_afternoon(self):
        request, missing = self._incomplete(self.sva)
        self._receive(request, missing.line_ids, "2026-09-30 08:00:00")
        with freeze_time("2026-09-30 14:00:00"):
            self._as(request, self.agent)._ask_missing(self._pieces("Deed"), DEADLINE)
        self.assertFalse(request.implicit_on)
        self.assertEqual(request._recompute_clocks([("id", "=", request.id)]), 0)

    def test_the_pieces_of_another_request_are_left_alone(self):
        request, _missing = self._incomplete(self.svr)
        _other, theirs = self._incomplete(self.svr)
        self.assertFalse(self._receive(request, theirs.line_ids, "2026-09-30 08:00:00"))
        self.assertFalse(any(theirs.line_ids.mapped("received_on")))

    @freeze_time("2026-09-30 08:00:00")
    def test_the_window_records_the_day_and_the_files(self):
        request, missing = self._incomplete(self.svr)
        with freeze_time("2026-09-29 08:00:00"):
            request._citizen_reply("Here it is.", files=[("plan.pdf", PDF)])
        sent = request.document_ids.filtered(lambda doc: doc.name == "plan.pdf")
        own = self._as(missing.line_ids, self.agent)
        action = own.action_receive()
        form = Form(own.env[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(form.received_on, date(2026, 9, 30))
        form.received_on = date(2026, 9, 29)
        form.document_ids.add(self._as(sent, self.agent))
        form.save().action_receive()
        self.assertEqual(missing.line_ids.document_ids, sent)
        self.assertEqual(
            set(missing.line_ids.mapped("received_on")), {date(2026, 9, 29)}
        )

    def test_the_window_takes_nothing_of_another_request(self):
        request, missing = self._incomplete(self.svr)
        other, theirs = self._incomplete(self.svr, files=[("other.pdf", PDF)])
        secret = other.document_ids.filtered(lambda doc: doc.name == "other.pdf")
        windows = self._as(self.env["grc.missing.receive"], self.agent)
        for vals in (
            {"piece_ids": [Command.set(theirs.line_ids.ids)]},
            {
                "piece_ids": [Command.set(missing.line_ids.ids)],
                "document_ids": [Command.set(secret.ids)],
            },
            {},
        ):
            window = windows.create({"request_id": request.id} | vals)
            with self.assertRaises(UserError):
                window.action_receive()

    def test_others_record_nothing(self):
        request, missing = self._incomplete(self.svr)
        for user in (self.other_agent, self.citizen, self.other_company_agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(request, user)._receive_pieces(
                    self._as(missing.line_ids, user)
                )
        self.assertFalse(any(missing.line_ids.mapped("received_on")))
