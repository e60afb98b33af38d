from odoo import fields, models

from ..rules.data import DataError
from .grc_data_proof_retry import retry_at


class GrcRequest(models.Model):
    """What the data sources said for a request."""

    _inherit = "grc.request"

    data_proof_ids = fields.One2many(
        "grc.data.proof", "request_id", string="Data obtained", readonly=True
    )

    def _record_data(self, source, values, at, *, key="", missing=(), error=""):
        """Keep what a source said of the request, and what it could not say.

        :param grc.data.source source: who said it
        :param dict values: canonical value by code of datum: those used, no other
        :param datetime at: instant of the answer, naive UTC
        :param str key: what was looked for
        :param missing: codes of the data wanted and not obtained
        :param str error: why, one of ``rules.data.base.ERRORS``
        :rtype: grc.data.proof
        """
        self.ensure_one()
        # sudo: nobody has the right to write a proof; this is its only door
        proofs_sudo = self.env["grc.data.proof"].sudo()
        source = source.sudo()  # sudo: its name and its words, not its key
        obtained = [
            proofs_sudo._vals_of(source, self, code)
            | proofs_sudo._obtained_vals(source, code, value, at)
            for code, value in values.items()
        ]
        proofs_sudo = proofs_sudo.create(
            obtained + self._missing_data_vals(source, missing, key, error)
        )
        if obtained:
            self._log_data_obtained(source, list(values))
        return proofs_sudo

    def _missing_data_vals(self, source, missing, key, error):
        if not missing:
            return []
        connector = source._connector()
        why = DataError(error or "not_found")
        state = "not_found" if why.code == "not_found" else "gave_up"
        if why.may_retry and not connector.needs_token:
            state = "pending"
        told = {
            "state": state,
            "error_code": why.code,
            "key": key,
            "next_try_at": retry_at(0) if state == "pending" else False,
        }
        proofs = self.env["grc.data.proof"]
        return [proofs._vals_of(source, self, code) | told for code in missing]

    def _log_data_obtained(self, source, codes):
        self._log_event(
            "data_obtained",
            source=source.name,
            data=[source._datum_text(source.connector, code) for code in codes],
        )
