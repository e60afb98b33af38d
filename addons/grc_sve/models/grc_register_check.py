from odoo import api, models

_BATCH = 200
_SEALS = 100
# An event gets its rank when it is written and is seen when its transaction ends:
# the last ones are looked at again the next night.
_OVERLAP = 1000
_OPEN = ("received", "instruction", "incomplete")


class GrcRegisterCheckMixin(models.AbstractModel):
    """The nightly verification: seals, histories touched, days of open requests.

    Each batch is kept with the place where it ended: killed, the job goes on from
    there; run twice, it finds nothing more.
    """

    _name = "grc.register.check.mixin"
    _description = "Nightly verification of the register"

    @api.model
    def _cron_verify(self):
        """Seal the days that are over, then verify what may have changed."""
        # What is owed comes first: a long verification keeps no day unsealed.
        for step in (
            self._seal_all,
            self._verify_seals,
            self._verify_touched,
            self._verify_open,
        ):
            if not step():
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _keep(self, done):
        """Commit a batch, and say whether there is time for another one."""
        return bool(self.env["ir.cron"]._commit_progress(done, remaining=1))

    @api.model
    def _seal_all(self):
        seals = self.env["grc.register.seal"]
        towns = self.env["grc.service"].with_context(active_test=False)
        for (company,) in towns._read_group([], ["company_id"]):
            # The lock keeps two jobs at once from sealing the same day.
            while company.try_lock_for_update(
                allow_referencing=True
            ) and seals._seal_next(company):
                if not self._keep(1):
                    return False
        return True

    @api.model
    def _verify_seals(self):
        """Verify some seals each night, all of them in turn."""
        seals = self.env["grc.register.seal"]
        batch = seals.search(
            [("id", ">", self._cursor("seal"))], order="id", limit=_SEALS
        )
        self._record_seals(batch)
        self._set_cursor("seal", batch[-1].id if len(batch) == _SEALS else 0)
        return self._keep(len(batch))

    @api.model
    def _verify_touched(self):
        """Verify the histories of the requests touched since the last run."""
        events = self.env["grc.request.event"]
        cursor = self._cursor("event")
        while batch := events.search([("id", ">", cursor)], order="id", limit=_BATCH):
            self._record_histories(batch.request_id)
            cursor = batch[-1].id
            self._set_cursor("event", cursor)
            if not self._keep(len(batch)):
                return False
        self._set_cursor("event", max(cursor - _OVERLAP, 0))
        return True

    @api.model
    def _verify_open(self):
        """Compute the days of every open request again, and report the others."""
        requests = self.env["grc.request"]
        while batch := requests.search(
            [("id", ">", self._cursor("open")), ("state", "in", _OPEN)],
            order="id",
            limit=_BATCH,
        ):
            self._record_days(batch)
            self._set_cursor("open", batch[-1].id)
            if not self._keep(len(batch)):
                return False
            self.env.invalidate_all()
        self._set_cursor("open", 0)
        return True

    # === PLACE WHERE THE JOB ENDED === #

    @api.model
    def _cursor(self, name):
        parameters = self.env["ir.config_parameter"]
        return int(parameters.get_param(f"grc_sve.register_{name}_cursor", 0))

    @api.model
    def _set_cursor(self, name, value):
        self.env["ir.config_parameter"].set_param(
            f"grc_sve.register_{name}_cursor", str(value)
        )
