from datetime import date

from freezegun import freeze_time

from ..rules import clock
from .sve_common import SveCommon

SEEN = (*clock.CLOCK_DAYS, "next_due_on", "next_due_kind")
FACTS = (
    (),
    (("missing_notified", date(2026, 9, 22), {"deadline": "2026-10-07"}),),
    (
        ("missing_notified", date(2026, 9, 22), {"deadline": "2026-10-07"}),
        ("all_produced", date(2026, 9, 30), {}),
    ),
    (
        (
            "missing_notified",
            date(2026, 9, 22),
            {"deadline": "2026-10-07", "indispensable": False},
        ),
    ),
    (
        ("transferred", date(2026, 9, 23), {}),
        ("received_by_competent", date(2026, 9, 25), {}),
    ),
    (("transferred", date(2026, 9, 23), {}),),
    # The same two facts of one day, in both orders.
    (
        ("missing_notified", date(2026, 9, 22), {"deadline": "2026-10-07"}),
        ("all_produced", date(2026, 9, 22), {}),
    ),
    (
        ("all_produced", date(2026, 9, 22), {}),
        ("missing_notified", date(2026, 9, 22), {"deadline": "2026-10-07"}),
    ),
)


class TestRecompute(SveCommon):
    """Many clocks computed at once: the days of each are those of its record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far_town.write({"grc_timezone": "America/Cayenne"})
        cls.far_town.grc_territory = "FR-973"
        cls.far_prestation.write(
            {"silence_regime": "sva", "regime_source": "CRPA, art. L231-1"}
        )
        cls.requests = cls.env["grc.request"]
        for prestation in (
            cls.svr,
            cls.sva,
            cls.question,
            cls.prior,
            cls.urban,
            cls.far_prestation,
        ):
            cls._file_all(prestation)

    @classmethod
    def _file_all(cls, prestation):
        for index, facts in enumerate(FACTS):
            cls.town.grc_extend_silence = bool(index % 2)
            cls.town.grc_works_saturday = bool(index % 3)
            for channel, suspect in (
                ("portal", False),
                ("mail", True),
                ("phone", False),
            ):
                with freeze_time("2026-09-15 01:30:00"):
                    request = cls._file(prestation, channel, is_suspect=suspect)
                for kind, on, payload in facts:
                    request._log_event(kind, on=on, **payload)
                cls.requests |= request

    def _recompute(self, requests=None, **options):
        domain = [("id", "in", (requests or self.requests).ids)]
        return self.env["grc.request"]._recompute_clocks(domain, **options)

    def _seen(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return [tuple(request[name] for name in SEEN) for request in self.requests]

    def _spoil(self):
        self.env.flush_all()
        self.cr.execute(
            """UPDATE grc_request
                  SET received_on = '2001-01-01', aee_latest = '2001-01-01',
                      are_latest = NULL, implicit_on = '2001-01-01',
                      implicit_effective_from = NULL, appeal_last_day = '2001-01-01',
                      next_due_on = NULL, next_due_kind = NULL
                WHERE id = ANY(%s)""",
            [self.requests.ids],
        )
        self.env.invalidate_all()

    def test_what_is_right_is_not_written(self):
        self.assertEqual(self._recompute(), 0)

    def test_what_is_wrong_becomes_what_the_record_computes(self):
        days = self._seen()
        self.assertGreater(len(set(days)), 15)  # they are not all the same
        self._spoil()
        self.assertEqual(self._recompute(batch_size=7), len(self.requests))
        self.assertEqual(self._seen(), days)
        self.assertEqual(self._recompute(), 0)

    def test_only_the_requests_asked_for(self):
        self._spoil()
        some = self.requests[:5]
        self.assertEqual(self._recompute(some), 5)
        self.assertEqual(self._recompute(), len(self.requests) - 5)

    def test_a_fact_not_yet_in_the_database_is_read(self):
        request = self.requests[0]
        request._log_event("all_produced", on=date(2026, 10, 1))
        self.assertEqual(self._recompute(request), 0)

    def test_the_cost_is_the_same_for_few_and_many(self):
        def count(requests):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._recompute(requests)
            return self.cr.sql_log_count - before

        count(self.requests)
        some = self.requests[:3] | self.requests[-3:]  # both towns
        self.assertEqual(count(self.requests), count(some))
