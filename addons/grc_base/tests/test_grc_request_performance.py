from lxml import etree

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GrcCommon

FEW, MANY = 10, 80


@tagged("grc_performance")
class TestRequestPerformance(GrcCommon):
    """What an agent waits for does not grow with the number of requests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.env["grc.request"]
        with mute_logger("odoo.addons.grc_base.models.grc_delivery_sending"):
            for number in range(MANY):
                cls.requests |= cls._file(subject=f"Tree {number}")

    def _cost(self, work):
        """Return the queries of ``work`` from a cold cache, rights known."""
        work()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _columns(self, view):
        """Return what the client asks to show this view."""
        arch = self.env["grc.request"].get_view(self.env.ref(view).id)["arch"]
        names = {
            node.get("name")
            for node in etree.fromstring(arch).iter("field")
            if node.get("name") in self.env["grc.request"]._fields
        }
        fields = self.env["grc.request"]._fields
        return {
            name: {"fields": {"display_name": {}}} if fields[name].relational else {}
            for name in names
        }

    def _assert_flat(self, work_on, budget):
        """Check that 80 requests cost what 10 do, and no more than ``budget``."""
        few = self._cost(lambda: work_on(self.requests[:FEW]))
        many = self._cost(lambda: work_on(self.requests))
        self.assertEqual(many, few)
        self.assertLessEqual(many, budget)

    def _read_view(self, requests, view):
        model = self._as(self.env["grc.request"], self.agent)
        rows = model.web_search_read(
            [("id", "in", requests.ids)], self._columns(view), limit=MANY + 1
        )
        self.assertEqual(len(rows["records"]), len(requests))

    def test_the_list_costs_the_same_for_10_and_80(self):
        # one query for the rows, one for each related table shown
        self._assert_flat(
            lambda requests: self._read_view(
                requests, "grc_base.grc_request_view_list"
            ),
            budget=25,
        )

    def test_the_board_costs_the_same_for_10_and_80(self):
        self._assert_flat(
            lambda requests: self._read_view(
                requests, "grc_base.grc_request_view_kanban"
            ),
            budget=30,
        )

    def test_the_columns_of_the_board_are_counted_at_once(self):
        model = self._as(self.env["grc.request"], self.agent)
        self._assert_flat(
            lambda requests: model.formatted_read_group(
                [("id", "in", requests.ids)], ["stage_id"], ["__count"]
            ),
            budget=6,
        )

    def test_filing_has_a_budget(self):
        """About 55 queries, most of them for the acknowledgement.

        The request, its number and its events; then the PDF and its file, the
        message in the thread, the outbox and what it records.
        """
        costs = [self._cost(self._file) for _time in range(3)]
        self.assertEqual(costs[1], costs[2], "filing does not slow down")
        self.assertLessEqual(costs[2], 70)

    def test_counts_of_services_and_prestations_are_one_query(self):
        services = self.service | self.other_service | self.attached
        self.assertLessEqual(
            self._cost(lambda: services.mapped("open_request_count")), 4
        )
        prestations = self.env["grc.prestation"].search([])
        self.assertLessEqual(self._cost(lambda: prestations.mapped("request_count")), 4)
