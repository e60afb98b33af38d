import secrets

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from .. import snapshots
from ..const import LOGIN_PREFIX, MAX_CASES
from ..rules import recognition
from ..rules.pivot import (
    NONE,
    confidence,
    search_dates,
    search_keys,
)
from ..rules.profile import email_from_claims, name_from_claims

# Those of one name and one day of birth; of one year, when the day is not known.
_ENOUGH = 200


class GrcIdentityRecognitionMixin(models.AbstractModel):
    """Facts in, decision out (``rules/recognition.py``), and what it changes here."""

    _name = "grc.identity.recognition.mixin"
    _description = "Recognition of a citizen"

    # === FACTS === #

    @api.model
    def _recognise(self, provider, verified, account=None, is_declined=False):
        """Decide who came back.

        :param res.users account: that of the session, whose proof was just given
        :param bool is_declined: « this is not my account »
        :rtype: recognition.Decision
        """
        known = self._of_subject(provider, verified.sub)
        is_for_citizens = provider.audience == "citizens"
        candidates = []
        if not known and provider.certifies and is_for_citizens:
            candidates = self._candidates(provider, verified.pivot)
        return recognition.recognise(
            is_complete=verified.pivot.is_complete,
            certifies=provider.certifies and is_for_citizens,
            known=self._known_fact(known, is_for_citizens) if known else None,
            account=self._account_fact(provider, account, verified.pivot)
            if account
            else None,
            candidates=candidates,
            is_proof_declined=is_declined,
            unlinked_from=None if known else self._left_lately(provider, verified.sub),
            contested_from=None
            if known
            else self._contested_from(provider, verified.sub),
        )

    def _known_fact(self, known, is_for_citizens):
        user = known.user_id
        return recognition.Known(
            citizen=known.partner_id.id,
            identity=known.id,
            is_active=bool(user.active and known.partner_id.active),
            is_internal=bool(user) and user._is_internal() == is_for_citizens,
        )

    def _account_fact(self, provider, account, pivot):
        partner = account.partner_id
        own = partner._grc_pivot()
        has_identity = partner.grc_identity_level != "declared" and own.family_name
        linked = self.search_count(
            [
                ("partner_id", "=", partner.id),
                ("provider_id", "=", provider.id),
                ("state", "=", "active"),
            ]
        )
        return recognition.Account(
            citizen=partner.id,
            confidence=confidence(own, pivot) if has_identity else None,
            has_fresh_proof=True,
            is_linked=bool(linked),
            is_internal=account._is_internal() == (provider.audience == "citizens"),
            is_deceased=partner._grc_is_deceased(),
        )

    @api.model
    def _candidates(self, provider, pivot):
        """Return the citizens whose identity is exact or near, agents' left out.

        :rtype: list[recognition.Candidate]
        """
        keys = search_keys(pivot)
        if not keys:
            return []
        # By id: nobody reads them in the order of the names.
        found = self.env["res.partner"].search(
            self._candidates_domain(provider, pivot, keys), limit=_ENOUGH, order="id"
        )
        sure = {partner: confidence(partner._grc_pivot(), pivot) for partner in found}
        likely = found.filtered(lambda partner: sure[partner].level != NONE)
        linked = self.search(
            [("partner_id", "in", likely.ids), ("state", "=", "active")]
        ).partner_id
        return [
            recognition.Candidate(
                citizen=partner.id,
                confidence=sure[partner],
                is_verified=partner.grc_identity_level != "declared",
                has_login=bool(partner.user_ids),
                is_linked=partner in linked,
                is_internal=any(user._is_internal() for user in partner.user_ids),
                is_deceased=partner._grc_is_deceased(),
            )
            for partner in likely
        ]

    @api.model
    def _candidates_domain(self, provider, pivot, keys):
        own = Domain("company_id", "in", [False, provider.company_id.id])
        return own & self._alike_domain(pivot, keys)

    @api.model
    def _alike_domain(self, pivot, keys):
        """Return the domain of who has this name and may be born that day: indexed."""
        domain = Domain("grc_identity_key", "in", keys)
        domain |= Domain("grc_usage_key", "in", keys)
        dates = search_dates(pivot)
        return domain & Domain("grc_birth_date", "in", dates) if dates else domain

    # === WHAT IT CHANGES === #

    @api.model
    def _apply(self, decision, provider, verified, account=None):
        """Do what was decided and return the account to open, empty for none.

        :raise ConcurrencyError: when the same person signs in twice at once: Odoo
            then tries again, and the second finds what the first did
        :rtype: res.users
        """
        action = decision.action
        if action == recognition.KNOWN_SUB:
            known = self.browse(decision.identity)
            known._seen(verified)
            return known.user_id
        if action == recognition.LINK_TO:
            partner = self.env["res.partner"].browse(decision.citizen)
            user = account or self._open_account(provider, verified, partner)
            self._link(provider, verified, user)
            return user
        if action == recognition.NEW_CITIZEN:
            return self._new_citizen(provider, verified).user_id
        if action == recognition.TO_QUEUE:
            return self._queue(decision, provider, verified, account)
        return self.env["res.users"]

    def _new_citizen(self, provider, verified):
        user = self._open_account(provider, verified)
        return self._link(provider, verified, user)

    def _queue(self, decision, provider, verified, account):
        """Let an agent decide; the citizen gets an empty account meanwhile."""
        cases = self.env["grc.identity.case"]
        if account:
            asked = [
                ("provider_id", "=", provider.id),
                ("sub", "=", verified.sub),
                ("user_id", "=", account.id),
                ("state", "=", "waiting"),
            ]
            if self.search_count(asked, limit=1):
                return account
            waiting = self._link(provider, verified, account, state="waiting")
            candidates = (decision.citizen, *decision.others)
            cases._open(waiting, None, [account.partner_id.id], decision.reason)
            if len(candidates) > 1:
                cases._open(waiting, None, decision.others[:MAX_CASES], decision.reason)
            return account
        identity = self._new_citizen(provider, verified)
        cases._open(
            identity,
            identity.partner_id,
            decision.others[:MAX_CASES],
            decision.reason,
        )
        return identity.user_id

    def _link(self, provider, verified, user, state="active"):
        now = fields.Datetime.now()
        try:
            identity = self.create(
                {
                    "provider_id": provider.id,
                    "issuer": provider.issuer,
                    "sub": verified.sub,
                    "partner_id": user.partner_id.id,
                    "user_id": user.id,
                    "state": state,
                    "acr": verified.acr,
                    "first_seen_at": now,
                    "last_seen_at": now,
                    "snapshot": snapshots.as_snapshot(verified.pivot),
                }
            )
        except UniqueViolation as error:
            raise ConcurrencyError("the same person signs in twice at once") from error
        if state == "active":
            identity._certify()
        return identity

    def _open_account(self, provider, verified, partner=None):
        """Return a new account of the portal, without any password.

        Its login says nothing: the e-mail address is declared, and may be another's.
        """
        company = provider.company_id
        values = {
            "login": f"{LOGIN_PREFIX}{secrets.token_hex(16)}",
            "is_grc_identity_only": True,
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
        }
        if partner:
            values["partner_id"] = partner.id
        else:
            values |= {
                "name": self._usual_name(verified),
                "email": email_from_claims(verified.claims) or False,
                "lang": company.partner_id.lang or self.env.lang,
            }
        users = self.env["res.users"].with_context(no_reset_password=True)
        user = users._create_user_from_template(values)
        if not partner:
            user.partner_id.company_id = company
        return user

    @api.model
    def _usual_name(self, verified):
        pivot = verified.pivot
        family = pivot.preferred_username or pivot.family_name
        given = pivot.given_names[0] if pivot.given_names else ""
        name = " ".join(filter(None, (given, family)))
        name = name or name_from_claims(verified.claims)
        return name or self.env._("Citizen without a known name")
