from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.ends import AGENT_REASONS, USURPED


class GrcIdentityEnd(models.TransientModel):
    """An identity manager ends a link, and says why."""

    _name = "grc.identity.end"
    _description = "End of a link"

    identity_id = fields.Many2one(
        "grc.identity", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Selection(
        selection="_selection_reason", string="Why the link ends", required=True
    )
    note = fields.Text(string="What you saw, or what was asked")
    is_account_closed = fields.Boolean(
        string="Close the account too",
        help="Nobody opens it any more, with a password either. It opens again when "
        "the link is given back.",
    )
    # sudo: what the window shows of the account, once the link may be read
    is_only = fields.Boolean(
        related="identity_id.user_id.is_grc_identity_only", related_sudo=True
    )

    @api.model
    def _selection_reason(self):
        labels = dict(
            self.env["grc.identity"]
            ._fields["ended_reason"]
            ._description_selection(self.env)
        )
        return [(code, labels[code]) for code in AGENT_REASONS]

    @api.constrains("identity_id")
    def _check_identity_id(self):
        # sudo: core runs constraints in sudo; this one is about the agent's own rights
        self.identity_id.sudo(False).check_access("read")

    def action_confirm(self):
        """End the link, with what follows from the reason.

        :raise UserError: without a note, or when the link is not in use
        """
        self.ensure_one()
        self.identity_id._check_manager()
        if not (self.note or "").strip():
            raise UserError(self.env._("Write what you saw, or what was asked."))
        # sudo: nobody writes identities; the group was checked
        self.identity_id.sudo()._end_by(
            self.env.user,
            self.reason,
            self.note.strip(),
            closes_account=self.reason == USURPED and self.is_account_closed,
        )
        return {"type": "ir.actions.act_window_close"}
