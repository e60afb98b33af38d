from datetime import date
from unittest.mock import patch

from ..rules.clock import STEP_CODES, Event, Facts, evaluate
from ..rules.court import COURT_STEP_CODES
from .sve_common import SveCommon

RECEIVED = date(2026, 9, 15)
ASKED = Event("missing_notified", date(2026, 9, 22), deadline=date(2026, 10, 7))
OPTIONAL = Event(
    "missing_notified", date(2026, 9, 22), date(2026, 10, 7), indispensable=False
)
LATE_ASKED = Event("missing_notified", date(2026, 11, 20), date(2026, 12, 5))
PRODUCED = Event("all_produced", date(2026, 9, 30))
TRANSFERRED = Event("transferred", date(2026, 9, 23))
ARRIVED = Event("received_by_competent", date(2026, 9, 25))
EARLY = Event("ack_sent", date(2026, 9, 14))
INSTANT = Event("are_instant", RECEIVED)
DECIDED = Event("express_decision", date(2026, 11, 10))
LATE = Event("express_decision", date(2026, 11, 20))
ASKED_WHY = Event("reasons_requested", date(2026, 12, 1))
TOLD_WHY = Event("reasons_given", date(2026, 12, 20))


def _facts(*events, regime="svr", **kwargs):
    return Facts(
        territory="FR-MET",
        received_on=RECEIVED,
        regime=regime,
        period_months=2,
        events=events,
        **kwargs,
    )


CASES = (
    _facts(),
    _facts(nature="question", regime="none"),
    _facts(nature="abusive"),
    _facts(INSTANT),
    _facts(EARLY),
    _facts(TRANSFERRED, regime="sva"),
    _facts(TRANSFERRED, ARRIVED, regime="sva"),
    _facts(ASKED, PRODUCED, mandatory_prior_appeal=True),
    _facts(ASKED, PRODUCED, regime="sva"),
    _facts(ASKED, regime="sva"),
    _facts(LATE_ASKED),
    _facts(OPTIONAL),
    _facts(DECIDED),
    _facts(LATE),
    _facts(start_basis="ack_sent"),
    _facts(ASKED_WHY, distance_months=1),
    _facts(ASKED_WHY, TOLD_WHY),
)


class TestExplanation(SveCommon):
    """The reasoning of the clock, in words that an agent reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(cls.svr)

    def _lines(self, facts, lang="en_US"):
        request = self.request.with_context(lang=lang)
        with patch.object(type(request), "_clock_facts", lambda *args, **kwargs: facts):
            return request._legal_explanation()

    def test_every_code_of_the_rules_has_its_sentence(self):
        self.assertEqual(
            set(self.request._explanation_texts()),
            {*STEP_CODES, *COURT_STEP_CODES},
        )

    def test_every_case_is_worded(self):
        seen = set()
        for facts in CASES:
            steps = evaluate(facts).steps
            seen |= {step.code for step in steps}
            for step, line in zip(steps, self._lines(facts), strict=True):
                with self.subTest(code=step.code):
                    self.assertTrue(line["text"].endswith("."))
                    self.assertNotIn(step.code, line["text"])
                    self.assertNotIn("%(", line["text"])
                    self.assertNotIn("False", line["text"])
                    self.assertEqual(line["article"], step.article)
        self.assertEqual(seen, set(STEP_CODES))

    def test_every_case_is_worded_in_french(self):
        if not self.env["res.lang"]._get_data(code="fr_FR"):
            self.skipTest("fr_FR is not installed in this database")
        for facts in CASES:
            for english, french in zip(
                self._lines(facts), self._lines(facts, "fr_FR"), strict=True
            ):
                with self.subTest(text=english["text"]):
                    self.assertNotEqual(french["text"], english["text"])
                    self.assertNotIn("%(", french["text"])

    def test_days_are_in_full(self):
        days = [line["day"] for line in self._lines(_facts())]
        self.assertIn("Sunday 15 November 2026", days)

    def test_paper_has_no_limit_of_acknowledgement(self):
        letter = self._file(self.svr, "letter")
        text = str(letter.with_user(self.agent).legal_explanation)
        self.assertNotIn("Last day to acknowledge", text)
        self.assertIn("silence rejects", text)
        self.assertIn(
            "The reception was acknowledged at once",
            str(self.request.with_user(self.agent).legal_explanation),
        )
