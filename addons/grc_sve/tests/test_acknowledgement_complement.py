from datetime import date

from freezegun import freeze_time

from .missing_common import DEADLINE, MissingCommon


class TestComplement(MissingCommon):
    """An acknowledgement that announced the wrong regime is corrected, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-09-15 08:00:00"):
            cls.request = cls._file(cls.sva, partner_id=cls.citizen.partner_id)

    def _direct(self, prestation, nature="request", instant="2026-09-20 08:00:00"):
        with freeze_time(instant):
            self._as(self.request, self.agent)._qualify(
                nature, self.service, prestation
            )

    def _corrections(self):
        return self._ack(self.request, "complement")

    def test_another_regime_is_told(self):
        self._direct(self.svr)
        [complement] = self._corrections()
        self.assertEqual(complement.state, "sent")
        self.assertEqual(complement.delivery_id.kind, "complement")
        for text in (self._mail_text(complement), self._pdf_text(complement)):
            for expected in (
                "received on Tuesday 15 September 2026",
                "deemed rejected on Sunday 15 November 2026",
                "two months",
                "tribunal administratif de Ville-Exemple",
                "Green spaces",
            ):
                self.assertIn(expected, text)
            self.assertNotIn("accepted on", text)
        self.assertEqual(self.request.silence_regime, "svr")
        self.assertEqual(self.request.implicit_on, date(2026, 11, 15))
        self.assertEqual(
            self._events(self.request, "regime_changed", "complement_sent"),
            ["regime_changed", "complement_sent"],
        )
        changed = self.request.event_ids.filtered(
            lambda event: event.kind == "regime_changed"
        )
        self.assertEqual(
            changed.payload, {"origin": "sva", "target": "svr", "months": 2}
        )
        self.assertEqual(self.request.ack_state, "are_sent")

    def test_never_twice_for_the_same_regime(self):
        self._direct(self.svr)
        self._direct(self.svr)
        self._direct(self.prestation)
        self.assertEqual(len(self._corrections()), 1)
        self._direct(self.sva)
        self.assertEqual(len(self._corrections()), 2, "said again the other way")

    def test_other_ways_of_appeal_are_told(self):
        self._direct(self.svr)
        other = self._prestation(
            "ELSE", self.service, appeal_text="Ask the prefect within two months."
        )
        self._direct(other)
        self.assertEqual(len(self._corrections()), 2)
        self.assertIn("Ask the prefect", self._corrections()[-1].content)

    def test_a_question_that_was_a_request(self):
        with freeze_time("2026-09-15 08:00:00"):
            self.request = self._file(self.question, partner_id=self.citizen.partner_id)
        self.assertFalse(self.request.implicit_on)
        self._direct(self.svr)
        self.assertIn("Sunday 15 November 2026", self._corrections().content)
        self.assertEqual(self.request.received_on, date(2026, 9, 15))

    def test_a_request_that_was_a_question(self):
        self._direct(self.question, "question")
        self.assertIn("makes no decision", self._mail_text(self._corrections()))
        self.assertFalse(self.request.implicit_on)

    def test_from_a_question_to_another(self):
        self._direct(self.question, "question")
        self._direct(False, "report")
        self.assertEqual(len(self._corrections()), 1)

    def test_an_unknown_regime_calls_the_agent(self):
        self._direct(self.unknown)
        self.assertFalse(self._corrections())
        self.assertEqual(self.request.silence_regime, "sva")
        self.assertTrue(self.request.activity_ids)

    def test_nothing_after_the_decision(self):
        self._direct(self.svr, instant="2026-11-16 08:00:00")
        self.assertEqual(self.request.silence_regime, "sva", "silence has decided")
        self.assertFalse(self._corrections())

    def test_what_cannot_be_told_is_not_changed(self):
        self.town.grc_court_name = False
        self._direct(self.svr)
        self.assertEqual(self.request.silence_regime, "sva")
        self.assertFalse(self._events(self.request, "regime_changed"))
        self.assertTrue(self.request.activity_ids)
        self.town.grc_court_name = "tribunal administratif"
        self._direct(self.svr)
        self.assertEqual(len(self._corrections()), 1, "directed again, it is told")

    def test_while_documents_are_awaited(self):
        with freeze_time("2026-09-16 08:00:00"):
            self.request = self._file(self.svr, partner_id=self.citizen.partner_id)
            self._as(self.request, self.agent)._ask_missing(
                self._pieces("Plan"), DEADLINE
            )
        self._direct(self.sva)
        self.assertFalse(self.request.implicit_on)
        self.assertIn(
            "two months after the day on which we have received all the documents",
            self._mail_text(self._corrections()),
        )
