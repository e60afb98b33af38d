from datetime import date

from freezegun import freeze_time

from .sve_common import SveCommon

FILED_AT = "2026-09-15 08:00:00"
J = date(2026, 11, 15)  # a Sunday
BORN_ON = date(2026, 11, 16)
BIRTH_AT = "2026-11-15 23:05:00"  # 0:05 in Paris, on the 16th
LATER_AT = "2026-11-20 09:00:00"


class SilenceCommon(SveCommon):
    """Requests that nobody answers, and the two jobs of silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service.head_id = cls.service_head

    def setUp(self):
        super().setUp()
        # In a test a job does not commit: it says that time is left.
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *args, **kwargs: float("inf"),
        )

    def _file_at(self, prestation=None, at=FILED_AT, **vals):
        with freeze_time(at):
            return self._file(prestation or self.sva, **vals)

    def _run(self, at=BIRTH_AT):
        with freeze_time(at):
            self.env["grc.request"]._cron_note_implicit_decisions()

    def _warn(self, at):
        with freeze_time(at):
            self.env["grc.request"]._cron_warn_before_silence()

    def _born(self, prestation=None, **vals):
        """Return a request on which silence has decided."""
        request = self._file_at(prestation, **vals)
        self._run()
        self.assertTrue(request.implicit_decision)
        return request

    def _planned(self, request):
        """Return who is called about ``request`` by the jobs."""
        return request.activity_ids.filtered(
            lambda activity: "silence" in f"{activity.summary} {activity.note}"
        ).user_id
