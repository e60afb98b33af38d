from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError

from ..rules import clock, reasons
from .missing_common import DEADLINE, RECEIVED, MissingCommon

DONE, COMING = "done", "coming"


class TestLegalTimeline(MissingCommon):
    """What happened, today, what comes; and why each day is this one."""

    def _timeline(self, request, audience, at):
        with freeze_time(at):
            return request._legal_timeline(audience)

    def _codes(self, entries, status=None):
        return [e["code"] for e in entries if status in (None, e["status"])]

    def test_each_step_has_words_for_citizens_or_is_kept_from_them(self):
        request = self._file(self.svr)
        texts = request._citizen_step_texts()
        worded, hidden = set(texts), set(reasons.AGENT_ONLY_STEPS)
        self.assertEqual(worded | hidden, set(clock.STEP_CODES))
        self.assertFalse(worded & hidden)
        for code, sentences in texts.items():
            self.assertEqual(len(sentences), 3, code)
            self.assertTrue(all(sentences), code)

    def test_the_citizen_does_not_read_the_words_of_the_agents(self):
        request = self._file(self.svr)
        agents = set(request._explanation_texts().values())
        for texts in request._citizen_step_texts().values():
            self.assertFalse(agents.intersection(texts))

    def test_past_today_and_coming_in_their_order(self):
        request, _missing = self._incomplete(self.svr)
        entries = self._timeline(request, "citizen", "2026-09-25 08:00:00")
        days = [entry["day"] for entry in entries]
        self.assertEqual(days, sorted(days))
        self.assertEqual(self._codes(entries, "today"), ["today"])
        self.assertEqual(
            self._codes(entries, COMING), ["missing_deadline", "implicit_on"]
        )
        self.assertEqual(self._codes(entries, DONE)[0], "received")
        self.assertIn("missing_notified", self._codes(entries, DONE))
        self.assertTrue(all(entry["status_text"] for entry in entries))

    def test_a_last_day_that_passed_is_said_late(self):
        request, _missing = self._incomplete(self.svr)
        entries = self._timeline(request, "citizen", "2026-10-09 08:00:00")
        [late] = [entry for entry in entries if entry["status"] == "late"]
        self.assertEqual((late["code"], late["day"]), ("missing_deadline", DEADLINE))
        self.assertEqual(late["detail"], "Plan, Photo")

    def test_why_the_day_of_silence(self):
        request, _missing = self._incomplete(self.svr)
        entries = self._timeline(request, "citizen", "2026-09-25 08:00:00")
        [silence] = [entry for entry in entries if entry["code"] == "implicit_on"]
        articles = [step["article"] for step in silence["steps"]]
        self.assertEqual(
            articles,
            ["CRPA L112-13", "CRPA L114-3", "CRPA L114-5 al. 3", "CRPA L231-4"],
        )
        self.assertIn(
            request._explain_day(silence["day"]), silence["steps"][2]["effect"]
        )

    def test_each_case_of_the_law_can_be_worded(self):
        """Every clock of the prestations gives sentences without a hole."""
        for prestation in (self.svr, self.sva, self.question, self.prior, self.urban):
            for channel in ("portal", "letter"):
                with self.subTest(code=prestation.code, channel=channel):
                    with freeze_time(RECEIVED):
                        request = self._file(prestation, channel)
                    entries = self._timeline(request, "citizen", RECEIVED)
                    for entry in entries:
                        for step in entry["steps"]:
                            self.assertTrue(step["fact"] and step["effect"])
                            self.assertNotIn("%(", "".join(step.values()))

    def test_all_pieces_received_are_worded(self):
        request, missing = self._incomplete(self.sva)
        entries = self._timeline(request, "citizen", "2026-09-25 08:00:00")
        self.assertNotIn("implicit_on", self._codes(entries))
        self._receive(request, missing.line_ids, "2026-09-30 08:00:00")
        entries = self._timeline(request, "citizen", "2026-10-01 08:00:00")
        [silence] = [entry for entry in entries if entry["code"] == "implicit_on"]
        self.assertEqual(silence["day"], date(2026, 11, 30))
        facts = " ".join(step["fact"] for step in silence["steps"])
        self.assertIn(request._explain_day(date(2026, 9, 30)), facts)

    def test_the_day_of_the_court_is_for_agents_alone(self):
        with freeze_time(RECEIVED):
            request = self._file(self.svr, partner_id=self.citizen.partner_id)
        last = request._explain_day(request.appeal_last_day)
        public = self._timeline(request, "citizen", RECEIVED)
        self.assertNotIn("appeal_last_day", self._codes(public))
        self.assertNotIn(last, str(public))
        agents = self._timeline(self._as(request, self.agent), "agent", RECEIVED)
        self.assertIn("appeal_last_day", self._codes(agents))

    def test_a_citizen_does_not_ask_as_an_agent(self):
        request = self._file(self.svr, partner_id=self.citizen.partner_id)
        own = self._as(request, self.citizen)
        self.assertTrue(own._legal_timeline("citizen"))
        with self.assertRaises(AccessError):
            own._legal_timeline("agent")
        with self.assertRaises(AccessError):
            self._as(request, self.other_citizen)._legal_timeline("citizen")
        with self.assertRaises(AccessError):
            self._as(request, self.other_agent)._legal_timeline("agent")
        with self.assertRaises(ValueError):
            request._legal_timeline("everybody")

    def test_once_answered_nothing_comes(self):
        request, _missing = self._incomplete(self.svr)
        self._decide(request)
        entries = request._legal_timeline("citizen")
        self.assertFalse(self._codes(entries, COMING) + self._codes(entries, "late"))

    def test_the_form_of_the_agent_shows_it(self):
        request, _missing = self._incomplete(self.svr)
        shown = str(self._as(request, self.agent).legal_timeline)
        self.assertIn("<details>", shown)
        self.assertIn(request._explain_day(DEADLINE), shown)

    def test_sixty_facts_cost_no_more_queries_than_one(self):
        request = self._file(self.svr)
        request._legal_timeline("citizen")  # what is cached once for everybody
        counts = []
        for facts in (1, 59):
            for _rank in range(facts):
                request._log_event("taken", agent="Somebody")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            request._legal_timeline("citizen")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
