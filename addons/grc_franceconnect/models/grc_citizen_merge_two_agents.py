from odoo import api, models
from odoo.exceptions import UserError

# What an agent writes; the rest is ours.
_TYPED = {"company_id", "kept_id", "dropped_id", "reason"}


class GrcCitizenMerge(models.Model):
    """A merge by hand is proposed by one agent and confirmed by another, if wanted."""

    _inherit = "grc.citizen.merge"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse that a merge is written by hand as proposed, or done.

        :raise UserError: for a fact that is not an agent's to write
        """
        names = {name for vals in vals_list for name in vals if name in self._fields}
        ours = {name for name in names - _TYPED if self._fields[name].readonly}
        if ours and not self.env.su:
            raise UserError(self.env._("A merge is not written by hand."))
        return super().create(vals_list)

    def write(self, vals):
        """Forget what was proposed when it was about other sheets."""
        result = super().write(vals)
        if {"kept_id", "dropped_id"} & set(vals):
            # sudo: emptied only
            self.sudo().write({"proposed_by_id": False, "proposed_at": False})
            self.sudo().activity_ids.unlink()  # sudo: those of colleagues too
        return result

    def _call_second(self, users):
        for user in users:
            words = self.with_context(lang=user.lang).env
            # sudo: written for somebody else
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                summary=words._("Same person: confirm or not?"),
                user_id=user.id,
            )
