from odoo import api, fields, models

from odoo.addons.grc_base.rules.partial_dates import in_french_order

from ..const import ASSURANCES, END_REASONS
from ..rules.pivot import FIELDS, same_pivot
from ..rules.recognition import UNLINK_DAYS
from ..snapshots import as_pivot, as_snapshot


class GrcIdentity(models.Model):
    """Who signs in with a provider, and as which citizen.

    Written by our own methods only: nobody has the right to.
    """

    _name = "grc.identity"
    _inherit = "grc.identity.recognition.mixin"
    _description = "Identity at a provider"
    _order = "id desc"

    provider_id = fields.Many2one(
        "grc.identity.provider", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="provider_id.company_id", store=True, index=True
    )
    issuer = fields.Char(required=True, readonly=True)
    # Indexed whatever the state: who left lately is looked for too.
    sub = fields.Char(required=True, readonly=True, index=True, groups=fields.NO_ACCESS)
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Account", ondelete="restrict", index=True
    )
    state = fields.Selection(ASSURANCES, required=True, default="active", index=True)
    acr = fields.Char(string="Level of assurance", readonly=True)
    first_seen_at = fields.Datetime(string="First sign-in", readonly=True)
    last_seen_at = fields.Datetime(string="Last sign-in", readonly=True)
    snapshot = fields.Json(string="Identity as received", readonly=True)
    ended_at = fields.Datetime(string="Ended on", readonly=True)
    ended_reason = fields.Selection(END_REASONS, string="Why it ended", readonly=True)
    ended_note = fields.Char(string="Note", readonly=True)
    ended_by_id = fields.Many2one(
        "res.users", string="Ended by", readonly=True, ondelete="restrict"
    )
    # The account was archived by that end: giving the link back opens it again.
    ended_account = fields.Boolean(string="Account closed with it", readonly=True)

    _subject_uniq = models.UniqueIndex(
        "(provider_id, issuer, sub) WHERE state = 'active'",
        "This identity opens an account already.",
    )

    @api.depends("provider_id", "partner_id")
    def _compute_display_name(self):
        for identity in self:
            identity.display_name = self.env._(
                "%(citizen)s (%(provider)s)",
                citizen=identity.partner_id.name or "",
                provider=identity.provider_id.name or "",
            )

    # === WHAT IS KNOWN === #

    @api.model
    def _of_subject(self, provider, sub):
        """Return the identity in use of this subject, empty when there is none."""
        return self.search_fetch(
            [
                ("provider_id", "=", provider.id),
                ("issuer", "=", provider.issuer),
                ("sub", "=", sub),
                ("state", "=", "active"),
            ],
            limit=1,
        )

    @api.model
    def _left_lately(self, provider, sub):
        """Return the id of the citizen that this subject left lately, or None."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=UNLINK_DAYS)
        left = self.search(
            [
                ("provider_id", "=", provider.id),
                ("issuer", "=", provider.issuer),
                ("sub", "=", sub),
                ("state", "=", "ended"),
                ("ended_at", ">", since),
            ],
            limit=1,
        )
        return left.partner_id.id or None

    def _pivot(self):
        self.ensure_one()
        return as_pivot(self.snapshot)

    def _seen(self, verified):
        """Keep what was received at this sign-in."""
        self.ensure_one()
        is_news = not same_pivot(self._pivot(), verified.pivot)
        self.write(
            {
                "last_seen_at": fields.Datetime.now(),
                "acr": verified.acr,
                "snapshot": as_snapshot(verified.pivot),
            }
        )
        self._certify()
        if is_news:
            self.partner_id._message_log(
                body=self.env._(
                    "%(provider)s gave another identity than before: the sheet was "
                    "updated.",
                    provider=self.provider_id.name,
                )
            )

    def _certify(self):
        """Write on the citizen's sheet what the provider certifies."""
        self.ensure_one()
        if self.provider_id.certifies and self.provider_id.audience == "citizens":
            self.partner_id._grc_certify(
                self._pivot(), self.provider_id, self.last_seen_at
            )

    # === ENDING === #

    def _end(self, reason, note=""):
        """End the link: it is kept, and opens nothing any more."""
        for identity in self.filtered(lambda known: known.state != "ended"):
            identity.write(
                {
                    "state": "ended",
                    "ended_at": fields.Datetime.now(),
                    "ended_reason": reason,
                    "ended_note": note,
                }
            )
            identity.partner_id._message_log(
                body=self.env._(
                    "The sign-in by %(provider)s ended.",
                    provider=identity.provider_id.name,
                )
            )

    def _lines(self):
        """Return the identity as received, for a screen.

        :return: ``(fact, text)`` of each
        """
        self.ensure_one()
        return [(name, self._text_of(self._pivot(), name)) for name in FIELDS]

    @api.model
    def _text_of(self, pivot, name):
        value = getattr(pivot, name)
        if name == "gender" and value:
            gender = self.env["res.partner"]._fields["grc_gender"]
            return dict(gender._description_selection(self.env))[value]
        if name == "birth_date":
            return in_french_order(value)
        return ", ".join(value) if isinstance(value, tuple) else value or ""
