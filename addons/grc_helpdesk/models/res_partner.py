import re

from odoo import api, models
from odoo.fields import Domain

# Fewer digits would find half of the town.
_MIN_PHONE_DIGITS = 6
_SIREN_DIGITS = 9


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.depends_context("grc_citizen_search")
    def _compute_display_name(self):
        """Add, in the list of suggestions, what tells two namesakes apart."""
        super()._compute_display_name()
        context = self.env.context
        if not context.get("grc_citizen_search") or not context.get(
            "formatted_display_name"
        ):
            return
        for citizen in self:
            details = " · ".join(
                filter(None, (citizen.street, citizen.city, citizen.phone))
            )
            if details:
                citizen.display_name = f"{citizen.display_name} \t --{details}--"

    @api.model
    def _search_display_name(self, operator, value):
        """Find a citizen by telephone, SIRET or RNA number too."""
        domain = super()._search_display_name(operator, value)
        if not self.env.context.get("grc_citizen_search") or operator != "ilike":
            return domain
        return Domain(domain) | self._grc_number_domain(value)

    @api.model
    def _grc_number_domain(self, text):
        """Return the domain of the citizens whose number is in ``text``.

        :param str text: a telephone, SIREN, SIRET or RNA number, however spaced
        :rtype: Domain
        """
        compact = re.sub(r"[\s.\-/()]", "", text or "")
        domain = Domain.FALSE
        if re.fullmatch(r"[Ww]\d\w{4,}", compact):
            domain |= Domain("grc_rna", "=ilike", f"{compact}%")
        digits = re.sub(r"^(\+|00)33", "", compact).lstrip("0")
        if not digits.isdecimal() or len(digits) < _MIN_PHONE_DIGITS:
            return domain
        # Telephones are kept as they were typed: any separator may come between.
        domain |= Domain("phone", "=like", f"%{'%'.join(digits)}%")
        if len(compact) >= _SIREN_DIGITS:
            domain |= Domain("grc_siret", "=like", f"{compact}%")
        return domain

    def _grc_requester_vals(self):
        """Return the fields of a request that the sheet of the citizen knows.

        :rtype: dict
        """
        self.ensure_one()
        kind = self.grc_kind or "person"
        words = (self.name or "").split() if kind == "person" else []
        lastname = self.grc_usage_name or self.grc_birth_name or " ".join(words[1:])
        firstname = (self.grc_given_names or " ".join(words[:1])).split()[:1]
        return {
            "requester_kind": kind,
            "requester_lastname": lastname or self.name if words else lastname,
            "requester_firstname": "".join(firstname),
            "requester_organization": self.name if kind != "person" else False,
            "requester_siret": self.grc_siret,
            "requester_rna": self.grc_rna,
            "reply_email": self.email,
            "phone": self.phone,
            "street": self.street,
            "street2": self.street2,
            "zip": self.zip,
            "city": self.city,
        }

    def action_grc_new_contact(self):
        """Open the screen of the desk, filled in with this citizen."""
        self.ensure_one()
        self.env["grc.desk.intake"].check_access("create")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_helpdesk.grc_desk_intake_action"
        )
        return action | {"context": {"default_partner_id": self.id}}

    def action_grc_choose(self):
        """Name this citizen in the contact being entered (row of suggestions)."""
        self.ensure_one()
        self.check_access("read")
        intake = self.env["grc.desk.intake"].browse(
            self.env.context.get("grc_desk_intake_id", [])
        )
        intake.partner_id = self
