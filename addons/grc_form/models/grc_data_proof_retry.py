from datetime import timedelta

from odoo import api, fields, models

from ..rules.data import DataError

# Minutes before each new try: about three days in all, then it is given up.
RETRY_MINUTES = (5, 15, 60, 180, 720, 1440, 1440)
BATCH = 100


def retry_at(tries):
    """Return when to try again, naive UTC.

    :param int tries: how many times it was tried again already
    """
    return fields.Datetime.now() + timedelta(minutes=RETRY_MINUTES[tries])


class GrcDataProof(models.Model):
    """Asking again what a source could not say when the request was filed."""

    _inherit = "grc.data.proof"

    @api.model
    def _cron_retry(self):
        """Ask again what may be obtained now; safe to kill, run twice or late."""
        due = [("state", "=", "pending"), ("next_try_at", "<=", fields.Datetime.now())]
        waiting = self.search(due, order="next_try_at, id", limit=BATCH)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(due))
        done = self.browse()
        for proof in waiting:
            if proof in done:
                continue
            # One call for all that one request wants of one source.
            same = waiting.filtered(
                lambda other, one=proof: (
                    (other.request_id, other.source_id, other.connector, other.key)
                    == (one.request_id, one.source_id, one.connector, one.key)
                )
            )
            done |= same
            same._retry()
            if not cron._commit_progress(len(same)):
                break

    def _retry(self):
        """Ask once for these proofs of one request, one source and one key."""
        mine = self.try_lock_for_update()
        mine.invalidate_recordset()
        mine = mine.filtered(lambda proof: proof.state == "pending")
        if not mine:
            return
        source, request = mine.source_id, mine.request_id
        if not source.active or not source._connector():
            mine.write({"state": "gave_up", "next_try_at": False})
            return
        try:
            values = source._fetch(mine[0].key or "")
        except DataError as error:
            mine._record_failed_retry(error)
            return
        now = fields.Datetime.now()
        source = source._in_words_of(source.company_id)
        for proof in mine:
            if proof.datum in values:
                proof.write(
                    self._obtained_vals(source, proof.datum, values[proof.datum], now)
                    | {"tries": proof.tries + 1}
                )
            else:
                proof.write({"state": "not_found", "next_try_at": False})
        told = mine.filtered(lambda proof: proof.state == "obtained")
        if told:
            request._log_data_obtained(source, told.mapped("datum"))

    def _record_failed_retry(self, error):
        for proof in self:
            tries = proof.tries + 1
            goes_on = error.may_retry and tries < len(RETRY_MINUTES)
            state = "not_found" if error.code == "not_found" else "gave_up"
            proof.write(
                {
                    "tries": tries,
                    "error_code": error.code,
                    "state": "pending" if goes_on else state,
                    "next_try_at": retry_at(tries) if goes_on else False,
                }
            )
