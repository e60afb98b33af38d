from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.auth_signup.models.res_partner import SignupError

from ..const import CREDENTIAL, MIN_PASSWORD
from ..ticket import Ticket

# Of this process: what comes from a browser can never be this very object.
_OWN_NOTICE = object()


class ResUsers(models.Model):
    _inherit = "res.users"

    is_grc_identity_only = fields.Boolean(
        string="Signs in with FranceConnect only",
        readonly=True,
        copy=False,
        help="The account has no password, and none is sent by e-mail.",
    )
    # Changed to close every session of the account.
    grc_session_seal = fields.Integer(readonly=True, copy=False)

    # === SIGNING IN === #

    def _check_credentials(self, credential, env):
        """Accept the ticket that our own controller has just made, and nothing else.

        :raise AccessDenied: for what is no ticket, a ticket used, or one of an
            account that this provider may not open
        """
        if credential.get("type") != CREDENTIAL:
            return super()._check_credentials(credential, env)
        user = self.env.user
        if not (request and (env or {}).get("interactive")):
            raise AccessDenied()
        ticket = credential.get("ticket")
        provider_id = ticket.use(user.id) if isinstance(ticket, Ticket) else None
        if not provider_id or not user.active:
            raise AccessDenied()
        # sudo: the provider that this request verified who came back from
        provider_sudo = self.env["grc.identity.provider"].sudo().browse(provider_id)
        if user._is_internal() != (provider_sudo.audience == "agents"):
            raise AccessDenied()
        return {"uid": user.id, "auth_method": CREDENTIAL, "mfa": "default"}

    def _get_session_token_fields(self):
        return super()._get_session_token_fields() | {"grc_session_seal"}

    def _grc_close_sessions(self):
        """Close every session of these accounts, wherever they are open."""
        for user in self:
            user.sudo().grc_session_seal += 1  # sudo: our own counter

    def _grc_notify_link(self, provider, is_ended=False):
        """Write to the address on file that a way to sign in was added, or ended.

        :param grc.identity.provider provider: how the account is opened
        """
        self.ensure_one()
        if not self.email:
            return
        if is_ended:
            text = self.env._(
                "Your account is no longer opened with %(name)s.", name=provider.name
            )
        else:
            text = self.env._(
                "Your account is opened with %(name)s too.", name=provider.name
            )
        self._notify_security_setting_update(
            self.env._("Your account on our site"), text, suggest_password_reset=False
        )

    def _grc_password_error(self, login, password, again):
        """Return what is wrong with a first password, empty when nothing is.

        :param str login: e-mail address to sign in with
        :rtype: str
        """
        self.ensure_one()
        if not email_normalize(login):
            return self.env._("Write an e-mail address, such as name@example.fr.")
        if len(password) < MIN_PASSWORD:
            return self.env._(
                "The password has at least %(count)s characters.", count=MIN_PASSWORD
            )
        if password != again:
            return self.env._("Both passwords are not the same.")
        everybody = self.with_context(active_test=False)
        taken = [("login", "=", email_normalize(login)), ("id", "!=", self.id)]
        if everybody.search_count(taken, limit=1):
            return self.env._("This address cannot be used: choose another one.")
        return ""

    def _grc_add_password(self, login, password):
        """Let the account be opened with a password as well."""
        self.ensure_one()
        self.with_context(grc_own_notice=_OWN_NOTICE).write(
            {
                "login": email_normalize(login),
                "password": password,
                "is_grc_identity_only": False,
            }
        )
        self._notify_security_setting_update(
            self.env._("Your account on our site"),
            self.env._(
                "Your account is opened with an e-mail address and a password too."
            ),
            suggest_password_reset=False,
        )
        self.env.flush_all()
        self.env.registry.clear_cache()

    def _notify_security_setting_update(
        self, subject, content, mail_values=None, **kwargs
    ):
        """Leave out core's notices where one of ours says it in plain words."""
        if self.env.context.get("grc_own_notice") is _OWN_NOTICE:
            return None
        return super()._notify_security_setting_update(
            subject, content, mail_values=mail_values, **kwargs
        )

    # === NO PASSWORD BY E-MAIL === #

    @api.model
    def _get_email_domain(self, email):
        # Whoever reads the e-mail of a family would get a password on an account
        # that was opened with a verified identity.
        domain = super()._get_email_domain(email)
        return Domain(domain) & Domain("is_grc_identity_only", "=", False)

    def action_reset_password(self):
        """Send no link to an account that FranceConnect opens."""
        if any(user.is_grc_identity_only for user in self):
            raise UserError(
                self.env._(
                    "This account is opened with FranceConnect: no password is sent "
                    "by e-mail."
                )
            )
        return super().action_reset_password()

    def _action_reset_password(self, signup_type="reset"):
        others = self.filtered(lambda user: not user.is_grc_identity_only)
        if self and not others:
            return None
        return super(ResUsers, others)._action_reset_password(signup_type=signup_type)

    def reset_password(self, login):
        """Answer for such an account as for one that does not exist."""
        users = self.search(self._get_login_domain(login))
        if users.filtered("is_grc_identity_only"):
            login = "-"
        return super().reset_password(login)

    @api.model
    def signup(self, values, token=None):
        """Refuse an invitation that would put a password on such an account."""
        if token:
            # sudo: core reads the partner of a token so
            partners_sudo = self.env["res.partner"].sudo()
            partner = partners_sudo._signup_retrieve_partner(
                token, check_validity=True, raise_exception=True
            )
            if any(user.is_grc_identity_only for user in partner.user_ids):
                raise SignupError(self.env._("This link opens nothing."))
        return super().signup(values, token)
