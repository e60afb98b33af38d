from odoo.tests import tagged

from ..rules import clock
from .sve_common import SveCommon

FEW, MANY = 10, 80


@tagged("grc_performance")
class TestClockPerformance(SveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.env["grc.request"]
        for number in range(MANY):
            cls.requests |= cls._file(False, "mail", subject=f"Mail {number}")

    def _cost(self, requests):
        """Return the queries that find the days of ``requests`` again."""
        names = (*clock.CLOCK_DAYS, "ack_state", "next_due_on", "next_due_kind")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        for name in names:
            self.env.add_to_compute(requests._fields[name], requests)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_the_clock_of_many_costs_what_that_of_few_does(self):
        self._cost(self.requests)
        few, many = self._cost(self.requests[:FEW]), self._cost(self.requests)
        self.assertEqual(many, few)
        self.assertLessEqual(many, 12)
