import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize
from odoo.tools.urls import urljoin

from ..rules import proofs
from .grc_identity_transaction import digest


class GrcIdentityTransaction(models.Model):
    """The proof of an account by a link sent to the address on file."""

    _inherit = "grc.identity.transaction"

    @api.model
    def _begin_link(self, provider, browser, kept, return_path):
        """Send a link to the address on file of the account to prove, if there is one.

        Neither the account nor the address is told to whoever asks.

        :param str browser: secret of the session that asks; the link opens there only
        :param dict kept: who came back from the provider, and ``citizen``
        :param str return_path: where the citizen was going
        """
        user = self._account_to_prove(kept["citizen"])
        address = email_normalize(user.email or "")
        under_way = self.search_count(
            [
                ("purpose", "=", "proof_link"),
                ("user_id", "=", user.id),
                ("expires_at", ">", fields.Datetime.now()),
            ],
            limit=proofs.MAX_LINKS,
        )
        if not (user and address and proofs.may_send_link(kept["links"], under_way)):
            return
        token = secrets.token_urlsafe(48)
        self._begin(
            provider,
            browser,
            token,
            "proof_link",
            user_id=user.id,
            return_path=return_path,
            payload=kept | {"address": digest(address)},
            expires_at=self._link_ends(),
        )
        url = urljoin(provider._base(), f"/franceconnect/lien/{token}")
        user._grc_mail_proof_link(provider, url)

    @api.model
    def _link_ends(self):
        return fields.Datetime.now() + timedelta(minutes=proofs.LINK_MINUTES)

    @api.model
    def _account_to_prove(self, citizen):
        """Return the account of a citizen that a proof is about, empty for none."""
        # sudo: the account is written to, never shown
        partner_sudo = self.env["res.partner"].sudo().browse(citizen).exists()
        return partner_sudo.user_ids.filtered(lambda user: user._is_portal())[:1]

    @api.model
    def _waits(self, token, browser, purpose):
        """Tell whether this browser may still use ``token``; nothing is used."""
        if not token or not browser or len(token) > 200:
            return False
        pending = [
            ("state_hash", "=", digest(token)),
            ("browser_hash", "=", digest(browser)),
            ("purpose", "=", purpose),
            ("expires_at", ">", fields.Datetime.now()),
        ]
        return bool(self.search_count(pending, limit=1))

    @api.model
    def _proved_by_link(self, trip):
        """Return the account that a link that came back proves, empty for none.

        :param dict trip: the transaction taken
        :rtype: res.users
        """
        # sudo: the account is opened by what was sent to its owner
        user_sudo = self.env["res.users"].sudo().browse(trip["user_id"] or []).exists()
        kept = trip["payload"] or {}
        is_good = bool(user_sudo) and proofs.is_link_good(
            is_account_hers=user_sudo.partner_id.id == kept.get("citizen"),
            is_address_same=digest(email_normalize(user_sudo.email or ""))
            == kept.get("address"),
            is_open_to_citizens=user_sudo.active and user_sudo._is_portal(),
        )
        return user_sudo if is_good else self.env["res.users"]

    @api.model
    def _forget_proofs(self, browser):
        """One proof is enough: the other links of this browser open nothing more."""
        self.search(
            [
                ("browser_hash", "=", digest(browser)),
                ("purpose", "in", ("proof", "proof_link")),
            ]
        ).unlink()


class ResUsers(models.Model):
    _inherit = "res.users"

    def _grc_mail_proof_link(self, provider, url):
        """Queue the message that proves the account; the mail server is not waited for.

        :param grc.identity.provider provider: how the person signed in
        :param str url: what opens, in one browser, for thirty minutes
        """
        self.ensure_one()
        town = provider.company_id
        words = self.with_context(lang=self.lang or town.partner_id.lang)
        body = words.env["ir.qweb"]._render(
            "grc_franceconnect.proof_link_mail",
            {
                "town": town,
                "provider": provider,
                "url": url,
                "minutes": proofs.LINK_MINUTES,
            },
        )
        # sudo: whoever asks has no account yet
        self.env["mail.mail"].sudo().create(
            {
                "subject": words.env._("Find your account on our site"),
                "body_html": body,
                "email_from": town.email_formatted or town.catchall_formatted,
                "email_to": self.email_formatted,
                "auto_delete": True,
            }
        )
        # sudo: leaves at once, by the job that sends
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
