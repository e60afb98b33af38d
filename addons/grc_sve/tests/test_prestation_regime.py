from odoo.exceptions import UserError, ValidationError

from .sve_common import SveCommon


class TestRegimeOfPrestation(SveCommon):
    """Nothing is published that would make an acknowledgement promise wrong."""

    def _problems(self, **vals):
        self.svr.write(vals)
        return "\n".join(self.svr._publication_problems())

    def test_a_sourced_regime_is_published(self):
        for prestation in (self.svr, self.sva, self.question, self.prior, self.urban):
            with self.subTest(prestation=prestation.code):
                self.assertEqual(prestation._publication_problems(), [])
                prestation.state = "draft"
                prestation.action_publish()
                self.assertEqual(prestation.state, "published")

    def test_an_unknown_regime_blocks(self):
        self.unknown.state = "draft"
        with self.assertRaises(UserError) as caught:
            self.unknown.action_publish()
        self.assertIn("The regime of silence is unknown", str(caught.exception))
        self.assertEqual(self.unknown.state, "draft")

    def test_a_new_prestation_has_an_unknown_regime(self):
        prestation = self.env["grc.prestation"].create(
            {
                "name": "New",
                "code": "NEW",
                "company_id": self.town.id,
                "theme_id": self.theme.id,
                "service_id": self.service.id,
            }
        )
        self.assertEqual(prestation.silence_regime, "unknown")

    def test_a_request_has_a_regime(self):
        """CRPA L231-1 and L231-4: silence on a request always decides."""
        for nature in ("request", "complaint", "appeal"):
            self.assertIn(
                "has a regime of silence",
                self._problems(silence_regime="none", nature=nature),
            )
        for nature in ("question", "report", "declaration", "document"):
            self.assertEqual(self._problems(nature=nature), "")

    def test_a_regime_without_source(self):
        self.assertIn("Say which text", self._problems(regime_source=False))

    def test_a_rejection_needs_a_court(self):
        for name in ("grc_court_name", "grc_court_address"):
            before = self.town[name]
            self.town[name] = False
            self.assertIn("administrative court are missing", self._problems())
            self.assertEqual(self.sva._publication_problems(), [])
            self.town[name] = before

    def test_a_rejection_with_its_own_ways_of_appeal(self):
        self.town.grc_court_name = False
        self.assertIn("how long", self._problems(appeal_text="Write to the CADA."))
        self.assertEqual(
            self._problems(appeal_text="Write to the CADA within two months."), ""
        )

    def test_a_prior_appeal_says_before_whom(self):
        self.assertIn(
            "which authority must be seized",
            self._problems(mandatory_prior_appeal=True, appeal_text=False),
        )

    def test_without_telephone(self):
        """CRPA R112-11-1."""
        self.service.phone = False
        self.assertIn("has no telephone number", self._problems())

    def test_a_period_has_at_least_one_month(self):
        with self.assertRaises(ValidationError):
            self.svr.silence_months = 0
        self.svr.write({"silence_regime": "none", "silence_months": 0})

    def test_a_refusal_tells_the_ways_of_appeal(self):
        """CJA R421-5: a decision tells the ways and the period of appeal."""
        for outcome, told in (("refused", True), ("partial", True), ("granted", False)):
            request = self._file(self.svr)
            self._decide(request, outcome=outcome)
            body = self._written(request).body
            with self.subTest(outcome=outcome):
                self.assertEqual("tribunal administratif" in body, told)
        request = self._file(self.prior)
        self._decide(request, outcome="refused")
        self.assertIn("CADA", self._written(request).body)
