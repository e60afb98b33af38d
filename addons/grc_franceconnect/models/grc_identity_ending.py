from odoo import api, models
from odoo.exceptions import UserError

from ..rules import ends


class GrcIdentity(models.Model):
    """The end of a link decided by an identity manager, and how it is given back."""

    _inherit = "grc.identity"

    @api.model
    def _contested_from(self, provider, sub):
        """Return the id of the citizen whose link to this subject was contested."""
        contested = self.search(
            [
                ("provider_id", "=", provider.id),
                ("issuer", "=", provider.issuer),
                ("sub", "=", sub),
                ("state", "=", "ended"),
                ("ended_reason", "in", ends.CONTESTED),
            ],
            limit=1,
        )
        return contested.partner_id.id or None

    def action_end(self):
        """Open the window where an identity manager says why the link ends."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("End this link"),
            "res_model": "grc.identity.end",
            "view_mode": "form",
            "target": "new",
            "context": {"default_identity_id": self.id},
        }

    def _check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group("grc_franceconnect.group_grc_identity"):
            raise UserError(
                self.env._("An identity manager ends or gives back a link.")
            )

    # === ENDING === #

    def _end_by(self, agent, reason, note, closes_account=False):
        """End the link for a reason, and do what follows from it.

        :param res.users agent: the identity manager who decides
        :param str reason: one of ``ends.AGENT_REASONS``
        :param str note: what the agent saw
        :param bool closes_account: whatever the reason
        :raise UserError: when the link is not in use
        """
        self.ensure_one()
        if self.state != "active":
            raise UserError(
                self.env._(
                    "This link is not in use. One that waits is decided in Follow-up, "
                    "Identities to check."
                )
            )
        follows = ends.effects(reason)
        user = self.user_id
        self._end(reason, note)
        self.ended_by_id = agent
        self._end_account(user, follows, closes_account)
        if reason == ends.DECEASED:
            self.partner_id.grc_is_deceased = True
        if not follows.keeps_certified:
            self._withdraw_certificate()
        if follows.opens_case:
            cases = self.env["grc.identity.case"]
            cases._open(self, None, self.partner_id.ids, "contested")
        self._log_end(agent, note)

    def _end_account(self, user, follows, closes_account):
        user._grc_close_sessions()
        is_closed = closes_account or follows.closes_account
        if is_closed and user.active and not user._is_internal():
            user.active = False
            self.ended_account = True
        if follows.tells_citizen and user.active:
            user._grc_notify_link(self.provider_id, is_ended=True)

    def _withdraw_certificate(self):
        """The facts of the sheet are those of somebody else: nothing certifies them."""
        if self.partner_id.grc_identity_level == "franceconnect":
            self.partner_id.write(
                {"grc_identity_level": "declared", "grc_identity_source": False}
            )

    def _log_end(self, agent, note):
        reasons = dict(self._fields["ended_reason"]._description_selection(self.env))
        self.partner_id._message_log(
            body=self.env._(
                "%(agent)s ended the link to %(provider)s: %(reason)s. %(note)s",
                agent=agent.name,
                provider=self.provider_id.name,
                reason=reasons[self.ended_reason],
                note=note,
            )
        )

    # === GIVING BACK === #

    def action_give_back(self):
        """Give the link back to its citizen, as an identity manager.

        :raise UserError: when it cannot be
        """
        self.ensure_one()
        self._check_manager()
        # sudo: nobody writes identities; the group was checked
        identity_sudo = self.sudo()
        identity_sudo._give_back(self.env.user)
        cases_sudo = identity_sudo.env["grc.identity.case"].search(
            [
                ("identity_id", "=", self.id),
                ("partner_id", "=", False),
                ("state", "=", "open"),
            ]
        )
        for case_sudo in cases_sudo:
            case_sudo.decision_reason = case_sudo.decision_reason or self.env._(
                "The link was given back from the sheet of the citizen."
            )
            case_sudo.with_user(self.env.user)._decided("linked")

    def _give_back(self, agent):
        """Make an ended link open its account again.

        :param res.users agent: who decides
        :raise UserError: when the subject, the citizen or the account is taken
        """
        self.ensure_one()
        user = self.user_id
        code = ends.why_not_given_back(
            is_ended=self.state == "ended",
            is_taken=bool(self._of_subject(self.provider_id, self.sub)),
            is_replaced=self._is_replaced(),
            is_gone=not (self._may_open(user) and self.partner_id.active),
        )
        if code:
            raise UserError(self._why_not(code))
        if self.ended_account:
            user.active = True
        if self.ended_reason == ends.DECEASED:
            self.partner_id.grc_is_deceased = False
        self.write(
            {
                "state": "active",
                "ended_at": False,
                "ended_reason": False,
                "ended_note": False,
                "ended_by_id": False,
                "ended_account": False,
            }
        )
        self._certify()
        self.partner_id._message_log(
            body=self.env._(
                "%(agent)s gave back the link to %(provider)s.",
                agent=agent.name,
                provider=self.provider_id.name,
            )
        )

    def _may_open(self, user):
        is_hers = bool(user) and user.partner_id == self.partner_id
        return is_hers and (user.active or self.ended_account)

    def _is_replaced(self):
        others = [
            ("id", "!=", self.id),
            ("partner_id", "=", self.partner_id.id),
            ("provider_id", "=", self.provider_id.id),
            ("state", "=", "active"),
        ]
        return bool(self.search_count(others, limit=1))

    def _why_not(self, code):
        texts = {
            ends.NOT_ENDED: self.env._("This link has not ended."),
            ends.GONE: self.env._(
                "The account or the sheet of this link is no longer in use."
            ),
            ends.TAKEN: self.env._(
                "This identity opens another account now: bring both sheets together "
                "in Follow-up, Merged citizens."
            ),
            ends.REPLACED: self.env._(
                "This citizen signs in with another identity now: end that link first."
            ),
        }
        return texts[code]
