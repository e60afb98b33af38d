from unittest.mock import patch

from odoo.tools import SQL

from .sve_common import SveCommon


class RegisterCommon(SveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.findings = cls.env["grc.register.finding"]
        cls.seals = cls.env["grc.register.seal"]
        cls.events = cls.env["grc.request.event"]

    def setUp(self):
        super().setUp()
        # The job commits; a test does not.
        commit = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        self.commit = commit.start()
        self.commit.return_value = 100
        self.addCleanup(commit.stop)

    def _sql(self, query, *values, table=None):
        """Change the database behind the back of the software."""
        self.env.flush_all()
        if table:
            self.env.cr.execute(
                SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table))
            )
        self.env.cr.execute(query, values)
        if table:
            self.env.cr.execute(
                SQL("ALTER TABLE %s ENABLE TRIGGER USER", SQL.identifier(table))
            )
        self.env.invalidate_all()

    def _tamper(self, event, day="2020-01-01"):
        self._sql(
            "UPDATE grc_request_event SET happened_on = %s WHERE id = %s",
            day,
            event.id,
            table="grc_request_event",
        )

    def _erase(self, request):
        """Delete a request with everything that hangs on it."""
        for query in (
            "DELETE FROM grc_acknowledgement WHERE request_id = %s",
            "DELETE FROM grc_delivery WHERE request_id = %s",
            "DELETE FROM grc_request_document WHERE request_id = %s",
        ):
            self._sql(query, request.id)
        self._sql(
            "DELETE FROM grc_request_event WHERE request_id = %s",
            request.id,
            table="grc_request_event",
        )
        self._sql("DELETE FROM grc_request WHERE id = %s", request.id)

    def _found(self, *names, company=None):
        rows = self.findings.search(
            [("company_id", "=", (company or self.town).id)], order="id"
        )
        return [tuple(row[name] for name in names) for row in rows]
