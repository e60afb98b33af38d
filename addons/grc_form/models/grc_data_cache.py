from odoo import api, fields, models


class GrcDataCache(models.Model):
    """A public answer of a data service, kept for some hours.

    Never what was told of a citizen by her own token.
    """

    _name = "grc.data.cache"
    _description = "Answer of a data source"
    _log_access = False

    source_id = fields.Many2one(
        "grc.data.source", required=True, readonly=True, ondelete="cascade"
    )
    key_hash = fields.Char(required=True, readonly=True)
    answer = fields.Json(readonly=True)
    expires_at = fields.Datetime(required=True, readonly=True, index=True)

    _key_idx = models.Index("(source_id, key_hash)")

    @api.autovacuum
    def _gc_expired(self):
        limit = 5000
        old = self.search([("expires_at", "<=", fields.Datetime.now())], limit=limit)
        old.unlink()
        return len(old), len(old) == limit
