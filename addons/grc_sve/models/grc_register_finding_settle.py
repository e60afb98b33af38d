from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class GrcRegisterFinding(models.Model):
    """A discrepancy that somebody looked into: settled, with a reason, never erased."""

    _inherit = "grc.register.finding"

    settled_at = fields.Datetime(string="Settled on", readonly=True)
    settled_by_id = fields.Many2one(
        "res.users", string="Settled by", readonly=True, ondelete="restrict"
    )
    settled_reason = fields.Char(string="How it was settled", readonly=True)
    state = fields.Selection(
        [("open", "To look into"), ("settled", "Settled")],
        string="Status",
        compute="_compute_state",
    )

    @api.depends("settled_at")
    def _compute_state(self):
        for finding in self:
            finding.state = "settled" if finding.settled_at else "open"

    def action_settle(self):
        """Open the window that settles these discrepancies."""
        self._check_settler()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "grc_sve.grc_register_settlement_action"
        ) | {"context": {"default_finding_ids": self.ids}}

    def _check_settler(self):
        self.check_access("read")
        if not self.env.user.has_group("grc_base.group_grc_manager"):
            raise AccessError(
                self.env._("Functional administrators alone settle a discrepancy.")
            )

    def _settle(self, reason):
        """Record who settled these discrepancies, when and how; once each.

        They stay in the log, and the nightly verification does not find them again
        as long as the same thing is found.

        :param str reason: what was found out, and done
        :raise UserError: without a reason
        """
        self._check_settler()
        if not (reason or "").strip():
            raise UserError(self.env._("Say how it was settled."))
        # sudo: nobody writes the log by hand; the right was checked above
        left_sudo = self.sudo().filtered(lambda finding: not finding.settled_at)
        left_sudo.lock_for_update()
        left_sudo._write_facts(
            {
                "settled_at": fields.Datetime.now(),
                "settled_by_id": self.env.uid,
                "settled_reason": reason.strip(),
            }
        )

    def _write_facts(self, vals):
        """Write facts. For our own methods only."""
        # Past our own ``write``, which refuses everything.
        # pylint: disable-next=super-method-mismatch
        return models.Model.write(self, vals)
