from odoo import api, fields, models
from odoo.exceptions import UserError

PROOF_STATES = [
    ("obtained", "Obtained"),
    ("pending", "Asked again later"),
    ("not_found", "Unknown to the service"),
    ("gave_up", "Not obtained"),
]


class GrcDataProof(models.Model):
    """One thing that a data source said, or could not say, for a request.

    Written by the software alone; nobody changes it.
    """

    _name = "grc.data.proof"
    _inherit = ["grc.data.words.mixin"]
    _description = "Data obtained"
    _order = "request_id, id"

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="cascade"
    )
    source_id = fields.Many2one(
        "grc.data.source",
        string="Settings of the source",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    connector = fields.Char(required=True, readonly=True)
    datum = fields.Char(required=True, readonly=True)
    source_name = fields.Char(string="Source", required=True, readonly=True)
    label = fields.Char(string="Data", required=True, readonly=True)
    value_text = fields.Char(string="Value", readonly=True)
    value = fields.Json(string="Value as received", readonly=True)
    is_sensitive = fields.Boolean(readonly=True)
    obtained_at = fields.Datetime(string="Obtained on", readonly=True)
    state = fields.Selection(PROOF_STATES, required=True, readonly=True)
    key = fields.Char(readonly=True, groups="base.group_system")
    error_code = fields.Char(readonly=True)
    next_try_at = fields.Datetime(readonly=True)
    tries = fields.Integer(readonly=True)

    _waiting_idx = models.Index("(next_try_at) WHERE state = 'pending'")

    def write(self, vals):
        """Refuse to change what was obtained, whoever asks."""
        if any(proof.state != "pending" for proof in self) and vals.keys() - {
            "source_id"
        }:
            raise UserError(self.env._("What was obtained is never changed."))
        return super().write(vals)

    @api.model
    def _vals_of(self, source, request, datum_code):
        """Return what a proof says whatever was answered."""
        datum = source._datum(source.connector, datum_code)
        return {
            "request_id": request.id,
            "source_id": source.id,
            "connector": source.connector,
            "datum": datum_code,
            "source_name": source.name,
            "label": source._datum_text(source.connector, datum_code),
            "is_sensitive": bool(datum and datum.is_sensitive),
        }

    @api.model
    def _obtained_vals(self, source, datum_code, value, at):
        datum = source._datum(source.connector, datum_code)
        text = source._value_text(datum.type, value, source.company_id)
        return {
            "state": "obtained",
            "value": value,
            "value_text": text,
            "obtained_at": at,
            "next_try_at": False,
            "error_code": False,
        }
