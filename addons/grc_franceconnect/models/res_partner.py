from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.grc_base.rules.partial_dates import in_french_order

from ..const import CERTIFIED_FIELDS
from ..rules.decisions import is_to_ask_again
from ..rules.names import split_given_names
from ..rules.pivot import Pivot, search_keys


class ResPartner(models.Model):
    _inherit = "res.partner"

    grc_identity_ids = fields.One2many(
        "grc.identity",
        "partner_id",
        string="Sign-ins",
        groups="grc_franceconnect.group_grc_identity",
    )
    grc_is_deceased = fields.Boolean(
        string="Reported deceased",
        help="Nobody is recognised as this citizen without an agent.",
    )
    grc_identity_until = fields.Date(
        string="Certified until",
        compute="_compute_grc_identity_until",
        help="After that day the identity is asked again: a sign-in with FranceConnect "
        "certifies it anew.",
    )
    grc_identity_is_old = fields.Boolean(
        string="To certify again", compute="_compute_grc_identity_until"
    )
    # By which a citizen is found among a million: year of birth and name.
    grc_identity_key = fields.Char(
        compute="_compute_grc_identity_key", store=True, index="btree_not_null"
    )
    grc_usage_key = fields.Char(
        compute="_compute_grc_identity_key", store=True, index="btree_not_null"
    )

    @api.depends(
        "is_grc_citizen",
        "grc_birth_name",
        "grc_usage_name",
        "grc_given_names",
        "grc_birth_date",
    )
    def _compute_grc_identity_key(self):
        for partner in self:
            keys = search_keys(partner._grc_pivot()) if partner.is_grc_citizen else ()
            partner.grc_identity_key = keys[0] if keys else False
            partner.grc_usage_key = keys[1] if len(keys) > 1 else False

    @api.depends("grc_identity_level", "grc_identity_on", "company_id")
    def _compute_grc_identity_until(self):
        for partner in self:
            # sudo: a setting of the town, shown to the citizen too
            company_sudo = (partner.company_id or self.env.company).sudo()
            days = company_sudo.grc_identity_valid_days
            is_certified = partner.grc_identity_level == "franceconnect"
            since = partner.grc_identity_on if is_certified else None
            until = since and days > 0 and fields.Date.add(since, days=days)
            partner.grc_identity_until = until or False
            partner.grc_identity_is_old = is_to_ask_again(
                since or None, fields.Date.context_today(company_sudo), days
            )

    def _grc_pivot(self):
        """Return the pivot identity that the sheet holds.

        :rtype: Pivot
        """
        self.ensure_one()
        return Pivot(
            given_names=split_given_names(self.grc_given_names),
            family_name=self.grc_birth_name or "",
            preferred_username=self.grc_usage_name or "",
            birth_date=self.grc_birth_date or "",
            gender=self.grc_gender or "",
            birth_place=self.grc_birth_place_code or "",
            birth_country=self.grc_birth_country_code or "",
        )

    def _grc_birth_text(self):
        """Return the date of birth as written in France; unknown parts left out."""
        self.ensure_one()
        return in_french_order(self.grc_birth_date)

    def _grc_is_deceased(self):
        self.ensure_one()
        return self.grc_is_deceased

    def write(self, vals):
        """Keep what FranceConnect certified from being typed over.

        :raise UserError: when somebody who is no identity manager changes it
        """
        touched = [name for name in CERTIFIED_FIELDS if name in vals]
        if touched and not self.env.su:
            self._check_certified(touched, vals)
        return super().write(vals)

    def _check_certified(self, names, vals):
        if self.env.user.has_group("grc_franceconnect.group_grc_identity"):
            return
        for partner in self.filtered(
            lambda citizen: citizen.grc_identity_level == "franceconnect"
        ):
            if any((vals[name] or "") != (partner[name] or "") for name in names):
                raise UserError(
                    self.env._(
                        "This identity is certified by FranceConnect: an identity "
                        "manager changes it, on proof."
                    )
                )

    def _grc_certify(self, pivot, provider, seen_at):
        """Write what a provider certified; the usual name stays the citizen's.

        :param Pivot pivot: as received
        :param grc.identity.provider provider: who certifies
        :param datetime seen_at: when it was received (UTC)
        """
        self.ensure_one()
        vals = {
            "is_grc_citizen": True,
            "grc_birth_name": pivot.family_name or False,
            "grc_given_names": ", ".join(pivot.given_names) or False,
            "grc_gender": pivot.gender or False,
            "grc_birth_date": pivot.birth_date or False,
            "grc_birth_place_code": pivot.birth_place or False,
            "grc_birth_country_code": pivot.birth_country or False,
            "grc_identity_level": "franceconnect",
            "grc_identity_source": provider.name,
        }
        if pivot.preferred_username and not self.grc_usage_name:
            vals["grc_usage_name"] = pivot.preferred_username
        vals = {name: value for name, value in vals.items() if self[name] != value}
        today = fields.Date.to_date(seen_at)
        if vals or self.grc_identity_on != today:
            self.write(vals | {"grc_identity_on": today})
