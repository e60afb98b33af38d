import hashlib
import json
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
    "expires_at",
    "create_date",
)


def digest(text):
    """Return what is kept of a secret that a browser holds."""
    return hashlib.sha256((text or "").encode("utf-8", "replace")).hexdigest()


class TooMany(Exception):
    """Too many sign-ins were begun from one place in a minute."""


class GrcIdentityTransaction(models.Model):
    """Something begun by one browser, that it may end once: nobody has rights on it.

    A trip to a provider, the proof of an account.
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
    source_hash = fields.Char(index="btree_not_null")
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
        rules = provider._rules()
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
            source_hash=self._source_hash(options.get("source")),
            return_path=authorization.safe_return(options.get("return_path")),
            draft_token=options.get("draft_token") or False,
            user_id=options["user"].id if options.get("user") else False,
            payload=options.get("payload") or False,
        )
        return authorization.authorization_url(
            provider._rules(provider._endpoints()),
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
        """Keep that ``browser`` began something, named by ``state``.

        :param vals: other columns; ``source_hash`` is counted
        :raise TooMany: when too many were begun from there
        """
        now = fields.Datetime.now()
        vals = {
            "provider_id": provider.id,
            "browser_hash": digest(browser),
            "state_hash": digest(state),
            "purpose": purpose,
            "create_date": now,
            "expires_at": now + timedelta(minutes=PENDING_MINUTES),
        } | vals
        self.env.cr.execute(self._insertion(vals, now))
        row = self.env.cr.fetchone()
        if not row:
            raise TooMany()
        if row[1] and purpose in ROUND_TRIPS:
            # A browser has five under way at most; the others still count.
            self.env.cr.execute(
                SQL(
                    "UPDATE grc_identity_transaction SET expires_at = %s "
                    "WHERE id = ANY(%s)",
                    now,
                    row[1],
                )
            )
        self.invalidate_model()
        return self.browse(row[0])

    def _insertion(self, vals, now):
        """Return one statement: counts, inserts, and names the oldest under way.

        A sign-in has few queries to spare.
        """
        values = (
            self._fields[name].convert_to_column_insert(value, self)
            for name, value in vals.items()
        )
        begun = SQL(
            "SELECT id FROM grc_identity_transaction "
            "WHERE source_hash = %s AND create_date > %s LIMIT %s",
            vals.get("source_hash") or None,
            now - timedelta(minutes=1),
            MAX_STARTS_PER_MINUTE,
        )
        old = SQL(
            "SELECT id FROM grc_identity_transaction WHERE browser_hash = %s "
            "AND purpose IN %s AND expires_at > %s ORDER BY id DESC OFFSET %s",
            vals["browser_hash"],
            ROUND_TRIPS,
            now,
            MAX_PENDING - 1,
        )
        return SQL(
            "INSERT INTO grc_identity_transaction (%s) SELECT %s "
            "WHERE (SELECT count(*) FROM (%s) AS begun) < %s "
            "RETURNING id, ARRAY(%s)",
            SQL(", ").join(SQL.identifier(name) for name in vals),
            SQL(", ").join(SQL("%s", value) for value in values),
            begun,
            MAX_STARTS_PER_MINUTE,
            old,
        )

    @api.model
    def _source_hash(self, source):
        """Return what is kept of an address: it cannot be found back."""
        if not source:
            return False
        # sudo: the secret of the database
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return digest(f"{secret}{source}")

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

    @api.autovacuum
    def _gc_expired(self):
        limit = 1000
        old = self.search([("expires_at", "<", fields.Datetime.now())], limit=limit)
        old.unlink()
        return len(old), len(old) == limit
