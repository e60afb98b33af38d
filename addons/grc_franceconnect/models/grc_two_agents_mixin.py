from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import decisions


class GrcTwoAgentsMixin(models.AbstractModel):
    """A decision that one agent proposes and another confirms, if the town wants it."""

    _name = "grc.two.agents.mixin"
    _description = "Decision by two agents"

    proposed_by_id = fields.Many2one(
        "res.users", string="Proposed by", readonly=True, ondelete="restrict"
    )
    proposed_at = fields.Datetime(string="Proposed on", readonly=True)

    def _is_decided_now(self):
        """Tell whether the present agent decides; else note what is proposed.

        :raise UserError: when the agent would confirm what she proposed
        """
        self.ensure_one()
        # sudo: the agent writes the reason only; the rest is ours
        record_sudo = self.sudo()
        step = decisions.next_step(
            needs_two=record_sudo.company_id.grc_identity_two_agents,
            proposed_by=record_sudo.proposed_by_id.id or None,
            agent=self.env.user.id,
        )
        if step == decisions.REFUSE:
            raise UserError(
                self.env._(
                    "You proposed it: another identity manager confirms it, or keeps "
                    "both apart."
                )
            )
        if step == decisions.DECIDE:
            return True
        record_sudo.write(
            {"proposed_by_id": self.env.user.id, "proposed_at": fields.Datetime.now()}
        )
        record_sudo._message_log(
            body=self.env._(
                "%(agent)s proposes to bring both sheets together. A second identity "
                "manager confirms.",
                agent=self.env.user.name,
            )
        )
        self._call_second(
            self.env["res.users"]._grc_identity_managers(record_sudo.company_id)
            - self.env.user
        )
        return False

    def _call_second(self, users):
        """Hook: call who may confirm."""
