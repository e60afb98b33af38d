import hashlib
import json
import secrets
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import (
    MAX_PENDING,
    MAX_STARTS_PER_MINUTE,
    PENDING_MINUTES,
    PURPOSES,
    ROUND_TRIPS,
    TICKET_SECONDS,
)
from ..rules import authorization

_COLUMNS = (
    "id",
    "provider_id",
    "purpose",
    "nonce",
    "verifier",
    "acr",
    "return_path",
    "draft_token",
    "user_id",
    "payload",
    "create_date",
)


def digest(text):
    """Return what is kept of a secret that a browser holds."""
    return hashlib.sha256((text or "").encode("utf-8", "replace")).hexdigest()


class TooMany(Exception):
    """Too many sign-ins were begun from one place in a minute."""


class GrcIdentityTransaction(models.Model):
    """Something begun by one browser, that it may end once: nobody has rights on it.

    A trip to a provider, the proof of an account, the opening of a session.
    """

    _name = "grc.identity.transaction"
    _description = "Sign-in in progress"

    state_hash = fields.Char(required=True, index=True)
    browser_hash = fields.Char(required=True, index=True)
    provider_id = fields.Many2one(
        "grc.identity.provider", required=True, ondelete="cascade", index=True
    )
    purpose = fields.Selection(PURPOSES, required=True)
    nonce = fields.Char()
    verifier = fields.Char()
    acr = fields.Char()
    return_path = fields.Char()
    draft_token = fields.Char()
    user_id = fields.Many2one("res.users", ondelete="cascade", index=True)
    payload = fields.Json()
    source_hash = fields.Char()
    expires_at = fields.Datetime(required=True)

    _state_uniq = models.UniqueIndex("(state_hash)", "This sign-in exists already.")

    # === LEAVING === #

    @api.model
    def _leave(self, provider, browser, purpose="sign_in", **options):
        """Begin a trip to ``provider`` and return the address to go to.

        :param str browser: secret of the session of the browser
        :param options: ``return_path``, ``draft_token``, ``user``, ``scopes``,
            ``acr`` (level, the provider's by default), ``prompt``, ``payload`` (what a
            purpose wants back), ``source`` (address where the request comes from)
        :raise TooMany: when too many were begun from there
        :raise Refused: when the document of the provider is not believed
        :raise Unavailable: when it cannot be read
        :rtype: str
        """
        source_hash = self._check_flood(options.get("source"))
        rules = provider._rules(provider._endpoints())
        state, nonce = authorization.new_state(), authorization.new_nonce()
        verifier = authorization.new_verifier() if rules.uses_pkce else ""
        self._begin(
            provider,
            browser,
            state,
            purpose,
            nonce=nonce,
            verifier=verifier,
            acr=options.get("acr") or False,
            source_hash=source_hash,
            return_path=authorization.safe_return(options.get("return_path")),
            draft_token=options.get("draft_token") or False,
            user_id=options["user"].id if options.get("user") else False,
            payload=options.get("payload") or False,
        )
        self._keep_few(browser)
        return authorization.authorization_url(
            rules,
            state,
            nonce,
            scopes=tuple(options.get("scopes") or ()),
            acr=options.get("acr") or "",
            pkce=authorization.challenge(verifier) if verifier else None,
            prompt=options.get("prompt") or "",
        )

    @api.model
    def _leave_session(self, provider, browser, id_token):
        """Return the address that closes the session at ``provider``, or nothing."""
        state = authorization.new_state()
        rules = provider._rules(provider._endpoints())
        url = authorization.logout_url(rules, id_token, state)
        if url:
            self._begin(provider, browser, state, "logout")
        return url

    @api.model
    def _begin(self, provider, browser, state, purpose, **vals):
        lasts = timedelta(minutes=PENDING_MINUTES)
        if purpose == "ticket":
            lasts = timedelta(seconds=TICKET_SECONDS)
        return self.create(
            {
                "provider_id": provider.id,
                "browser_hash": digest(browser),
                "state_hash": digest(state),
                "purpose": purpose,
                "expires_at": fields.Datetime.now() + lasts,
            }
            | vals
        )

    @api.model
    def _keep_few(self, browser):
        """A browser has five sign-ins at most under way: the oldest are forgotten."""
        pending = [
            ("browser_hash", "=", digest(browser)),
            ("purpose", "in", ROUND_TRIPS),
        ]
        self.search(pending, order="id desc", offset=MAX_PENDING).unlink()

    @api.model
    def _check_flood(self, source):
        if not source:
            return False
        # sudo: the secret of the database, so that an address cannot be found back
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        source_hash = digest(f"{secret}{source}")
        since = fields.Datetime.now() - timedelta(minutes=1)
        begun = [("source_hash", "=", source_hash), ("create_date", ">", since)]
        if (
            self.search_count(begun, limit=MAX_STARTS_PER_MINUTE)
            >= MAX_STARTS_PER_MINUTE
        ):
            raise TooMany()
        return source_hash

    # === COMING BACK === #

    @api.model
    def _take(self, state, browser, purposes=ROUND_TRIPS):
        """Take, once, what this browser began; nobody else can, nor twice.

        It is done apart from everything that follows: a failure afterwards does not
        make it usable again.

        :param str state: as received: forged perhaps
        :param str browser: secret of the session of the browser
        :return: the facts of the transaction, empty when there is none
        :rtype: dict
        """
        if not state or not browser or len(state) > 200:
            return {}
        self.env.cr.flush()
        try:
            with self.env.registry.cursor() as cr:
                return self._taken(cr, state, browser, purposes)
        except SerializationFailure:
            return {}

    def _taken(self, cr, state, browser, purposes):
        cr.execute(
            SQL(
                "DELETE FROM grc_identity_transaction WHERE state_hash = %s AND "
                "browser_hash = %s AND purpose IN %s AND expires_at > %s RETURNING %s",
                digest(state),
                digest(browser),
                tuple(purposes),
                fields.Datetime.now(),
                SQL(", ").join(SQL.identifier(name) for name in _COLUMNS),
            ),
            log_exceptions=False,
        )
        row = cr.fetchone()
        if not row:
            return {}
        values = dict(zip(_COLUMNS, row, strict=True))
        if isinstance(values["payload"], str):
            values["payload"] = json.loads(values["payload"])
        return values

    # === OPENING A SESSION === #

    @api.model
    def _ticket(self, provider, user, browser):
        """Return what opens, once and within 30 seconds, a session of ``user``."""
        ticket = secrets.token_urlsafe(48)
        self._begin(provider, browser, ticket, "ticket", user_id=user.id)
        self.flush_model()
        return ticket

    @api.model
    def _use_ticket(self, ticket, browser, user):
        """Consume a ticket; tell the provider it comes from, empty when it is none."""
        if not ticket or not browser or not isinstance(ticket, str):
            return self.env["grc.identity.provider"]
        self.env.cr.execute(
            SQL(
                "DELETE FROM grc_identity_transaction WHERE state_hash = %s AND "
                "browser_hash = %s AND purpose = 'ticket' AND expires_at > %s AND "
                "user_id = %s RETURNING provider_id",
                digest(ticket),
                digest(browser),
                fields.Datetime.now(),
                user.id,
            )
        )
        row = self.env.cr.fetchone()
        self.env["grc.identity.transaction"].invalidate_model()
        return self.env["grc.identity.provider"].browse(row and row[0] or [])

    @api.autovacuum
    def _gc_expired(self):
        limit = 1000
        old = self.search([("expires_at", "<", fields.Datetime.now())], limit=limit)
        old.unlink()
        return len(old), len(old) == limit
