from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .sve_common import SveCommon

ARTICLE = "R. 421-7"


class TestDistance(SveCommon):
    """CJA R421-7: more time for whoever lives far from the court."""

    def test_the_address_suggests_it(self):
        self.assertEqual(self._file(self.svr).distance_months, 0)
        self.assertEqual(self._file(self.svr, zip="97200").distance_months, 1)
        self.assertEqual(self._file(self.svr, country_code="BE").distance_months, 2)
        self.town.grc_territory = "FR-972"
        self.assertEqual(self._file(self.svr, zip="97200").distance_months, 0)
        self.assertEqual(self._file(self.svr, zip="75011").distance_months, 1)

    @freeze_time("2026-09-15 08:00:00")
    def test_it_lengthens_the_period_of_the_court_only(self):
        near, far = self._file(self.svr), self._file(self.svr, zip="97200")
        self.assertEqual(near.implicit_on, far.implicit_on)
        self.assertEqual(str(near.appeal_last_day), "2027-01-18")
        self.assertEqual(str(far.appeal_last_day), "2027-02-16")
        [line] = [x for x in far._legal_explanation() if x["article"] == "CJA R421-7"]
        self.assertIn("1", line["text"])
        # CE Sect. 5 January 2000 n° 170954: not for an appeal before the town
        self.assertEqual(str(far._appealable_until()), "2027-01-18")

    def test_the_acknowledgement_says_it_in_words(self):
        near = self._ack(self._file(self.svr), "are")
        self.assertNotIn(ARTICLE, near.mentions["appeal_ways"])
        for values, words in (
            ({"zip": "97200"}, "one month"),
            ({"country_code": "CA"}, "two months are added"),
        ):
            request = self._file(self.svr, **values)
            ways = self._ack(request, "are").mentions["appeal_ways"]
            self.assertIn(ARTICLE, ways)
            self.assertIn(words, ways)
            self.assertNotIn(str(request.appeal_last_day.year), ways)

    def test_no_months_of_distance_before_a_prior_appeal(self):
        request = self._file(self.prior, country_code="CA")
        self.assertNotIn(ARTICLE, request._appeal_ways())

    def test_an_agent_corrects_it_with_a_reason(self):
        request = self._file(self.svr)
        mine = self._as(request, self.agent)
        form = Form(
            mine.env["grc.request.distance"].with_context(default_request_id=request.id)
        )
        self.assertEqual(form.months, "0")
        form.months = "2"
        form.reason = "She wrote from Montréal."
        before = request.appeal_last_day
        form.save().action_set()
        self.assertEqual(request.distance_months, 2)
        self.assertGreater(request.appeal_last_day, before)
        [event] = request.event_ids.filtered(lambda e: e.kind == "distance_set")
        self.assertEqual(event.payload["months"], 2)
        self.assertEqual(event.detail, "She wrote from Montréal.")
        self.assertEqual(request.distance_suggested, 0)

    def test_a_reason_is_wanted_and_a_number_that_exists(self):
        mine = self._as(self._file(self.svr), self.agent)
        with self.assertRaisesRegex(UserError, "how you know"):
            mine._set_distance(1, "  ")
        with self.assertRaisesRegex(UserError, "one month, two months, or nothing"):
            mine._set_distance(3, "Because.")
        with self.assertRaises(UserError):
            mine.distance_months = 1
        self.assertFalse(self._events(mine, "distance_set"))

    def test_others_correct_nothing(self):
        request = self._file(self.svr, partner_id=self.citizen.partner_id)
        for user in (
            self.other_agent,
            self.other_company_agent,
            self.citizen,
            self.public,
        ):
            with self.assertRaises(AccessError):
                self._as(request, user)._set_distance(2, "I live far.")

    def test_an_old_request_without_the_fact_has_none(self):
        request = self._file(self.svr)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE grc_request SET distance_months = NULL WHERE id = %s", [request.id]
        )
        self.env.invalidate_all()
        domain = [("id", "=", request.id)]
        self.assertEqual(self.env["grc.request"]._recompute_clocks(domain), 0)
