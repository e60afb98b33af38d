from odoo import fields, models

# What silence decides is no fact of the clock: it concludes it. The reasons are.
EVENT_KINDS = [
    ("implicit_accepted", "Accepted by silence"),
    ("implicit_rejected", "Rejected by silence"),
    ("certificate_issued", "Certificate of implicit acceptance issued"),
    ("implicit_withdrawn", "Implicit acceptance withdrawn"),
    ("reasons_requested", "Reasons of the implicit rejection asked for"),
    ("reasons_given", "Reasons of the implicit rejection given"),
]
# The citizen is told of a rejection when she asks, by its reasons.
CITIZEN_EVENT_KINDS = tuple(
    kind for kind, _label in EVENT_KINDS if kind != "implicit_rejected"
)


class GrcRequestEvent(models.Model):
    """Facts of the life of an implicit decision."""

    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )
