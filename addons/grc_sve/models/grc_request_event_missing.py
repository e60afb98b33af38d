from odoo import fields, models

EVENT_KINDS = [
    ("regularisation_asked", "Defect of form to be mended"),
    ("missing_waived", "Document no longer asked for"),
    ("missing_extended", "More time given for the documents"),
]
_PIECE_KINDS = (
    "missing_notified",
    "partial_produced",
    "all_produced",
    "regularisation_asked",
    "missing_waived",
    "missing_extended",
)


class GrcRequestEvent(models.Model):
    """Facts about the documents that a request lacks."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )

    def _citizen_detail(self):
        if self.kind in _PIECE_KINDS:
            return ", ".join((self.payload or {}).get("pieces") or [])
        return super()._citizen_detail()
